"""Suspensions: what is kept of one, and who cannot be suspended."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.people import preferences, suspensions
from storage.records.people.member import MemberState, Role
from tests.storage.people import NOW, again, enter


async def test_a_member_comes_back_as_she_was_on_a_pause_or_not(tx: Transaction) -> None:
    olena, salma, rania = await enter(tx, "Olena", role=Role.OWNER), await enter(tx, "Salma"), await enter(tx, "Rania")
    await preferences.set_paused(tx, rania, True)
    for person, state in ((salma, MemberState.ACTIVE), (await again(tx, rania), MemberState.PAUSED)):
        assert await suspensions.suspend(tx, person, olena, NOW)
        assert not await suspensions.suspend(tx, person, olena, NOW)
        found = await suspensions.of(tx, person.id)
        assert found == suspensions.Suspension(person.id, True, olena.id, NOW)
        assert (await again(tx, person)).state is MemberState.SUSPENDED
        assert await suspensions.restore(tx, person)
        assert not await suspensions.restore(tx, person)
        assert (await again(tx, person)).state is state
        assert await suspensions.of(tx, person.id) is None


async def test_the_only_owner_is_not_suspended(tx: Transaction) -> None:
    olena, nour = await enter(tx, "Olena", role=Role.OWNER), await enter(tx, "Nour", role=Role.COORDINATOR)
    assert not await suspensions.suspend(tx, olena, nour, NOW)
    lina = await enter(tx, "Lina", role=Role.OWNER)
    assert await suspensions.suspend(tx, olena, lina, NOW)
    assert not await suspensions.suspend(tx, lina, olena, NOW)


async def test_what_waits_for_her_becomes_due_so_that_it_is_settled(tx: Transaction) -> None:
    nour, salma = await enter(tx, "Nour", role=Role.COORDINATOR), await enter(tx, "Salma")
    for message_id in (None, 7):
        await outbox.put(tx, salma.id, "digest-close", message_id=message_id, due=NOW + timedelta(hours=9), now=NOW)
    assert await suspensions.suspend(tx, salma, nour, NOW)
    assert {due for _, _, due in await outbox.of(tx, salma.id)} == {NOW}
