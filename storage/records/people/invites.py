"""Invites: deep links that admit one applicant, once, for at most 72 hours.

The code stands in the link alone; here is only its keyed hash, so that neither a thief nor the operator can use an
open invite. Unknown, used, revoked and expired codes are told apart by nobody.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Statements, Table

LIFETIME = timedelta(hours=72)
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


_CREATE = PointStatement(
    "INSERT INTO invites (id, code_index, grants, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)"
)


async def create(tx: Transaction, grants: Grants, created_by: bytes | None, now: datetime) -> tuple[Invite, str]:
    """A new invite and its code: 22 characters of the alphabet that Telegram allows in a start parameter."""
    code = secrets.token_urlsafe(16)
    invite = Invite(os.urandom(16), grants, created_by, now + LIFETIME)
    await tx.execute(
        _CREATE,
        invite.id,
        _index(tx, code),
        grants,
        created_by,
        to_seconds(now),
        to_seconds(invite.expires_at),
    )
    return invite, code


# An invitation is valid while its maker may still invite.
_OPEN = (
    "used_at IS NULL AND revoked_at IS NULL AND expires_at > ? AND (created_by IS NULL OR EXISTS "
    "(SELECT 1 FROM members WHERE members.id = created_by AND role <> 'member' "
    "AND members.state IN ('active', 'paused')))"
)


_IS_OPEN = PointStatement(f"SELECT 1 FROM invites WHERE code_index = ? AND {_OPEN}")


async def is_open(tx: Transaction, code: str, now: datetime) -> bool:
    row = await tx.fetchrow(_IS_OPEN, _index(tx, code), to_seconds(now))
    return row is not None


_REDEEM = PointStatement(
    f"UPDATE invites SET used_at = ? WHERE code_index = ? AND {_OPEN} RETURNING id, grants, created_by, expires_at"
)


async def redeem(tx: Transaction, code: str, now: datetime) -> Invite | None:
    """Uses an invite up. None where it is not open: of two who use it at once, the second gets None."""
    row = await tx.fetchrow(
        _REDEEM,
        to_seconds(now),
        _index(tx, code),
        to_seconds(now),
    )
    return Invite(row[0], Grants(row[1]), row[2], from_seconds(row[3])) if row else None


_REVOKE = PointStatement(f"UPDATE invites SET revoked_at = ? WHERE id = ? AND created_by = ? AND {_OPEN} RETURNING id")


async def revoke(tx: Transaction, invite_id: bytes, created_by: bytes, now: datetime) -> bool:
    """Withdraws one's own open invite; False where it is not open or not one's own."""
    rows = await tx.fetch(
        _REVOKE,
        to_seconds(now),
        invite_id,
        created_by,
        to_seconds(now),
    )
    return bool(rows)


async def revoke_ownership(tx: Transaction, now: datetime) -> None:
    """Ends every open owner code, before a new one is printed."""
    await tx.execute(
        f"UPDATE invites SET revoked_at = ? WHERE grants = 'ownership' AND {_OPEN}",
        to_seconds(now),
        to_seconds(now),
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
