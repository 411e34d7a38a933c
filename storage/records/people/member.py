"""One person as their row says: who they are, and what they applied with, prefer and are to be sent.

What names the person or is in their own words is encrypted under their own key. Lists leave out rows that do not
open (unreadable_rows.py).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import TELEGRAM_ID

NAME, REASON = "members.name_encrypted", "members.reason_encrypted"


class MemberState(StrEnum):
    APPLICANT = "applicant"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    FROZEN = "frozen"  # by their buddies: nothing is sent, and the account sees an empty network (freezes.py)
    DECLINED = "declined"


class Role(StrEnum):
    MEMBER = "member"
    COORDINATOR = "coordinator"
    OWNER = "owner"


class Cadence(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Application:
    """How somebody came in, or is on the way. Instants are UTC."""

    reason: str | None = field(repr=False)  # None: not answered yet
    invited_by: bytes | None  # None: by the operator, or by somebody who was erased
    agreed_at: datetime  # to the notice
    applied_at: datetime | None = None  # when the answers were sent to the coordinators
    decided_at: datetime | None = None
    decided_by: bytes | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """When a member may be disturbed. Minutes after local midnight; equal ones mean no quiet hours."""

    quiet_from: int
    quiet_until: int
    urgent_in_quiet: bool = False  # an urgent announcement may come in the quiet hours


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """When a member's digest is sent, and up to which post digests were announced and opened."""

    cadence: Cadence
    weekday: int  # 0 is Monday
    minute: int  # after local midnight
    due_at: datetime | None = None  # the next one; None: not planned
    announced_until: int = 0  # the last post of which a digest was announced
    opened_until: int = 0  # the last post of a digest that was opened


@dataclass(frozen=True, slots=True)
class Member:
    """One row, decrypted."""

    id: bytes
    key_id: bytes = field(repr=False)
    telegram_id: int = field(repr=False)
    name: str | None = field(repr=False)  # None: not answered yet
    state: MemberState
    role: Role
    host_id: bytes | None
    independent: bool  # belongs to no host, and said so
    language: str
    zone: str | None  # IANA name
    application: Application
    preferences: Preferences
    digest: DigestSchedule
    unreachable_until: datetime | None = None  # blocked the bot or left Telegram: nothing is sent until then

    @property
    def is_in(self) -> bool:
        """Whether this person is a member who can use the network."""
        return self.state in (MemberState.ACTIVE, MemberState.PAUSED)

    @property
    def is_listed(self) -> bool:
        """Whether lists have this person: a member, also one who is frozen."""
        return self.is_in or self.state is MemberState.FROZEN


class _Columns(NamedTuple):
    """A row of `members` as it is stored, by the names of its columns."""

    id: bytes
    key_id: bytes
    telegram_id_encrypted: bytes
    name_encrypted: bytes | None
    reason_encrypted: bytes | None
    state: str
    role: str
    host_id: bytes | None
    independent: int
    language: str
    zone: str | None
    invited_by: bytes | None
    agreed_at: int
    applied_at: int | None
    decided_at: int | None
    decided_by: bytes | None
    quiet_from: int
    quiet_until: int
    urgent_in_quiet: int
    digest_cadence: str
    digest_weekday: int
    digest_minute: int
    digest_due_at: int | None
    digest_until: int
    digest_read: int
    unreachable_until: int | None


COLUMNS = ", ".join(_Columns._fields)


def opened(tx: Transaction, row: Row) -> Member:
    """The member in a row of `COLUMNS`.

    Raises `Unreadable`, also where what opens is under another key than the row's: that of somebody else.
    """
    stored = _Columns._make(row)

    def text(place: str, value: bytes | None) -> str | None:
        return None if value is None else tx.cipher.decrypt(place, stored.id, value, stored.key_id).decode()

    telegram_id = tx.cipher.decrypt(TELEGRAM_ID, stored.id, stored.telegram_id_encrypted, stored.key_id)
    return Member(
        id=stored.id,
        key_id=stored.key_id,
        telegram_id=int(telegram_id),
        name=text(NAME, stored.name_encrypted),
        state=MemberState(stored.state),
        role=Role(stored.role),
        host_id=stored.host_id,
        independent=bool(stored.independent),
        language=stored.language,
        zone=stored.zone,
        application=_application(stored, text(REASON, stored.reason_encrypted)),
        preferences=Preferences(stored.quiet_from, stored.quiet_until, bool(stored.urgent_in_quiet)),
        digest=_digest(stored),
        unreachable_until=from_optional_seconds(stored.unreachable_until),
    )


def _application(stored: _Columns, reason: str | None) -> Application:
    return Application(
        reason,
        stored.invited_by,
        from_seconds(stored.agreed_at),
        from_optional_seconds(stored.applied_at),
        from_optional_seconds(stored.decided_at),
        stored.decided_by,
    )


def _digest(stored: _Columns) -> DigestSchedule:
    return DigestSchedule(
        Cadence(stored.digest_cadence),
        stored.digest_weekday,
        stored.digest_minute,
        from_optional_seconds(stored.digest_due_at),
        stored.digest_until,
        stored.digest_read,
    )


async def select(tx: Transaction, condition: str, *values: object) -> list[Member]:
    """The members of whom an SQL condition holds, in its order; rows that do not open are left out."""
    rows = await tx.fetch(f"SELECT {COLUMNS} FROM members WHERE {condition}", *values)
    return await tx.unreadable_rows.readable(rows, partial(opened, tx))


_SET_TEXT = {
    NAME: PointStatement("UPDATE members SET name_encrypted = ? WHERE id = ?"),
    REASON: PointStatement("UPDATE members SET reason_encrypted = ? WHERE id = ?"),
}


async def set_text(tx: Transaction, member: Member, place: str, text: str | None) -> None:
    """Encrypts a text of theirs into its column; `place` is `NAME` or `REASON`."""
    value = None if text is None else tx.cipher.encrypt(member.key_id, place, member.id, text.encode())
    await tx.execute(_SET_TEXT[place], value, member.id)
