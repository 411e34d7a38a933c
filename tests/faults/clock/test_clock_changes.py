"""Daylight saving changes and a wrong machine clock: one digest per member and local date, from tick to database.

Pass figure: exactly one digest, in five time zones that change in five ways, over all changes of 2026 and 2027, and
with the machine's clock a day off for some hours.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.digests.jobs import plan_and_announce
from storage.engine.store import Store
from storage.records import digests, outbox, posts, subscriptions, topics
from storage.records.people import digest_schedule, members, preferences
from storage.records.people.member import Cadence, Member
from storage.records.subscriptions import FollowMode
from tests.storage import people

DAY, STEP = timedelta(days=1), timedelta(minutes=30)
ZONES = ("Europe/Kyiv", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Australia/Lord_Howe")
# Around midnight and in the hours in which clocks change; 2:15 does not exist where they change by half an hour.
MINUTES = (0, 30, 60, 90, 120, 135, 150, 180, 210, 480, 1380, 1410)


@dataclass
class Network:
    """Readers of a topic that gets a new post after each digest, so that no digest is empty."""

    store: Store
    nour: Member
    topic: bytes
    readers: dict[bytes, ZoneInfo] = field(default_factory=dict)
    had: Counter[bytes] = field(default_factory=Counter)
    # The local dates of the digests of each reader, in order of arrival.
    dates: defaultdict[bytes, list[date]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    async def of(cls, store: Store, zones: Sequence[str], minutes: Sequence[int]) -> "Network":
        async with store.transaction() as tx:
            nour = await people.enter(tx, "Nour")
            await digest_schedule.set_schedule(tx, nour, Cadence.OFF, 0, 0)
            topic = await topics.create(tx, "Detention and protection", "", nour.id, people.NOW)
            network = cls(store, nour, topic.id)
            for zone in zones:
                for minute in minutes:
                    reader = await people.enter(tx, f"{zone} {minute}")
                    await preferences.set_zone(tx, reader, zone)
                    await digest_schedule.set_schedule(tx, reader, Cadence.DAILY, 0, minute)
                    await subscriptions.follow(tx, reader.id, topic.id, FollowMode.DIGEST)
                    network.readers[reader.id] = ZoneInfo(zone)
            await posts.write(tx, nour, topic.id, "What helped.", None, people.NOW)
        return network

    async def tick(self, now: datetime) -> None:
        async with self.store.transaction() as tx:
            due = {reader.id for reader in await digest_schedule.due(tx, now, 99)}
            planned = {each: await members.get(tx, each) for each in due}
        await plan_and_announce(self.store, now)
        async with self.store.transaction() as tx:
            newest = await posts.newest(tx)
            for each in due:
                found, row = await digests.of(tx, each), planned[each]
                assert row is not None
                assert row.digest.due_at is not None
                assert len(found) == self.had[each] + 1  # each was due, and there was a new post
                assert found[-1].created_at == now
                after = await members.get(tx, each)
                assert after is not None
                assert after.digest.announced_until == found[-1].until == newest
                assert Counter(kind for kind, *_ in await outbox.of(tx, each))["digest"] == len(found)
                self.had[each] += 1
                self.dates[each].append(row.digest.due_at.astimezone(self.readers[each]).date())
            if due:
                await posts.write(tx, self.nour, self.topic, "What helped.", None, now)

    async def digests_by_local_date(self, member_id: bytes) -> Counter[date]:
        async with self.store.transaction() as tx:
            found = await digests.of(tx, member_id)
        return Counter(each.created_at.astimezone(self.readers[member_id]).date() for each in found)


def changes(zone: ZoneInfo) -> list[date]:
    """The local dates of 2026 and 2027 in which the clock changes."""
    days = [date(2026, 1, 1) + number * DAY for number in range(2 * 365)]

    def offset(day: date) -> timedelta | None:
        return datetime.combine(day, time(12), zone).utcoffset()

    return [day for day in days if offset(day) != offset(day - DAY)]


@pytest.mark.parametrize("name", ZONES)
async def test_over_each_change_of_a_clock_everybody_has_one_digest_a_local_date(store: Store, name: str) -> None:
    zone = ZoneInfo(name)
    network = await Network.of(store, [name], MINUTES)
    assert len(changes(zone)) == 4
    for changed in changes(zone):
        now = datetime.combine(changed - 2 * DAY, time(12), zone).astimezone(UTC)
        end = datetime.combine(changed + 2 * DAY, time(12), zone).astimezone(UTC)
        while now < end:
            await network.tick(now)
            now += STEP
    for each in network.readers:
        came = await network.digests_by_local_date(each)
        for changed in changes(zone):
            around = [changed + number * DAY for number in (-1, 0, 1)]
            assert [came[day] for day in around] == [1, 1, 1], changed


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["ahead", "behind"])
@pytest.mark.parametrize("hour", [0, 7, 20])
async def test_a_clock_that_is_a_day_off_for_some_hours_costs_nobody_a_digest_and_brings_none_twice(
    store: Store, off: timedelta, hour: int
) -> None:
    network = await Network.of(store, ZONES, (30, 480, 1410))
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    wrong_from = start + DAY + timedelta(hours=hour)
    right_again = wrong_from + timedelta(hours=5)
    right = start
    while right < start + 5 * DAY:
        if right == right_again:
            await network.tick(right + off)  # the last tick before the clock is right again
        if not wrong_from < right < right_again:
            await network.tick(right)
        if wrong_from <= right < right_again:
            await network.tick(right + off)
        right += STEP
    for each, zone in network.readers.items():
        dates = network.dates[each]
        assert dates == [dates[0] + number * DAY for number in range(len(dates))]
        last = right.astimezone(zone).date()
        assert dates[0] <= (start + DAY).astimezone(zone).date()
        assert dates[-1] >= last - DAY
