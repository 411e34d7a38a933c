"""What strangers wrote: after all others, and for an hour at most."""

from datetime import timedelta
from typing import Any

from storage.engine.transaction import Transaction
from storage.records import inbox
from tests.storage.people import NOW, enter, telegram_id

SALMA, NOUR = telegram_id("Salma"), telegram_id("Nour")


def update(number: int) -> dict[str, Any]:
    return {"update_id": number}


async def add(tx: Transaction, number: int, sender: int) -> bool:
    return await inbox.add(tx, number, sender, update(number), NOW)


async def pending(tx: Transaction) -> list[int]:
    return [received.update_id for received in await inbox.next_pending(tx, (), 100, 100)]


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
