"""Applications: agreed to once, sent once, decided once, and gone when their time is over."""

import asyncio
from datetime import timedelta

import pytest

from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import posts, topics
from storage.records.people import applications, members
from storage.records.people.member import Member, MemberState, Role
from tests.storage.people import NOW, again, applicant, enter, taken_back, telegram_id

MINUTE = timedelta(minutes=1)


async def test_whoever_agrees_is_found_by_her_telegram_id_and_nobody_else_is(tx: Transaction) -> None:
    salma = await applications.agree(tx, 7000000001, "ar", invited_by=b"i" * 16, now=NOW)
    assert await members.find(tx, 7000000001) == salma
    assert await members.get(tx, salma.id) == salma
    assert (salma.telegram_id, salma.language, salma.state, salma.role) == (7000000001, "ar", "applicant", "member")
    assert (salma.name, salma.application.reason, salma.zone, salma.host_id) == (None, None, None, None)
    assert (salma.application.agreed_at, salma.application.invited_by) == (NOW, b"i" * 16)
    for other in (7000000002, 700000000, -7000000001, 0):
        assert await members.find(tx, other) is None
    assert await members.get(tx, bytes(16)) is None


async def test_nobody_agrees_twice(store: Store) -> None:
    async with store.transaction() as tx:
        await applications.agree(tx, 7000000001, "ar", invited_by=None, now=NOW)
    async with taken_back(store) as tx:
        with pytest.raises(Exception, match="UNIQUE"):
            await applications.agree(tx, 7000000001, "fr", invited_by=None, now=NOW)


async def test_an_application_is_sent_once(tx: Transaction) -> None:
    salma = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    assert await applications.waiting(tx) == []
    assert await applications.apply(tx, salma, NOW)
    assert not await applications.apply(tx, salma, NOW + MINUTE)
    assert [(person.id, person.application.applied_at) for person in await applications.waiting(tx)] == [
        (salma.id, NOW)
    ]


async def test_the_longest_waiting_applicant_is_the_first(tx: Transaction) -> None:
    for number, name in enumerate(["Rania", "Yara", "Fatou"]):
        person = await applications.agree(tx, telegram_id(name), "en", invited_by=None, now=NOW)
        await members.set_name(tx, person, name)
        await applications.apply(tx, person, NOW - number * MINUTE)
    assert [person.name for person in await applications.waiting(tx)] == ["Fatou", "Yara", "Rania"]


@pytest.mark.parametrize(("first", "state"), [(True, MemberState.ACTIVE), (False, MemberState.DECLINED)])
async def test_of_two_deciders_one_wins(store: Store, first: bool, state: MemberState) -> None:
    async with store.transaction() as tx:
        nour, awa = await enter(tx, "Nour", role=Role.COORDINATOR), await enter(tx, "Awa", role=Role.COORDINATOR)
        rania = await applicant(tx, "Rania")

    async def decide(coordinator: Member, approve: bool) -> bool:
        async with store.transaction() as tx:
            return await applications.decide(tx, rania.id, approve=approve, decided_by=coordinator.id, now=NOW + MINUTE)

    assert [*await asyncio.gather(decide(nour, first), decide(awa, not first))] == [True, False]
    async with store.transaction() as tx:
        now = await again(tx, rania)
    assert (now.state, now.application.decided_by, now.application.decided_at) == (state, nour.id, NOW + MINUTE)


async def test_nobody_decides_about_somebody_who_has_not_applied_or_is_not_there(tx: Transaction) -> None:
    rania = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    assert not await applications.decide(tx, rania.id, approve=True, decided_by=None, now=NOW)
    assert not await applications.decide(tx, bytes(16), approve=True, decided_by=None, now=NOW)
    assert (await again(tx, rania)).state is MemberState.APPLICANT


async def test_a_new_member_is_told_only_of_what_is_written_from_now_on(tx: Transaction) -> None:
    nour = await enter(tx, "Nour")
    topic = await topics.create(tx, "Detention", "", nour.id, NOW)
    await posts.write(tx, nour, topic.id, "before", None, NOW)
    salma = await enter(tx, "Salma")
    assert (salma.digest.announced_until, salma.digest.opened_until) == (1, 1)


async def test_the_declined_go_when_their_time_is_over(tx: Transaction) -> None:
    rania, salma = await applicant(tx, "Rania"), await enter(tx, "Salma")
    assert await applications.decide(tx, rania.id, approve=False, decided_by=salma.id, now=NOW)
    assert await applications.declined_before(tx, NOW) == []
    assert [person.id for person in await applications.declined_before(tx, NOW + timedelta(seconds=1))] == [rania.id]


async def test_those_who_began_and_never_sent_their_answers_are_found_when_their_time_is_over(tx: Transaction) -> None:
    rania = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    await applicant(tx, "Yara")
    await enter(tx, "Salma")
    assert await applications.unfinished_before(tx, NOW) == []
    assert [person.id for person in await applications.unfinished_before(tx, NOW + MINUTE)] == [rania.id]
