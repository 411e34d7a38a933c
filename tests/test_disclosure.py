"""No accidental disclosure: every logger at DEBUG while people talk, and nothing of them in what it wrote."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog

from bot import logs
from bot.demo import steps
from bot.dispatch import look_up
from bot.request import Asked, Request
from bot.screen import Screen
from storage.sealing import PrivateKey
from tests.cast import Cast

TOPIC = "Detention and protection"
WORDS = "a sentence that must stand in no log"
NAME = "Salma el-Khatib"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that any logger writes, at DEBUG, whatever level a library had chosen for itself."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for target in ("sys.excepthook", "sys.unraisablehook", "threading.excepthook", "warnings.showwarning"):
        module, name = target.split(".")
        monkeypatch.setattr(target, getattr(__import__(module), name))  # put back afterwards
    logs.configure("json", stream, logging.DEBUG)
    names = list(logging.root.manager.loggerDict)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    for name in names:
        logging.getLogger(name).setLevel(logging.NOTSET)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_nothing_of_anybody_is_logged_while_they_talk(written: io.StringIO, cast: Cast) -> None:
    stage = cast.stage
    logging.getLogger("telegram.Bot").debug("a library that says %s", WORDS)  # what the fence is for
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.member(NAME, "en", "Cairo")
    await steps.post(salma, TOPIC, WORDS)
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    stage.sandbox.telegram.faults.change({"refuse": {"status": 500, "times": 3}})
    await salma.says("/help")
    stage.sandbox.telegram.faults.change({"refuse": {"status": 429, "retry_after": 1, "times": 1}})
    await salma.says("/help")
    await salma.sees("help", network=stage.halqa.network.name)
    await cast.nour.says(f"/sealing {PrivateKey.generate().public}")
    await cast.nour.sees("sealing")
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-write-contact")
    await salma.says(WORDS)
    await salma.sees("contact-sealed")
    await stage.pass_time(timedelta(days=1))
    await stage.settle()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await stage.stop()

    said = written.getvalue()
    assert said  # something was written at all
    code = stage.owner_code
    for secret in (stage.sandbox.token, str(salma.person.id), str(cast.nour.person.id), NAME, "el-Khatib", WORDS, code):
        assert secret not in said, said[max(0, said.find(secret) - 300) :][:600]


async def test_a_failing_handler_gives_a_reference_and_nothing_else(
    written: io.StringIO, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = await cast.member(NAME, "en", "Cairo")

    def fail(request: Request) -> Screen:
        raise RuntimeError(f"{request.words} {request.telegram_id}")

    monkeypatch.setattr("bot.dispatch.common.did_not_understand", fail)
    await salma.says(WORDS)
    shown = await salma.sees_words("Something went wrong")
    code = shown.split(":")[-1].strip().strip("\u2068\u2069")
    said = written.getvalue()
    assert code in said
    assert "RuntimeError" in said
    for secret in (WORDS, str(salma.person.id)):
        assert secret not in said
    await salma.says("/help")
    await salma.sees("help", network=cast.stage.halqa.network.name)


async def test_no_repr_shows_who_somebody_is_or_what_they_said(cast: Cast) -> None:
    salma = await cast.member(NAME, "en", "Cairo")
    halqa = cast.stage.halqa
    asked = Asked("words", salma.person.id, "en", words=WORDS)
    async with halqa.store.transaction() as tx:
        request = await look_up(tx, asked, halqa.network, halqa.intake.routes, cast.stage.clock.now())
        shown = " ".join([repr(asked), repr(request), repr(request.member), repr(halqa), repr(halqa.store.keyring)])
        assert request.member is not None
        key = halqa.store.keyring[request.member.key_id]
    for secret in (NAME, WORDS, str(salma.person.id), repr(key), key.hex()):
        assert secret not in shown
