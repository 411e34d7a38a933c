"""HTTP to the Bot API: aiohttp under python-telegram-bot, three times as fast here as the httpx it comes with.

Two guarantees besides speed. A caller can distinguish `NotSent` (nothing was sent, so a retry is safe) from any other
`NetworkError` (Telegram may have acted). And since the token is part of every address, no error raised here holds an
address, a request or an answer in its message, nor anywhere in its chain of causes (`transport_errors.py`).
"""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
from pydantic import SecretStr
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.api_response import Garbled, presentable, result_or_reason
from bot.telegram.proxy import connector, http_proxy
from bot.telegram.transport_errors import NotSent, failure, presentable_cause

MAYBE_REVOKED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@dataclass
class _Progress:
    """How far a request came; `sending` is set when it has a connection, just before its first byte is written."""

    sending: bool = False


class _JsonValues:
    """Stands in for a RequestData without files, which would convert each value by itself."""

    contains_files = False

    def __init__(self, values: Mapping[str, object]) -> None:
        self.json_payload = json.dumps(values).encode()


@dataclass(frozen=True)
class _Timeouts:
    """Timeouts in seconds; None means no timeout. `media` is that of writing a request with files."""

    pool: float | None
    connect: float | None
    write: float | None
    media: float | None
    read: float | None


class Transport(BaseRequest):
    """Usable between `initialize` and `shutdown`, each of which may be called more than once."""

    def __init__(
        self,
        connection_pool_size: int = 256,
        *,
        pool_timeout: float | None = 10.0,
        connect_timeout: float | None = 10.0,
        write_timeout: float | None = 30.0,
        media_write_timeout: float | None = 120.0,
        read_timeout: float | None = 30.0,
        proxy: SecretStr | None = None,
    ) -> None:
        """Timeouts in seconds. `proxy` is that of the settings; the environment's are ignored."""
        self._pool_size = connection_pool_size
        self._timeouts = _Timeouts(pool_timeout, connect_timeout, write_timeout, media_write_timeout, read_timeout)
        self._proxy = proxy
        # Called after each refusal that may mean that the token is revoked: 401, 404, 409.
        self.token_refused: Callable[[], None] = lambda: None
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # Idle connections are closed after 15 s, before Telegram closes them: the result of a request on a
                # connection that is being closed is uncertain.
                connector=connector(self._proxy, limit=self._pool_size, keepalive_timeout=15.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[_progress_trace()],
                trust_env=False,
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def fetch_updates(self, url: str, payload: dict[str, Any], timeout: float) -> list[object]:  # noqa: ASYNC109
        """Calls getUpdates: the updates as Telegram sent them, so that an unreadable one can be quarantined.

        `url` ends in /getUpdates; `timeout` (seconds) should be longer than the one of the poll in `payload`. Raises
        the errors of telegram.error, as every method of telegram.Bot does, and `Garbled`.
        """
        # telegram.Bot.get_updates would refuse a whole batch because of one invalid update.
        updates: object = await self.call(url, payload, read_timeout=timeout)
        if not isinstance(updates, list):
            raise Garbled("The answer is not a list of updates")
        return updates

    async def call(self, url: str, values: Mapping[str, object], read_timeout: float | None = None) -> Any:
        """Calls the method of the Bot API with whose name `url` ends; values and result are those of JSON.

        `read_timeout` in seconds; None: that of this transport. Raises the errors of telegram.error, as every method of
        telegram.Bot does, and `Garbled`.
        """
        read = self.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self.post(url, cast(RequestData, _JsonValues(values)), read_timeout=read)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSent, TimedOut (sent, but no answer in time) or NetworkError (sent, no answer)."""
        if self._session is None:
            raise NotSent("The transport is not open")
        write = self._timeouts.media if request_data and request_data.contains_files else self._timeouts.write
        timeout = _timeout(
            method,
            _or_default(pool_timeout, self._timeouts.pool),
            _or_default(connect_timeout, self._timeouts.connect),
            _or_default(write_timeout, write),
            _or_default(read_timeout, self._timeouts.read),
        )
        progress = _Progress()
        try:
            async with self._session.request(
                method,
                _address(url),
                data=_body(request_data),
                timeout=timeout,
                proxy=http_proxy(self._proxy),
                allow_redirects=False,  # a redirect would carry the token elsewhere
                trace_request_ctx=progress,
            ) as response:
                status, payload = response.status, await response.read()
        except Exception as exc:  # noqa: BLE001 (whatever it is, its text may hold the token)
            error, cause = failure(exc, sending=progress.sending), presentable_cause(exc, has_proxy=bool(self._proxy))
        else:
            self._note(status)
            return status, presentable(status, payload)
        # Outside of the handler, or the original exception would be attached as __context__.
        raise error from cause

    def _note(self, status: int) -> None:
        if status in MAYBE_REVOKED:
            self.token_refused()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As in the base class, which would log an answer that it cannot read, and that may hold somebody's text."""
        return result_or_reason(payload)


def _progress_trace() -> aiohttp.TraceConfig:
    """Makes aiohttp set `sending` of the `_Progress` that is the `trace_request_ctx` of a request."""

    async def has_connection(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
        context.trace_request_ctx.sending = True

    trace = aiohttp.TraceConfig()
    trace.on_connection_create_end.append(has_connection)
    trace.on_connection_reuseconn.append(has_connection)
    return trace


@lru_cache(maxsize=64)  # the methods that are called need half of that
def _address(url: str) -> URL:
    return URL(url)


def _or_default(given: object, default: float | None) -> float | None:
    """A timeout of `do_request`; the object that stands for one that was not given is of no public type."""
    return given if given is None or isinstance(given, float | int) else default


def _timeout(
    method: str, pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp has no timeout for writing, so a call has one in total; a download has none as long as data arrives."""
    opening = None if pool is None or connect is None else pool + connect
    whole = None if opening is None or write is None or read is None else opening + write + read
    return aiohttp.ClientTimeout(
        total=None if method == "GET" else whole, connect=opening, sock_connect=connect, sock_read=read
    )


def _body(data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.BytesPayload(data.json_payload, content_type="application/json")
    # Unquoted, since Telegram shows a percent-encoded file name as it is.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return form
