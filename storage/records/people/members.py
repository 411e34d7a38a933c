"""Applicants and members: who they are and what they may do. When their digest is due: digest_schedule.py.

Whoever agreed to the notice has a row. It is found by a keyed hash of the Telegram id; what names the person is sealed
under their own key. Lists leave out whoever's row does not open (unreadable_rows.py).
"""

import os
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import TELEGRAM_ID

NAME, REASON, INDEX = "members.name_encrypted", "members.reason_encrypted", "members.telegram_id_index"


class MemberState(StrEnum):
    APPLICANT = "applicant"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
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
class Member:
    """One row, opened. Instants are UTC, quiet hours and the digest's time are minutes after local midnight."""

    id: bytes
    key_id: bytes = field(repr=False)
    telegram_id: int = field(repr=False)
    name: str | None = field(repr=False)  # None: not answered yet
    reason: str | None = field(repr=False)
    state: MemberState
    role: Role
    host_id: bytes | None
    independent: bool  # belongs to no host, and said so
    language: str
    zone: str | None  # IANA name
    invited_by: bytes | None
    agreed_at: datetime
    applied_at: datetime | None
    decided_at: datetime | None
    decided_by: bytes | None
    quiet_from: int
    quiet_until: int
    cadence: Cadence
    digest_weekday: int  # 0 is Monday
    digest_minute: int
    digest_due_at: datetime | None
    digest_until: int  # the number of the last post up to which they were told
    digest_read: int  # and up to which they opened a digest
    unreachable_until: datetime | None = None  # blocked the bot or left Telegram: nothing is sent until then
    urgent_in_quiet: bool = False  # an urgent announcement may come in their quiet hours

    @property
    def is_in(self) -> bool:
        """Whether this person is a member who can use the network."""
        return self.state in (MemberState.ACTIVE, MemberState.PAUSED)


_COLUMNS = (
    "id, key_id, telegram_id_encrypted, name_encrypted, reason_encrypted, state, role, host_id, independent, language, zone, "
    "invited_by, agreed_at, applied_at, decided_at, decided_by, quiet_from, quiet_until, "
    "digest_cadence, digest_weekday, digest_minute, digest_due_at, digest_until, digest_read, "
    "unreachable_until, urgent_in_quiet"
)

# Few among many. In the words of the index, or SQLite does not see that it can be used and reads every row.
_ON_THE_WAY = "state IN ('applicant', 'declined')"


def _member(tx: Transaction, row: Row) -> Member:
    """Raises `Unreadable`, also where what opens is under another key than the row's: that of somebody else."""

    def words(place: str, sealed: bytes | None) -> str | None:
        return None if sealed is None else tx.cipher.decrypt(place, row[0], sealed, row[1]).decode()

    return Member(
        id=row[0],
        key_id=row[1],
        telegram_id=int(tx.cipher.decrypt(TELEGRAM_ID, row[0], row[2], row[1])),
        name=words(NAME, row[3]),
        reason=words(REASON, row[4]),
        state=MemberState(row[5]),
        role=Role(row[6]),
        host_id=row[7],
        independent=bool(row[8]),
        language=row[9],
        zone=row[10],
        invited_by=row[11],
        agreed_at=from_seconds(row[12]),
        applied_at=from_optional_seconds(row[13]),
        decided_at=from_optional_seconds(row[14]),
        decided_by=row[15],
        quiet_from=row[16],
        quiet_until=row[17],
        cadence=Cadence(row[18]),
        digest_weekday=row[19],
        digest_minute=row[20],
        digest_due_at=from_optional_seconds(row[21]),
        digest_until=row[22],
        digest_read=row[23],
        unreachable_until=from_optional_seconds(row[24]),
        urgent_in_quiet=bool(row[25]),
    )


async def agree(
    tx: Transaction,
    telegram_id: int,
    language: str,
    *,
    role: Role = Role.MEMBER,
    invited_by: bytes | None,
    now: datetime,
) -> Member:
    """Makes the applicant's row, with a key of their own, at the moment they agree to the notice."""
    member_id, key_id = os.urandom(16), await tx.new_key()
    await tx.execute(
        "INSERT INTO members (id, key_id, telegram_id_index, telegram_id_encrypted, state, role, language, invited_by, agreed_at) "
        "VALUES (?, ?, ?, ?, 'applicant', ?, ?, ?, ?)",
        member_id,
        key_id,
        tx.cipher.telegram_id_index(telegram_id),
        tx.cipher.encrypt(key_id, TELEGRAM_ID, member_id, str(telegram_id).encode()),
        role,
        language,
        invited_by,
        to_seconds(now),
    )
    member = await get(tx, member_id)
    assert member is not None
    return member


