"""Posts laid out for reading: by topic, in pages that Telegram accepts. Pure.

A page has at most `PAGE_UNITS` UTF-16 units of plain text, below Telegram's 4,096, so that other lines fit into the
message as well. A post that is longer than a page continues on the next one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.conversation.people import badged
from bot.language.normalize import units
from bot.language.texts import Html, Texts, verbatim
from storage.records.people.member import Role
from storage.records.posts import Post

PAGE_UNITS = 3500
HEADING_UNITS = 70  # at most, of the heading of a post besides the name of its author
ALIKE_UNITS = 100  # at most, of the line below it that the name is another person's
Resembles = Callable[[bytes, str], bool]  # whether the name of this person looks like that of another coordinator


@dataclass(frozen=True, slots=True)
class Page:
    text: Html = field(repr=False)
    photos: tuple[bytes, ...]  # ids of the posts on this page with a photo, in order


@dataclass(frozen=True, slots=True)
class Piece:
    """A post, or a part of a long one."""

    text: Html = field(repr=False)
    units: int  # the most UTF-16 units of plain text that it takes, with its heading, without the title of its topic
    photo: bytes | None  # id of the post, where its photo is mentioned in this piece


def split(text: str, most: int) -> Iterator[str]:
    """Pieces of at most `most` UTF-16 units, cut at the end of a line or at a space where there is one.

    Concatenated they are the whole text; a piece is never empty.
    """
    while units(text) > most:
        end = _characters(text, most)
        for mark in ("\n", " "):
            cut = text.rfind(mark, end // 2, end)
            if cut >= 0:
                end = cut + 1
                break
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _characters(text: str, most: int) -> int:
    """The number of characters that fit into `most` UTF-16 units, at least one."""
    used = 0
    for count, letter in enumerate(text):
        used += units(letter)
        if used > most:
            return max(count, 1)
    return len(text)


def nobody(person_id: bytes, name: str) -> bool:
    """For pages on which no name is compared with those of coordinators."""
    return False


def heading(post: Post, texts: Texts, zone: str | None, resembles: Resembles = nobody) -> Html:
    """Who wrote a post, by name, badge and mark in its topic, and when.

    A name like that of a coordinator is said to be another person's, unless its author coordinates, too.
    """
    said = texts(
        "post-heading",
        name=badged(post.author_name, post.author_role),
        mark=post.mark,
        when=texts.when_short(post.written_at, zone),
    )
    if post.author_role is Role.MEMBER and resembles(post.author_id, post.author_name):
        return Html(f"{said}\n{texts('post-heading-alike')}")
    return said


def pieces_of(post: Post, texts: Texts, zone: str | None, resembles: Resembles = nobody) -> tuple[Piece, ...]:
    """A post as it appears on pages, in one piece or several."""
    pieces = []
    for number, body in enumerate(split(post.body, PAGE_UNITS // 2) if post.body else [""]):
        first = number == 0
        above = heading(post, texts, zone, resembles) if first else ""
        text = Html("\n".join(part for part in (above, verbatim(body.strip("\n"))) if part))
        most = HEADING_UNITS + (ALIKE_UNITS if "\n" in above else 0)
        photo = post.id if first and post.photo is not None else None
        pieces.append(Piece(text, units(body) + units(post.author_name) + most, photo))
    return tuple(pieces)


def lay_out(
    posts: Iterable[Post],
    titles: Mapping[bytes, str],
    texts: Texts,
    zone: str | None,
    resembles: Resembles = nobody,
) -> list[Page]:
    """The pages of posts, which are sorted by topic and time. `titles` is topic id -> title."""
    return paginate(
        ((post.topic_id, titles.get(post.topic_id, ""), pieces_of(post, texts, zone, resembles)) for post in posts),
        texts,
    )


def paginate(posts: Iterable[tuple[bytes, str, Sequence[Piece]]], texts: Texts) -> list[Page]:
    """The pages of posts in pieces; an item is a topic's id, its title, and the pieces of one post."""
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
            text = piece.text
            if piece.photo is not None:
                photos.append(piece.photo)
                text = Html(f"{text}\n{texts('post-has-photo', number=len(photos))}")
            blocks.append(text)
            used += size
    end_page()
    return pages


@lru_cache(maxsize=256)
def _topic(texts: Texts, title: str) -> Html:
    return texts("digest-topic", title=title)
