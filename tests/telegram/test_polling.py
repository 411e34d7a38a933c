"""Long polling against a server that answers what it is told: nothing is confirmed before it is kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog
from aiohttp import web
from telegram import Bot

from bot.messaging.update_validation import InvalidUpdate, ReceivedUpdate, ValidUpdate
from bot.telegram import fatal, polling
from bot.telegram.fatal import Stopped
from bot.telegram.polling import PollingReceiver
from bot.telegram.transport import Transport

TOKEN = "1234567890:AAa-fictional-token-for-these-tests-0"
BETWEEN_READINGS = polling.BETWEEN_READINGS
ME = {"id": 1234567890, "is_bot": True, "first_name": "Halqa", "username": "halqa_bot"}
Said = tuple[int, bytes]


def ok(result: object) -> Said:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refused(status: int, description: str) -> Said:
    return status, json.dumps({"ok": False, "error_code": status, "description": description}).encode()


class Telegram:
    """Answers polls in their order, then with nothing; and getMe as told."""

    def __init__(self, *polls: Said, me: Said | None = None) -> None:
        self.polls = list(polls)
        self.me = me or ok(ME)
        self.asked: list[tuple[int, int]] = []  # offset and limit of each poll
        self.kept: list[ReceivedUpdate] = []
        self.full = 0  # so many times nothing can be kept
        self.over = asyncio.Event()
        self._receiver: PollingReceiver | None = None

    async def answer(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read() or b"{}")
        status, said = self.me
        if request.path.endswith("/getUpdates"):
            self.asked.append((int(asked["offset"]), int(asked["limit"])))
            if not self.polls:
                self.over.set()
                await asyncio.sleep(0.05)
            status, said = self.polls.pop(0) if self.polls else ok([])
        return web.Response(status=status, body=said, content_type="application/json")

    async def take(self, arrivals: Sequence[ReceivedUpdate]) -> None:
        if self.full:
            self.full -= 1
            raise OSError(28, "No space left on device")
        self.kept += arrivals

    @property
    def receiver(self) -> PollingReceiver:
        assert self._receiver is not None, "nothing polls"
        return self._receiver

    @asynccontextmanager
    async def polled(self) -> AsyncIterator["asyncio.Task[None]"]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        transport = Transport()
        bot = Bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}/bot", request=transport)
        await transport.initialize()
        self._receiver = PollingReceiver(transport, bot, self.take)
        task = asyncio.create_task(self._receiver.run())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait([task])
            await transport.shutdown()
            await runner.cleanup()

    async def drained(self) -> None:
        """Polls until every answer was given and one more was asked for."""
        async with self.polled(), asyncio.timeout(10):
            await self.over.wait()

    async def ends(self) -> str:
        """The reason for which polling stops."""
        async with self.polled() as task, asyncio.timeout(10):
            with pytest.raises(Stopped) as caught:
                await task
        return caught.value.reason

    @property
    def numbers(self) -> list[int]:
        return [arrival.update_id for arrival in self.kept if isinstance(arrival, ValidUpdate)]

    @property
    def strange(self) -> list[str]:
        return [arrival.reason for arrival in self.kept if isinstance(arrival, InvalidUpdate)]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AFTER_CONFLICT", 0.01)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(polling, "BETWEEN_READINGS", 0.01)
    monkeypatch.setattr(fatal, "BETWEEN", 0.01)


def update(number: object) -> dict[str, Any]:
    return {"update_id": number, "message": {"text": "hello"}}


async def test_the_offset_follows_what_was_kept() -> None:
    telegram = Telegram(ok([update(7), update(8)]), ok([update(9)]))
    await telegram.drained()
    assert telegram.numbers == [7, 8, 9]
    assert [offset for offset, _ in telegram.asked[:3]] == [0, 9, 10]


async def test_an_offset_that_was_confirmed_is_not_used_again() -> None:
    """After a pause ids may begin again lower, and an offset from before would then be in the future."""
    telegram = Telegram(ok([update(900_000)]), ok([]), ok([update(7)]), ok([update(8)]))
    await telegram.drained()
    assert telegram.numbers == [900_000, 7, 8]
    assert [offset for offset, _ in telegram.asked[:5]] == [0, 900_001, 0, 8, 9]


async def test_ids_that_begin_again_lower_while_an_offset_is_held_are_confirmed_by_their_own() -> None:
    telegram = Telegram(ok([update(900_000)]), ok([update(7)]), ok([update(8)]))
    await telegram.drained()
    assert telegram.numbers == [900_000, 7, 8]
    assert [offset for offset, _ in telegram.asked[:4]] == [0, 900_001, 8, 9]


async def test_what_cannot_be_kept_is_not_confirmed() -> None:
    telegram = Telegram(ok([update(7)]), ok([update(7)]), ok([update(7)]))
    telegram.full = 2
    await telegram.drained()
    assert telegram.numbers == [7]
    assert [offset for offset, _ in telegram.asked[:4]] == [0, 0, 0, 8]


@pytest.mark.parametrize(
    ("said", "heard"), [(ok([update(7)]), True), (ok([]), True), (refused(502, "Bad Gateway"), False)]
)
async def test_telegram_is_heard_in_a_poll_that_succeeds_even_if_nothing_can_be_kept(said: Said, heard: bool) -> None:
    telegram = Telegram(*[said] * 1000)
    telegram.full = 1000
    async with telegram.polled(), asyncio.timeout(10):
        begun = telegram.receiver.last_heard
        while len(telegram.asked) < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert (telegram.receiver.last_heard > begun) is heard


async def test_strange_items_are_quarantined_and_hold_up_nothing() -> None:
    strange: list[object] = [[], {}, None, 5, update(-3), update(2**80), update("11")]
    telegram = Telegram(ok([update(7), *strange, update(12)]), ok([update(13)]))
    await telegram.drained()
    assert telegram.numbers == [7, 12, 13]
    assert len(telegram.strange) == len(strange)
    assert telegram.asked[1][0] == 13


async def test_what_can_never_be_confirmed_is_not_asked_for_in_a_rush(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 60.0)
    telegram = Telegram(*[ok([update(-3)])] * 50)
    async with telegram.polled():
        await asyncio.sleep(0.5)
    assert len(telegram.asked) == 1


@pytest.mark.parametrize(
    "broken", [b'"message": ' + b"[" * 100_000, b'"message": {"text": "\xff"', b'"message": nonsense']
)
async def test_what_cannot_be_read_is_fetched_alone_and_then_passed_over(broken: bytes) -> None:
    bad = b'{"ok": true, "result": [{"update_id": 8, ' + broken + b"}]}"
    telegram = Telegram((200, bad), ok([update(7)]), *[(200, bad)] * 6, ok([update(9)]))
    await telegram.drained()
    assert telegram.numbers == [7, 9]
    assert telegram.strange == ["json"]
    assert telegram.asked[:9] == [(0, 100), (0, 1), (8, 100), *[(8, 1)] * 5, (9, 100)]


@pytest.mark.parametrize("readable_at", range(1, 6))
async def test_an_update_that_arrives_garbled_several_times_is_kept_once_it_can_be_read(readable_at: int) -> None:
    bad = b'{"ok": true, "result": [{"update_id": 8, "message": nonsense}]}'
    telegram = Telegram(*[(200, bad)] * readable_at, ok([update(8)]), ok([update(9)]))
    await telegram.drained()
    assert telegram.numbers == [8, 9]
    assert telegram.strange == []


CUT = json.dumps({"ok": True, "result": [update(8)]}).encode()[:-9]
TWO = b'{"ok": true, "result": [{"update_id": 8, nonsense}, {"update_id": 9, nonsense}]}'
PROXY = b'<html>"update_id": 8</html>'


@pytest.mark.parametrize("bad", [CUT, TWO, PROXY], ids=["cut off", "two at once", "not Telegram's"])
async def test_an_answer_that_is_not_one_whole_update_is_never_confirmed(bad: bytes) -> None:
    telegram = Telegram(*[(200, bad)] * 12, ok([update(8)]))
    await telegram.drained()
    assert telegram.numbers == [8]
    assert telegram.strange == []


async def test_an_update_is_given_up_after_a_minute_and_its_number_is_told() -> None:
    assert (polling.UNREADABLE - 1) * BETWEEN_READINGS >= 60
    bad = b'{"ok": true, "result": [{"update_id": 8, "message": nonsense}]}'
    with structlog.testing.capture_logs() as logs:
        await Telegram(*[(200, bad)] * 6).drained()
    assert [entry["update_id"] for entry in logs if entry["event"] == "update-set-aside"] == [8]


async def test_an_id_within_somebodys_words_is_not_mistaken_for_one() -> None:
    words = json.dumps({"text": '{"update_id": 99, }'}).encode()
    bad = b'{"ok": true, "result": [{"message": ' + words + b', "update_id": 8, nonsense}]}'
    telegram = Telegram(*[(200, bad)] * 6)
    await telegram.drained()
    assert telegram.asked[6] == (9, 100)


@pytest.mark.parametrize("said", [(200, b"<html>"), (502, b"<html>"), (200, b'{"ok": true, "result": 5}')])
async def test_an_answer_of_somebody_else_is_waited_out(said: Said) -> None:
    telegram = Telegram(said, said, said, said, ok([update(7)]))
    await telegram.drained()
    assert telegram.numbers == [7]


async def test_two_conflicts_are_forgiven_and_a_third_in_a_row_is_not() -> None:
    taken = refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running")
    telegram = Telegram(taken, taken, ok([update(7)]), taken, taken, ok([update(8)]))
    await telegram.drained()
    assert telegram.numbers == [7, 8]
    assert await Telegram(taken, taken, taken).ends() == "conflict"


async def test_a_webhook_is_told_from_a_second_program() -> None:
    taken = refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    assert await Telegram(taken, taken, taken).ends() == "webhook"


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_is_given_up_after_three_refusals_and_a_look_at_getme(status: int) -> None:
    no = refused(status, "Unauthorized")
    assert await Telegram(no, no, no, me=no).ends() == "token"
    patient = Telegram(no, no, ok([update(7)]), no, no, ok([update(8)]), me=no)
    await patient.drained()
    assert patient.numbers == [7, 8]


@pytest.mark.parametrize("me", [ok(ME), refused(500, "Internal Server Error")])
async def test_while_getme_does_not_agree_it_goes_on(me: Said) -> None:
    no = refused(401, "Unauthorized")
    telegram = Telegram(*[no] * 7, ok([update(7)]), me=me)
    await telegram.drained()
    assert telegram.numbers == [7]