async def find(tx: Transaction, telegram_id: int) -> Member | None:
    """Raises `Unreadable`."""
    row = await tx.fetchrow(
        f"SELECT {_COLUMNS} FROM members WHERE telegram_id_index = ?", tx.cipher.telegram_id_index(telegram_id)
    )
    member = tx.unreadable_rows.opened(row, partial(_member, tx)) if row else None
    if member is not None and member.telegram_id != telegram_id:  # the hash was put into another row
        error = Unreadable(INDEX, member.id)
        tx.unreadable_rows.tell(error)
        raise error
    return member


async def language_of(tx: Transaction, telegram_id: int) -> str | None:
    """The language of somebody whose row may not open otherwise; None where there is no row."""
    row = await tx.fetchrow(
        "SELECT language FROM members WHERE telegram_id_index = ?", tx.cipher.telegram_id_index(telegram_id)
    )
    return row[0] if row else None


async def host_of(tx: Transaction, member_id: bytes) -> bytes | None:
    """The host of somebody whose row may not open otherwise; None for those of no host, and where there is no row."""
    row = await tx.fetchrow("SELECT host_id FROM members WHERE id = ?", member_id)
    return row[0] if row else None


async def get(tx: Transaction, member_id: bytes) -> Member | None:
    """Raises `Unreadable`."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM members WHERE id = ?", member_id)
    return tx.unreadable_rows.opened(row, partial(_member, tx)) if row else None


async def find_readable(tx: Transaction, member_id: bytes | None) -> Member | None:
    """Somebody who is only spoken of beside something else; None also where their row does not open (unreadable_rows.py), since
    that must take nothing else along."""
    found = await _found(tx, "id = ?", member_id)
    return found[0] if found else None


async def _found(tx: Transaction, which: str, *values: object) -> list[Member]:
    """The members of whom a condition holds, in its order; rows that do not open are left out (unreadable_rows.py)."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM members WHERE {which}", *values)
    return tx.unreadable_rows.readable(rows, partial(_member, tx))


async def set_name(tx: Transaction, member: Member, name: str | None) -> None:
    await _set_words(tx, member, "name_encrypted", NAME, name)


async def set_reason(tx: Transaction, member: Member, reason: str | None) -> None:
    await _set_words(tx, member, "reason_encrypted", REASON, reason)


async def _set_words(tx: Transaction, member: Member, column: str, place: str, words: str | None) -> None:
    sealed = None if words is None else tx.cipher.encrypt(member.key_id, place, member.id, words.encode())
    await tx.execute(f"UPDATE members SET {column} = ? WHERE id = ?", sealed, member.id)


async def set_host(tx: Transaction, member: Member, host_id: bytes | None, *, independent: bool) -> None:
    """Host and `independent` together: neither means the question is open again."""
    await tx.execute(
        "UPDATE members SET host_id = ?, independent = ? WHERE id = ?", host_id, int(independent), member.id
    )


async def set_language(tx: Transaction, member: Member, language: str) -> None:
    await tx.execute("UPDATE members SET language = ? WHERE id = ?", language, member.id)


async def set_zone(tx: Transaction, member: Member, zone: str | None) -> None:
    """Keeps a time zone and leaves the next digest to be planned anew."""
    await tx.execute("UPDATE members SET zone = ?, digest_due_at = NULL WHERE id = ?", zone, member.id)


async def set_quiet_hours(tx: Transaction, member: Member, start: int, end: int) -> None:
    """Minutes after local midnight; equal means none."""
    await tx.execute("UPDATE members SET quiet_from = ?, quiet_until = ? WHERE id = ?", start, end, member.id)


async def set_urgent_in_quiet(tx: Transaction, member: Member, allowed: bool) -> None:
    await tx.execute("UPDATE members SET urgent_in_quiet = ? WHERE id = ?", int(allowed), member.id)


async def set_schedule(tx: Transaction, member: Member, cadence: Cadence, weekday: int, minute: int) -> None:
    """Keeps a schedule and leaves its next instant to be planned."""
    await tx.execute(
        "UPDATE members SET digest_cadence = ?, digest_weekday = ?, digest_minute = ?, digest_due_at = NULL "
        "WHERE id = ?",
        cadence,
        weekday,
        minute,
        member.id,
    )


async def told_until(tx: Transaction, member: Member, number: int) -> None:
    """A digest up to the post of this number was announced; the next one needs a later post."""
    await tx.execute("UPDATE members SET digest_until = ? WHERE id = ? AND digest_until < ?", number, member.id, number)


async def read_until(tx: Transaction, member: Member, number: int) -> None:
    """A digest up to the post of this number was opened; what comes after it still waits."""
    await tx.execute("UPDATE members SET digest_read = ? WHERE id = ? AND digest_read < ?", number, member.id, number)


