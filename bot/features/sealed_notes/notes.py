"""Sealed notes about applicants and members: coordinators write them in the chat, and read them elsewhere.

Whoever may see a person may write notes about them, and fetch all of them; which ones they can open depends on the keys
that were set when each was written. Looking, writing and fetching are recorded in the audit.
"""

from collections.abc import Sequence

from bot.conversation.look_alikes import look_alikes
from bot.conversation.people import may_see, shown_name
from bot.conversation.request import AboutPerson, Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.sealed_notes import note_screens, sealed_text
from bot.features.sealed_notes.note_screens import AskRemoveNotes, FetchNotes, OpenNotes, RemoveNotes, WriteNote
from bot.language.normalize import fold
from bot.language.texts import Html
from storage.crypto.envelope import readers_of
from storage.records import audit, drafts, note_bundle, sealed_notes
from storage.records.note_bundle import NoteKind
from storage.records.people import members
from storage.records.people.member import Member, MemberState
from storage.records.sealed_notes import NoteReader, SealedNote

DRAFT = "sealed-note"


async def about_person(request: Request, person: Member) -> AboutPerson:
    return note_screens.about_person(request, person, await sealed_notes.count(request.tx, person.id))


async def show(request: Request) -> Screen:
    """`/notes`, or `/notes <part of a name>`: the people with sealed notes whom the reader may see."""
    counts, wanted = await sealed_notes.counts(request.tx), fold(request.text)
    people = [await members.find_readable(request.tx, person_id) for person_id in counts]
    found = [
        person for person in people if person and _may_note(request.me, person) and wanted in fold(person.name or "")
    ]
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    found = sorted(found, key=lambda person: fold(person.name or ""))
    return note_screens.people(request, found, counts, await look_alikes(request))


def _may_note(reader: Member, person: Member) -> bool:
    """Not for an applicant who is still answering questions, nor for one who was declined and will be erased."""
    return (
        may_see(reader, person)
        and person.application.applied_at is not None
        and person.state is not MemberState.DECLINED
    )


async def _person(request: Request, person_id: bytes | None) -> Member:
    person = await members.get(request.tx, person_id or b"")
    if person is None or not _may_note(request.me, person):
        raise Refusal(note_screens.nobody(request))
    return person


async def open_notes(request: Request) -> Screen:
    person = await _person(request, request.button(OpenNotes).person)
    await audit.record(request.tx, "member-read", request.me.id, person.id, request.now)
    return await _notes(request, person)


async def _notes(request: Request, person: Member, above: Html | None = None) -> Screen:
    found = await sealed_notes.about(request.tx, person)
    key = await sealed_notes.key_of(request.tx, request.me)
    mine = sum(key is not None and key.public.id in readers_of(note.envelope) for note in found)
    return note_screens.notes(
        request, person, len(found), mine, _own(request, found), await _alike(request, person), above
    )


async def _alike(request: Request, person: Member) -> Html:
    """A warning where the name looks like that of a coordinator."""
    alike = (await look_alikes(request)).resembles(person)
    return request.texts("name-looks-alike") if alike else Html()


def _own(request: Request, found: Sequence[SealedNote]) -> int:
    return sum(note.kind is NoteKind.VETTING and note.author_id == request.me.id for note in found)


async def _readers(request: Request, person: Member) -> list[NoteReader]:
    readers = await sealed_notes.readers(request.tx, person)
    if not readers:
        raise Refusal(note_screens.nobody_reads(request, person))
    return readers


async def _write(request: Request, person: Member, readers: list[NoteReader], complaint: Html | None = None) -> Screen:
    complaint = request.texts.stack(complaint or "", await _alike(request, person))
    return note_screens.write(request, person, [shown_name(reader.member) for reader in readers], complaint)


async def ask(request: Request) -> Screen:
    person = await _person(request, request.button(WriteNote).person)
    readers = await _readers(request, person)
    await drafts.put(request.tx, request.me, DRAFT, about=person.id, now=request.now)
    return await _write(request, person, readers)


async def write(request: Request) -> Screen:
    """Seals the text; from here on the server has only the envelope."""
    assert request.draft is not None
    person = await _person(request, request.draft.about)
    readers = await _readers(request, person)
    complaint = sealed_text.complaint(request)
    if complaint is not None:
        raise Refusal(await _write(request, person, readers, complaint))
    too_long = await sealed_text.too_long(request)
    if too_long is not None:
        return note_screens.too_long(request, person, too_long)
    await sealed_text.keep(request, person, NoteKind.VETTING, readers)
    await audit.record(request.tx, "sealed-note-written", request.me.id, person.id, request.now)
    return await _notes(request, person, request.texts("note-sealed"))


async def fetch(request: Request) -> Screen:
    """All notes about a person, as one file to be opened elsewhere."""
    person = await _person(request, request.button(FetchNotes).person)
    found = await sealed_notes.about(request.tx, person)
    if not found:
        raise Refusal(await _notes(request, person))
    await audit.record(request.tx, "sealed-notes-fetched", request.me.id, person.id, request.now)
    return note_screens.document(request, note_bundle.pack([note.envelope for note in found]), len(found))


async def ask_remove(request: Request) -> Screen:
    person = await _person(request, request.button(AskRemoveNotes).person)
    own = _own(request, await sealed_notes.about(request.tx, person))
    return note_screens.ask_remove(request, person, own) if own else await _notes(request, person)


async def remove(request: Request) -> Screen:
    """Removes the reader's own notes about a person; they cannot be edited, since the server cannot read them."""
    person = await _person(request, request.button(RemoveNotes).person)
    if await sealed_notes.drop_by(request.tx, person, request.me.id):
        await audit.record(request.tx, "sealed-notes-removed", request.me.id, person.id, request.now)
    return await _notes(request, person)


ROUTES = [
    Route(Command("notes"), Access.COORDINATOR, show),
    Route(TypedText(DRAFT), Access.COORDINATOR, write),
    Route(OpenNotes, Access.COORDINATOR, open_notes),
    Route(WriteNote, Access.COORDINATOR, ask),
    Route(FetchNotes, Access.COORDINATOR, fetch),
    Route(AskRemoveNotes, Access.COORDINATOR, ask_remove),
    Route(RemoveNotes, Access.COORDINATOR, remove),
]
