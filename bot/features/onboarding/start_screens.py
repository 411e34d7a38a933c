"""What an invited person sees until they agree to the notice, and when a decision about them is read."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.receipts import receipt_text
from bot.conversation.request import Request
from bot.conversation.screen import Button, ButtonAction, Menu, Screen, column
from bot.language.texts import LANGUAGES, Html, Texts, texts_in
from storage.records.erasure import Receipt


@dataclass(frozen=True, slots=True)
class ChooseLanguage(ButtonAction):
    code: ClassVar[str] = "lang"
    language: str
    invite: str  # the code of the invitation; empty for somebody who has none or needs none


@dataclass(frozen=True, slots=True)
class Agree(ButtonAction):
    code: ClassVar[str] = "agree"
    language: str
    invite: str


@dataclass(frozen=True, slots=True)
class Disagree(ButtonAction):
    code: ClassVar[str] = "disagree"
    language: str


@dataclass(frozen=True, slots=True)
class ReadDecision(ButtonAction):
    code: ClassVar[str] = "decided"


def languages(request: Request, invite: str) -> Screen:
    """The only screen that is written in all languages, since none is chosen yet."""
    return Screen(
        Html("\n".join(texts_in(code)("choose-language") for code in request.network.languages)),
        column(*(Button(LANGUAGES[code], ChooseLanguage(code, invite)) for code in request.network.languages)),
        forget_typed=bool(invite),
        stays=True,
    )


def bad_invite(texts: Texts) -> Screen:
    """The same for an unknown, a used, a revoked and an expired invitation."""
    return Screen(texts("bad-invite"), column(shared_screens.run(texts, "privacy")), forget_typed=True)


def notice(request: Request, texts: Texts, invite: str) -> Screen:
    """What the bot stores and who can read it, before anybody types anything."""
    return Screen(
        texts.stack(
            texts("notice", network=request.network.name),
            shared_screens.responsible(request, texts),
            texts("notice-go-on"),
        ),
        column(
            Button(texts.plain("button-agree"), Agree(texts.language, invite)),
            Button(texts.plain("button-disagree"), Disagree(texts.language)),
            Button(texts.plain("button-language"), ChooseLanguage("", invite)),
        ),
    )


def not_agreed(texts: Texts) -> Screen:
    return Screen(texts("not-agreed"))


def declined(texts: Texts) -> Screen:
    return Screen(texts("declined"), menu=Menu.NONE)


def removed(request: Request, receipt: Receipt) -> Screen:
    """The last screen of somebody who was removed, with the receipt."""
    texts = request.texts
    return Screen(texts.stack(texts("you-were-removed"), receipt_text(request, receipt)), menu=Menu.NONE)


def welcome(request: Request) -> Html:
    return request.texts("welcome", network=request.network.name, name=request.me.name or "")
