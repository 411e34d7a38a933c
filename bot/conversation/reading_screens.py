"""Screens to read posts on: pages with a way forward and back, photos one press away, and an end after a while."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation.pagination import Page
from bot.conversation.request import Request
from bot.conversation.screen import Button, ButtonAction, Expiry, Screen, column
from bot.language.texts import Html


@dataclass(frozen=True, slots=True)
class OpenPost(ButtonAction):
    code: ClassVar[str] = "post"
    post: bytes
    page: int


@dataclass(frozen=True, slots=True)
class OpenPhoto(ButtonAction):
    code: ClassVar[str] = "photo"
    post: bytes


@dataclass(frozen=True, slots=True)
class CloseScreen(ButtonAction):
    """Takes what was read out of the chat now, rather than after a while."""

    code: ClassVar[str] = "close"


def closing(request: Request, kind: str = "close", about: bytes | None = None) -> Expiry:
    """When what was opened leaves the chat again, and what then stands there."""
    return Expiry(kind, about, timedelta(minutes=request.network.screens_close_after_minutes))


def page_of(
    request: Request,
    pages: Sequence[Page],
    number: int,
    turn: Callable[[int], ButtonAction],
    *below: Button,
    close: ButtonAction | None = None,
    closes: Expiry | None = None,
) -> Screen:
    """One page, counted from 0; `turn` makes the press that opens another. A number past the end means the last."""
    texts = request.texts
    number = min(max(number, 0), len(pages) - 1)
    page = pages[number]
    position = texts("page", page=number + 1, pages=len(pages)) if len(pages) > 1 else Html()
    photos = (Button(texts.plain("button-photo", number=n), OpenPhoto(post)) for n, post in enumerate(page.photos, 1))
    return Screen(
        texts.stack(page.text, position),
        column(
            *photos,
            Button(texts.plain("button-next-page"), turn(number + 1)) if number + 1 < len(pages) else None,
            Button(texts.plain("button-previous-page"), turn(number - 1)) if number else None,
            *below,
            Button(texts.plain("button-close"), close or CloseScreen()),
        ),
        expiry=closes or closing(request),
    )
