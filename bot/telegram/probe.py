"""Queries Telegram outside of a running network: does it know the bot, and what time does it have?

Used by `halqa doctor` and `halqa owner-code`. Errors hold no address, since the token is part of each.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.helpers import create_deep_linked_url

from bot.operations.settings import TelegramSettings
from bot.telegram.api_response import parsed
from bot.telegram.proxy import connector, http_proxy

UNKNOWN_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)  # which one depends on the form of the token

RECENT = 3600  # seconds
NOT_TELEGRAMS = "an answer that is not Telegram's"


class NotReached(Exception):
    """Telegram could not be queried. `reason` names the type of the error or the HTTP status."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenRefused(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What Telegram says about the bot."""

    link: str  # opens the chat with the bot
    joins_groups: bool
    reads_groups: bool
    webhook: str = field(repr=False)  # the address to which Telegram delivers; empty: none
    complaint: str  # Telegram's message about the last failed delivery; empty: none failed recently
    ahead: float | None  # seconds by which this machine's clock is ahead of Telegram's; None: unknown


async def look(settings: TelegramSettings, now: Callable[[], datetime], *, seconds: float = 10.0) -> Sight:
    """Calls getMe and getWebhookInfo, with a timeout of `seconds` each. Raises `NotReached`, `TokenRefused`."""
    before = now()
    me, date = await _call(settings, "getMe", seconds)
    after = now()
    webhook, _ = await _call(settings, "getWebhookInfo", seconds)
    if not isinstance(me, dict) or not isinstance(webhook, dict):
        raise NotReached(NOT_TELEGRAMS)
    return Sight(
        link=_link(me),
        joins_groups=bool(me.get("can_join_groups")),
        reads_groups=bool(me.get("can_read_all_group_messages")),
        webhook=str(webhook.get("url") or ""),
        complaint=_recent(webhook, before),
        ahead=ahead_of(date, before + (after - before) / 2),
    )


def _recent(webhook: dict[str, Any], now: datetime) -> str:
    date, text = webhook.get("last_error_date"), webhook.get("last_error_message")
    lately = isinstance(date, int) and now.timestamp() - date < RECENT
    return text[:100] if lately and isinstance(text, str) and text.isprintable() else ""


async def deep_link(settings: TelegramSettings, code: str) -> str:
    """The link that opens the chat and sends `/start` with the code; empty where Telegram cannot be queried."""
    try:
        me, _ = await _call(settings, "getMe", 3.0)
        return _link(me if isinstance(me, dict) else {}, code)
    except (NotReached, TokenRefused):
        return ""


def _link(me: dict[str, Any], code: str | None = None) -> str:
    """Raises `NotReached` where the answer to getMe has no user name of a bot."""
    try:
        return create_deep_linked_url(str(me.get("username") or ""), code)
    except ValueError:
        raise NotReached(NOT_TELEGRAMS) from None


async def remove_webhook(settings: TelegramSettings) -> None:
    """Makes Telegram keep updates until they are polled. Raises `NotReached`, `TokenRefused`."""
    await _call(settings, "deleteWebhook", 10.0)


async def _call(settings: TelegramSettings, method: str, seconds: float) -> tuple[Any, str | None]:
    """The result and the Date header of the answer."""
    url = f"{settings.base_url}{settings.token.get_secret_value()}/{method}"
    timeout, reason = aiohttp.ClientTimeout(total=seconds), ""
    try:
        async with (
            aiohttp.ClientSession(
                timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), connector=connector(settings.proxy)
            ) as session,
            session.post(url, allow_redirects=False, proxy=http_proxy(settings.proxy)) as response,
        ):
            status, date, payload = response.status, response.headers.get("Date"), await response.read()
    except Exception as error:  # noqa: BLE001  whatever it is, its text may hold the address
        reason = type(error).__name__
    if reason:
        raise NotReached(reason)  # outside of the handler, since the text of the original error holds the address
    if status in UNKNOWN_TOKEN:
        raise TokenRefused
    answer = parsed(payload) or {}
    if status != HTTPStatus.OK or "result" not in answer:
        raise NotReached(f"HTTP status {status}")
    return answer["result"], date


def ahead_of(date: str | None, now: datetime) -> float | None:
    """The seconds by which `now` is ahead of a Date header; None where that cannot be read."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    # The header is truncated to whole seconds, so on average it is half a second old.
    return (now - theirs).total_seconds() - 0.5 if theirs.tzinfo else None
