"""Long polling. The offset, which makes Telegram forget updates, advances only after they are on disk.

While they cannot be written, as on a full disk, Telegram keeps them and all later ones, and the poll is repeated.

An offset serves one confirmation. After a week without updates Telegram goes on with a random id, which may be a lower
one (Bot API, Update); an offset that lies far beyond it confirms nothing, so that the same updates would come for ever.

An answer that cannot be read is fetched again, one update at a time. Only an update that comes alone and whole, and
still cannot be read after a minute, is set aside: it would hold up all later ones for ever. The log has its number.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Bot, Update
from telegram.constants import PollingLimit
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.messaging.update_validation import InvalidUpdate, ReceivedUpdate, ValidUpdate, from_object
from bot.operations.errors import report
from bot.telegram.api_response import Garbled
from bot.telegram.connect import LONGEST_PAUSE
from bot.telegram.fatal import Refusals, Stopped
from bot.telegram.transport import Transport
from bot.telegram.transport_errors import wait_seconds

log = structlog.get_logger(__name__)
POLL_SECONDS = 25
AT_ONCE: int = PollingLimit.MAX_LIMIT  # updates in one answer
FORGIVEN = 2  # conflicts in a row; the last poll of a process that has just ended may still be open
AFTER_CONFLICT = 2.0  # seconds
UNREADABLE, BETWEEN_READINGS = 5, 15.0  # times, and the seconds in between, until an update is set aside
WANTED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
Take = Callable[[Sequence[ReceivedUpdate]], Awaitable[None]]


class PollingReceiver:
    def __init__(self, transport: Transport, bot: Bot, take: Take) -> None:
        """`take` stores a batch and returns when it is on disk."""
        self._transport = transport
        self._url = f"{bot.base_url}/getUpdates"
        self._take = take
        self._refusals = Refusals(bot)
        self._offset = 0  # 0: from the first unconfirmed one
        self._limit = AT_ONCE
        self._unreadable = (0, 0)  # the id of an update that cannot be read, and how often in a row
        self._pause = 0.0
        self.last_heard = time.monotonic()  # seconds: when a poll last succeeded, or this began

    async def run(self) -> None:
        """Polls until cancelled. Raises `Stopped` where polling cannot succeed."""
        conflicts = 0
        while True:
            try:
                arrivals = await self._poll()
                self.last_heard = time.monotonic()
                moved = await self._receive(arrivals)
            except Conflict as error:
                conflicts += 1
                if conflicts > FORGIVEN:
                    # Telegram's text: "can't use getUpdates method while webhook is active; ..."
                    raise Stopped("webhook" if "webhook" in str(error).lower() else "conflict") from None
                await asyncio.sleep(AFTER_CONFLICT)
            except (InvalidToken, Forbidden):
                await self._refusals.another()
            except RetryAfter as error:
                await asyncio.sleep(wait_seconds(error))
            except (NetworkError, TelegramError) as error:
                await self._wait(error, "telegram-out-of-reach")
            except Exception as error:  # noqa: BLE001  such as a full disk; Telegram keeps unconfirmed updates
                await self._wait(error, "updates-not-kept")
            else:
                self._refusals.over()
                conflicts = 0
                if moved:
                    self._pause = 0.0
                else:
                    await self._wait(None, "")

    def doubt_token(self) -> None:
        """A call was refused as if the token were revoked: the next poll shows whether it is."""

    async def _poll(self) -> list[ReceivedUpdate]:
        payload = {
            "offset": self._offset,
            "limit": self._limit,
            "timeout": POLL_SECONDS,
            "allowed_updates": WANTED,
        }
        try:
            found = await self._transport.fetch_updates(self._url, payload, timeout=POLL_SECONDS + 10)
        except Garbled as error:
            if self._limit > 1:
                self._limit = 1  # so that an unreadable update arrives alone
                return await self._poll()
            if not error.whole or len(error.update_ids) != 1:
                raise
            await self._set_aside(error.update_ids[0])
            return []
        self._limit, self._unreadable = AT_ONCE, (0, 0)
        if not found:
            self._offset = 0  # all before it is confirmed now
        return [from_object(update) for update in found]

    async def _set_aside(self, update_id: int) -> None:
        """Waits, or confirms an update of which only the id can be read, after so many attempts."""
        known, times = self._unreadable
        self._unreadable = (update_id, times + 1 if known == update_id else 1)
        if self._unreadable[1] < UNREADABLE:
            await asyncio.sleep(BETWEEN_READINGS)
            return
        await self._take([InvalidUpdate("json", str(update_id).encode())])
        log.error("update-set-aside", update_id=update_id)
        self._offset, self._limit, self._unreadable = update_id + 1, AT_ONCE, (0, 0)

    async def _receive(self, arrivals: Sequence[ReceivedUpdate]) -> bool:
        """Whether the next poll can return other updates; False where none of these can be confirmed."""
        if not arrivals:
            return True
        await self._take(arrivals)
        known = [arrival.update_id for arrival in arrivals if isinstance(arrival, ValidUpdate)]
        if known:
            self._offset = max(known) + 1
        return bool(known)

    async def _wait(self, error: Exception | None, event: str) -> None:
        self._pause = min(max(1.0, self._pause * 2), LONGEST_PAUSE)
        if error is not None:
            report(error, event=event)
        await asyncio.sleep(self._pause)
