"""The queue of the bot's updates, with growing ids, until they are confirmed; and long polling.

A webhook takes from the same queue (`sandbox.bot_api.webhook`). An update that is not fetched within a day of the
sandbox's time is dropped, as with Telegram (Bot API, Getting updates); a callback query after 150 seconds.
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
CALLBACK_KEPT_FOR = timedelta(seconds=150)
LONGEST_POLL = 50.0  # seconds
FUTURE = 10  # an offset that is further beyond the next id confirms nothing (tdlib, TQueue::get)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Update:
    """One update. Those of one chat are delivered in order."""

    id: int
    kind: str
    chat_id: int
    payload: Json
    until: datetime
    again: bool  # is delivered a second time after its confirmation

    def as_json(self) -> Json:
        """Update, of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """The queue. `changes` advances with every new update."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self.changes = Changes()
        self.pending: list[Update] = []
        self.allowed: list[str] = []  # kinds; empty stands for all but NOT_BY_DEFAULT
        self._clock = clock
        self._faults = faults
        self._next_id = int(time.time())  # greater than those of an earlier sandbox, of which the bot may know
        self._poll = 0  # the number of the newest poll; older ones are ended
        self._interrupted_by = ""

    def add(self, kind: str, chat_id: int, payload: Json) -> None:
        """Queue an update, unless the bot does not receive this kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return
        kept_for = CALLBACK_KEPT_FOR if kind == "callback_query" else KEPT_FOR
        until = self._clock.now() + kept_for
        again = self._faults.take_repetition()
        self.pending.append(Update(self._next_id, kind, chat_id, payload, until, again))
        self._next_id += 1
        self.changes.advance_to(self.changes.revision + 1)

    def restart_ids(self, at: int) -> None:
        """The next update gets this id, whatever the last one was: as after a week without updates."""
        self._next_id = at

    def forget_expired(self) -> None:
        """Drop the updates that waited too long."""
        now = self._clock.now()
        self.pending = [update for update in self.pending if update.until > now]

    def confirm(self, update: Update) -> None:
        """Remove an update that the bot has received; one that is to be repeated stays for its second delivery."""
        if update.again:
            update.again = False
        elif update in self.pending:
            self.pending.remove(update)

    def interrupt(self, by: str) -> None:
        """End the poll under way, if there is one, with a conflict that has this reason."""
        self._poll += 1
        self._interrupted_by = by
        self.changes.advance_to(self.changes.revision + 1)

    async def poll(self, offset: int, limit: int, seconds: float, gone: Callable[[], bool]) -> list[Json]:
        """getUpdates: the pending updates, at most `limit`, as soon as there is one or `seconds` are over.

        Updates before `offset` are confirmed, unless it lies in the future; a negative offset keeps so many from the
        end of the queue. `gone` tells whether the caller has closed the connection. Raises ApiError 409 when another
        request interrupts this one.
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
                raise conflict(self._interrupted_by)

    def _confirm_before(self, offset: int) -> None:
        if offset > self._next_id + FUTURE:
            return
        if offset < 0:
            self.pending = self.pending[offset:]
        for update in [update for update in self.pending if update.id < offset]:
            self.confirm(update)
