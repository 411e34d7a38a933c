"""Posts laid out for reading: by topic, in pages that Telegram accepts. Pure.

A page holds at most `PAGE_UNITS` UTF-16 units of plain text, below Telegram's 4,096, so that a line around it still
fits. A post that is longer than a page goes on at the next one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.texts import Html, Texts, verbatim
from bot.words import units
from storage.posts import Post

PAGE_UNITS = 3500


@dataclass(frozen=True, slots=True)
class Page:
    words: Html = field(repr=False)
    photos: tuple[bytes, ...]  # posts on this page that have a photo, in order


def split(words: str, most: int) -> Iterator[str]:
    """Pieces of at most `most` UTF-16 units, cut at the end of a line or at a space where there is one.

    Joined by nothing they are the whole text again; a piece is never empty.
    """
    while units(words) > most:
        end = _characters(words, most)
        for mark in ("\n", " "):
            cut = words.rfind(mark, end // 2, end)
            if cut >= 0:
                end = cut + 1
                break
        yield words[:end]
        words = words[end:]
    if words:
        yield words


def _characters(words: str, most: int) -> int:
    """How many characters fit into so many UTF-16 units."""
    used = 0
    for count, letter in enumerate(words):
        used += units(letter)
        if used > most:
            return max(count, 1)
    return len(words)


def lay_out(posts: Iterable[Post], titles: Mapping[bytes, str], texts: Texts, zone: str | None) -> list[Page]:
    """The pages of some posts, which stand in order of topic and time. `titles` is topic id -> title."""
    pages: list[Page] = []
    blocks: list[Html] = []
    photos: list[bytes] = []
    used, topic = 0, b""

    def end_page() -> None:
        nonlocal used, topic
        if blocks:
            pages.append(Page(Html("\n\n".join(blocks)), tuple(photos)))
        blocks.clear()
        photos.clear()
        used, topic = 0, b""

    for post in posts:
        for number, piece in enumerate(split(post.body, PAGE_UNITS // 2) if post.body else [""]):
            title = titles.get(post.topic_id, "")
            size = units(piece) + units(title) + units(post.author_name) + 64  # what is written around it
            if used + size > PAGE_UNITS:
                end_page()
            if post.topic_id != topic:
                blocks.append(texts("digest-topic", title=title))
                topic = post.topic_id
            when = texts.when_short(post.written_at, zone)
            heading = texts("post-heading", name=post.author_name, when=when) if number == 0 else ""
            body = verbatim(piece.strip("\n"))
            photo = post.photo is not None and number == 0
            if photo:
                photos.append(post.id)
            sign = texts("post-has-photo", number=len(photos)) if photo else ""
            blocks.append(Html("\n".join(part for part in (heading, body, sign) if part)))
            used += size
    end_page()
    return pages
