"""A journal that makes an echo bot durable: each update is on the disk before Telegram forgets it.

Its promises are those of our own inbox, except that nothing is encrypted and nobody is looked up: a batch of updates is
one commit, after which it may be confirmed; updates of one person are handled in their order; that they were answered
is another commit. After a kill, updates without a noted answer are handled again.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import aiosqlite

PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "locking_mode = EXCLUSIVE")  # as our own files have them
TABLE = (
    "CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, content TEXT NOT NULL, "
    "answered INTEGER NOT NULL DEFAULT 0)"
)
POLL_SECONDS = 25


@dataclass(frozen=True, slots=True)
class Kept:
    """An update as the library reads it, and as it is written down."""

    number: int  # the update id
    person: int  # the Telegram id of its sender
    content: str  # JSON
    update: Any


class Peer(Protocol):
    """What a library offers for a loop of one's own."""

    async def poll(self, offset: int) -> Sequence[Kept]:
        """The updates from this id on, for which Telegram is asked for at most `POLL_SECONDS`."""

    async def handle(self, update: Any) -> None:
        """Returns when the answer was sent."""

    def load(self, content: str) -> Kept:
        """An update from what was written down."""


class Journal:
    """The updates in one SQLite file, and whether each was answered."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def prepare(self) -> None:
        for statement in (*(f"PRAGMA {pragma}" for pragma in PRAGMAS), TABLE):
            await self._connection.execute_fetchall(statement)

    async def keep(self, updates: Sequence[Kept]) -> list[Kept]:
        """Writes a batch to disk; returns the updates that were not there before."""
        span = min(update.number for update in updates), max(update.number for update in updates)
        rows = await self._connection.execute_fetchall("SELECT id FROM updates WHERE id BETWEEN ? AND ?", span)
        known = {row[0] for row in rows}
        new = [update for update in updates if update.number not in known]
        await self._connection.executemany(
            "INSERT INTO updates (id, content) VALUES (?, ?)", [(update.number, update.content) for update in new]
        )
        await self._connection.commit()
        return new

    async def note_answered(self, updates: Iterable[Kept]) -> None:
        await self._connection.executemany(
            "UPDATE updates SET answered = 1 WHERE id = ?", [(update.number,) for update in updates]
        )
        await self._connection.commit()

    async def unanswered(self) -> list[str]:
        """The contents of the updates that a kill has left, oldest first."""
        rows = await self._connection.execute_fetchall("SELECT content FROM updates WHERE answered = 0 ORDER BY id")
        return [row[0] for row in rows]


async def receive(path: Path, peer: Peer, *, side_by_side: bool) -> None:
    """Polls and handles until it is killed. `side_by_side`: the people of one batch at once; otherwise one by one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(path) as connection:
        journal, offset = Journal(connection), 0
        await journal.prepare()
        new = [peer.load(content) for content in await journal.unanswered()]
        while True:
            if new:
                await (_side_by_side(peer, new) if side_by_side else _in_turn(peer, new))
                await journal.note_answered(new)
            updates = await peer.poll(offset)
            new = await journal.keep(updates) if updates else []
            if updates:
                offset = updates[-1].number + 1


async def _in_turn(peer: Peer, updates: Iterable[Kept]) -> None:
    for kept in updates:
        await peer.handle(kept.update)


async def _side_by_side(peer: Peer, updates: Iterable[Kept]) -> None:
    people: dict[int, list[Kept]] = {}
    for kept in updates:
        people.setdefault(kept.person, []).append(kept)
    await asyncio.gather(*(_in_turn(peer, of_one) for of_one in people.values()))
