"""Posts laid out for reading: by topic, in pages that Telegram accepts. Pure.

A page holds at most `PAGE_UNITS` UTF-16 units of plain text, below Telegram's 4,096, so that a line around it still
fits. A post that is longer than a page goes on at the next one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.language.normalize import units
from bot.language.texts import Html, Texts, verbatim
from storage.records.posts import Post

PAGE_UNITS = 3500


@dataclass(frozen=True, slots=True)
class Page:
    text: Html = field(repr=False)
    photos: tuple[bytes, ...]  # posts on this page that have a photo, in order


@dataclass(frozen=True, slots=True)
class Piece:
    """A post, or a part of a long one."""

    text: Html = field(repr=False)
    units: int  # UTF-16 units of plain text that it takes at most, with what is written around it but the topic's title
    photo: bytes | None  # the post, where it has a photo that is told of here


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


def pieces_of(post: Post, texts: Texts, zone: str | None) -> tuple[Piece, ...]:
    """A post as it is written on pages, in one piece or several."""
    pieces = []
    for number, body in enumerate(split(post.body, PAGE_UNITS // 2) if post.body else [""]):
        first = number == 0
        heading = (
            texts("post-heading", name=post.author_name, when=texts.when_short(post.written_at, zone)) if first else ""
        )
        words = Html("\n".join(part for part in (heading, verbatim(body.strip("\n"))) if part))
        photo = post.id if first and post.photo is not None else None
        pieces.append(Piece(words, units(body) + units(post.author_name) + 64, photo))
    return tuple(pieces)


def lay_out(posts: Iterable[Post], titles: Mapping[bytes, str], texts: Texts, zone: str | None) -> list[Page]:
    """The pages of some posts, which stand in order of topic and time. `titles` is topic id -> title."""
    return paginate(
        ((post.topic_id, titles.get(post.topic_id, ""), pieces_of(post, texts, zone)) for post in posts), texts
    )


def paginate(posts: Iterable[tuple[bytes, str, Sequence[Piece]]], texts: Texts) -> list[Page]:
    """The pages of posts that are in pieces already: the id of a topic, its title, and the pieces of one post."""
    pages: list[Page] = []
    blocks: list[Html] = []
    photos: list[bytes] = []
    used, topic = 0, b""
    last, heading = b"", 0  # topic and the units of its title

    def end_page() -> None:
        nonlocal used, topic
        if blocks:
            pages.append(Page(Html("\n\n".join(blocks)), tuple(photos)))
        blocks.clear()
        photos.clear()
        used, topic = 0, b""

    for topic_id, title, pieces in posts:
        if topic_id != last:
            last, heading = topic_id, units(title)
        for piece in pieces:
            size = piece.units + heading
            if used + size > PAGE_UNITS:
                end_page()
            if topic_id != topic:
                blocks.append(_topic(texts, title))
                topic = topic_id
            words = piece.text
            if piece.photo is not None:
                photos.append(piece.photo)
                words = Html(f"{words}\n{texts('post-has-photo', number=len(photos))}")
            blocks.append(words)
            used += size
    end_page()
    return pages


@lru_cache(maxsize=256)
def _topic(texts: Texts, title: str) -> Html:
    return texts("digest-topic", title=title)
