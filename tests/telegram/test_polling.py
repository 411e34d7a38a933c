"""Long polling against a server that answers what it is told: nothing is confirmed before it is kept."""

import asyncio

import pytest

from bot.telegram import polling
from tests.telegram.polled_telegram import ME, Said, Telegram, ok, refused, update

pytestmark = pytest.mark.usefixtures("hasty")


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
