"""The bot's updates: queued with growing ids until they are confirmed, fetched by long polling.

A webhook takes from the same queue (`sandbox.bot_api.webhook`). What is not fetched within a day of the sandbox's
time is gone, as with Telegram (Bot API, Getting updates); a pressed button waits 150 seconds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.telegram.api_errors import conflict
from sandbox.telegram.changes import Changes
from sandbox.telegram.clock import Clock
from sandbox.telegram.faults import Faults
from sandbox.telegram.records import Json

KEPT_FOR = timedelta(hours=24)
PRESS_KEPT_FOR = timedelta(seconds=150)
LONGEST_POLL = 50.0  # seconds
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Update:
    """One update; those of one `lane` (a chat) are delivered in order."""

    id: int
    kind: str
    lane: int
    payload: Json
    until: datetime
    again: bool  # to be delivered once more after it was confirmed

    def as_json(self) -> Json:
        """As the Bot API has it."""
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """The queue. `changes` moves with every new update."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self.changes = Changes()
        self.pending: list[Update] = []
        self.allowed: list[str] = []  # empty: every kind but NOT_BY_DEFAULT
        self._clock = clock
        self._faults = faults
        self._next_id = int(time.time())  # so that a bot that outlives one sandbox does not meet an id twice
        self._poll = 0  # counts the polls; one that is not the newest has been taken over
        self._taken_by = ""

    def add(self, kind: str, lane: int, payload: Json) -> None:
        """Queue an update, unless the bot asked not to get this kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return
        kept_for = PRESS_KEPT_FOR if kind == "callback_query" else KEPT_FOR
        until = self._clock.now() + kept_for
        again = self._faults.take_repetition()
        self.pending.append(Update(self._next_id, kind, lane, payload, until, again))
        self._next_id += 1
        self.changes.advance_to(self.changes.revision + 1)

    def forget_expired(self) -> None:
        """Drop what waited too long."""
        now = self._clock.now()
        self.pending = [update for update in self.pending if update.until > now]

    def confirm(self, update: Update) -> None:
        """The bot has it; a repeated one stays for a second delivery."""
        if update.again:
            update.again = False
        elif update in self.pending:
            self.pending.remove(update)

    def interrupt(self, by: str) -> None:
        """End the poll under way, if there is one, because of this request."""
        self._poll += 1
        self._taken_by = by
        self.changes.advance_to(self.changes.revision + 1)

    async def poll(self, offset: int, limit: int, seconds: float, gone: Callable[[], bool]) -> list[Json]:
        """getUpdates: what is pending, at once or as soon as there is something within so many seconds.

        Everything before `offset` is confirmed; a negative one keeps that many from the end. Raises 409 when
        another poll takes over. `gone` tells whether the caller has hung up meanwhile.
        """
        self._confirm_before(offset)
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        mine, deadline = self._poll, time.monotonic() + min(seconds, LONGEST_POLL)
        while True:
            seen = self.changes.revision
            self.forget_expired()
            left = deadline - time.monotonic()
            if self.pending or left <= 0 or self.changes.closed or gone():
                return [update.as_json() for update in self.pending[:limit]]
            await self.changes.wait_past(seen, left)
            if self._poll != mine:
                raise conflict(self._taken_by)

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        for update in [update for update in self.pending if update.id < offset]:
            self.confirm(update)
