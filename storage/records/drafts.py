"""Drafts: something half written, at most one per member, so that a restart between two messages changes nothing."""

import os
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import Member
from storage.tables import Statements, Table

BODY, PHOTO = "drafts.body_encrypted", "drafts.photo_encrypted"


@dataclass(frozen=True, slots=True)
class Draft:
    version: bytes  # random: a preview says which one it shows
    kind: str  # what the next words are for
    about: bytes | None  # the row it belongs to
    body: str | None = field(repr=False)
    photo: str | None = field(repr=False)  # Telegram's file id
    started_at: datetime


_PUT = PointStatement(
    "INSERT INTO drafts (member_id, version, kind, about, body_encrypted, photo_encrypted, started_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (member_id) DO UPDATE SET version = excluded.version, kind = excluded.kind, "
    "about = excluded.about, body_encrypted = excluded.body_encrypted, "
    "photo_encrypted = excluded.photo_encrypted, started_at = excluded.started_at"
)


async def put(
    tx: Transaction,
    member: Member,
    kind: str,
    *,
    about: bytes | None = None,
    body: str | None = None,
    photo: str | None = None,
    now: datetime,
) -> None:
    """Keeps a draft in place of an earlier one."""

    def seal(place: str, words: str | None) -> bytes | None:
        return None if words is None else tx.cipher.encrypt(member.key_id, place, member.id, words.encode())

    await tx.execute(
        _PUT,
        member.id,
        os.urandom(16),
        kind,
        about,
        seal(BODY, body),
        seal(PHOTO, photo),
        to_seconds(now),
    )


_GET = PointStatement(
    "SELECT version, kind, about, body_encrypted, photo_encrypted, started_at FROM drafts WHERE member_id = ?"
)


async def get(tx: Transaction, member: Member) -> Draft | None:
    """One that does not open counts for none, or nothing else could be said to the member any more."""
    row = await tx.fetchrow(
        _GET,
        member.id,
    )
    if row is None:
        return None

    def words(place: str, sealed: bytes | None) -> str | None:
        return None if sealed is None else tx.cipher.decrypt(place, member.id, sealed, member.key_id).decode()

    def opened(row: Row) -> Draft:
        return Draft(row[0], row[1], row[2], words(BODY, row[3]), words(PHOTO, row[4]), from_seconds(row[5]))

    found = await tx.unreadable_rows.readable([row], opened)
    return found[0] if found else None


_DROP = PointStatement("DELETE FROM drafts WHERE member_id = ? RETURNING member_id")


async def drop(tx: Transaction, member: Member) -> bool:
    """Throws the draft away; False where there was none."""
    rows = await tx.fetch(_DROP, member.id)
    return bool(rows)


async def _erase(tx: Statements, member_id: bytes, now: datetime) -> None:
    """What somebody else was writing about the person."""
    await tx.execute("DELETE FROM drafts WHERE about = ?", member_id)


TABLES = (
    Table(
        "drafts",
        ("member_id", "about"),
        exported=True,
        receipt="drafts",
        counted="member_id = ?",
        erase=_erase,
    ),
)
