"""Errors of the database while the bot runs."""

from typing import Any

import pytest
import sqlcipher3

from bot.demo import steps
from bot.operations import errors
from storage.records import outbox
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def test_an_error_of_the_database_is_survived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, failures = outbox.claim, 3

    async def failing(*args: Any) -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise sqlcipher3.OperationalError("database or disk is full")
        return await claim(*args)

    monkeypatch.setattr(outbox, "claim", failing)
    monkeypatch.setattr(errors, "MAX_DELAY", 0.1)  # seconds
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.sees("knock")
    assert failures < 0


async def test_an_erasure_that_could_not_end_ends_with_the_next_tick(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = await cast.salma()
    store = cast.stage.halqa.store
    keys = len(store.keyring)
    run = store._keys.fetch

    async def failing(sql: str, values: Any = ()) -> Any:
        if sql.startswith("DELETE FROM data_keys"):
            raise sqlcipher3.OperationalError("disk I/O error")
        return await run(sql, values)

    monkeypatch.setattr(store._keys, "fetch", failing)
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await cast.stage.settle()
    monkeypatch.undo()
    assert len(store.keyring) == keys
    await cast.stage.halqa.tick()
    assert len(store.keyring) == keys - 1
