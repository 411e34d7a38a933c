"""What coordinators and owners see of sealed notes: how many there are, and whose keys open them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.look_alikes import LookAlikes
from bot.conversation.people import OpenApplication, shown_name
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.request import AboutPerson, Request
from bot.conversation.screen import Button, ButtonAction, Document, RunCommand, Screen, column
from bot.language.texts import Html
from storage.records.people.member import Member, MemberState

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class OpenNotes(ButtonAction):
    code: ClassVar[str] = "notes"
    person: bytes


@dataclass(frozen=True, slots=True)
class WriteNote(ButtonAction):
    code: ClassVar[str] = "writenote"
    person: bytes


@dataclass(frozen=True, slots=True)
class FetchNotes(ButtonAction):
    code: ClassVar[str] = "getnotes"
    person: bytes


@dataclass(frozen=True, slots=True)
class AskRemoveNotes(ButtonAction):
    code: ClassVar[str] = "askrmnotes"
    person: bytes


@dataclass(frozen=True, slots=True)
class RemoveNotes(ButtonAction):
    code: ClassVar[str] = "rmnotes"
    person: bytes


def about_person(request: Request, person: Member, count: int) -> AboutPerson:
    """What the entry of a person says about notes, with buttons to them."""
    texts = request.texts
    write = Button(texts.plain("button-write-note"), WriteNote(person.id))
    if not count:
        return AboutPerson(buttons=(write,))
    read = Button(texts.plain("button-notes-of"), OpenNotes(person.id))
    return AboutPerson(texts("note-count", count=count), (write, read))


def people(request: Request, found: Sequence[Member], counts: Mapping[bytes, int], alike: LookAlikes) -> Screen:
    """All people by name, in pages; or the first ones whose name matches the text of the request."""
    texts = request.texts
    on_page, page_buttons = (found[:MOST_FOUND], []) if request.text else shared_screens.paged(request, "notes", found)

    def label(person: Member) -> str:
        line = texts.plain("note-line", name=shown_name(person), number=counts[person.id])
        return texts.plain("member-line-alike", member=line) if alike.resembles(person) else line

    return Screen(
        texts.stack(texts("notes", count=len(found)), texts("notes-find") if len(on_page) < len(found) else ""),
        column(
            *(Button(label(person), OpenNotes(person.id)) for person in on_page),
            *page_buttons,
            shared_screens.run(texts, "sealing"),
            shared_screens.back(request),
        ),
    )


def notes(
    request: Request, person: Member, count: int, mine: int, own: int, alike: Html, above: Html | None = None
) -> Screen:
    """The number of notes about a person, of those that the reader's key opens, and of the reader's own."""
    texts = request.texts
    told = texts("note-count", count=count)
    return Screen(
        texts.stack(
            above or "",
            alike,
            texts("notes-of", name=shown_name(person)),
            texts.stack(told, texts("notes-mine", count=mine)) if count else told,
        ),
        column(
            Button(texts.plain("button-get-notes"), FetchNotes(person.id)) if count else None,
            Button(texts.plain("button-write-note"), WriteNote(person.id)),
            Button(texts.plain("button-remove-notes"), AskRemoveNotes(person.id)) if own else None,
            _back_to(request, person),
            shared_screens.back(request),
        ),
    )


def _back_to(request: Request, person: Member) -> Button:
    texts = request.texts
    if person.state is MemberState.APPLICANT:
        return Button(texts.plain("button-back"), OpenApplication(person.id))
    return Button(texts.plain("button-back"), RunCommand("notes"))


def write(request: Request, person: Member, readers: Sequence[str], complaint: Html | None = None) -> Screen:
    """Asks for the text, and names everybody who will be able to read it."""
    texts = request.texts
    lines = Html("\n".join([texts("note-readers"), *(texts("note-reader", name=name) for name in readers)]))
    return Screen(
        texts.stack(complaint or "", texts("write-note", name=shown_name(person)), lines),
        column(Button(texts.plain("button-cancel"), OpenNotes(person.id))),
    )


def too_long(request: Request, person: Member, complaint: Html) -> Screen:
    texts = request.texts
    return Screen(
        complaint,
        column(Button(texts.plain("button-write-again"), WriteNote(person.id)), _back_to(request, person)),
    )


def nobody_reads(request: Request, person: Member) -> Screen:
    texts = request.texts
    return Screen(
        texts("note-no-key"),
        column(shared_screens.run(texts, "sealing"), _back_to(request, person), shared_screens.back(request)),
    )


def ask_remove(request: Request, person: Member, own: int) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-remove-notes", name=shown_name(person), count=own),
        column(
            Button(texts.plain("button-remove-notes-yes"), RemoveNotes(person.id)),
            Button(texts.plain("button-back"), OpenNotes(person.id)),
        ),
    )


def document(request: Request, data: bytes, count: int) -> Screen:
    """The file, with a name that says nothing; it may be saved, and is removed from the chat after a while."""
    return Screen(
        request.texts("notes-file", count=count),
        column(Button(request.texts.plain("button-close"), CloseScreen())),
        document=Document("sealed.txt", data),
        fresh=True,
        protect=False,
    )


def nobody(request: Request) -> Screen:
    """The same answer for another host's people, for those who left, and for those who never existed."""
    texts = request.texts
    return Screen(texts("no-notes"), column(shared_screens.run(texts, "notes"), shared_screens.back(request)))
