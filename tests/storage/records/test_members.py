"""Applicants and members: what is kept, who decides, and when a digest is due."""

import asyncio
from datetime import timedelta

import pytest

from storage.crypto.cipher import Unreadable
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import hosts, posts, topics
from storage.records.people import applications, digest_schedule, members, preferences
from storage.records.people.member import Member, MemberState, Role
from tests.storage.people import HOSTS, NOW, again, applicant, enter, taken_back, telegram_id

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


async def test_her_answers_come_back_as_she_gave_them_and_can_be_taken_back(tx: Transaction) -> None:
    salma = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    [host, _] = await hosts.everyone(tx)
    await members.set_name(tx, salma, "سلمى\u200c el-Khatib 🌿")
    await applications.set_reason(tx, salma, "")
    await members.set_host(tx, salma, host.id, independent=False)
    await preferences.set_zone(tx, salma, "Africa/Cairo")
    await preferences.set_language(tx, salma, "fr")
    await preferences.set_quiet_hours(tx, salma, 0, 1439)
    now = await again(tx, salma)
    assert (now.name, now.application.reason, now.host_id, now.independent) == (
        "سلمى\u200c el-Khatib 🌿",
        "",
        host.id,
        False,
    )
    assert (now.zone, now.language, now.preferences.quiet_from, now.preferences.quiet_until) == (
        "Africa/Cairo",
        "fr",
        0,
        1439,
    )
    await members.set_name(tx, salma, None)
    await members.set_host(tx, salma, None, independent=True)
    now = await again(tx, salma)
    assert (now.name, now.host_id, now.independent) == (None, None, True)


async def test_her_name_put_into_another_row_or_column_does_not_open(store: Store) -> None:
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    for move in (
        "UPDATE members SET name_encrypted = (SELECT name_encrypted FROM members WHERE id = ?) WHERE id = ?",
        "UPDATE members SET reason_encrypted = (SELECT name_encrypted FROM members WHERE id = ?1) WHERE id = ?1 OR id = ?2",
    ):
        async with taken_back(store) as tx:
            await tx.execute(move, salma.id, nour.id)
            with pytest.raises(Unreadable):
                await members.get(tx, nour.id)


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


@pytest.mark.parametrize(
    ("state", "is_in"),
    [("applicant", False), ("active", True), ("paused", True), ("suspended", False), ("declined", False)],
)
async def test_only_the_active_and_the_paused_are_in(tx: Transaction, state: str, is_in: bool) -> None:
    salma = await enter(tx, "Salma")
    await tx.execute("UPDATE members SET state = ? WHERE id = ?", state, salma.id)
    assert (await again(tx, salma)).is_in is is_in
    assert bool(await members.everyone(tx)) is is_in


async def test_a_pause_begins_once_and_ends_once(tx: Transaction) -> None:
    salma, rania = await enter(tx, "Salma"), await applicant(tx, "Rania")
    assert not await preferences.set_paused(tx, salma, False)
    assert await preferences.set_paused(tx, salma, True)
    assert not await preferences.set_paused(tx, salma, True)
    assert (await again(tx, salma)).state is MemberState.PAUSED
    assert await preferences.set_paused(tx, salma, False)
    assert not await preferences.set_paused(tx, rania, True)
    assert (await again(tx, rania)).state is MemberState.APPLICANT


async def test_the_last_owner_stays_one_until_there_is_another(tx: Transaction) -> None:
    olena, nour = await enter(tx, "Olena", role=Role.OWNER), await enter(tx, "Nour")
    assert not await members.set_role(tx, olena, Role.MEMBER)
    assert not await members.set_role(tx, nour, Role.MEMBER)
    assert await members.set_role(tx, nour, Role.OWNER)
    assert await members.owners(tx) == 2
    assert await members.set_role(tx, olena, Role.MEMBER)
    assert not await members.set_role(tx, nour, Role.COORDINATOR)
    assert ((await again(tx, olena)).role, (await again(tx, nour)).role) == (Role.MEMBER, Role.OWNER)


async def test_an_owner_who_is_not_in_does_not_count_as_another(tx: Transaction) -> None:
    olena, nour = await enter(tx, "Olena", role=Role.OWNER), await enter(tx, "Nour", role=Role.OWNER)
    await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", nour.id)
    assert not await members.set_role(tx, olena, Role.MEMBER)
    assert not await members.set_role(tx, nour, Role.MEMBER)


async def test_an_applicant_is_told_to_the_coordinators_of_her_host_and_the_owners(tx: Transaction) -> None:
    await enter(tx, "Olena", role=Role.OWNER, host=HOSTS[1])
    nour = await enter(tx, "Nour", role=Role.COORDINATOR, host=HOSTS[0])
    awa = await enter(tx, "Awa", role=Role.COORDINATOR, host=HOSTS[1])
    await enter(tx, "Salma", host=HOSTS[0])
    gone = await enter(tx, "Yara", role=Role.COORDINATOR, host=HOSTS[0])
    await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", gone.id)

    async def told(host_id: bytes | None) -> set[str | None]:
        return {person.name for person in await members.coordinators_of(tx, host_id)}

    assert await told(nour.host_id) == {"Olena", "Nour"}
    assert await told(awa.host_id) == {"Olena", "Awa"}
    assert await told(None) == {"Olena"}
    assert [person.name for person in await members.everyone(tx, awa.host_id)] != []
    assert {person.name for person in await members.everyone(tx, awa.host_id)} == {"Olena", "Awa"}


async def test_the_declined_go_when_their_time_is_over(tx: Transaction) -> None:
    rania, salma = await applicant(tx, "Rania"), await enter(tx, "Salma")
    assert await applications.decide(tx, rania.id, approve=False, decided_by=salma.id, now=NOW)
    assert await applications.declined_before(tx, NOW) == []
    assert [person.id for person in await applications.declined_before(tx, NOW + timedelta(seconds=1))] == [rania.id]


async def test_a_member_does_not_show_who_she_is(tx: Transaction) -> None:
    salma = await enter(tx, "Salma el-Khatib")
    for shown in (repr(salma), str(salma), f"{[salma]}"):
        for secret in ("Salma", "Khatib", "reason.", str(salma.telegram_id), repr(salma.key_id)):
            assert secret not in shown


async def test_what_she_was_told_and_what_she_read_only_go_forward(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for told, read in ((5, 3), (4, 2)):
        await digest_schedule.set_announced(tx, salma, told)
        await digest_schedule.set_opened(tx, salma, read)
        now = await again(tx, salma)
        assert (now.digest.announced_until, now.digest.opened_until) == (5, 3)


async def test_those_who_began_and_never_sent_their_answers_are_found_when_their_time_is_over(tx: Transaction) -> None:
    rania = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    await applicant(tx, "Yara")
    await enter(tx, "Salma")
    assert await applications.unfinished_before(tx, NOW) == []
    assert [person.id for person in await applications.unfinished_before(tx, NOW + MINUTE)] == [rania.id]
