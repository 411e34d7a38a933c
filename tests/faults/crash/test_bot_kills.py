"""The bot, killed by SIGKILL before and after SQL statements while people use it.

Pass figure (HALQA_LONG=1): 40 processes that end so; then the network opens, and everything that was requested has
happened exactly once: invitations, admissions, posts and their outbox messages, one digest each. Whoever left is
erased, and nobody else.
"""

import asyncio
import os
import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.conversation.screen import ButtonAction
from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.members.screens import Forget
from bot.features.onboarding.application_screens import Approve
from bot.features.topics.buttons import SendPost
from bot.language.texts import texts_in
from storage.integrity import field_search
from storage.records import audit, drafts, subscriptions, topics
from storage.records.people import applications, members, preferences
from storage.records.people.member import MemberState
from storage.records.subscriptions import FollowMode
from tests.faults.crash import bot_process
from tests.faults.long_run import short_or_long
from tests.storage.people import members_keys
from tests.support.cast import Cast

TOPIC = "Detention and protection"
SIX = range(6)
PATIENCE = 8.0  # seconds after which a process that has not reached its statement is killed
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")


async def with_draft(cast: Cast, name: str, topic_id: bytes) -> Actor:
    """A member with a draft of a post."""
    stage, now = cast.stage, cast.stage.clock.now()
    actor = Actor(await stage.person(name), texts_in("en"))
    async with stage.halqa.store.transaction() as tx:
        member = await applications.agree(tx, actor.person.id, "en", invited_by=None, now=now)
        await members.set_name(tx, member, name)
        await preferences.set_zone(tx, member, "Africa/Cairo")
        await tx.execute("UPDATE members SET state = ? WHERE id = ?", MemberState.ACTIVE, member.id)
        await drafts.put(tx, member, "post", about=topic_id, body=f"What {name} wrote", now=now)
    return actor


async def applicant(cast: Cast, name: str) -> bytes:
    """Adds an applicant whose application is pending. Returns their id."""
    stage, now = cast.stage, cast.stage.clock.now()
    person = await stage.person(name)
    async with stage.halqa.store.transaction() as tx:
        member = await applications.agree(tx, person.id, "en", invited_by=None, now=now)
        await members.set_name(tx, member, name)
        await applications.set_reason(tx, member, "A reason.")
        await members.set_host(tx, member, None, independent=True)
        assert await applications.apply(tx, member, now)
    return member.id


async def run_process(cast: Cast, statements: int, *, after: bool) -> int | None:
    """Runs one bot process until it is killed at a statement, or for `PATIENCE` seconds. Returns its exit code."""
    stage = cast.stage
    process = bot_process.start(stage.settings, stage.master(), stage.clock.now(), statements, after=after)
    await asyncio.to_thread(process.join, PATIENCE)
    if process.is_alive():
        process.kill()
        await asyncio.to_thread(process.join)
    return process.exitcode


async def test_what_people_asked_of_a_bot_that_keeps_being_killed_happens_exactly_once(cast: Cast) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    async with stage.halqa.store.transaction() as tx:
        [topic] = await topics.everything(tx)
        awa = await members.find(tx, cast.awa.person.id)
        assert awa is not None
        await subscriptions.follow(tx, awa.id, topic.id, FollowMode.AT_ONCE)
    writers = [await with_draft(cast, f"Writer {number}", topic.id) for number in SIX]
    leavers = [await with_draft(cast, f"Leaver {number}", topic.id) for number in SIX]
    asking = [await applicant(cast, f"Applicant {number}") for number in SIX]
    for actor in (*writers, *leavers):
        await actor.says("/language")
        await actor.sees("choose-language")
    asked: list[tuple[Actor, ButtonAction | str]] = []
    async with stage.halqa.store.transaction() as tx:
        before = Counter(entry.action for entry in await audit.last(tx, 999))
        for writer in writers:
            member = await members.find(tx, writer.person.id)
            assert member is not None
            draft = await drafts.get(tx, member)
            assert draft is not None
            asked.append((writer, SendPost(topic.id, draft.version)))
    asked += [(leaver, Forget()) for leaver in leavers]
    asked += [(cast.olena, Approve(member_id)) for member_id in asking]
    asked += [(cast.olena, "/invite") for _ in SIX]
    await stage.settle()
    await stage.stop()

    chosen = random.Random(os.environ.get("HALQA_SEED", "halqa"))
    chosen.shuffle(asked)
    many = short_or_long(10, 40)
    ends = []
    for number in range(many):
        for actor, what in asked[number * len(asked) // many : (number + 1) * len(asked) // many]:
            if isinstance(what, str):
                await actor.says(what)
            else:
                await stage.forge(actor.person, what.pack())
        ends.append(await run_process(cast, chosen.randrange(10, 200), after=bool(number % 2)))
    assert ends.count(-9) == many, ends

    await stage.start()
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        people = {member.name for member in await members.everyone(tx)}
        done = Counter(entry.action for entry in await audit.last(tx, 999)) - before
        written = Counter(row[0] for row in await tx.fetch("SELECT author_id FROM posts"))
        owed = Counter(row[0] for row in await tx.fetch("SELECT about FROM outbox WHERE kind = 'post'"))
        decisions = Counter(row[0] for row in await tx.fetch("SELECT member_id FROM outbox WHERE kind = 'decision'"))
        assert await field_search.places_of(tx, "What Leaver") == []
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0
        assert await members_keys(stage.halqa.store, tx) == {
            row[0] for row in await tx.fetch("SELECT key_id FROM members")
        }
        assert await audit.verify(tx) is None
    assert people == {"Olena", "Nour", "Awa"} | {
        f"{kind} {number}" for kind in ("Writer", "Applicant") for number in SIX
    }
    assert (len(written), set(written.values())) == (len(SIX), {1})
    assert (len(owed), set(owed.values())) == (len(SIX), {1})
    assert {member_id: decisions[member_id] for member_id in asking} == dict.fromkeys(asking, 1)
    assert {action: done[action] for action in ("approved", "erased", "invited")} == dict.fromkeys(
        ("approved", "erased", "invited"), len(SIX)
    )
    await stage.halqa.tick()  # plans the next digest before the clock passes it
    await stage.pass_time(timedelta(days=1))
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        digests = Counter(row[0] for row in await tx.fetch("SELECT member_id FROM digests"))
    assert awa.id in digests
    assert set(digests.values()) == {1}
