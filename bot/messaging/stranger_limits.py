"""Which updates of people without a row are taken in: anybody can write to a bot, from as many accounts as they make.

A stranger is greeted twice an hour and then not answered; the buttons of a greeting are answered some more times. So
many updates of strangers wait at most, and more are not stored: nothing they say has an effect. Whoever holds an
invitation that is open counts as an applicant. The counts are in memory, by Telegram id, for an hour: a restart of the
program resets them.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.request import Incoming
from bot.conversation.routes import Routes
from bot.conversation.screen import UnknownAction
from bot.operations.errors import report
from storage.engine.transaction import Transaction
from storage.records import inbox
from storage.records.inbox import Guest
from storage.records.people import invites

HOUR = timedelta(hours=1)
GREETINGS, PRESSES = 2, 10  # typed and pressed updates of a stranger that are answered within an hour
CODES = 10  # codes of one person that are looked up within an hour
WITH_INVITATION = 60  # updates of one person that count as an applicant's within an hour
HOLDERS = 3  # people who count as applicants with the same invitation; it admits one
WAITING = 200  # updates of strangers that wait at the same time
MOST_PEOPLE = 10_000  # counted at once; beyond them the one who wrote first is forgotten


@dataclass(slots=True)
class _Counts:
    """What one person sent since `since`."""

    since: datetime
    typed: int = 0
    pressed: int = 0
    codes: int = 0
    invited: int = 0


@dataclass(slots=True)
class _Holders:
    """Who used the code of an open invitation since `since`, by Telegram id."""

    since: datetime
    people: set[int] = field(default_factory=set, repr=False)


class StrangerLimits:
    def __init__(self, routes: Routes, read: Callable[[dict[str, Any]], Incoming | None]) -> None:
        """`read` parses an update; an action of somebody without a row has their code in a field `invite`."""
        self._routes = routes
        self._read = read
        self._counts: OrderedDict[int, _Counts] = OrderedDict()
        self._holders: OrderedDict[str, _Holders] = OrderedDict()

    async def admit(self, tx: Transaction, sender: int, update: dict[str, Any], now: datetime) -> Guest:
        """As what an update of somebody without a row is stored, if at all."""
        try:
            incoming = self._read(update)
        except Exception as error:  # noqa: BLE001  it is stored, and fails when it is handled
            report(error, event="update-unreadable")
            return Guest.STRANGER
        if incoming is None:
            return Guest.REFUSED  # it asks nothing
        counts = self._of(sender, now)
        if await self._is_invited(tx, counts, sender, self._code(incoming), now):
            return Guest.INVITED
        if incoming.kind == "press":
            counts.pressed += 1
            allowed = counts.pressed <= PRESSES
        else:
            counts.typed += 1
            allowed = counts.typed <= GREETINGS
        return Guest.STRANGER if allowed and await inbox.strangers(tx) < WAITING else Guest.REFUSED

    def _of(self, sender: int, now: datetime) -> _Counts:
        counts = self._counts.get(sender)
        if counts is None or not timedelta() <= now - counts.since < HOUR:
            self._counts.pop(sender, None)
            counts = self._counts[sender] = _Counts(now)
            if len(self._counts) > MOST_PEOPLE:
                self._counts.popitem(last=False)
        return counts

    def _code(self, incoming: Incoming) -> str:
        if incoming.kind == "command" and incoming.command == "start":
            return incoming.text
        if incoming.kind == "press":
            try:
                return str(getattr(self._routes.unpack(incoming.callback_data), "invite", ""))
            except UnknownAction:
                return ""
        return ""

    async def _is_invited(self, tx: Transaction, counts: _Counts, sender: int, code: str, now: datetime) -> bool:
        if not code or counts.invited >= WITH_INVITATION or counts.codes >= CODES:
            return False
        if not await invites.is_open(tx, code, now):
            counts.codes += 1
            return False
        holders = self._holders.get(code)
        if holders is None or now - holders.since >= HOUR:
            self._holders.pop(code, None)
            holders = self._holders[code] = _Holders(now)
            if len(self._holders) > MOST_PEOPLE:
                self._holders.popitem(last=False)
        if len(holders.people) < HOLDERS:
            holders.people.add(sender)
        counts.invited += 1
        return sender in holders.people
