"""Posts: what members said in topics, sealed under their author's key.

A reader gets the posts of the topics that they follow within a window. A post whose author was erased is gone with its
row. Lists leave out a post that does not open (unreadable_rows.py); to ask for it alone raises `Unreadable`.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple

from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import NAME, Member, Role
from storage.tables import Table

BODY, PHOTO = "posts.body_encrypted", "posts.photo_encrypted"
MARK = "posts.author"


@dataclass(frozen=True, slots=True)
class Post:
    id: bytes
    topic_id: bytes
    author_id: bytes
    author_name: str = field(repr=False)
    written_at: datetime
    body: str = field(repr=False)  # plain text; may be empty with a photo
    photo: str | None = field(repr=False)  # Telegram's file id
    author_role: Role = Role.MEMBER  # as it is now; of somebody suspended: member
    mark: str = ""  # of its author in its topic
    hidden_at: datetime | None = None  # shown to nobody but its author


class PostVersion(NamedTuple):
    """A post as it stands, unopened. Its words and its topic's title never change, so nothing else tells what is read
    of it."""

    id: bytes
    topic_id: bytes
    author_id: bytes
    name_encrypted: bytes  # of its author; another one once they have another name
    author_role: str


_ROLE = "CASE WHEN members.state = 'suspended' THEN 'member' ELSE members.role END"
_SELECT = (
    "SELECT posts.id, posts.topic_id, author_id, members.name_encrypted, "
    f"written_at, body_encrypted, photo_encrypted, key_id, {_ROLE}, hidden_at "
    "FROM posts JOIN members ON members.id = author_id"
)


def _post(tx: Transaction, row: Row) -> Post:
    """Raises `Unreadable`, also where the text is not encrypted under the key of the author that the row names."""
    post_id, topic_id, author_id, name, written_at, body, photo, key_id, role, hidden_at = row
    return Post(
        post_id,
        topic_id,
        author_id,
        tx.cipher.decrypt(NAME, author_id, name, key_id).decode(),
        from_seconds(written_at),
        tx.cipher.decrypt(BODY, post_id, body, key_id).decode(),
        None if photo is None else tx.cipher.decrypt(PHOTO, post_id, photo, key_id).decode(),
        Role(role),
        tx.cipher.mark(key_id, MARK, topic_id),
        from_optional_seconds(hidden_at),
    )


_NUMBER = PointStatement("UPDATE network SET posts_written = posts_written + 1 WHERE id = 1")
_WRITE = PointStatement(
    "INSERT INTO posts (id, topic_id, author_id, number, written_at, body_encrypted, photo_encrypted) "
    "VALUES (?, ?, ?, (SELECT posts_written FROM network WHERE id = 1), ?, ?, ?)"
)


async def write(tx: Transaction, author: Member, topic_id: bytes, body: str, photo: str | None, now: datetime) -> bytes:
    """Writes a post; its id."""
    post_id = os.urandom(16)
    await tx.execute(_NUMBER)
    await tx.execute(
        _WRITE,
        post_id,
        topic_id,
        author.id,
        to_seconds(now),
        tx.cipher.encrypt(author.key_id, BODY, post_id, body.encode()),
        None if photo is None else tx.cipher.encrypt(author.key_id, PHOTO, post_id, photo.encode()),
    )
    return post_id


_GET = PointStatement(f"{_SELECT} WHERE posts.id = ?")


async def get(tx: Transaction, post_id: bytes) -> Post | None:
    """A post that may be shown; None for a hidden one as for none."""
    found = await get_any(tx, post_id)
    return found if found is not None and found.hidden_at is None else None


async def get_any(tx: Transaction, post_id: bytes) -> Post | None:
    """A post, hidden or not, for its author and for those who may hide it."""
    row = await tx.fetchrow(_GET, post_id)
    return tx.unreadable_rows.opened(row, partial(_post, tx)) if row else None


_SET_HIDDEN = PointStatement("UPDATE posts SET hidden_at = ? WHERE id = ? AND (hidden_at IS NULL) = ? RETURNING id")


async def set_hidden(tx: Transaction, post_id: bytes, hidden_at: datetime | None) -> bool:
    """Hides a post or shows it again; False where it was so already or is gone."""
    hides = hidden_at is not None
    return bool(await tx.fetch(_SET_HIDDEN, hidden_at and to_seconds(hidden_at), post_id, int(hides)))


_DELETE = PointStatement("DELETE FROM posts WHERE id = ? AND author_id = ? RETURNING id")


async def delete(tx: Transaction, post_id: bytes, author_id: bytes) -> bool:
    """Takes back one's own post; False where it is gone or somebody else's."""
    rows = await tx.fetch(_DELETE, post_id, author_id)
    return bool(rows)


async def by(tx: Transaction, author_id: bytes) -> list[Post]:
    """All that a member said, oldest first."""
    rows = await tx.fetch(f"{_SELECT} WHERE author_id = ? ORDER BY number", author_id)
    return await tx.unreadable_rows.readable(rows, partial(_post, tx))


async def count_by(tx: Transaction, author_id: bytes) -> int:
    return await tx.fetchval("SELECT count(*) FROM posts WHERE author_id = ?", author_id)


async def last_by(tx: Transaction, author_id: bytes, topic_id: bytes) -> Post | None:
    """The newest post of a member in a topic."""
    row = await tx.fetchrow(
        f"{_SELECT} WHERE author_id = ? AND posts.topic_id = ? ORDER BY number DESC LIMIT 1", author_id, topic_id
    )
    return tx.unreadable_rows.opened(row, partial(_post, tx)) if row else None


async def latest(tx: Transaction, topic_id: bytes, limit: int) -> list[Post]:
    """The newest posts of a topic, newest first."""
    rows = await tx.fetch(
        f"{_SELECT} WHERE posts.topic_id = ? AND hidden_at IS NULL ORDER BY number DESC LIMIT ?", topic_id, limit
    )
    return await tx.unreadable_rows.readable(rows, partial(_post, tx))


async def latest_of_host(tx: Transaction, topic_id: bytes, host_id: bytes | None, limit: int) -> list[Post]:
    """The same of authors of one host, or of all for None; with the hidden ones."""
    rows = await tx.fetch(
        f"{_SELECT} WHERE posts.topic_id = ? AND (? IS NULL OR host_id = ?) ORDER BY number DESC LIMIT ?",
        topic_id,
        host_id,
        host_id,
        limit,
    )
    return await tx.unreadable_rows.readable(rows, partial(_post, tx))


_NEWEST = PointStatement("SELECT posts_written FROM network WHERE id = 1")


async def newest(tx: Transaction) -> int:
    """The number of the last post that was written."""
    return await tx.fetchval(_NEWEST)


# A window of one reader: others' posts, in topics that they follow and have not muted, since they began to follow.
_WINDOW = (
    "JOIN subscriptions s ON s.topic_id = posts.topic_id AND s.mode <> 'muted' AND number > s.since "
    "WHERE s.member_id = ? AND author_id <> s.member_id AND number > ? AND number <= ? AND hidden_at IS NULL"
)


async def window(tx: Transaction, reader_id: bytes, after: int, until: int) -> list[Post]:
    """What a reader's digest of these post numbers holds, in order of topic title and time."""
    rows = await tx.fetch(
        f"{_SELECT} {_WINDOW} ORDER BY (SELECT title FROM topics WHERE id = posts.topic_id), posts.topic_id, number",
        reader_id,
        after,
        until,
    )
    return await tx.unreadable_rows.readable(rows, partial(_post, tx))


