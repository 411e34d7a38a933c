"""Invites: deep links that admit one applicant, once, for at most 72 hours.

An owner code that is made while there is an owner works only 72 hours later, so that the owners can revoke it.

The code stands in the link alone; here is only its keyed hash, so that neither a thief nor the operator can use an
open invite. Unknown, used, revoked and expired codes are told apart by nobody.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Statements, Table

LIFETIME = timedelta(hours=72)
WAIT = timedelta(hours=72)  # before an owner code works, where there is an owner
CODE = "invites.code_index"


class Grants(StrEnum):
    APPLICATION = "application"
    OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class Invite:
    """An open invitation."""

    id: bytes
    grants: Grants
    created_by: bytes | None
    expires_at: datetime
    not_before: datetime | None = None  # an owner code that works only from then on


_CREATE = PointStatement(
    "INSERT INTO invites (id, code_index, grants, created_by, created_at, expires_at, not_before) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


async def create(
    tx: Transaction, grants: Grants, created_by: bytes | None, now: datetime, *, wait: timedelta = timedelta()
) -> tuple[Invite, str]:
    """A new invite and its code: 22 characters of the alphabet that Telegram allows in a start parameter.

    `wait`: how long it does not work yet.
    """
    code = secrets.token_urlsafe(16)
    not_before = now + wait if wait else None
    invite = Invite(os.urandom(16), grants, created_by, now + wait + LIFETIME, not_before)
    await tx.execute(
        _CREATE,
        invite.id,
        _index(tx, code),
        grants,
        created_by,
        to_seconds(now),
        to_seconds(invite.expires_at),
        not_before and to_seconds(not_before),
    )
    return invite, code


# An invitation is valid while its maker may still invite.
_OPEN = (
    "used_at IS NULL AND revoked_at IS NULL AND expires_at > ? AND coalesce(not_before, 0) <= ? "
    "AND (created_by IS NULL OR EXISTS "
    "(SELECT 1 FROM members WHERE members.id = created_by AND role <> 'member' "
    "AND members.state IN ('active', 'paused')))"
)


_IS_OPEN = PointStatement(f"SELECT 1 FROM invites WHERE code_index = ? AND {_OPEN}")


async def is_open(tx: Transaction, code: str, now: datetime) -> bool:
    row = await tx.fetchrow(_IS_OPEN, _index(tx, code), to_seconds(now), to_seconds(now))
    return row is not None


_REDEEM = PointStatement(
    f"UPDATE invites SET used_at = ? WHERE code_index = ? AND {_OPEN} "
    "RETURNING id, grants, created_by, expires_at, not_before"
)


async def redeem(tx: Transaction, code: str, now: datetime) -> Invite | None:
    """Uses an invite up. None where it is not open: of two who use it at once, the second gets None."""
    row = await tx.fetchrow(
        _REDEEM,
        to_seconds(now),
        _index(tx, code),
        to_seconds(now),
        to_seconds(now),
    )
    return _invite(row) if row else None


def _invite(row: Row) -> Invite:
    return Invite(row[0], Grants(row[1]), row[2], from_seconds(row[3]), from_optional_seconds(row[4]))


_REVOKE = PointStatement(f"UPDATE invites SET revoked_at = ? WHERE id = ? AND created_by = ? AND {_OPEN} RETURNING id")


async def revoke(tx: Transaction, invite_id: bytes, created_by: bytes, now: datetime) -> bool:
    """Withdraws one's own open invite; False where it is not open or not one's own."""
    rows = await tx.fetch(
        _REVOKE,
        to_seconds(now),
        invite_id,
        created_by,
        to_seconds(now),
        to_seconds(now),
    )
    return bool(rows)


# Also before an owner code works. Written by the operator's machine, so there is no maker who may have left.
_OWNERSHIP = "grants = 'ownership' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?"


async def revoke_ownership(tx: Transaction, now: datetime) -> bool:
    """Ends every owner code, also one that does not work yet; False where there was none."""
    rows = await tx.fetch(
        f"UPDATE invites SET revoked_at = ? WHERE {_OWNERSHIP} RETURNING id", to_seconds(now), to_seconds(now)
    )
    return bool(rows)


async def waiting_ownership(tx: Transaction, now: datetime) -> Invite | None:
    """The owner code that does not work yet."""
    row = await tx.fetchrow(
        f"SELECT id, grants, created_by, expires_at, not_before FROM invites WHERE {_OWNERSHIP} AND not_before > ?",
        to_seconds(now),
        to_seconds(now),
    )
    return _invite(row) if row else None


async def wait_again(tx: Transaction, invite: Invite, now: datetime) -> None:
    """Begins the time anew before which a code does not work."""
    await tx.execute(
        "UPDATE invites SET not_before = ?, expires_at = ? WHERE id = ?",
        to_seconds(now + WAIT),
        to_seconds(now + WAIT + LIFETIME),
        invite.id,
    )


def _index(tx: Transaction, code: str) -> bytes:
    return tx.cipher.index(CODE, code.encode())


async def _erase(tx: Statements, member_id: bytes, now: datetime) -> None:
    """Open invitations of somebody who is erased are over."""
    await tx.execute(
        "UPDATE invites SET created_by = NULL, revoked_at = coalesce(revoked_at, ?) WHERE created_by = ?",
        to_seconds(now),
        member_id,
    )


TABLES = (
    Table("invites", ("created_by",), not_exported="that one was made is in the audit, and nothing else", erase=_erase),
)
