"""Sealed notes about people, and the public keys they are sealed to: the server keeps both and can read no note.

A note is an envelope (envelope.py) for those who decide about a person now and have a key: the coordinators of the host
and the owners. What is kept is that envelope, sealed once more under the key of the person whom it is about, so that
their erasure ends it in every copy. A coordinator who comes later cannot open what was written before.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.crypto.envelope import PublicKey
from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.note_bundle import Note, NoteKind
from storage.records.people import members
from storage.records.people.member import Member
from storage.tables import Table

CONTENT, PUBLIC = "sealed_notes.content_encrypted", "sealing_keys.public_encrypted"


@dataclass(frozen=True, slots=True)
class SealingKey:
    public: PublicKey
    made_at: datetime  # when it was handed in


@dataclass(frozen=True, slots=True)
class NoteReader:
    """A person to whose public key notes are sealed."""

    member: Member
    public: PublicKey


@dataclass(frozen=True, slots=True)
class SealedNote:
    id: bytes
    kind: NoteKind
    author_id: bytes | None  # None: erased since
    written_at: datetime
    envelope: bytes = field(repr=False)


def truncate_wal_on_commit(tx: Transaction) -> None:
    """Lets the commit empty both write-ahead logs, as after an erasure.

    The update that brought some words may still stand in a log, and opens with its sender's key, which stays.
    """
    tx.truncate_wal_on_commit = True


_SET_KEY = PointStatement(
    "INSERT INTO sealing_keys (member_id, public_encrypted, made_at) VALUES (?, ?, ?) "
    "ON CONFLICT (member_id) DO UPDATE "
    "SET public_encrypted = excluded.public_encrypted, made_at = excluded.made_at"
)


async def set_key(tx: Transaction, member: Member, public: PublicKey, now: datetime) -> None:
    """Keeps a member's public key in place of an earlier one."""
    await tx.execute(
        _SET_KEY,
        member.id,
        tx.cipher.encrypt(member.key_id, PUBLIC, member.id, public.data),
        to_seconds(now),
    )


_KEY_OF = PointStatement("SELECT public_encrypted, made_at FROM sealing_keys WHERE member_id = ?")


async def key_of(tx: Transaction, member: Member) -> SealingKey | None:
    """None where there is none, or where it does not open: nothing is sealed to the key of somebody else."""
    row = await tx.fetchrow(_KEY_OF, member.id)
    if row is None:
        return None

    def opened(row: Row) -> SealingKey:
        return SealingKey(PublicKey(tx.cipher.decrypt(PUBLIC, member.id, row[0], member.key_id)), from_seconds(row[1]))

    found = await tx.unreadable_rows.readable([row], opened)
    return found[0] if found else None


_DROP_KEY = PointStatement("DELETE FROM sealing_keys WHERE member_id = ? RETURNING member_id")


async def drop_key(tx: Transaction, member: Member) -> bool:
    """False where there was none."""
    rows = await tx.fetch(_DROP_KEY, member.id)
    return bool(rows)


async def readers(tx: Transaction, person: Member) -> list[NoteReader]:
    """Who could open a note about this person that is written now."""
    found = []
    for member in await members.coordinators_of(tx, person.host_id):
        key = await key_of(tx, member)
        if key is not None:
            found.append(NoteReader(member, key.public))
    return found


async def write(
    tx: Transaction, person: Member, note: Note, author_id: bytes, readers: Sequence[NoteReader], now: datetime
) -> None:
    """Seals a note and keeps it; a person has one of kind contact, so a new one takes its place."""
    if note.kind is NoteKind.CONTACT:
        await drop_contact(tx, person)
    note_id = os.urandom(16)
    envelope = note.seal([reader.public for reader in readers])
    await tx.execute(
        "INSERT INTO sealed_notes (id, subject_id, kind, author_id, content_encrypted, written_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        note_id,
        person.id,
        note.kind,
        author_id,
        tx.cipher.encrypt(person.key_id, CONTENT, note_id, envelope),
        to_seconds(now),
    )
    truncate_wal_on_commit(tx)


async def about(tx: Transaction, person: Member) -> list[SealedNote]:
    """Everything that is sealed about a person and opens, oldest first."""
    rows = await tx.fetch(
        "SELECT id, kind, author_id, written_at, content_encrypted FROM sealed_notes WHERE subject_id = ? "
        "ORDER BY written_at, id",
        person.id,
    )

    def opened(row: Row) -> SealedNote:
        envelope = tx.cipher.decrypt(CONTENT, row[0], row[4], person.key_id)
        return SealedNote(row[0], NoteKind(row[1]), row[2], from_seconds(row[3]), envelope)

    return await tx.unreadable_rows.readable(rows, opened)


async def counts(tx: Transaction) -> Mapping[bytes, int]:
    """How many notes there are about each person who has any."""
    rows = await tx.fetch("SELECT subject_id, count(*) FROM sealed_notes GROUP BY subject_id")
    return {row[0]: row[1] for row in rows}


async def count(tx: Transaction, person_id: bytes) -> int:
    return await tx.fetchval("SELECT count(*) FROM sealed_notes WHERE subject_id = ?", person_id)


async def drop_by(tx: Transaction, person: Member, author_id: bytes) -> int:
    """Removes what one author noted about a person; how many notes that were."""
    truncate_wal_on_commit(tx)
    rows = await tx.fetch(
        "DELETE FROM sealed_notes WHERE subject_id = ? AND author_id = ? AND kind = 'vetting' RETURNING id",
        person.id,
        author_id,
    )
    return len(rows)


async def drop_contact(tx: Transaction, person: Member) -> bool:
    """Removes what a member left for an emergency; False where there was nothing."""
    truncate_wal_on_commit(tx)
    rows = await tx.fetch("DELETE FROM sealed_notes WHERE subject_id = ? AND kind = 'contact' RETURNING id", person.id)
    return bool(rows)


_CONTACT_SINCE = PointStatement("SELECT written_at FROM sealed_notes WHERE subject_id = ? AND kind = 'contact'")


async def contact_since(tx: Transaction, person: Member) -> datetime | None:
    """When the member left what is there for an emergency; None where there is nothing."""
    row = await tx.fetchrow(_CONTACT_SINCE, person.id)
    return from_seconds(row[0]) if row else None


async def contact_authors(tx: Transaction, reader: Member) -> list[bytes]:
    """The ids of members who left a contact and whose next one is sealed to this coordinator or owner as well."""
    rows = await tx.fetch(
        "SELECT members.id FROM sealed_notes JOIN members ON members.id = subject_id "
        "WHERE kind = 'contact' AND (? = 'owner' OR (? = 'coordinator' AND members.host_id = ?))",
        reader.role,
        reader.role,
        reader.host_id,
    )
    return [row[0] for row in rows]


TABLES = (
    Table("sealing_keys", ("member_id",), exported=True),
    Table("sealed_notes", ("subject_id", "author_id"), exported=True, receipt="sealed", counted="subject_id = ?"),
)
