"""Words that are to be sealed: whether they can be, and how they leave the chat again.

They never stand in a draft. Between the update that brings them and the envelope they are in this process's memory and
in a row of the inbox; both end with the transaction. The message itself is deleted by an outbox row of that same
transaction, so that neither a crash nor a lost connection leaves it in the chat.
"""

from collections.abc import Sequence

from bot.conversation.request import Request
from bot.language.normalize import tidy, units
from bot.language.texts import Html
from storage.records import drafts, outbox, sealed_notes
from storage.records.note_bundle import Note, NoteKind
from storage.records.people.member import Member
from storage.records.sealed_notes import NoteReader

LONGEST = 2000  # UTF-16 units, less than half of what a message of Telegram's holds


def complaint(request: Request) -> Html | None:
    """Why it cannot be sealed at all; None where it can."""
    texts = request.texts
    if request.photo is not None:
        return texts("sealed-words-only")
    if not tidy(request.text):
        return texts("answer-empty")
    return None


async def too_long(request: Request) -> Html | None:
    """Says so where it is, and waits for no more words: the rest of a long text, which Telegram's apps send in pieces,
    would be taken for all of it. None of it stays in a log of the database either."""
    length = units(tidy(request.text))
    if length <= LONGEST:
        return None
    await drafts.drop(request.tx, request.me)
    sealed_notes.truncate_wal_on_commit(request.tx)
    return request.texts("sealed-too-long", length=length, most=LONGEST)


async def keep(request: Request, person: Member, kind: NoteKind, readers: Sequence[NoteReader]) -> None:
    """Seals what was typed, and takes it out of the chat."""
    note = Note(kind, person.name or "", request.now, tidy(request.text))
    await sealed_notes.write(request.tx, person, note, request.me.id, readers, request.now)
    await drafts.drop(request.tx, request.me)
    if request.typed_id is not None:
        await outbox.put(
            request.tx, request.me.id, "close", message_id=request.typed_id, due=request.now, now=request.now
        )
