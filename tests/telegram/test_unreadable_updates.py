"""Answers to getUpdates that cannot be read: only an update that can never be read is passed over."""

import json

import pytest
import structlog

from bot.telegram import polling
from tests.telegram.polled_telegram import Telegram, ok, update

pytestmark = pytest.mark.usefixtures("hasty")
BETWEEN_READINGS = polling.BETWEEN_READINGS


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
