"""HTTP to the Bot API: aiohttp under python-telegram-bot, three times as fast here as the httpx it brings along.

Two promises beyond speed. A caller can tell `NotSent` (nothing left this machine, so trying again is safe) from any
other `NetworkError` (Telegram may have acted). And since the token is part of every address, no error raised here
carries an address, a request or an answer in its message, nor anywhere in its chain of causes.
"""

import errno
import io
import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import aiohttp
from aiohttp.connector import Connection
from pydantic import SecretStr
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.api_response import Garbled, presentable, result_or_reason
from bot.telegram.proxy import connector, http_proxy

# Their text is known to be free of addresses. Anything else is replaced by `Withheld`.
_CLEAN = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientPayloadError,
    aiohttp.ServerDisconnectedError,
    aiohttp.SocketTimeoutError,
)


class NotSent(NetworkError):
    """Nothing was sent: no name, no connection, no free place in the pool. Trying again cannot repeat anything."""


class Withheld(Exception):
    """Stands for a cause whose own text can hold the token: its kind, its traceback, and nothing else."""


@dataclass
class _Progress:
    """How far one request came. Set just before its first byte is written."""

    sending: bool = False


class _Plain:
    """What is wanted here of a RequestData, for values without files: that class takes each value apart."""

    contains_files = False

    def __init__(self, values: Mapping[str, object]) -> None:
        self.json_payload = json.dumps(values).encode()


@dataclass(frozen=True)
class _Waits:
    """Seconds; None waits for ever. `media` is the time to write a request that carries files."""

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
        """Timeouts in seconds. `proxy` is as in the settings; those of the environment are not looked at."""
        self._pool_size = connection_pool_size
        self._waits = _Waits(pool_timeout, connect_timeout, write_timeout, media_write_timeout, read_timeout)
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._waits.read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # Idle connections go after 15 s, before Telegram closes them: a request that meets a closing
                # connection is uncertain for no reason.
                connector=connector(self._proxy, limit=self._pool_size, keepalive_timeout=15.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                request_class=_Request,
                trust_env=False,
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def fetch_updates(self, url: str, payload: dict[str, Any], timeout: float) -> list[object]:  # noqa: ASYNC109
        """Calls getUpdates: updates as Telegram wrote them, so that one we cannot read can be set aside.

        `url` ends in /getUpdates; `timeout` (seconds) should be longer than the one of the poll in `payload`. Raises
        the errors of telegram.error, as every method of telegram.Bot does, and `Garbled`.
        """
        # telegram.Bot.get_updates would refuse a whole batch over one strange update.
        updates: object = await self.call(url, payload, read_timeout=timeout)
        if not isinstance(updates, list):
            raise Garbled("The answer is not a list of updates")
        return updates

    async def call(
        self, url: str, values: Mapping[str, object], read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE
    ) -> Any:
        """Calls the method of the Bot API at whose name `url` ends, with values as JSON knows them; its result.

        Raises the errors of telegram.error, as every method of telegram.Bot does, and `Garbled`.
        """
        return await self.post(url, cast(RequestData, _Plain(values)), read_timeout=read_timeout)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSent, TimedOut (sent, but no answer in time) or NetworkError (sent, no answer)."""
        if self._session is None:
            raise NotSent("The transport is not open")
        write = self._waits.media if request_data and request_data.contains_files else self._waits.write
        timeout = _timeout(
            method,
            _either(pool_timeout, self._waits.pool),
            _either(connect_timeout, self._waits.connect),
            _either(write_timeout, write),
            _either(read_timeout, self._waits.read),
        )
        progress = _Progress()
        _progress.set(progress)
        try:
            async with self._session.request(
                method,
                _address(url),
                data=_body(request_data),
                timeout=timeout,
                proxy=http_proxy(self._proxy),
                allow_redirects=False,  # a redirect would carry the token elsewhere
            ) as response:
                status, payload = response.status, await response.read()
        except Exception as exc:  # noqa: BLE001 (whatever it is, its text may hold the token)
            failure, cause = _failure(exc, progress), self._presentable(exc)
        else:
            return status, presentable(status, payload)
        # Outside of the handler, or the original would come along as __context__.
        raise failure from cause

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As in the base class, which would log what it cannot read, and that may be somebody's words."""
        return result_or_reason(payload)

    def _presentable(self, exc: Exception) -> BaseException:
        """The exception itself if nothing in its chain can hold the token, or the password of a proxy."""
        if self._proxy is None and all(_clean(link) for link in _chain(exc)):
            return exc
        return Withheld(_kind(exc)).with_traceback(exc.__traceback__)


def wait_seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


_progress: ContextVar[_Progress] = ContextVar("progress")


class _Request(aiohttp.ClientRequest):
    """Notes that it is being sent."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        _progress.get().sending = True
        return await super().send(conn)


@lru_cache(maxsize=64)  # of which the methods that are called need half
def _address(url: str) -> URL:
    return URL(url)


def _either(given: ODVInput[float], usual: float | None) -> float | None:
    return usual if isinstance(given, DefaultValue) else given


def _timeout(
    method: str, pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp has no timeout for writing, so a call has one for the whole; a download may take as long as it flows."""
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
    # Unquoted, since Telegram shows a percent-encoded file name as it stands.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return form


def _failure(exc: Exception, progress: _Progress) -> TelegramError:
    if not progress.sending:
        return NotSent(f"Nothing was sent: {_kind(exc)}")
    if isinstance(exc, TimeoutError):
        return TimedOut("Sent, but no answer came in time")
    return NetworkError(f"Sent, but no answer came: {_kind(exc)}")


def _kind(exc: BaseException) -> str:
    code = errno.errorcode.get(exc.errno or 0) if isinstance(exc, OSError) else None
    return f"{type(exc).__name__} ({code})" if code else type(exc).__name__


def _chain(exc: BaseException) -> list[BaseException]:
    links = [exc]
    for link in links:
        links += [other for other in (link.__cause__, link.__context__) if other and other not in links]
    return links


def _clean(exc: BaseException) -> bool:
    # Plain errors of the system are clean, yet TimeoutError is one of their subclasses and aiohttp's holds an address.
    system = isinstance(exc, OSError) and not isinstance(exc, aiohttp.ClientError)
    return system or type(exc) is aiohttp.ClientOSError or isinstance(exc, _CLEAN)
