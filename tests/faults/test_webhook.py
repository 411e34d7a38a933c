"""Delivered instead of asked for: 2xx for what is on disk or was noted as strange, and for nothing else."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.messaging import receiver_conflict_alert
from bot.telegram import polling, webhook
from bot.telegram.fatal import Stopped
from bot.telegram.webhook import LARGEST, SECRET
from sandbox.telegram.clock import Clock
from storage.records import inbox
from tests.cast import HOSTS, Cast
from tests.conftest import AFTERNOON

TOPIC = "Detention and protection"


def stage_at(folder: Path, listen: str, url: str) -> Stage:
    return Stage(folder, hosts=HOSTS, clock=Clock(AFTERNOON), webhook={"url": url, "listen": listen})


@pytest.fixture
async def stage(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Stage]:
    """A network to which Telegram delivers."""
    address = f"127.0.0.1:{unused_tcp_port}"
    async with stage_at(tmp_path, address, f"http://{address}/halqa") as stage:
        yield stage


async def secret_of(stage: Stage, before: str = "") -> str:
    """The secret that Telegram was told, as soon as it is another one than before."""
    async with asyncio.timeout(5):
        while (secret := stage.sandbox._api.webhook.secret) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return secret


@pytest.fixture
async def door(stage: Stage) -> AsyncIterator["Door"]:
    async with aiohttp.ClientSession() as session:
        secret = await secret_of(stage)
        yield Door(session, stage.sandbox._api.webhook.url, secret)


class Door:
    """Whoever can reach the address."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self.session, self.url, self.secret = session, url, secret

    async def post(self, body: Any, secret: str | None = "", **request: Any) -> int:
        """The status of the answer; `secret` None sends none, and the right one is sent unless another is given."""
        headers = {} if secret is None else {SECRET: secret or self.secret}
        async with self.session.post(self.url, data=body, headers=headers, **request) as answer:
            return answer.status


async def rows(stage: Stage) -> Sequence[Sequence[Any]]:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetch("SELECT update_id, state, reference, payload_encrypted FROM inbox ORDER BY update_id")


async def test_a_network_lives_on_deliveries(stage: Stage) -> None:
    cast = await Cast.on(stage)
    await steps.open_topic(cast.nour, TOPIC, "")
    stage.sandbox.telegram.faults.change({"repeat_updates": 5})
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await stage.settle()
    await stage.restart()
    await cast.olena.says(f"/topics {TOPIC}")
    await cast.olena.presses("button-read-latest")
    await cast.olena.sees_words("Five things that helped.")
    async with stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM posts") == 1
    set_up = stage.sandbox._api.webhook.info()
    assert set_up["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert set_up["max_connections"] == 16


@pytest.mark.parametrize("secret", [None, "wrong", "é\udcff", "x" * 7000])
async def test_without_the_secret_nothing_is_taken(stage: Stage, door: Door, secret: str | None) -> None:
    assert await door.post(b'{"update_id": 7}', secret) == 403
    assert await rows(stage) == []


async def test_the_secret_is_another_one_after_each_start(stage: Stage, door: Door) -> None:
    await stage.restart()
    await secret_of(stage, before=door.secret)
    assert await door.post(b'{"update_id": 7}') == 403


async def test_only_a_post_at_the_one_path_is_answered(door: Door) -> None:
    headers = {SECRET: door.secret}
    for method in ("GET", "PUT", "HEAD", "DELETE"):
        async with door.session.request(method, door.url, headers=headers) as answer:
            assert answer.status == 405
    for path in ("", "/", "/halq", "/halqa/", "/halqa/more", "/HALQA"):
        async with door.session.post(door.url.removesuffix("/halqa") + path, headers=headers) as answer:
            assert answer.status == 404


async def test_more_than_a_mebibyte_is_refused_unread(stage: Stage, door: Door) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (LARGEST // 32)

    update = b'{"update_id": 7, "message": {"text": "' + b"x" * LARGEST + b'"}}'
    assert await door.post(io.BytesIO(update)) == 413
    assert await door.post(trickle()) == 413
    assert await rows(stage) == []
    assert await door.post(update[: LARGEST // 2] + b'"}}') == 200


STRANGE = [
    b"",
    b"\xff\xfe",
    b'{"update_id": 7, "message": {"text": "\xc3\x28"}}',
    b"[]",
    b"{}",
    b"[" * 3000 + b"]" * 3000,
    b'{"update_id": 7, "message": ' + b'{"reply_to_message": ' * 3000 + b"{}" + b"}" * 3001,
    b'{"update_id": -7, "message": {}}',
    b'{"update_id": 1208925819614629174706176}',
    b'{"update_id": "7"}',
]


async def test_whatever_is_no_update_is_noted_once_and_not_sent_again(stage: Stage, door: Door) -> None:
    for body in [*STRANGE, *STRANGE]:
        assert await door.post(body) == 200
    found = await rows(stage)
    assert len(found) == len(STRANGE)
    assert len({reference for _, _, reference, _ in found}) == len(STRANGE)
    for number, state, reference, content in found:
        assert (number < 0, state, len(reference), content) == (True, "failed", 6, None)


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": []},
        {"message": {"from": {"id": "7100104729", "is_bot": False, "first_name": "x"}}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 2**80, "type": "private"}, "text": "x"}},
        {"callback_query": {"id": 5, "from": {"id": -4, "is_bot": False, "first_name": "x"}, "chat_instance": "x"}},
    ],
)
async def test_an_update_with_an_id_and_nonsense_holds_up_nobody(
    stage: Stage, door: Door, update: dict[str, Any]
) -> None:
    assert await door.post(json.dumps({"update_id": 7} | update).encode()) == 200
    person = await stage.person("Rania")
    await person.says("/start")
    await person.sees("members only")
    await stage.settle()
    states = {number: state for number, state, _, _ in await rows(stage)}
    assert states.pop(7) in ("answered", "failed")
    assert set(states.values()) == {"answered"}


