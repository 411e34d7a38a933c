"""`/sealing`: the public key of a coordinator or owner to which notes are sealed.

Owners, and those whose notes are sealed to it from now on, are told of a new key (key_news.py).

The private key is generated on their own machine (`halqa sealed keygen`); only the public one is sent to the bot.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.features.sealed_notes import key_news
from bot.language.normalize import tidy
from bot.language.texts import Html
from storage.crypto.envelope import PublicKey, SealError
from storage.records import audit, drafts, sealed_notes
from storage.records.sealed_notes import SealingKey

DRAFT = "sealing-key"


@dataclass(frozen=True, slots=True)
class AskKey(ButtonAction):
    code: ClassVar[str] = "askseal"


@dataclass(frozen=True, slots=True)
class ReplaceKey(ButtonAction):
    code: ClassVar[str] = "reseal"
    version: bytes  # of the draft that holds the new one


@dataclass(frozen=True, slots=True)
class AskRemoveKey(ButtonAction):
    code: ClassVar[str] = "askunseal"


@dataclass(frozen=True, slots=True)
class RemoveKey(ButtonAction):
    code: ClassVar[str] = "unseal"


async def show(request: Request) -> Screen:
    """`/sealing`, or `/sealing <public key>`. Asks for a key where there is none."""
    if request.text:
        return await take(request)
    return await _show(request)


async def _show(request: Request, above: Html | None = None) -> Screen:
    texts = request.texts
    key = await sealed_notes.key_of(request.tx, request.me)
    if key is None:
        await drafts.put(request.tx, request.me, DRAFT, now=request.now)
        return Screen(
            texts.stack(above or "", texts("sealing-none"), texts("ask-sealing-key")),
            column(shared_screens.run(texts, "notes"), shared_screens.back(request)),
        )
    return Screen(
        texts.stack(above or "", texts("sealing"), _fingerprint(request, key), texts("sealing-compare")),
        column(
            shared_screens.run(texts, "notes"),
            Button(texts.plain("button-replace-key"), AskKey()),
            Button(texts.plain("button-remove-key"), AskRemoveKey()),
            shared_screens.back(request),
        ),
    )


def _fingerprint(request: Request, key: SealingKey) -> Html:
    when = request.texts.when(key.made_at, request.me.zone)
    return request.texts("sealing-key", fingerprint=key.public.fingerprint, when=when)


async def ask(request: Request) -> Screen:
    await drafts.put(request.tx, request.me, DRAFT, now=request.now)
    return _ask(request)


def _ask(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-sealing-key")),
        column(Button(texts.plain("button-back"), RunCommand("sealing"))),
    )


async def take(request: Request) -> Screen:
    """Sets a pasted public key; where there is another one, asks for confirmation."""
    try:
        public = PublicKey.read(tidy(request.text))
    except SealError as error:
        raise Refusal(_ask(request, request.texts("sealing-key-unreadable", why=error.reason))) from None
    before = await sealed_notes.key_of(request.tx, request.me)
    if before is None or before.public == public:
        return await _set(request, public)
    await drafts.put(request.tx, request.me, DRAFT, body=str(public), now=request.now)
    draft = await drafts.get(request.tx, request.me)
    assert draft is not None
    texts = request.texts
    return Screen(
        texts("ask-replace-key", before=before.public.fingerprint, after=public.fingerprint),
        column(
            Button(texts.plain("button-replace-key-yes"), ReplaceKey(draft.version)),
            Button(texts.plain("button-back"), RunCommand("sealing")),
        ),
    )


async def replace(request: Request) -> Screen:
    button, draft = request.button(ReplaceKey), request.draft
    if draft is None or draft.kind != DRAFT or draft.version != button.version or draft.body is None:
        raise Refusal(shared_screens.expired(request))
    return await _set(request, PublicKey.read(draft.body))


async def _set(request: Request, public: PublicKey) -> Screen:
    await sealed_notes.set_key(request.tx, request.me, public, request.now)
    await drafts.drop(request.tx, request.me)
    await audit.record(request.tx, "sealing-key-set", request.me.id, None, request.now)
    await key_news.tell(request)
    return await _show(request, request.texts("saved"))


async def ask_remove(request: Request) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-remove-key"),
        column(
            Button(texts.plain("button-remove-key-yes"), RemoveKey()),
            Button(texts.plain("button-back"), RunCommand("sealing")),
        ),
    )


async def remove(request: Request) -> Screen:
    if await sealed_notes.drop_key(request.tx, request.me):
        await audit.record(request.tx, "sealing-key-removed", request.me.id, None, request.now)
    return await _show(request)


ROUTES = [
    Route(Command("sealing"), Access.COORDINATOR, show),
    Route(TypedText(DRAFT), Access.COORDINATOR, take),
    Route(AskKey, Access.COORDINATOR, ask),
    Route(ReplaceKey, Access.COORDINATOR, replace, answers_draft=True),
    Route(AskRemoveKey, Access.COORDINATOR, ask_remove),
    Route(RemoveKey, Access.COORDINATOR, remove),
]
