"""What ends the bot as a receiver: another receiver, an address in use or refused, a revoked token."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.messaging import receiver_conflict_alert
from bot.telegram import polling
from bot.telegram.webhook import receiver as webhook
from sandbox.telegram.clock import Clock
from tests.conftest import AFTERNOON
from tests.faults.webhook.webhook_stage import call_bot_api, end_reason, stage_at, webhook_secret
from tests.support.cast import HOSTS


async def owner_of(stage: Stage) -> Actor:
    return await steps.claim(stage, await stage.person("Olena"), "en", name="Olena", host=None, city="Kyiv")


async def test_a_webhook_of_somebody_else_is_not_robbed(stage: Stage) -> None:
    await stage.stop()
    await call_bot_api(stage, "setWebhook", url="http://127.0.0.1:9/elsewhere")
    await stage.start()
    assert await end_reason(stage) == "webhook"
    assert stage.sandbox._api.webhook.url == "http://127.0.0.1:9/elsewhere"


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/elsewhere", ""])
async def test_when_the_webhook_is_taken_away_the_owner_is_told_and_it_ends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    olena, secret = await owner_of(stage), stage.sandbox._api.webhook.secret
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.1)
    await stage.restart()
    await webhook_secret(stage, before=secret)
    await call_bot_api(stage, "setWebhook", url=elsewhere)
    await olena.sees("alarm")
    assert await end_reason(stage) == "webhook"


async def test_the_alarm_is_given_once_and_waits_for_the_end_of_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With long polling: another program calls getUpdates with the same token, day after day."""
    monkeypatch.setattr(polling, "AFTER_CONFLICT", 0.0)
    monkeypatch.setattr(polling, "FORGIVEN", 0)
    monkeypatch.setattr(receiver_conflict_alert, "PATIENCE", 0.5)

    async def asks_too(stage: Stage) -> None:
        while not stage.task.done():
            await call_bot_api(stage, "getUpdates", timeout=0)
            await asyncio.sleep(0.02)
        assert await end_reason(stage) == "conflict"

    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        olena = await owner_of(stage)
        await stage.settle()
        stage.clock.move(timedelta(hours=9))  # one o'clock at night in Kyiv
        await asks_too(stage)
        await olena.person.never_sees("another program", during=0.1)
        stage.clock.move(timedelta(hours=9))
        await stage.start()
        await stage.halqa.tick()
        await olena.sees("alarm")
        await asks_too(stage)
        alarms = [message for message in await olena.person.chat() if "another program" in message.text]
        assert len(alarms) == 1


async def test_an_address_in_use_ends_the_bot_with_that_reason(stage: Stage, tmp_path: Path) -> None:
    await webhook_secret(stage)
    (tmp_path / "second").mkdir()
    second = stage_at(tmp_path / "second", stage.settings.webhook.listen, "http://127.0.0.1:9/halqa")
    async with second:
        assert await end_reason(second) == "listen"


async def test_an_address_that_telegram_refuses_ends_the_bot_with_that_reason(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    async with stage_at(tmp_path, f"127.0.0.1:{unused_tcp_port}", "https://bot.example.org/halqa") as stage:
        assert await end_reason(stage) == "address"


async def test_telegram_is_heard_in_each_check_that_succeeds_even_if_nobody_writes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.02)
    await stage.restart()
    receiver = stage.halqa.receiver
    for _ in range(2):
        before = receiver.last_heard
        async with asyncio.timeout(5):
            while receiver.last_heard == before:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def fails(*_: object, **__: object) -> None:
        raise NetworkError("unreachable")

    monkeypatch.setattr(Bot, "get_webhook_info", fails)
    await asyncio.sleep(0.2)
    before = receiver.last_heard
    await asyncio.sleep(0.2)
    assert receiver.last_heard == before


async def test_a_send_that_is_refused_makes_it_ask_at_once_whether_the_token_is_revoked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    olena = await owner_of(stage)
    monkeypatch.setattr("bot.telegram.fatal.BETWEEN", 0.01)
    token = stage.sandbox._api.token
    await olena.says("/help")
    stage.sandbox._api.token = "7000000000:another-token-that-BotFather-gave-out"
    assert await end_reason(stage) == "token"
    stage.sandbox._api.token = token
    await stage.start()
    await olena.sees("resume")


async def test_a_revoked_token_ends_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr("bot.telegram.fatal.BETWEEN", 0.01)
    await stage.restart()
    await webhook_secret(stage)
    stage.sandbox._api.token = "7000000000:another-token-that-BotFather-gave-out"
    assert await end_reason(stage) == "token"
