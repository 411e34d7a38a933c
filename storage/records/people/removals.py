"""Removals: one coordinator or owner asks, another confirms; then the person is erased, and told so with a receipt.

To be told, a removed person gets a new row: declined, with a key of its own, and nothing but where and when they can
be reached. It goes when they have read the receipt, at the latest with those of other declined people.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import TELEGRAM_ID
from storage.records import erasure
from storage.records.erasure import Receipt
from storage.records.people.member import Member
from storage.tables import Table

OPEN_FOR = timedelta(days=7)  # a request that nobody confirmed by then is void


class RemovalReason(StrEnum):
    LEFT = "left"
    IMPOSTOR = "impostor"
    CONDUCT = "conduct"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class RemovalRequest:
    id: bytes
    member_id: bytes  # who is to be removed
    asked_by: bytes
    reason: RemovalReason
    asked_at: datetime


_COLUMNS = "id, member_id, asked_by, reason, asked_at"


def _request(row: Row) -> RemovalRequest:
    return RemovalRequest(row[0], row[1], row[2], RemovalReason(row[3]), from_seconds(row[4]))


_ASK = PointStatement(
    "INSERT INTO removal_requests (id, member_id, asked_by, reason, asked_at) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (member_id) DO NOTHING RETURNING id"
)


async def ask(tx: Transaction, person: Member, by: Member, reason: RemovalReason, now: datetime) -> bytes | None:
    """The id of the new request; None where one about this person is open."""
    await expire(tx, now)
    row = await tx.fetchrow(_ASK, os.urandom(16), person.id, by.id, reason, to_seconds(now))
    return row[0] if row else None


_GET = PointStatement(f"SELECT {_COLUMNS} FROM removal_requests WHERE id = ?")
_ABOUT = PointStatement(f"SELECT {_COLUMNS} FROM removal_requests WHERE member_id = ?")


async def get(tx: Transaction, request_id: bytes, now: datetime) -> RemovalRequest | None:
    """None also for a request that is void."""
    return _open(await tx.fetchrow(_GET, request_id), now)


async def about(tx: Transaction, member_id: bytes, now: datetime) -> RemovalRequest | None:
    """The open request to remove this person."""
    return _open(await tx.fetchrow(_ABOUT, member_id), now)


def _open(row: Row | None, now: datetime) -> RemovalRequest | None:
    found = _request(row) if row else None
    return found if found and now < found.asked_at + OPEN_FOR else None


async def waiting(tx: Transaction, now: datetime) -> list[RemovalRequest]:
    """All open requests, oldest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM removal_requests WHERE asked_at > ? ORDER BY asked_at, id", to_seconds(now - OPEN_FOR)
    )
    return [_request(row) for row in rows]


async def asked_by(tx: Transaction, member_id: bytes) -> list[RemovalRequest]:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM removal_requests WHERE asked_by = ? ORDER BY asked_at, id", member_id
    )
    return [_request(row) for row in rows]


_WITHDRAW = PointStatement("DELETE FROM removal_requests WHERE id = ? RETURNING id")


async def withdraw(tx: Transaction, request_id: bytes) -> bool:
    """False where it is gone."""
    return bool(await tx.fetch(_WITHDRAW, request_id))


async def expire(tx: Transaction, now: datetime) -> None:
    """Drops requests that nobody confirmed in time."""
    await tx.execute("DELETE FROM removal_requests WHERE asked_at <= ?", to_seconds(now - OPEN_FOR))


_REMAINS = PointStatement(
    "INSERT INTO members (id, key_id, telegram_id_index, telegram_id_encrypted, state, role, language, zone, "
    "quiet_from, quiet_until, agreed_at, decided_at) VALUES (?, ?, ?, ?, 'declined', 'member', ?, ?, ?, ?, ?, ?)"
)
_RECEIPT = PointStatement("INSERT INTO removal_receipts (member_id, removed_at, counts) VALUES (?, ?, ?)")


async def remove(tx: Transaction, person: Member, now: datetime) -> bytes:
    """Erases a person as at their own wish; the id of the row by which they are told."""
    receipt = await erasure.erase(tx, person, now)
    member_id, key_id, moment = os.urandom(16), await tx.new_key("member"), to_seconds(now)
    await tx.execute(
        _REMAINS,
        member_id,
        key_id,
        tx.cipher.telegram_id_index(person.telegram_id),
        tx.cipher.encrypt(key_id, TELEGRAM_ID, member_id, str(person.telegram_id).encode()),
        person.language,
        person.zone,
        person.preferences.quiet_from,
        person.preferences.quiet_until,
        moment,
        moment,
    )
    counts = {name: count for name, count in asdict(receipt).items() if name != "at"}
    await tx.execute(_RECEIPT, member_id, moment, json.dumps(counts))
    return member_id


_RECEIPT_OF = PointStatement("SELECT removed_at, counts FROM removal_receipts WHERE member_id = ?")


async def receipt_of(tx: Transaction, member_id: bytes) -> Receipt | None:
    """The receipt for somebody who was removed and has not read it; None for everybody else."""
    row = await tx.fetchrow(_RECEIPT_OF, member_id)
    return Receipt(**json.loads(row[1]), at=from_seconds(row[0])) if row else None


TABLES = (
    Table("removal_requests", ("member_id", "asked_by"), exported=True),
    Table("removal_receipts", ("member_id",), not_exported="the person reads it, and then it goes"),
)
