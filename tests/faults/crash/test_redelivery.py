"""Updates that are delivered several times while the bot is killed again and again: each has its effect once, in order.

Pass figure: of 10,000 updates, each delivered three times, under 50 kills: 10,000 effects, each person's in order.
"""

import asyncio
import random
from pathlib import Path

import aiohttp
import pytest

from bot import app
from bot.conversation.feature import Features
from bot.demo.stage import Stage
from bot.telegram.webhook.receiver import SECRET
from sandbox.telegram.clock import Clock
from storage.records.people import applications
from storage.records.people.member import Role
from tests.conftest import AFTERNOON
from tests.faults.crash import bot_process
from tests.faults.long_run import short_or_long
from tests.support.cast import HOSTS

PEOPLE = 24
START = 120  # more statements than a start takes


class Telegram:
    """Delivers as Telegram does, in order for each chat and repeated until confirmed; and each update twice more."""

    def __init__(self, stage: Stage, chance: random.Random) -> None:
        self.hook = stage.sandbox._api.webhook
        self.chance = chance
        self.refused = 0

    async def deliver(self, session: aiohttp.ClientSession, person: int, lane: int, numbers: int) -> None:
        due = list(range(numbers))
        for number in range(numbers):
            for _ in range(2):
                due.insert(self.chance.randrange(due.index(number) + 1, len(due) + 1), number)
        for number in due:
            await self._post(session, _update(person, 1 + number * PEOPLE + lane, number))

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, object]) -> None:
        while True:
            try:
                headers = {SECRET: self.hook.secret}
                async with session.post(self.hook.url, json=update, headers=headers) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass  # the bot is being restarted
            self.refused += 1
            await asyncio.sleep(0.05)


def _update(person: int, update_id: int, number: int) -> dict[str, object]:
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_700_000_000,
            "chat": {"id": person, "type": "private", "first_name": "x"},
            "from": {"id": person, "is_bot": False, "first_name": "x"},
            "text": f"/note {number}",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }


async def test_each_update_has_its_effect_once_and_in_its_order(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    each, kills = short_or_long(12, 417), short_or_long(6, 50)  # 288 updates, or 10,008
    chance, address = random.Random(20260302), f"127.0.0.1:{unused_tcp_port}"
    webhook = {"url": f"http://{address}/halqa", "listen": address, "connections": 40}
    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON), webhook=webhook) as stage:
        model, now = stage.sandbox.telegram, stage.clock.now()
        people = [model.add_person(f"Person {number}", started=True).id for number in range(PEOPLE)]
        async with stage.halqa.store.transaction() as tx:
            await tx.execute("CREATE TABLE noted (person INTEGER NOT NULL, number INTEGER NOT NULL)")
            for person in people:
                await applications.agree(tx, person, "en", role=Role.MEMBER, invited_by=None, now=now)
        await stage.stop()
        telegram, killed = Telegram(stage, chance), 0
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
            lanes = [
                tasks.create_task(telegram.deliver(session, person, lane, each)) for lane, person in enumerate(people)
            ]
            share = each * PEOPLE * 9 // kills  # statements, so that the kills are spread over the work
            for _ in range(kills):
                statements = START + chance.randrange(1, share)
                after = chance.random() < 0.5
                process = bot_process.start(stage.settings, stage.master(), now, statements, after=after, notes=True)
                while process.exitcode is None and not all(lane.done() for lane in lanes):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                killed += process.exitcode == -9
                process.kill()
                process.join()
            monkeypatch.setattr(app, "FEATURES", Features([*app.FEATURES.all, bot_process.NOTING]))
            await stage.start()
        await stage.settle()
        async with stage.halqa.store.transaction() as tx:
            noted = await tx.fetch("SELECT person, number FROM noted ORDER BY rowid")
            left = await tx.fetchval("SELECT count(*) FROM inbox WHERE state NOT IN ('answered', 'handled')")
    assert killed == kills
    assert telegram.refused > 0
    assert left == 0
    assert len(noted) == each * PEOPLE
    for person in people:
        assert [number for whose, number in noted if whose == person] == list(range(each))
