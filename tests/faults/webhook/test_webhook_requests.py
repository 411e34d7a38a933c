"""Requests to the webhook: 2xx for what is stored or recorded as invalid, and for nothing else."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.telegram.webhook.receiver import LARGEST, SECRET
from storage.records import inbox
from tests.faults.webhook.webhook_stage import WebhookClient, inbox_rows, stage_at, webhook_secret
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def test_a_network_lives_on_deliveries(stage: Stage) -> None:
    cast = await Cast.on(stage)
    await steps.open_topic(cast.nour, TOPIC, "")
    stage.sandbox.telegram.faults.change({"repeat_updates": 5})
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await stage.settle()
    await stage.restart()
    stage.sandbox.telegram.updates.restart_ids(17)  # ids that begin again lower hold nothing up
    await cast.olena.says(f"/topics {TOPIC}")
    await cast.olena.presses("button-read-latest")
    await cast.olena.sees_words("Five things that helped.")
    async with stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM posts") == 1
    set_up = stage.sandbox._api.webhook.info()
    assert set_up["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert set_up["max_connections"] == 16


@pytest.mark.parametrize("secret", [None, "wrong", "é\udcff", "x" * 7000])
async def test_without_the_secret_nothing_is_taken(stage: Stage, client: WebhookClient, secret: str | None) -> None:
    assert await client.post(b'{"update_id": 7}', secret) == 403
    assert await inbox_rows(stage) == []


async def test_the_secret_is_another_one_after_each_start(stage: Stage, client: WebhookClient) -> None:
    await stage.restart()
    await webhook_secret(stage, before=client.secret)
    assert await client.post(b'{"update_id": 7}') == 403


async def test_only_a_post_at_the_one_path_is_answered(client: WebhookClient) -> None:
    headers = {SECRET: client.secret}
    for method in ("GET", "PUT", "HEAD", "DELETE"):
        async with client.session.request(method, client.url, headers=headers) as answer:
            assert answer.status == 405
    for path in ("", "/", "/halq", "/halqa/", "/halqa/more", "/HALQA"):
        async with client.session.post(client.url.removesuffix("/halqa") + path, headers=headers) as answer:
            assert answer.status == 404


async def test_more_than_a_mebibyte_is_refused_unread(stage: Stage, client: WebhookClient) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (LARGEST // 32)

    update = b'{"update_id": 7, "message": {"text": "' + b"x" * LARGEST + b'"}}'
    assert await client.post(io.BytesIO(update)) == 413
    assert await client.post(trickle()) == 413
    assert await inbox_rows(stage) == []
    assert await client.post(update[: LARGEST // 2] + b'"}}') == 200


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


async def test_invalid_updates_are_recorded_once_and_not_sent_again(stage: Stage, client: WebhookClient) -> None:
    for body in [*STRANGE, *STRANGE]:
        assert await client.post(body) == 200
    found = await inbox_rows(stage)
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
    stage: Stage, client: WebhookClient, update: dict[str, Any]
) -> None:
    assert await client.post(json.dumps({"update_id": 7} | update).encode()) == 200
    person = await stage.person("Rania")
    await person.says("/start")
    await person.sees("members only")
    await stage.settle()
    states = {number: state for number, state, _, _ in await inbox_rows(stage)}
    assert states.pop(7) in ("answered", "failed")
    assert set(states.values()) == {"answered"}


async def test_what_cannot_be_written_down_stays_with_telegram(
    stage: Stage, client: WebhookClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = inbox.add

    async def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbox, "add", full)
    assert await client.post(b'{"update_id": 7}') == 503
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
        secret = await webhook_secret(stage)
        assert listen.stat().st_mode & 0o777 == 0o660
        assert await WebhookClient(session, "http://bot.example/halqa", secret).post(b'{"update_id": 7}') == 200
        assert [row[0] for row in await inbox_rows(stage)] == [7]
        listen.with_suffix(".left").hardlink_to(listen)
        await stage.stop()
        listen.with_suffix(".left").rename(listen)  # as a process that was killed leaves it behind
        await stage.start()
        await webhook_secret(stage, before=secret)
    assert not listen.exists()
