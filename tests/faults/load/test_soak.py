"""A soak test: two hours of a network at a minute per second, while Telegram refuses calls and loses answers at times.

Pass figures: the bot's memory is at most 8 MiB larger in the last quarter than in the second (medians), and in two
hours (HALQA_LONG=1) grows by at most 3 MiB an hour over the second half (least squares): less than a KiB per update,
of which the allocator of C alone takes about 1 MiB an hour while the number of Python objects is constant. At most 24
more files and tasks are open, and no more threads. The write-ahead log of each database never exceeds 16 MiB. At the
end nothing is pending in the inbox or the outbox.
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
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import audit, subscriptions, topics
from storage.records.people import digest_schedule, members
from storage.records.people.member import Cadence
from storage.records.subscriptions import FollowMode
from tests.faults.load import random_walk
from tests.faults.load.random_walk import RandomUser
from tests.faults.load.soak_process import FastClock, Reading, SoakProcess, slope, soak_process
from tests.faults.long_run import LONG, short_or_long
from tests.support.announcement_steps import add_members
from tests.support.cast import HOSTS, Cast

MINUTES = short_or_long(14, 120)  # of the clock
SPEED = 60
FAULT_MINUTES = short_or_long(2, 3)  # so that each of the four faults happens
CLOSES = 5  # minutes after which opened screens are deleted
READERS, ACTIVE = 120, 30
PAUSE = 0.5  # mean seconds between two actions of a user
TOPIC = "Detention and protection"
LARGEST_LOG = 16 * 2**20  # bytes
GROWTH = 8 * 2**20  # bytes between two quarters
GROWTH_AN_HOUR = 3 * 2**20  # bytes per hour of the clock
FEW = 24  # additional files or tasks: connections, and what waits for them
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # four in Cairo
# The errors that the faults of Telegram cause in the log; the bot may log no others.
EXPECTED_ERRORS = {
    "callback-unanswered",
    "menu-not-set",
    "commands-not-set",
    "message-not-deleted",
    "refused-by-telegram",
    "telegram-out-of-reach",
}
pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")


class Logs:
    """The largest size of each write-ahead log so far."""

    def __init__(self, directory: Path) -> None:
        self._paths = [directory / f"{name}-wal" for name in (NETWORK_FILE, KEYRING_FILE)]
        self.largest = dict.fromkeys((NETWORK_FILE, KEYRING_FILE), 0)

    def look(self) -> None:
        for name, path in zip(self.largest, self._paths, strict=True):
            with suppress(FileNotFoundError):
                self.largest[name] = max(self.largest[name], path.stat().st_size)


async def add_users(stage: Stage) -> list[RandomUser]:
    """Adds members who follow a topic and whose digests are due one after the other. Returns all users."""
    await add_members(stage, READERS)
    chance = random.Random("halqa")
    async with stage.halqa.store.transaction() as tx:
        [topic] = await topics.everything(tx)
        for number, member in enumerate(await members.everyone(tx)):
            minute = 16 * 60 + 2 + number * (MINUTES - 4) // (READERS + 3)
            await digest_schedule.set_schedule(tx, member, Cadence.DAILY, 0, minute)
            await subscriptions.follow(
                tx, member.id, topic.id, FollowMode.AT_ONCE if number % 8 == 0 else FollowMode.DIGEST
            )
    model = stage.sandbox.telegram
    return [RandomUser(model, chat, random.Random(chance.random())) for chat in model.chats.values()]


async def act_at_random(user: RandomUser, acts: dict[random_walk.Act, int], until: datetime) -> None:
    """Performs random actions with pauses."""
    while user.telegram.clock.now() < until:
        [act] = user.chance.choices([*acts], [*acts.values()])
        await act(user, TOPIC)
        await asyncio.sleep(user.chance.expovariate(1 / PAUSE))


async def change_faults(stage: Stage, until: datetime) -> None:
    """Changes the fault of Telegram every `FAULT_MINUTES` of the clock."""
    for number in itertools.count():
        await asyncio.sleep(FAULT_MINUTES * 60 / SPEED)
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


async def events(stage: Stage, nour: RandomUser, awa: RandomUser, until: datetime) -> None:
    """Announcements, and newcomers who join and leave."""
    number = 0
    while stage.clock.now() < until:
        person = stage.sandbox.telegram.add_person(f"Newcomer {number}")
        newcomer = RandomUser(nour.telegram, stage.sandbox.telegram.chats[person.id], nour.chance)
        await random_walk.announce(nour, awa, "الجميع")
        await random_walk.come_and_go(nour, newcomer)
        number += 1
        await asyncio.sleep(6 * 60 / SPEED)


async def come_back(user: RandomUser) -> None:
    """Unblocks the bot and ends a pause, so that no message stays pending."""
    user.telegram.block(user.chat, False)
    await user.says("/start")
    await user.says("/pause")
    await user.presses_data(SetPaused(0).pack())


async def watch(bot: SoakProcess, logs: Logs) -> None:
    while True:
        bot.take()
        logs.look()
        await asyncio.sleep(0.02)


def median(readings: Iterable[Reading], what: str) -> int:
    return int(statistics.median(getattr(reading, what) for reading in readings))


@pytest.fixture
async def fast_stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path, hosts=HOSTS, clock=FastClock(AFTERNOON))


async def test_two_hours_leave_no_growth_no_large_logs_and_nothing_pending(fast_stage: Stage) -> None:
    async with fast_stage as stage:
        cast = await Cast.on(stage)
        await steps.open_topic(cast.nour, TOPIC, "")
        everybody = await add_users(stage)
        await stage.settle()
        await stage.stop()
        clock, model = stage.clock, stage.sandbox.telegram
        assert isinstance(clock, FastClock)
        model.callback_lifetime = timedelta(hours=1)  # a button press expires by the fast clock
        olena, nour, awa = everybody[:3]
        clock.run(SPEED)
        settings = stage.settings.model_copy(update={"digest": DigestSettings(closes_after_minutes=CLOSES)})
        logs = Logs(stage.data)
        with soak_process(settings, stage.master(), clock) as bot:
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(watch(bot, logs))
                until = clock.now() + timedelta(minutes=MINUTES)
                await asyncio.gather(
                    *(act_at_random(user, random_walk.ACTS, until) for user in everybody[3 : 3 + ACTIVE]),
                    act_at_random(olena, {random_walk.look_after: 1}, until),
                    events(stage, nour, awa, until),
                    change_faults(stage, until),
                )
                model.faults.change({"refuse": None, "lose_answers": 0, "repeat_updates": 0})
                await asyncio.gather(*(come_back(user) for user in everybody[3 : 3 + ACTIVE]))
                await asyncio.sleep(2.0)  # the last updates are answered
                watching.cancel()
            await bot.end()
        clock.run(1)
        await stage.start()
        async with stage.halqa.store.transaction() as tx:
            asked = {row[0]: row[1] for row in await tx.fetch("SELECT state, count(*) FROM inbox GROUP BY state")}
            digests = await tx.fetchval("SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'sent'")
        # The last announcement goes out, partly after quiet hours, and its progress messages close.
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
    assert {event.split()[0] for event in bot.errors} <= EXPECTED_ERRORS
    assert asked["answered"] >= 10 * MINUTES
    assert digests >= READERS // 2
    assert written >= MINUTES // 2
    assert owed["resume", "sent"] > 0  # answers were lost
    assert announced >= short_or_long(1, 3)
    assert erased >= short_or_long(0, 1)

    assert max(logs.largest.values()) <= LARGEST_LOG
    assert min(logs.largest.values()) > 0
    assert medians["resident"][3] - medians["resident"][1] <= GROWTH
    assert not LONG or grown <= GROWTH_AN_HOUR
    assert medians["threads"][3] <= medians["threads"][1]
    for what in ("files", "tasks"):
        assert medians[what][3] <= medians[what][1] + FEW, what
