"""Logs: something goes wrong anywhere, and what is written down names nobody."""

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import RequestData

from bot.operations import logs
from bot.telegram.transport import Transport
from storage.crypto.master_key import MasterKeyError

SECRET = "AAa-fictional-token-for-these-tests-0"
TOKEN = f"1234567890:{SECRET}"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Configured for JSON at DEBUG, and everything put back afterwards."""
    root, born = logging.getLogger(), logging.getLoggerClass()
    kept = (
        root.handlers[:],
        root.level,
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.showwarning,
    )
    stream = io.StringIO()
    logs.configure("json", stream, logging.DEBUG)
    yield stream
    root.handlers[:], root.level = kept[:2]
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = kept[2:]
    logging.setLoggerClass(born)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def failing(words: str) -> None:
    raise ValueError(words)


def test_our_own_events_go_through(out: io.StringIO) -> None:
    structlog.get_logger("bot.messaging.inbox_worker").info("update-taken", inbox=7, language="عربي")
    (line,) = lines(out)
    assert line.pop("at").endswith("Z")
    assert line == {"event": "update-taken", "inbox": 7, "language": "عربي", "level": "info"}


def test_an_exception_is_described_by_type_and_lines_alone(out: io.StringIO, caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            failing(SECRET)
        except ValueError as before:
            raise OSError(28, SECRET) from before
    except OSError:
        structlog.get_logger("bot.messaging.inbox_worker").exception("disk")
    (line,) = lines(out)
    assert SECRET not in out.getvalue() + caplog.text
    description = line["exception"].splitlines()
    assert description[0] == "builtins.OSError (ENOSPC)"
    assert description[1].startswith("  tests/operations/test_logs.py:")
    assert description[1].endswith("test_an_exception_is_described_by_type_and_lines_alone")
    assert description[2:4] == ["because of", "builtins.ValueError"]
    assert description[-1].endswith(" failing")


def test_an_exception_of_our_own_tells_its_fixed_word(out: io.StringIO) -> None:
    structlog.get_logger("bot.app").error("no-key", exc_info=MasterKeyError("exposed", Path(f"/home/{SECRET}")))
    (line,) = lines(out)
    assert line["exception"] == "storage.crypto.master_key.MasterKeyError (exposed)"


def test_a_group_tells_all_it_holds_and_a_circle_ends() -> None:
    inner = ValueError(SECRET)
    group = ExceptionGroup(SECRET, [inner, KeyError(SECRET)])
    inner.__cause__ = group
    description = logs.describe(group)
    assert description.splitlines()[::2] == ["builtins.ExceptionGroup", "builtins.ValueError", "builtins.KeyError"]
    assert SECRET not in description


def test_the_folders_above_are_not_logged() -> None:
    try:
        json.loads("{")
    except ValueError as exc:
        description = logs.describe(exc)
    assert "  json/decoder.py:" in description
    assert " /" not in description


@pytest.mark.parametrize(
    "name",
    [
        "telegram.Bot",
        "telegram.ext.ExtBot",
        "telegram.request.BaseRequest",
        "telegram.born.later",
        "httpx",
        "httpcore.connection",
        "apscheduler.executors.default",
        "aiohttp.access",
        "asyncio",
    ],
)
def test_a_library_stays_quiet_whoever_turns_it_up(out: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    own = io.StringIO()
    handler = logging.StreamHandler(own)
    logger.addHandler(handler)
    try:
        logger.debug("Calling Bot API with parameters %s", SECRET)
        logger.info("HTTP Request: POST %s", SECRET)
        assert out.getvalue() == own.getvalue() == ""
        try:
            failing(SECRET)
        except ValueError:
            logger.exception('Error while parsing "%s"', SECRET, stack_info=True)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    (line,) = lines(out)
    assert line["event"].splitlines()[:2] == ["Error while parsing", "builtins.ValueError"]
    assert line["logger"] == name
    for text in (out.getvalue(), own.getvalue()):
        assert "Error while parsing" in text
        assert SECRET not in text


def test_a_logger_of_python_telegram_bot_really_has_the_name_that_is_watched() -> None:
    assert Bot._LOGGER.name in logging.root.manager.loggerDict
    assert Bot._LOGGER.name == "telegram.Bot"


def test_any_other_library_is_cut_where_a_value_may_begin(out: io.StringIO) -> None:
    logger = logging.getLogger("somebody.else")
    logger.warning("Could not open %s", SECRET)
    logger.warning(f"Could not open: {SECRET}")
    logger.warning({"words": SECRET})
    assert [line["event"] for line in lines(out)] == ["Could not open", "Could not open", "(withheld)"]


async def test_a_bot_that_is_refused_does_not_tell_its_token(out: io.StringIO) -> None:
    class Refusing(Transport):
        async def do_request(
            self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
        ) -> tuple[int, bytes]:
            return 401, b'{"ok": false, "description": "Unauthorized"}'

    logging.getLogger("telegram.Bot").setLevel(logging.DEBUG)
    transport = Refusing()
    try:
        with pytest.raises(InvalidToken) as caught:
            await Bot(TOKEN, request=transport, get_updates_request=transport).initialize()
    finally:
        await transport.shutdown()
        logging.getLogger("telegram.Bot").setLevel(logging.NOTSET)
    assert SECRET in str(caught.value), "this test looks for a leak that is no longer there"
    structlog.get_logger("bot.app").error("token-refused", exc_info=caught.value)
    assert "telegram.error.InvalidToken" in out.getvalue()
    assert SECRET not in out.getvalue()


async def test_a_task_that_nobody_awaited_does_not_tell_what_it_held(out: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": ValueError(SECRET)})
    loop.call_soon(failing, SECRET)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [line["event"].splitlines()[0] for line in lines(out)] == [
        "Task exception was never retrieved",
        "Exception in callback failing",
    ]
    assert SECRET not in out.getvalue()


def test_what_nobody_caught_is_described_by_its_type(out: io.StringIO) -> None:
    sys.excepthook(ValueError, ValueError(SECRET), None)
    thread = threading.Thread(target=failing, args=(SECRET,))
    thread.start()
    thread.join()
    assert [(line["event"], line["kind"]) for line in lines(out)] == [("crashed", "ValueError")] * 2
    assert SECRET not in out.getvalue()


def test_a_warning_is_described_by_its_place(out: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._warned
        warnings.warn(SECRET, UserWarning, stacklevel=1)
    (line,) = lines(out)
    assert line["kind"] == "UserWarning"
    assert line["place"].startswith("tests/operations/test_logs.py:")
    assert SECRET not in out.getvalue()


def test_for_people_a_line_is_plain_text(out: io.StringIO) -> None:
    stream = io.StringIO()
    logs.configure("console", stream)
    try:
        failing(SECRET)
    except ValueError:
        structlog.get_logger("bot.messaging.inbox_worker").exception("crashed", inbox=7)
    first, *rest = stream.getvalue().splitlines()
    assert "crashed" in first
    assert "inbox=7" in first
    assert "\x1b" not in first
    assert rest[0] == "builtins.ValueError"
    assert SECRET not in stream.getvalue()


def test_nothing_below_the_chosen_level_is_logged(out: io.StringIO) -> None:
    stream = io.StringIO()
    logs.configure("json", stream, logging.WARNING)
    structlog.get_logger("bot.messaging.inbox_worker").info("update-taken")
    assert stream.getvalue() == ""
