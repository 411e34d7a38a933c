"""Two hours of a network at a minute a second, while Telegram refuses calls and loses answers now and then.

Pass figures: the bot's memory is at most 8 MiB larger in the last quarter than in the second (medians), and in two
hours (HALQA_LONG=1) grows by at most 3 MiB an hour over the second half (line of least squares): less than a KiB for
each thing that is asked of it, where C's allocator alone takes some 1 MiB an hour more without ever more objects of
Python's. It has hardly more files and tasks open, and no more threads. Each database's log has at most 16 MiB
whenever it is looked at. At the end nothing waits in the inbox or the outbox.
"""

import asyncio
import itertools
import random
import statistics
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.features.members.screens import SetPaused
from bot.operations.settings import DigestSettings
from storage.engine.store import KEYRING_FILE, NETWORK_FILE
from storage.records import audit, subscriptions, topics
from storage.records.people import members
from storage.records.people.members import Cadence
from storage.records.subscriptions import FollowMode
from tests.announcing import crowd
from tests.cast import HOSTS, Cast
from tests.faults import hands
from tests.faults.hands import Hand
from tests.faults.scale import LONG, times
from tests.faults.soaked import Fast, Reading, Soaked, slope, soaked

MINUTES = times(14, 120)  # of the clock
SPEED = 60
CLOSES = 5  # minutes after which what was opened leaves the chat
READERS, ACTIVE = 120, 30
PAUSE = 0.5  # seconds between two things that somebody does, on average
TOPIC = "Detention and protection"
LARGEST_LOG = 16 * 2**20  # bytes
GROWTH = 8 * 2**20  # bytes between two quarters
GROWTH_AN_HOUR = 3 * 2**20  # bytes an hour of the clock
FEW = 24  # connections, and what waits for them, more or less
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # four in Cairo
# What Telegram does to the bot here is told in its log; nothing of the bot's own may fail.
TOLD = {
    "callback-unanswered",
    "menu-not-set",
    "not-introduced",
    "not-taken-away",
    "refused-by-telegram",
    "telegram-out-of-reach",
}
pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")


class Logs:
    """The largest that each write-ahead log has been."""

    def __init__(self, directory: Path) -> None:
        self._paths = [directory / f"{name}-wal" for name in (NETWORK_FILE, KEYRING_FILE)]
        self.largest = dict.fromkeys((NETWORK_FILE, KEYRING_FILE), 0)

    def look(self) -> None:
        for name, path in zip(self.largest, self._paths, strict=True):
            with suppress(FileNotFoundError):
                self.largest[name] = max(self.largest[name], path.stat().st_size)


async def peopled(stage: Stage) -> list[Hand]:
    """A network with members who follow a topic, whose digests come one after the other."""
    await crowd(stage, READERS)
    chance = random.Random("halqa")
    async with stage.halqa.store.transaction() as tx:
        [topic] = await topics.everything(tx)
        for number, member in enumerate(await members.everyone(tx)):
            minute = 16 * 60 + 2 + number * (MINUTES - 4) // (READERS + 3)
            await members.set_schedule(tx, member, Cadence.DAILY, 0, minute)
            await subscriptions.follow(
                tx, member.id, topic.id, FollowMode.AT_ONCE if number % 8 == 0 else FollowMode.DIGEST
            )
    model = stage.sandbox.telegram
    return [Hand(model, chat, random.Random(chance.random())) for chat in model.chats.values()]


async def live(hand: Hand, acts: dict[hands.Act, int], until: datetime) -> None:
    """Does one thing after another, with pauses."""
    while hand.telegram.clock.now() < until:
        [act] = hand.chance.choices([*acts], [*acts.values()])
        await act(hand, TOPIC)
        await asyncio.sleep(hand.chance.expovariate(1 / PAUSE))


async def troubles(stage: Stage, until: datetime) -> None:
    """Every three minutes of the clock something else goes wrong at Telegram."""
    for number in itertools.count():
        await asyncio.sleep(3 * 60 / SPEED)
        if stage.clock.now() >= until:
            break
        match number % 4:
            case 0:
                wanted: dict[str, object] = {"refuse": {"status": 429, "retry_after": 1, "times": 20}}
            case 1:
                wanted = {"lose_answers": 10}
            case 2:
                wanted = {"refuse": {"status": 500, "times": 10}}
            case _:
                wanted = {"repeat_updates": 50, "lose_answers": 2}
        stage.sandbox.telegram.faults.change(wanted)


async def events(stage: Stage, nour: Hand, awa: Hand, until: datetime) -> None:
    """What coordinators do: somebody comes and goes, something is announced."""
    number = 0
    while stage.clock.now() < until:
        person = stage.sandbox.telegram.add_person(f"Newcomer {number}")
        newcomer = Hand(nour.telegram, stage.sandbox.telegram.chats[person.id], nour.chance)
        await hands.announce(nour, awa, "الجميع")
        await hands.come_and_go(nour, newcomer)
        number += 1
        await asyncio.sleep(6 * 60 / SPEED)


