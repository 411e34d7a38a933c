"""Logging that contains no token, no Telegram id, no name, and nothing that a member wrote.

Events of this program are fixed words with ids of rows, and are logged as they are. Of a record of a library only
what is part of the source code is logged: the beginning of its message up to the first value, the type of an
exception, and the lines of its traceback. Libraries that log whole requests, or SQL with its values, are dropped
below WARNING, whatever level is set later.
"""

import errno
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

# python-telegram-bot logs every parameter at DEBUG, on telegram.Bot and other loggers named after classes; httpx logs
# URLs, which contain the token, at INFO; asyncio logs the values that a task holds.
QUIET = (
    "telegram",
    "httpx",
    "httpcore",
    "apscheduler",
    "aiohttp",
    "aiohttp_socks",
    "python_socks",
    "asyncio",
)
_ROOT = Path(__file__).parents[2]
_OURS = ("bot", "storage", "sandbox")
# The part of a message before the first value.
_OPENING = re.compile(r"[\w ,.;-]*")


def configure(kind: Literal["console", "json"], stream: IO[str] | None = None, level: int = logging.INFO) -> None:
    """Configures every logger of the process, and the hooks for uncaught exceptions and warnings. Times are in UTC."""
    out = stream or sys.stderr
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if kind == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _without_messages,
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *shared,
            _handed_over,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_opening_only, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    quiet()
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    warnings.showwarning = _warned


def quiet() -> None:
    """Drops records of the libraries in `QUIET` below WARNING and strips the others, for every handler."""
    if not issubclass(logging.getLoggerClass(), _Watched):
        # Loggers that are created later need the filter too, since the filters of a parent do not apply to them.
        watched = type("Watched", (_Watched, logging.getLoggerClass()), {})
        logging.setLoggerClass(watched)
    for name in (*QUIET, *logging.root.manager.loggerDict):
        _watch(logging.getLogger(name))


def describe(exc: BaseException) -> str:
    """Describes an exception and its causes by type, error code and the lines of the traceback; never by message."""
    return "\n".join(_described(exc, set()))


class _Stripped(logging.Filter):
    """Drops records below WARNING; of others keeps the beginning of the message and the traceback of the exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        exc = record.exc_info[1] if record.exc_info else None
        record.msg = _opening(record.msg) + (f"\n{describe(exc)}" if exc else "")
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True


_STRIPPED = _Stripped()


class _Watched(logging.Logger):
    def __init__(self, name: str, level: int = logging.NOTSET) -> None:
        super().__init__(name, level)
        _watch(self)


def _watch(logger: logging.Logger) -> None:
    if logger.name.partition(".")[0] in QUIET:
        logger.addFilter(_STRIPPED)


def _opening(message: object) -> str:
    """Returns the beginning of a message or of its template. An object that is not a string has none."""
    found = _OPENING.match(message) if isinstance(message, str) else None
    return (found.group().strip() if found else "") or "(withheld)"


def _opening_only(_: Any, __: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    stripped = record.name.partition(".")[0] in QUIET
    event["event"] = record.msg if stripped else _opening(record.msg)
    event["logger"] = record.name
    return event


def _without_messages(_: Any, __: str, event: EventDict) -> EventDict:
    exc_info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    exc = exc_info[1] if isinstance(exc_info, tuple) else exc_info if isinstance(exc_info, BaseException) else None
    if exc_info is True:
        exc = sys.exc_info()[1]
    if exc is not None:
        event["exception"] = describe(exc)
    return event


def _handed_over(logger: logging.Logger, name: str, event: EventDict) -> tuple[tuple[EventDict], dict[str, Any]]:
    args, keywords = structlog.stdlib.ProcessorFormatter.wrap_for_formatter(logger, name, event)
    # Otherwise `exception` adds the whole traceback to the record again, for any other handler to show.
    return args, {**keywords, "exc_info": None}


def _uncaught(kind: type[BaseException], exc: BaseException | None, trace: TracebackType | None) -> None:
    if exc is not None and issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, exc, trace)
        return
    structlog.get_logger(__name__).critical("crashed", kind=kind.__name__, exc_info=exc)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    structlog.get_logger(__name__).warning("warned", kind=category.__name__, place=f"{_short(filename)}:{lineno}")


def _described(exc: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(exc))
    yield f"{type(exc).__module__}.{type(exc).__qualname__}{_code(exc)}"
    for frame, line in traceback.walk_tb(exc.__traceback__):
        yield f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
    inner = exc.exceptions if isinstance(exc, BaseExceptionGroup) else ()
    before = exc.__cause__ or (None if exc.__suppress_context__ else exc.__context__)
    for word, others in (("holding", inner), ("because of", [before] if before else [])):
        for other in others:
            if id(other) not in seen:
                yield word
                yield from _described(other, seen)


def _code(exc: BaseException) -> str:
    """Returns a code from a fixed list: errno, that of SQLite, or the `reason` of an exception of this program."""
    code = errno.errorcode.get(exc.errno or 0) if isinstance(exc, OSError) else None
    code = code or getattr(exc, "sqlite_errorname", None)
    if code is None and type(exc).__module__.partition(".")[0] in _OURS:
        code = getattr(exc, "reason", None)
    return f" ({code})" if isinstance(code, str) else ""


def _short(filename: str) -> str:
    """Returns a path without the folders above, which may name a user of the machine."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return filename.rpartition("site-packages/")[2]
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])