async def set_paused(tx: Transaction, member: Member, paused: bool) -> bool:
    """False where it was so already, or the member may not."""
    states = (MemberState.PAUSED, MemberState.ACTIVE) if paused else (MemberState.ACTIVE, MemberState.PAUSED)
    rows = await tx.fetch(
        "UPDATE members SET state = ? WHERE id = ? AND state = ? RETURNING id",
        states[0],
        member.id,
        states[1],
    )
    return bool(rows)


async def set_unreachable(tx: Transaction, member_id: bytes, until: datetime | None) -> None:
    """Until when nothing is sent to a member who blocked the bot or left Telegram; None: they can be reached."""
    await tx.execute("UPDATE members SET unreachable_until = ? WHERE id = ?", until and to_seconds(until), member_id)


async def unreachable(tx: Transaction, now: datetime) -> list[Member]:
    """Members whose time without anything is over and who have not written since."""
    return await _found(
        tx,
        "state IN ('active', 'paused', 'suspended') AND unreachable_until <= ? ORDER BY unreachable_until, id",
        to_seconds(now),
    )


async def apply(tx: Transaction, member: Member, now: datetime) -> bool:
    """Sends an application off, once: False where it was sent before."""
    rows = await tx.fetch(
        "UPDATE members SET applied_at = ? WHERE id = ? AND state = 'applicant' AND applied_at IS NULL RETURNING id",
        to_seconds(now),
        member.id,
    )
    return bool(rows)


async def decide(tx: Transaction, member_id: bytes, *, approve: bool, decided_by: bytes | None, now: datetime) -> bool:
    """Approves or declines an application. Of two who decide at once only the first is answered with True."""
    rows = await tx.fetch(
        "UPDATE members SET state = ?, decided_at = ?, decided_by = ?, "
        "digest_until = (SELECT posts_written FROM network), digest_read = (SELECT posts_written FROM network) "
        "WHERE id = ? AND state = 'applicant' AND applied_at IS NOT NULL RETURNING id",
        MemberState.ACTIVE if approve else MemberState.DECLINED,
        to_seconds(now),
        decided_by,
        member_id,
    )
    return bool(rows)


async def set_role(tx: Transaction, member: Member, role: Role) -> bool:
    """False where that role was theirs already, or the only owner would be lost."""
    rows = await tx.fetch(
        "UPDATE members SET role = ? WHERE id = ? AND role <> ? AND state IN ('active', 'paused') AND "
        "(role <> 'owner' OR "
        "(SELECT count(*) FROM members WHERE role = 'owner' AND state IN ('active', 'paused')) > 1) "
        "RETURNING id",
        role,
        member.id,
        role,
    )
    return bool(rows)


async def coordinators_of(tx: Transaction, host_id: bytes | None) -> list[Member]:
    """Those who decide about applicants of a host: its coordinators and every owner; the owners alone for no host."""
    return await _found(
        tx,
        "state IN ('active', 'paused') AND (role = 'owner' OR (role = 'coordinator' AND host_id = ?)) ORDER BY id",
        host_id,
    )


async def all_coordinators(tx: Transaction) -> list[Member]:
    """Every coordinator and owner who is in."""
    return await _found(tx, "role IN ('coordinator', 'owner') AND state IN ('active', 'paused') ORDER BY id")


async def waiting(tx: Transaction) -> list[Member]:
    """Applicants whose answers await a decision, the longest waiting first."""
    return await _found(tx, f"{_ON_THE_WAY} AND state = 'applicant' AND applied_at IS NOT NULL ORDER BY applied_at, id")


async def everyone(tx: Transaction, host_id: bytes | None = None) -> list[Member]:
    """The members who are in, of one host or of all, in the order they came."""
    return await _found(
        tx,
        "state IN ('active', 'paused') AND (? IS NULL OR host_id = ?) ORDER BY decided_at, id",
        host_id,
        host_id,
    )


async def owners(tx: Transaction) -> int:
    return await tx.fetchval("SELECT count(*) FROM members WHERE role = 'owner' AND state IN ('active', 'paused')")


async def declined_before(tx: Transaction, moment: datetime) -> list[Member]:
    """The declined who had time to read so and did not."""
    return await _found(tx, f"{_ON_THE_WAY} AND state = 'declined' AND decided_at < ?", to_seconds(moment))


async def unfinished_before(tx: Transaction, moment: datetime) -> list[Member]:
    """People who agreed to the notice long ago and never sent their answers."""
    return await _found(
        tx,
        f"{_ON_THE_WAY} AND state = 'applicant' AND applied_at IS NULL AND agreed_at < ?",
        to_seconds(moment),
    )