async def come_back(hand: Hand) -> None:
    """Nobody is left who has blocked the bot or is paused, for whom things would wait."""
    hand.telegram.block(hand.chat, False)
    await hand.says("/start")
    await hand.says("/pause")
    await hand.presses_data(SetPaused(0).pack())


async def watch(bot: Soaked, logs: Logs) -> None:
    while True:
        bot.take()
        logs.look()
        await asyncio.sleep(0.02)


def median(readings: Iterable[Reading], what: str) -> int:
    return int(statistics.median(getattr(reading, what) for reading in readings))


@pytest.fixture
async def fast(tmp_path: Path) -> Stage:
    return Stage(tmp_path, hosts=HOSTS, clock=Fast(AFTERNOON))


async def test_two_hours_leave_neither_memory_nor_logs_nor_anything_owed_behind(fast: Stage) -> None:
    async with fast as stage:
        cast = await Cast.on(stage)
        await steps.open_topic(cast.nour, TOPIC, "")
        everybody = await peopled(stage)
        await stage.settle()
        await stage.stop()
        clock, model = stage.clock, stage.sandbox.telegram
        assert isinstance(clock, Fast)
        model.callback_lifetime = timedelta(hours=1)  # it is not the bot that is slow, but the clock that is fast
        olena, nour, awa = everybody[:3]
        clock.run(SPEED)
        settings = stage.settings.model_copy(update={"digest": DigestSettings(closes_after_minutes=CLOSES)})
        logs = Logs(stage.data)
        with soaked(settings, stage.master(), clock) as bot:
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(watch(bot, logs))
                until = clock.now() + timedelta(minutes=MINUTES)
                await asyncio.gather(
                    *(live(hand, hands.ACTS, until) for hand in everybody[3 : 3 + ACTIVE]),
                    live(olena, {hands.look_after: 1}, until),
                    events(stage, nour, awa, until),
                    troubles(stage, until),
                )
                model.faults.change({"refuse": None, "lose_answers": 0, "repeat_updates": 0})
                await asyncio.gather(*(come_back(hand) for hand in everybody[3 : 3 + ACTIVE]))
                await asyncio.sleep(2.0)  # what was asked last is answered
                watching.cancel()
            await bot.end()
        clock.run(1)
        await stage.start()
        async with stage.halqa.store.transaction() as tx:
            asked = {row[0]: row[1] for row in await tx.fetch("SELECT state, count(*) FROM inbox GROUP BY state")}
            digests = await tx.fetchval("SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'sent'")
        # What was approved last goes out, is followed to its end, and closes; some of it after quiet hours.
        for later in (timedelta(days=1), *[timedelta(hours=4)] * 6):
            await stage.pass_time(later)
            await stage.settle()
        async with stage.halqa.store.transaction() as tx:
            owed = Counter[tuple[str, str]]()
            for kind, state, number in await tx.fetch("SELECT kind, state, count(*) FROM outbox GROUP BY kind, state"):
                owed[kind, state] = number
            written = await tx.fetchval("SELECT count(*) FROM posts")
            announced = await tx.fetchval("SELECT count(*) FROM announcements WHERE state = 'sent'")
            erased = sum(entry.action == "erased" for entry in await audit.last(tx, 9999))
            assert await audit.verify(tx) is None

    readings = [reading for reading in bot.readings if reading.at <= until]
    quarter = len(readings) // 4
    parts = [readings[number * quarter : (number + 1) * quarter] for number in range(4)]
    medians = {what: [median(part, what) for part in parts] for what in ("resident", "files", "tasks", "threads")}
    grown = slope(readings[2 * quarter :])
    print(f"\nasked {asked}; owed {dict(owed)}; {dict(bot.errors)}")
    print(f"written {written}, digests {digests}, announced {announced}, erased {erased}; largest logs {logs.largest}")
    print(f"medians of quarters {medians}; {grown / 2**20:.2f} MiB an hour")

    assert set(asked) == {"answered"}
    assert {state for _, state in owed} <= {"sent", "cancelled"}
    assert {event.split()[0] for event in bot.errors} <= TOLD
    assert asked["answered"] >= 10 * MINUTES
    assert digests >= READERS // 2
    assert written >= MINUTES // 2
    assert owed["resume", "sent"] > 0  # answers were lost
    assert announced >= times(1, 3)
    assert erased >= times(0, 1)

    assert max(logs.largest.values()) <= LARGEST_LOG
    assert min(logs.largest.values()) > 0
    assert medians["resident"][3] - medians["resident"][1] <= GROWTH
    assert not LONG or grown <= GROWTH_AN_HOUR
    assert medians["threads"][3] <= medians["threads"][1]
    for what in ("files", "tasks"):
        assert medians[what][3] <= medians[what][1] + FEW, what
