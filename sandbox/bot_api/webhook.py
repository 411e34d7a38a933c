"""Delivery of updates to the bot's web server, with retries, in order per chat.

Unlike Telegram, which requires HTTPS and a public address, the sandbox delivers to loopback addresses only, and over
plain HTTP too. A method call in the response of the bot's server is not executed.
"""

import asyncio
import contextlib
import ipaddress
import re
from urllib.parse import urlsplit

import aiohttp

from sandbox.telegram.api_errors import bad_request
from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Json
from sandbox.telegram.updates import Update

FIRST_PAUSE = 0.2  # seconds before the first retry; doubled with each
LONGEST_PAUSE = 5.0
PATIENCE = aiohttp.ClientTimeout(total=60)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhook:
    """The webhook, if one is set, and the delivery to it."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self._error: Json = {}
        self._delivery: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    async def set(self, url: str, secret: str, max_connections: int) -> str:
        """Set the webhook; returns Telegram's description, raises ApiError where a parameter is wrong."""
        _check(url)
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if not 1 <= max_connections <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        async with self._changing:
            same = (url, secret, max_connections) == (self.url, self.secret, self.max_connections)
            await self._stop()
            self.url, self.secret, self.max_connections = url, secret, max_connections
            self._error = {}
            self.telegram.updates.interrupt("terminated by setWebhook request")
            self._delivery = asyncio.create_task(self._deliver())
        return "Webhook is already set" if same else "Webhook was set"

    async def remove(self) -> str:
        """Remove the webhook; returns Telegram's description."""
        async with self._changing:
            was_set, self.url, self.secret, self._error = bool(self.url), "", "", {}
            await self._stop()
        return "Webhook was deleted" if was_set else "Webhook is already deleted"

    def info(self) -> Json:
        """WebhookInfo."""
        updates = self.telegram.updates
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending),
        }
        if self.url:
            info |= {"max_connections": self.max_connections, **self._error}
        if updates.allowed:
            info["allowed_updates"] = updates.allowed
        return info

    async def _stop(self) -> None:
        if self._delivery is not None:
            self._delivery.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._delivery
            self._delivery = None

    async def _deliver(self) -> None:
        """Start a delivery for each chat that has an update and no delivery under way, until the model is closed."""
        updates = self.telegram.updates
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as group:
            under_way: dict[int, asyncio.Task[None]] = {}
            while True:
                seen = updates.changes.revision
                updates.forget_expired()
                under_way = {chat_id: task for chat_id, task in under_way.items() if not task.done()}
                for update in updates.pending:
                    if update.chat_id not in under_way and len(under_way) < self.max_connections:
                        under_way[update.chat_id] = group.create_task(self._deliver_one(session, update))
                await updates.changes.wait_past(seen, 60)
                if updates.changes.closed:
                    for task in under_way.values():
                        task.cancel()
                    return

    async def _deliver_one(self, session: aiohttp.ClientSession, update: Update) -> None:
        updates, pause = self.telegram.updates, FIRST_PAUSE
        while update in updates.pending:
            complaint = await self._post(session, update)
            if not complaint:
                updates.confirm(update)
                break
            self._error = {
                "last_error_date": int(self.telegram.clock.now().timestamp()),
                "last_error_message": complaint,
            }
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        updates.changes.advance_to(updates.changes.revision + 1)  # the chat may have further updates

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str:
        """Deliver once; returns the error message of getWebhookInfo, or an empty string."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update.as_json(), headers=headers, ssl=False) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection reset by peer"


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("invalid webhook URL specified")
    if not is_loopback(host):
        raise bad_request("bad webhook: this sandbox delivers to this machine only")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is a loopback one."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
