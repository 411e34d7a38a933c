"""An announcement in the making: its texts, its audience, its urgency, and the fingerprint of all of it.

Every change makes a new fingerprint, so what was approved before the change is not what goes out. Changes are the
author's, until it begins to go out; each answers False where there is nothing left to change.
"""

import hashlib
import os
from datetime import datetime

from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.announcements.announcements import BODY
from storage.records.announcements.audiences import Audience
from storage.records.people.member import Member


async def create(tx: Transaction, author_id: bytes, audience: Audience, now: datetime) -> bytes:
    """Begins an announcement without words; its id."""
    announcement_id = os.urandom(16)
    await tx.execute(
        "INSERT INTO announcements (id, author_id, audience, audience_id, audience_name, state, fingerprint, "
        "changed_at) VALUES (?, ?, ?, ?, ?, 'draft', x'', ?)",
        announcement_id,
        author_id,
        audience.kind,
        audience.id,
        audience.name,
        to_seconds(now),
    )
    await _changed(tx, announcement_id)
    return announcement_id


async def write(
    tx: Transaction, author: Member, announcement_id: bytes, language: str, body: str, now: datetime
) -> bool:
    """Writes the words of one language, in place of earlier ones."""
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    version = await tx.fetchrow(
        "SELECT id FROM announcement_words WHERE announcement_id = ? AND language = ?", announcement_id, language
    )
    version_id = version[0] if version else os.urandom(16)
    await tx.execute(
        "INSERT INTO announcement_words (id, announcement_id, language, number, body_encrypted) VALUES (?, ?, ?, "
        "(SELECT coalesce(max(number), 0) + 1 FROM announcement_words WHERE announcement_id = ?), ?) "
        "ON CONFLICT (announcement_id, language) DO UPDATE SET body_encrypted = excluded.body_encrypted",
        version_id,
        announcement_id,
        language,
        announcement_id,
        tx.cipher.encrypt(author.key_id, BODY, version_id, body.encode()),
    )
    return await _changed(tx, announcement_id)


async def remove(tx: Transaction, author: Member, announcement_id: bytes, language: str, now: datetime) -> bool:
    """Takes the words of one language out; the first ones stay, since there must be some."""
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.execute(
        "DELETE FROM announcement_words WHERE announcement_id = ? AND language = ? AND number > "
        "(SELECT min(number) FROM announcement_words WHERE announcement_id = ?)",
        announcement_id,
        language,
        announcement_id,
    )
    return await _changed(tx, announcement_id)


async def set_audience(
    tx: Transaction, author: Member, announcement_id: bytes, audience: Audience, now: datetime
) -> bool:
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.execute(
        "UPDATE announcements SET audience = ?, audience_id = ?, audience_name = ? WHERE id = ?",
        audience.kind,
        audience.id,
        audience.name,
        announcement_id,
    )
    return await _changed(tx, announcement_id)


async def set_urgent(tx: Transaction, author: Member, announcement_id: bytes, urgent: bool, now: datetime) -> bool:
    if not await _open_to_change(tx, announcement_id, author.id, now):
        return False
    await tx.execute("UPDATE announcements SET urgent = ? WHERE id = ?", int(urgent), announcement_id)
    return await _changed(tx, announcement_id)


async def throw_away(tx: Transaction, author: Member, announcement_id: bytes) -> bool:
    rows = await tx.fetch(
        "DELETE FROM announcements WHERE id = ? AND author_id = ? AND began_at IS NULL RETURNING id",
        announcement_id,
        author.id,
    )
    return bool(rows)


async def _open_to_change(tx: Transaction, announcement_id: bytes, author_id: bytes, now: datetime) -> bool:
    """Voids whatever was asked or agreed to; False where it is somebody else's or has begun to go out."""
    rows = await tx.fetch(
        "UPDATE announcements SET state = 'draft', approved_fingerprint = NULL, decided_by = NULL, halted_by = NULL, "
        "due_at = NULL, changed_at = ? WHERE id = ? AND author_id = ? AND began_at IS NULL RETURNING id",
        to_seconds(now),
        announcement_id,
        author_id,
    )
    return bool(rows)


async def _changed(tx: Transaction, announcement_id: bytes) -> bool:
    await tx.execute(
        "UPDATE announcements SET fingerprint = ? WHERE id = ?",
        await fingerprint(tx, announcement_id),
        announcement_id,
    )
    return True


async def fingerprint(tx: Transaction, announcement_id: bytes) -> bytes:
    """16 bytes of SHA-256 over everything that somebody agrees to."""
    about = await tx.fetchrow(
        "SELECT audience, coalesce(audience_id, x''), coalesce(audience_name, ''), urgent FROM announcements "
        "WHERE id = ?",
        announcement_id,
    )
    versions = await tx.fetch(
        "SELECT language, body_encrypted FROM announcement_words WHERE announcement_id = ? ORDER BY number",
        announcement_id,
    )
    digest = hashlib.sha256()
    for value in (value for row in (about or (), *versions) for value in row):
        part = value if isinstance(value, bytes) else str(value).encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()[:16]


async def drop_drafts(tx: Transaction, before: datetime) -> None:
    """Drops what nobody went on with since then."""
    await tx.execute(
        "DELETE FROM announcements WHERE began_at IS NULL AND state <> 'approved' AND changed_at < ?",
        to_seconds(before),
    )
