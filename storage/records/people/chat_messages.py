"""The messages of each member's chat with the bot, their own and the bot's, until each has left the chat again.

A row is planned in the same transaction as what the message brought about or shows. It says when the message is to be
removed; a message that names nobody and nothing stays, and its row is dropped when Telegram no longer deletes it. Ids
of messages are sealed under the member's key, and so is the hash by which a row is found: after an erasure neither
leads anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.data_keys import CHAT_MESSAGE_ID
from storage.tables import Table

DELETABLE = timedelta(hours=48)  # after it was sent (Bot API, deleteMessage)
MARGIN = timedelta(minutes=10)  # before that moment, since clocks differ and a call takes time
REMEMBERED = timedelta(days=30)  # how long it is known that a message could not be removed
HASH = "chat_messages.id"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message in the chat of a member."""

    id: bytes
    message_id: int = field(repr=False)
    by_bot: bool
    sent_at: datetime
    due_at: datetime | None  # when it is to be removed; None: it stays
    left: bool  # it was to be removed, and Telegram no longer does that

    def deletable(self, now: datetime) -> bool:
        """Whether Telegram still deletes it."""
        return now < self.sent_at + DELETABLE - MARGIN


_KEY_OF = PointStatement("SELECT key_id FROM members WHERE id = ?")


async def find_id(tx: Transaction, member_id: bytes, message_id: int) -> bytes | None:
    """The id that the row of a message has or would have; None where the member's row or key is gone."""
    named = await _named(tx, member_id, message_id)
    return named and named[1]


async def _named(tx: Transaction, member_id: bytes, message_id: int) -> tuple[bytes, bytes] | None:
    """The id of the member's key, and the id of the message's row."""
    row = await tx.fetchrow(_KEY_OF, member_id)
    if row is None:
        return None
    try:
        return row[0], tx.cipher.member_index(row[0], HASH, str(message_id).encode())
    except Unreadable as error:
        tx.unreadable_rows.tell(error)
        return None


_NOTE = PointStatement(
    "INSERT INTO chat_messages (id, member_id, message_id_encrypted, by_bot, sent_at, due_at, of_draft, too_late, "
    "topic_id) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, "
    "of_draft = excluded.of_draft, topic_id = excluded.topic_id, sent_at = min(chat_messages.sent_at, excluded.sent_at)"
)


async def note(
    tx: Transaction,
    member_id: bytes,
    message_id: int,
    *,
    by_bot: bool,
    sent_at: datetime,
    due: datetime | None,
    of_draft: bool = False,
    topic_id: bytes | None = None,
    now: datetime,
) -> bytes | None:
    """Plans the removal of a message, in place of what was planned for it before; the id of its row.

    `due` None: it stays. One of the member's own is removed in any case before Telegram no longer deletes it; one of
    the bot's can be changed later as well. `of_draft`: it is part of what the member is writing (`settle_draft`).
    `topic_id`: it shows posts of this topic (`topic_due`). Does nothing, and returns None, where the member was erased
    in the meantime.
    """
    named = await _named(tx, member_id, message_id)
    if named is None:
        return None
    key_id, row_id = named
    if due is not None and not by_bot:
        due = min(due, max(now, sent_at + DELETABLE - 2 * MARGIN))
    await tx.execute(
        _NOTE,
        row_id,
        member_id,
        tx.cipher.encrypt(key_id, CHAT_MESSAGE_ID, row_id, str(message_id).encode()),
        int(by_bot),
        to_seconds(sent_at),
        None if due is None else to_seconds(due),
        int(of_draft),
        topic_id,
    )
    return row_id


