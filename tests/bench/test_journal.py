"""The journal of the durable peers: they promise what our own inbox promises, or the comparison would not be fair."""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.bots.journal import Kept, receive

AMAL, BADR = 1, 2
WITHIN = 10.0  # seconds


class Telegram:
    """Updates that were not confirmed yet, and a library that answers them. Shows what was on the disk, and when."""

    def __init__(self, path: Path, updates: Sequence[tuple[int, int]]) -> None:
        self.path = path
        self.pending = [{"update_id": number, "from": person} for number, person in updates]
        self.lost: list[int] = []  # handled or confirmed before they were on the disk
        self.answered: list[int] = []
        self.stuck_at = 0
        self.empty = asyncio.Event()
        self.stuck = asyncio.Event()

    async def poll(self, offset: int) -> Sequence[Kept]:
        confirmed = {update["update_id"] for update in self.pending if update["update_id"] < offset}
        self.lost += confirmed - set(self.stored())
        self.pending = [update for update in self.pending if update["update_id"] not in confirmed]
        if not self.pending:
            self.empty.set()
            await asyncio.Event().wait()
        return [self.load(json.dumps(update)) for update in self.pending[:3]]

    async def handle(self, update: Any) -> None:
        self.lost += {update["update_id"]} - set(self.stored())
        if update["update_id"] == self.stuck_at:
            self.stuck.set()
            await asyncio.Event().wait()
        self.answered.append(update["update_id"])

    def load(self, content: str) -> Kept:
        update = json.loads(content)
        return Kept(update["update_id"], update["from"], content, update)

    def stored(self) -> dict[int, int]:
        """Whether each update on the disk is noted as answered. From a copy, since the journal locks its file."""
        copy = self.path.with_name("copy.db")
        for old in copy.parent.glob("copy.db*"):
            old.unlink()
        for file in self.path.parent.glob(self.path.name + "*"):
            copy.with_name(file.name.replace(self.path.name, copy.name)).write_bytes(file.read_bytes())
        connection = sqlite3.connect(copy)
        try:
            return dict(connection.execute("SELECT id, answered FROM updates").fetchall())
        finally:
            connection.close()


async def until(telegram: Telegram, event: asyncio.Event) -> None:
    """Runs a bot until something has happened, and ends it there."""
    bot = asyncio.create_task(receive(telegram.path, telegram, side_by_side=True))
    async with asyncio.timeout(WITHIN):
        await event.wait()
    bot.cancel()
    with suppress(asyncio.CancelledError):
        await bot


async def test_updates_are_on_the_disk_before_they_are_confirmed(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path / "journal.db", [(number, AMAL) for number in range(10, 17)])
    await until(telegram, telegram.empty)
    assert telegram.lost == []
    assert telegram.answered == list(range(10, 17))
    assert telegram.stored() == dict.fromkeys(range(10, 17), 1)


async def test_what_a_killed_bot_has_not_answered_is_answered_by_the_next_one(tmp_path: Path) -> None:
    telegram = Telegram(tmp_path / "journal.db", [(10, AMAL), (11, BADR), (12, AMAL), (13, AMAL)])
    telegram.stuck_at = 12
    await until(telegram, telegram.stuck)
    assert telegram.answered == [10, 11]
    telegram.stuck_at = 0
    await until(telegram, telegram.empty)
    assert set(telegram.answered) == {10, 11, 12, 13}
    assert telegram.stored() == dict.fromkeys(range(10, 14), 1)


async def test_an_update_that_comes_twice_is_answered_once(tmp_path: Path) -> None:
    first = Telegram(tmp_path / "journal.db", [(10, AMAL), (11, BADR)])
    await until(first, first.empty)
    again = Telegram(tmp_path / "journal.db", [(10, AMAL), (11, BADR), (12, BADR)])
    await until(again, again.empty)
    assert again.answered == [12]
