"""Refusals that may mean that the token is revoked (401, 404, 409): a gateway in between gives them for a moment.

Pass figure: 0 answers and 0 owed messages are lost, by one refusal as by a token that is revoked and given back.
"""

from datetime import timedelta

import pytest

from bot.demo import steps
from tests.faults.webhook.webhook_stage import end_reason
from tests.support.announcement_steps import DELAY, fanout_tally, pass_delay, words, write_and_approve
from tests.support.cast import Cast
from tests.support.stored_rows import count_rows

TOPIC = "Detention and protection"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.permitted_calls.AFTER_REFUSED_TOKEN", 0.05)
    monkeypatch.setattr("bot.telegram.side_calls.PAUSE", 0.05)
    monkeypatch.setattr("bot.telegram.fatal.BETWEEN", 0.05)


@pytest.mark.parametrize("status", [401, 404, 409])
async def test_an_answer_comes_after_one_refusal(cast: Cast, status: int) -> None:
    await cast.stage.settle()
    invites = await count_rows(cast.stage, "invites")
    cast.stage.sandbox.telegram.faults.change({"refuse": {"status": status, "times": 3}})
    await cast.nour.says("/invite")
    await cast.nour.sees_words("https://t.me/")
    await cast.stage.settle()
    assert await count_rows(cast.stage, "invites") == invites + 1
    assert await count_rows(cast.stage, "inbox", "state = 'failed'") == 0


async def test_what_is_owed_while_a_token_is_revoked_goes_out_when_it_is_given_back(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC)
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.halqa.tick()
    await cast.stage.settle()
    token = cast.stage.sandbox._api.token
    cast.stage.sandbox._api.token = "7000000000:another-token-that-BotFather-gave-out"
    await cast.stage.pass_time(timedelta(days=1))
    await salma.says("/help")  # which ends the poll under way
    assert await end_reason(cast.stage) == "token"
    cast.stage.sandbox._api.token = token
    await cast.stage.start()
    await salma.sees("knock")


async def test_going_on_after_all_sends_also_what_was_refused(cast: Cast) -> None:
    salma = await cast.salma()
    await write_and_approve(cast)
    await cast.stage.settle()
    await pass_delay(cast, DELAY - timedelta(seconds=1))
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'failed' WHERE kind = 'announcement'")
        await tx.execute("UPDATE announcements SET state = 'sending'")
    await cast.awa.says("/halt")
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))
    await salma.person.looks_up()
    await cast.awa.presses("button-go-on")
    await cast.stage.settle()
    assert (await fanout_tally(cast.stage)).failed == 0
    await salma.sees("knock")
