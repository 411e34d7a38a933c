"""No accidental disclosure: every logger at DEBUG during normal use and during failures, without personal data.

Pass figure: 0 tokens, Telegram ids, names, words or keys in all that is logged, in exceptions and in reprs; during the
flows, and with rows that do not open, pages that do not, a full disk, updates of no sense, and errors in our own code.
"""

import asyncio
import io
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3
import structlog

from bot.conversation.dispatch import load_request
from bot.conversation.request import Incoming, Refusal, Request, UnreadableMember
from bot.conversation.screen import Screen
from bot.demo import steps
from bot.language.texts import Html
from bot.operations import logs
from storage.crypto.cipher import Unreadable
from storage.crypto.envelope import PrivateKey
from storage.crypto.master_key import MasterKeyError
from storage.engine.connection import CountingConnection, Row
from storage.engine.errors import StoreError
from storage.records import drafts, inbox
from storage.records.people import members
from tests.support.cast import Cast

TOPIC = "Detention and protection"
WORDS = "a sentence that must stand in no log"
NAME = "Salma el-Khatib"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The output of all loggers at DEBUG, including those whose level a library has set."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for target in ("sys.excepthook", "sys.unraisablehook", "threading.excepthook", "warnings.showwarning"):
        module, name = target.split(".")
        monkeypatch.setattr(target, getattr(__import__(module), name))  # restored afterwards
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
    logging.getLogger("telegram.Bot").debug("a library that says %s", WORDS)  # which the log filter must suppress
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
        raise RuntimeError(f"{request.text} {request.telegram_id}")

    monkeypatch.setattr("bot.conversation.dispatch.shared_screens.did_not_understand", fail)
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


async def test_nothing_of_anybody_is_logged_while_things_break(
    written: io.StringIO, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, salma = cast.stage, await cast.member(NAME, "en", "Cairo")
    rania = await cast.member("Rania", "fr", "Dakar")
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(rania, TOPIC, "at_once")
    await steps.post(salma, TOPIC, WORDS)
    await stage.settle()

    full = Broken(monkeypatch, "UPDATE inbox SET state", "SQLITE_FULL", times=2)
    await salma.says(WORDS)
    await full.happened()
    await stage.settle()
    broken = Broken(monkeypatch, "SELECT version, kind", "SQLITE_CORRUPT", times=2)  # it is retried once
    await salma.says(WORDS)
    await salma.sees_words("Something went wrong")
    await broken.happened()

    async with stage.halqa.store.transaction() as tx:  # an update and a draft that cannot be decrypted
        await inbox.add(tx, 1, salma.person.id, {"message": {"text": WORDS}}, stage.clock.now())
        await tx.execute("UPDATE inbox SET payload_encrypted = randomblob(120) WHERE update_id = 1")
        member = await members.find(tx, salma.person.id)
        assert member is not None
        key = stage.halqa.store.keyring[member.key_id]
        await drafts.put(tx, member, "post", body=WORDS, now=stage.clock.now())
        await tx.execute("UPDATE drafts SET body_encrypted = randomblob(120)")
    await salma.says("/help")
    await salma.sees("resume")

    with monkeypatch.context() as patch:  # errors of our own code with personal data in their message
        told = RuntimeError(f"{WORDS} {NAME} {salma.person.id} {stage.sandbox.token}")

        def fails(*_: object, **__: object) -> None:
            raise told

        patch.setattr("bot.features.onboarding.jobs.applications.declined_before", fails)
        patch.setattr("bot.messaging.outbox_worker.quiet_until", fails)
        await steps.post(cast.awa, TOPIC, "Rania is owed this.")
        await stage.halqa.tick()
        await stage.settle()
        patch.setattr("bot.app.update_parser.read", fails)
        await salma.says(WORDS)
        await stage.settle()
        patch.setattr("bot.app.update_parser.sender", fails)
        await salma.says(WORDS)
        await stage.settle()

    async with stage.halqa.store.transaction() as tx:  # a member whose row cannot be decrypted, and their post
        await tx.execute("UPDATE members SET name_encrypted = telegram_id_encrypted WHERE id = ?", member.id)
    await salma.says(f"/topics {TOPIC}")
    await salma.sees_words("What is kept here about you is damaged")
    await rania.says(f"/topics {TOPIC}")
    await rania.presses("button-read-latest")
    await rania.sees_words("Rania is owed this.")
    await stage.settle()
    await stage.stop()

    said = written.getvalue()
    events = {json.loads(line)["event"] for line in said.splitlines()}
    expected = {"handler-failed", "inbox-failed", "update-unreadable", "job-failed", "delivery-failed"}
    assert expected | {"member-unreadable", "row-unreadable", "database-reopened"} <= events
    secrets = (stage.sandbox.token, str(salma.person.id), NAME, "el-Khatib", WORDS, key.hex(), repr(key))
    for secret in (*secrets, "Rania", str(rania.person.id)):
        assert secret not in said, said[max(0, said.find(secret) - 300) :][:600]


class Broken:
    """Makes the database fail at a statement a number of times, with all values in the error message."""

    def __init__(self, patch: pytest.MonkeyPatch, word: str, name: str, *, times: int) -> None:
        self._left, self._done, run = times, asyncio.Event(), CountingConnection.run
        loop = asyncio.get_running_loop()

        def fails(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            if self._left and sql.startswith(word):
                self._left -= 1
                if not self._left:
                    loop.call_soon_threadsafe(self._done.set)
                error = sqlcipher3.OperationalError(f"{sql} {values!r} {WORDS}")
                error.sqlite_errorname = name
                connection.note(error)
                raise error
            return run(connection, sql, values)

        patch.setattr(CountingConnection, "run", fails)

    async def happened(self) -> None:
        await asyncio.wait_for(self._done.wait(), 10)


@pytest.mark.parametrize(
    "error",
    [
        Unreadable("members.name_encrypted", b"i" * 16),
        UnreadableMember("en"),
        StoreError("damaged"),
        MasterKeyError("wrong", Path("/home/olena/halqa.key")),
        Refusal(Screen(Html(WORDS))),
    ],
)
def test_no_exception_of_ours_says_more_than_a_fixed_word(error: Exception) -> None:
    for shown in (repr(error), str(error), logs.describe(error)):
        for secret in (WORDS, "olena", "iiii", (b"i" * 16).hex()):
            assert secret not in shown


async def test_no_repr_shows_who_somebody_is_or_what_they_said(cast: Cast) -> None:
    salma = await cast.member(NAME, "en", "Cairo")
    halqa = cast.stage.halqa
    asked = Incoming("words", salma.person.id, "en", text=WORDS)
    async with halqa.store.transaction() as tx:
        request = await load_request(tx, asked, halqa.network, cast.stage.clock.now())
        shown = " ".join([repr(asked), repr(request), repr(request.member), repr(halqa), repr(halqa.store.keyring)])
        assert request.member is not None
        key = halqa.store.keyring[request.member.key_id]
    for secret in (NAME, WORDS, str(salma.person.id), repr(key), key.hex()):
        assert secret not in shown