async def test_what_cannot_be_written_down_stays_with_telegram(
    stage: Stage, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = inbox.add

    async def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbox, "add", full)
    assert await door.post(b'{"update_id": 7}') == 503
    person = await stage.person("Rania")
    await person.says("/start")
    await asyncio.sleep(0.3)
    info = stage.sandbox._api.webhook.info()
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    monkeypatch.setattr(inbox, "add", add)
    await person.sees("members only")


async def test_a_reverse_proxy_can_hand_over_by_a_socket(tmp_path: Path) -> None:
    listen = tmp_path / "hook.sock"
    stage = stage_at(tmp_path / "network", str(listen), "http://127.0.0.1:9/halqa")
    (tmp_path / "network").mkdir()
    async with stage, aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(listen))) as session:
        secret = await secret_of(stage)
        assert listen.stat().st_mode & 0o777 == 0o660
        assert await Door(session, "http://bot.example/halqa", secret).post(b'{"update_id": 7}') == 200
        assert [row[0] for row in await rows(stage)] == [7]
        listen.with_suffix(".left").hardlink_to(listen)
        await stage.stop()
        listen.with_suffix(".left").rename(listen)  # as a life that was killed leaves it behind
        await stage.start()
        await secret_of(stage, before=secret)
    assert not listen.exists()


async def ends(stage: Stage) -> str:
    with pytest.raises(BaseExceptionGroup) as caught:
        await asyncio.wait_for(stage.task, 10)
    await stage._bot.aclose()  # type: ignore[union-attr]
    stage._bot = None
    stopped = caught.value.subgroup(Stopped)
    assert stopped is not None
    return str(stopped.exceptions[0])


async def owner_of(stage: Stage) -> Actor:
    return await steps.claim(stage, await stage.person("Olena"), "en", name="Olena", host=None, city="Kyiv")


async def call(stage: Stage, method: str, **parameters: object) -> None:
    async with aiohttp.ClientSession() as session:
        await session.post(f"{stage.sandbox.base_url}{stage.sandbox.token}/{method}", json=parameters)


async def test_a_webhook_of_somebody_else_is_not_robbed(stage: Stage) -> None:
    await stage.stop()
    await call(stage, "setWebhook", url="http://127.0.0.1:9/elsewhere")
    await stage.start()
    assert await ends(stage) == "webhook"
    assert stage.sandbox._api.webhook.url == "http://127.0.0.1:9/elsewhere"


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/elsewhere", ""])
async def test_when_the_webhook_is_taken_away_the_owner_is_told_and_it_ends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    olena, secret = await owner_of(stage), stage.sandbox._api.webhook.secret
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.1)
    await stage.restart()
    await secret_of(stage, before=secret)
    await call(stage, "setWebhook", url=elsewhere)
    await olena.sees("alarm")
    assert await ends(stage) == "webhook"


async def test_the_alarm_is_given_once_and_waits_for_the_end_of_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By long polling: another program asks for the same messages, day after day."""
    monkeypatch.setattr(polling, "AFTER_CONFLICT", 0.0)
    monkeypatch.setattr(polling, "FORGIVEN", 0)
    monkeypatch.setattr(receiver_conflict_alert, "PATIENCE", 0.5)

    async def asks_too(stage: Stage) -> None:
        while not stage.task.done():
            await call(stage, "getUpdates", timeout=0)
            await asyncio.sleep(0.02)
        assert await ends(stage) == "conflict"

    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        olena = await owner_of(stage)
        await stage.settle()
        stage.clock.move(timedelta(hours=9))  # one o'clock in Kyiv
        await asks_too(stage)
        await olena.person.never_sees("another program", during=0.1)
        stage.clock.move(timedelta(hours=9))
        await stage.start()
        await stage.halqa.tick()
        await olena.sees("alarm")
        await asks_too(stage)
        alarms = [message for message in await olena.person.chat() if "another program" in message.text]
        assert len(alarms) == 1


async def test_a_place_that_is_taken_is_said(stage: Stage, tmp_path: Path) -> None:
    await secret_of(stage)
    (tmp_path / "second").mkdir()
    second = stage_at(tmp_path / "second", stage.settings.webhook.listen, "http://127.0.0.1:9/halqa")
    async with second:
        assert await ends(second) == "listen"


async def test_an_address_that_telegram_refuses_is_said(tmp_path: Path, unused_tcp_port: int) -> None:
    async with stage_at(tmp_path, f"127.0.0.1:{unused_tcp_port}", "https://bot.example.org/halqa") as stage:
        assert await ends(stage) == "address"


async def test_a_revoked_token_ends_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr("bot.telegram.fatal.BETWEEN", 0.01)
    await stage.restart()
    await secret_of(stage)
    stage.sandbox._api.token = "7000000000:another-token-that-BotFather-gave-out"
    assert await ends(stage) == "token"
