"""A member's note for an emergency, such as a real name and whom to call: sealed, and never shown again.

It can be opened only by the coordinators of the member's host and the owners who had a sealing key when it was typed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Route, TypedText
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.features.sealed_notes import sealed_text
from bot.language.texts import Html
from storage.records import audit, drafts, sealed_notes
from storage.records.note_bundle import NoteKind

DRAFT = "contact"


@dataclass(frozen=True, slots=True)
class OpenContact(ButtonAction):
    code: ClassVar[str] = "contact"


@dataclass(frozen=True, slots=True)
class AskContact(ButtonAction):
    code: ClassVar[str] = "askcontact"


@dataclass(frozen=True, slots=True)
class AskRemoveContact(ButtonAction):
    code: ClassVar[str] = "askrmcont"


@dataclass(frozen=True, slots=True)
class RemoveContact(ButtonAction):
    code: ClassVar[str] = "rmcontact"


def settings_button(request: Request) -> Button:
    return Button(request.texts.plain("button-contact"), OpenContact())


async def show(request: Request) -> Screen:
    return await _show(request)


async def _show(request: Request, above: Html | None = None) -> Screen:
    texts = request.texts
    since = await sealed_notes.contact_since(request.tx, request.me)
    readers = await sealed_notes.readers(request.tx, request.me)
    return Screen(
        texts.stack(
            above or "",
            texts("contact"),
            texts("contact-readers", count=len(readers)) if readers else texts("contact-not-set-up"),
            _since(request, since),
        ),
        column(
            Button(texts.plain("button-write-contact" if since is None else "button-replace-contact"), AskContact())
            if readers
            else None,
            Button(texts.plain("button-remove-contact"), AskRemoveContact()) if since else None,
            Button(texts.plain("button-back"), RunCommand("settings")),
        ),
    )


def _since(request: Request, since: datetime | None) -> Html:
    if since is None:
        return request.texts("contact-none")
    return request.texts("contact-since", when=request.texts.when(since, request.me.zone))


async def ask(request: Request) -> Screen:
    if not await sealed_notes.readers(request.tx, request.me):
        raise Refusal(await _show(request))
    await drafts.put(request.tx, request.me, DRAFT, now=request.now)
    return _ask(request)


def _ask(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-contact")), column(Button(texts.plain("button-cancel"), OpenContact()))
    )


async def write(request: Request) -> Screen:
    """Seals the text in place of an earlier one; from here on the server has only the envelope."""
    readers = await sealed_notes.readers(request.tx, request.me)
    if not readers:
        raise Refusal(await _show(request))
    complaint = sealed_text.complaint(request)
    if complaint is not None:
        raise Refusal(_ask(request, complaint))
    too_long = await sealed_text.too_long(request)
    if too_long is not None:
        return Screen(too_long, column(Button(request.texts.plain("button-write-again"), AskContact())))
    await sealed_text.keep(request, request.me, NoteKind.CONTACT, readers)
    await audit.record(request.tx, "contact-sealed", request.me.id, request.me.id, request.now)
    return await _show(request, request.texts("contact-sealed"))


async def ask_remove(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-remove-contact"),
        column(
            Button(texts.plain("button-remove-contact-yes"), RemoveContact()),
            Button(texts.plain("button-back"), OpenContact()),
        ),
    )


async def remove(request: Request) -> Screen:
    removed = await sealed_notes.drop_contact(request.tx, request.me)
    if removed:
        await audit.record(request.tx, "contact-removed", request.me.id, request.me.id, request.now)
    return await _show(request, request.texts("contact-removed") if removed else None)


ROUTES = [
    Route(OpenContact, Access.MEMBER, show),
    Route(AskContact, Access.MEMBER, ask),
    Route(TypedText(DRAFT), Access.MEMBER, write),
    Route(AskRemoveContact, Access.MEMBER, ask_remove),
    Route(RemoveContact, Access.MEMBER, remove),
]
