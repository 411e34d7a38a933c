"""Screens for reading posts: pages with buttons to the next, the previous and each photo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """Removes a screen from the chat at once instead of when it expires."""

    code: ClassVar[str] = "close"


def page_of(
    request: Request,
    pages: Sequence[Page],
    number: int,
    open_page: Callable[[int], ButtonAction],
    *below: Button,
    close: ButtonAction | None = None,
    expiry: Expiry | None = None,
    topic: bytes | None = None,
    above: str = "",
) -> Screen:
    """One page, counted from 0; a number past the end means the last. `open_page` makes the action of another page;
    `topic`: whose posts it shows; `above`: a sentence before it."""
    texts = request.texts
    number = min(max(number, 0), len(pages) - 1)
    page = pages[number]
    position = texts("page", page=number + 1, pages=len(pages)) if len(pages) > 1 else Html()
    photos = (Button(texts.plain("button-photo", number=n), OpenPhoto(post)) for n, post in enumerate(page.photos, 1))
    return Screen(
        texts.stack(above, page.text, position),
        column(
            *photos,
            Button(texts.plain("button-next-page"), open_page(number + 1)) if number + 1 < len(pages) else None,
            Button(texts.plain("button-previous-page"), open_page(number - 1)) if number else None,
            *below,
            Button(texts.plain("button-close"), close or CloseScreen()),
        ),
        expiry=expiry,
        topic=topic,
    )