async def standing(tx: Transaction, reader_id: bytes, after: int, until: int) -> tuple[PostVersion, ...]:
    """What `window` would hold, unopened, by topic and time; equal for two readers where what they would read is."""
    rows = await tx.fetch(
        f"SELECT posts.id, posts.topic_id, author_id, members.name_encrypted, {_ROLE} "
        "FROM posts JOIN members ON members.id = author_id "
        f"{_WINDOW} ORDER BY posts.topic_id, number",
        reader_id,
        after,
        until,
    )
    return tuple(PostVersion(*row) for row in rows)


async def count_window(tx: Transaction, reader_id: bytes, after: int, until: int) -> int:
    return await tx.fetchval(f"SELECT count(*) FROM posts {_WINDOW}", reader_id, after, until)


# For a row of `members`: whether a post in a topic they follow came after the last digest that was announced; an
# opened one counts as announced. One lower bound only, or SQLite reads every post since they began to follow.
NEWS = (
    "EXISTS (SELECT 1 FROM subscriptions s JOIN posts ON posts.topic_id = s.topic_id AND author_id <> s.member_id "
    "AND number > CASE WHEN s.since > members.digest_until THEN s.since ELSE members.digest_until END "
    "WHERE s.member_id = members.id AND s.mode <> 'muted' AND hidden_at IS NULL)"
)


async def next_digest(tx: Transaction) -> datetime | None:
    """The next instant at which somebody's digest is due and holds something, as things stand; None: there is none."""
    [[seconds]] = await tx.fetch(f"SELECT min(digest_due_at) FROM members WHERE state = 'active' AND {NEWS}")
    return from_optional_seconds(seconds)


TABLES = (Table("posts", ("author_id",), exported=True, receipt="posts", counted="author_id = ?"),)
