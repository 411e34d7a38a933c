"""A text that is to be sealed: its limits, sealing it, and removing it from the chat.

It is never stored in a draft. Between the update that brings it and the envelope it is in this process's memory and in
a row of the inbox; both end with the transaction. The removal of the message itself is planned in the same
transaction (`bot/messaging/chat_plan.py`), so that neither a crash nor a lost connection leaves it in the chat.
"""

from collections.abc import Sequence

from bot.conversation.request import Request
from bot.language.normalize import tidy, units
from bot.language.texts import Html
from storage.records import drafts, sealed_notes
from storage.records.note_bundle import Note, NoteKind
from storage.records.people.member import Member
from storage.records.sealed_notes import NoteReader

LONGEST = 2000  # UTF-16 units, less than half of the limit of a message


def complaint(request: Request) -> Html | None:
    """Why it cannot be sealed at all; None where it can."""
    texts = request.texts
    if request.photo is not None:
        return texts("sealed-words-only")
    if not tidy(request.text):
        return texts("answer-empty")
    return None


async def too_long(request: Request) -> Html | None:
    """A complaint where the text is too long; None where it is not.

    The draft is dropped, so that the rest of a long text, which Telegram's apps split into several messages, is not
    sealed as the whole; and the write-ahead log is truncated, so that nothing of the text stays in it.
    """
    length = units(tidy(request.text))
    if length <= LONGEST:
        return None
    await drafts.drop(request.tx, request.me)
    sealed_notes.truncate_wal_on_commit(request.tx)
    return request.texts("sealed-too-long", length=length, most=LONGEST)


async def keep(request: Request, person: Member, kind: NoteKind, readers: Sequence[NoteReader]) -> None:
    """Seals the text of the request. With its draft, the message that it came in is removed from the chat."""
    note = Note(kind, person.name or "", request.now, tidy(request.text))
    await sealed_notes.write(request.tx, person, note, request.me.id, readers, request.now)
    await drafts.drop(request.tx, request.me)
