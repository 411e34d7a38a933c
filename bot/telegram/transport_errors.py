"""The errors of the transport: what each says about whether a request was sent, and none of them holds the token.

The token is part of every address, and exceptions of the HTTP client quote addresses in their text or in the chain of
their causes.
"""

import errno

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

# Exceptions whose text holds no address. Any other is replaced by `Withheld`.
_CLEAN = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientPayloadError,
    aiohttp.ServerDisconnectedError,
    aiohttp.SocketTimeoutError,
)


class NotSent(NetworkError):
    """Nothing was sent: no address, no connection, or no free place in the pool. A retry cannot repeat anything."""


class Withheld(Exception):
    """Replaces a cause whose text may hold the token: has its kind and its traceback only."""


def wait_seconds(error: RetryAfter) -> float:
    """The seconds after which Telegram accepts calls again."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def failure(exc: Exception, *, sending: bool) -> TelegramError:
    """The error of a call; `sending`: whether its first byte was written before it failed."""
    if not sending:
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
    # Errors of the system are clean, but aiohttp's TimeoutError, a subclass of OSError, holds an address.
    system = isinstance(exc, OSError) and not isinstance(exc, aiohttp.ClientError)
    return system or type(exc) is aiohttp.ClientOSError or isinstance(exc, _CLEAN)


def presentable_cause(exc: Exception, *, has_proxy: bool) -> BaseException:
    """The exception itself if nothing in its chain can hold the token, or the password of a proxy; else `Withheld`."""
    if not has_proxy and all(_clean(link) for link in _chain(exc)):
        return exc
    return Withheld(_kind(exc)).with_traceback(exc.__traceback__)
