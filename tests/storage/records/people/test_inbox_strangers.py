"""The inbox and people without a row: who comes first, how much of theirs waits, and when it is gone."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import inbox
from tests.storage.people import NOW, enter
from tests.storage.records.test_inbox import NOUR, SALMA, add, pending, update


async def test_whoever_is_invited_comes_before_strangers_with_all_that_they_wrote(tx: Transaction) -> None:
    async def invited() -> inbox.Guest:
        return inbox.Guest.INVITED

    await add(tx, 1, NOUR)
    await add(tx, 2, SALMA)
    assert await inbox.strangers(tx) == 2
    await inbox.add(tx, 3, SALMA, update(3), NOW, admit=invited)
    assert await pending(tx) == [2, 1]
    assert await inbox.strangers(tx) == 1


async def test_an_update_that_is_refused_leaves_no_row(tx: Transaction) -> None:
    async def refused() -> inbox.Guest:
        return inbox.Guest.REFUSED

    assert not await inbox.add(tx, 1, NOUR, update(1), NOW, admit=refused)
    await enter(tx, "Salma")
    assert await inbox.add(tx, 2, SALMA, update(2), NOW, admit=refused)  # who has a row is not asked about
    assert await tx.fetchval("SELECT count(*) FROM inbox") == 1


async def test_what_strangers_wrote_is_gone_after_an_hour_and_what_members_wrote_is_not(tx: Transaction) -> None:
    await enter(tx, "Salma")
    await add(tx, 1, SALMA)
    await add(tx, 2, NOUR)
    await inbox.purge_strangers(tx, NOW)
    assert await pending(tx) == [1, 2]
    await inbox.purge_strangers(tx, NOW + timedelta(hours=1))
    assert await pending(tx) == [1]