async def settle_draft(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """The messages of which a draft was made are to be removed now: it was sent, or thrown away."""
    await tx.execute(
        "UPDATE chat_messages SET due_at = ?, of_draft = 0 WHERE member_id = ? AND of_draft = 1",
        to_seconds(now),
        member_id,
    )


async def all_due(tx: Transaction, member_id: bytes, now: datetime) -> None:
    """Everything that is to be removed at some time is to be removed now."""
    await tx.execute(
        "UPDATE chat_messages SET due_at = ?, of_draft = 0 WHERE member_id = ? AND due_at > ?",
        to_seconds(now),
        member_id,
        to_seconds(now),
    )


async def topic_due(tx: Transaction, topic_id: bytes, now: datetime) -> None:
    """Screens that show posts of a topic are to be removed now, from whatever chat."""
    moment = to_seconds(now)
    await tx.execute("UPDATE chat_messages SET due_at = ? WHERE topic_id = ? AND due_at > ?", moment, topic_id, moment)


async def members_due(tx: Transaction, now: datetime, limit: int) -> list[bytes]:
    """Members from whose chats something is to be removed, the longest due first; none who cannot be reached."""
    rows = await tx.fetch(
        "SELECT member_id FROM chat_messages JOIN members ON members.id = member_id "
        "WHERE due_at <= ? AND unreachable_until IS NULL GROUP BY member_id ORDER BY min(due_at) LIMIT ?",
        to_seconds(now),
        limit,
    )
    return [row[0] for row in rows]


async def of(tx: Transaction, member_id: bytes) -> list[ChatMessage]:
    """All messages of a member's chat that are known, in their order there."""
    rows = await tx.fetch(
        "SELECT id, message_id_encrypted, by_bot, sent_at, due_at, too_late FROM chat_messages WHERE member_id = ?",
        member_id,
    )

    def opened(row: Row) -> ChatMessage:
        message_id = int(tx.cipher.decrypt(CHAT_MESSAGE_ID, row[0], row[1]))
        sent_at, due_at = from_seconds(row[3]), from_optional_seconds(row[4])
        return ChatMessage(row[0], message_id, bool(row[2]), sent_at, due_at, bool(row[5]))

    return sorted(await tx.unreadable_rows.readable(rows, opened), key=lambda message: message.message_id)


async def open_id(tx: Transaction, row_id: bytes) -> int | None:
    """Telegram's id of a message; None where its row is gone or does not open."""
    row = await tx.fetchrow(_SEALED, row_id)
    try:
        return int(tx.cipher.decrypt(CHAT_MESSAGE_ID, row_id, row[0])) if row else None
    except Unreadable as error:
        tx.unreadable_rows.tell(error)
        return None


_DUE_UNLESS_PLANNED = PointStatement("UPDATE chat_messages SET due_at = coalesce(due_at, ?) WHERE id = ?")
_SEALED = PointStatement("SELECT message_id_encrypted FROM chat_messages WHERE id = ?")
# What was planned anew in the meantime, because somebody pressed a button of the message, is left alone.
_STILL_DUE = "WHERE id = ? AND due_at <= ?"


async def removed(tx: Transaction, messages: Sequence[ChatMessage], now: datetime) -> None:
    """Drops messages that are gone from the chat, with what was still to happen to them."""
    await tx.executemany(f"DELETE FROM chat_messages {_STILL_DUE}", _values(messages, now))


async def drop(tx: Transaction, member_id: bytes, message_id: int) -> None:
    """Drops a message that is gone from the chat."""
    await tx.execute("DELETE FROM chat_messages WHERE id = ?", await find_id(tx, member_id, message_id))


async def plan_unless_planned(tx: Transaction, row_id: bytes, due: datetime) -> None:
    """Plans the removal of a message that was changed, unless something was planned for it in the meantime."""
    await tx.execute(_DUE_UNLESS_PLANNED, to_seconds(due), row_id)


async def blanked(tx: Transaction, messages: Sequence[ChatMessage], now: datetime) -> None:
    """The messages name nobody and nothing any more: they stay."""
    await tx.executemany(f"UPDATE chat_messages SET due_at = NULL {_STILL_DUE}", _values(messages, now))


async def could_not_be_removed(tx: Transaction, messages: Sequence[ChatMessage], now: datetime) -> None:
    """Telegram no longer removes the messages, and they name somebody or something."""
    await tx.executemany(f"UPDATE chat_messages SET due_at = NULL, too_late = 1 {_STILL_DUE}", _values(messages, now))


async def postponed(tx: Transaction, messages: Sequence[ChatMessage], now: datetime, due: datetime) -> None:
    """The messages could not be removed now; it is tried again when they are due."""
    values = [(to_seconds(due), *value) for value in _values(messages, now)]
    await tx.executemany(f"UPDATE chat_messages SET due_at = ? {_STILL_DUE}", values)


def _values(messages: Sequence[ChatMessage], now: datetime) -> list[tuple[bytes, int]]:
    return [(message.id, to_seconds(now)) for message in messages]


async def purge(tx: Transaction, now: datetime) -> None:
    """Drops messages that Telegram no longer deletes, and that need not be changed any more."""
    await tx.execute(
        "DELETE FROM chat_messages WHERE due_at IS NULL AND (sent_at < ? OR (sent_at < ? AND too_late = 0)) "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE chat_message_id = chat_messages.id "
        "AND state IN ('pending', 'sending'))",
        to_seconds(now - REMEMBERED),
        to_seconds(now - DELETABLE),
    )


async def deletable(tx: Transaction, member_id: bytes, now: datetime) -> tuple[int, ...]:
    """Telegram's ids of all messages that it still deletes, for a member who is about to be erased."""
    return tuple(message.message_id for message in await of(tx, member_id) if message.deletable(now))


TABLES = (
    Table(
        "chat_messages",
        ("member_id",),
        not_exported="ids of messages that stand in the member's own chat, until they leave it",
    ),
)
