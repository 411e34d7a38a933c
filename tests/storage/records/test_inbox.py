"""The inbox: every update once, in order for each sender, and nobody kept waiting by another."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.crypto.cipher import NETWORK_KEY_ID
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import erasure, inbox
from tests.storage.people import NOW, enter, opened, taken_back, telegram_id

SALMA, NOUR, FATOU = (telegram_id(name) for name in ("Salma", "Nour", "Fatou"))


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"text": f"كلمات {number} 🌿"}}


async def add(tx: Transaction, number: int, sender: int | None) -> bool:
    return await inbox.add(tx, number, sender, update(number), NOW)


async def next_ones(tx: Transaction) -> list[inbox.Received]:
    return await inbox.next_pending(tx, (), 100, 100)


async def pending(
    tx: Transaction, busy: Collection[bytes | None] = (), limit: int = 100, strangers: int = 100
) -> list[int]:
    return [received.update_id for received in await inbox.next_pending(tx, busy, limit, strangers)]


def index(tx: Transaction, sender: int) -> bytes:
    return tx.cipher.telegram_id_index(sender)


async def test_an_update_comes_out_as_it_went_in(tx: Transaction) -> None:
    await add(tx, 5, SALMA)
    [received] = await next_ones(tx)
    assert received == inbox.Received(5, index(tx, SALMA), None, update(5), stranger=True)
    assert "كلمات" not in repr(received)
    salma = await enter(tx, "Salma")
    await inbox.settle(tx, 5)
    await add(tx, 6, SALMA)
    assert await next_ones(tx) == [inbox.Received(6, index(tx, SALMA), salma.id, update(6))]


async def test_a_second_delivery_is_no_second_update_whatever_became_of_the_first(tx: Transaction) -> None:
    for number in (1, 2, 3, 4):
        assert await add(tx, number, SALMA)
        assert not await add(tx, number, SALMA)
    await inbox.settle(tx, 2)
    await inbox.answered(tx, 3)
    await inbox.fail(tx, 4, "ABC234")
    for number in (1, 2, 3, 4):
        assert not await add(tx, number, SALMA)
    assert await pending(tx) == [1]


async def test_the_updates_of_one_person_come_one_at_a_time_in_the_order_of_their_arrival(tx: Transaction) -> None:
    for number in (7, 5, 9):
        await add(tx, number, SALMA)
    for number in (7, 5, 9):
        assert await pending(tx) == [number]
        assert await pending(tx, {index(tx, SALMA)}) == []
        await inbox.settle(tx, number)
    assert await pending(tx) == []


async def test_ids_that_begin_again_lower_come_behind_what_arrived_before(tx: Transaction) -> None:
    for number, sender in ((900_000, SALMA), (900_001, NOUR), (17, FATOU), (18, SALMA)):
        await add(tx, number, sender)
    assert await pending(tx) == [900_000, 900_001, 17]
    await inbox.settle(tx, 900_000)
    assert await pending(tx) == [900_001, 17, 18]


async def test_what_arrives_after_a_purge_comes_behind_what_still_waits(tx: Transaction) -> None:
    for number in (30, 20, 10):
        await add(tx, number, SALMA)
    for number in (30, 10):  # the newest one is purged, and the one before it waits
        await inbox.answered(tx, number)
    await inbox.purge(tx, NOW + timedelta(seconds=1))
    await add(tx, 5, SALMA)
    for number in (20, 5):
        assert await pending(tx) == [number]
        await inbox.answered(tx, number)
    await inbox.purge(tx, NOW + timedelta(seconds=1))
    for number in (9, 8):
        await add(tx, number, SALMA)
    assert await pending(tx) == [9]


async def test_people_are_served_side_by_side_and_the_busy_are_passed_over(tx: Transaction) -> None:
    for number, sender in enumerate([SALMA, SALMA, NOUR, FATOU, NOUR], 1):
        await add(tx, number, sender)
    assert await pending(tx) == [1, 3, 4]
    assert await pending(tx, {index(tx, NOUR)}) == [1, 4]
    assert await pending(tx, {index(tx, SALMA), index(tx, FATOU)}) == [3]
    assert await pending(tx, limit=2) == [1, 3]
    assert await pending(tx, {index(tx, SALMA)}, limit=1) == [3]


async def test_a_flood_of_one_person_hides_nobody(tx: Transaction) -> None:
    for number in range(300):
        await add(tx, number, SALMA)
    await add(tx, 300, NOUR)
    assert await pending(tx, limit=2) == [0, 300]
    assert await pending(tx, {index(tx, SALMA)}, limit=1) == [300]


async def test_however_many_are_busy_the_next_ones_are_found(tx: Transaction) -> None:
    senders = [7_000_000_000 + number for number in range(40)]
    for number, sender in enumerate(senders):
        await add(tx, number, sender)
    busy = {index(tx, sender) for sender in senders[:-2]}
    assert await pending(tx, busy, limit=1) == [38]
    assert await pending(tx, busy, limit=10) == [38, 39]


async def test_members_come_before_strangers_of_whom_only_so_many_are_served(tx: Transaction) -> None:
    for name in ("Nour", "Fatou"):
        await enter(tx, name)
    strangers = [7_100_000_000 + number for number in range(10)]
    for number, sender in enumerate([*strangers, NOUR, FATOU, strangers[0]]):
        await add(tx, number, sender)
    assert await pending(tx, strangers=3) == [10, 11, 0, 1, 2]
    assert await pending(tx, strangers=0) == await pending(tx, strangers=-1) == [10, 11]
    assert await pending(tx, limit=1, strangers=5) == [10]
    assert await pending(tx, {index(tx, NOUR), index(tx, strangers[0])}, strangers=2) == [11, 1, 2]


async def test_an_update_of_nobody_is_taken_too(tx: Transaction) -> None:
    await add(tx, 1, None)
    await add(tx, 2, SALMA)
    assert await pending(tx) == [1, 2]
    assert await pending(tx, {None}) == [2]


async def test_effects_are_settled_once_and_the_content_goes_with_them(tx: Transaction) -> None:
    await add(tx, 1, SALMA)
    assert await inbox.settle(tx, 1)
    assert not await inbox.settle(tx, 1)
    assert not await inbox.settle(tx, 2)
    assert await tx.fetch("SELECT state, payload_encrypted FROM inbox") == [("handled", None)]


async def test_a_settling_that_is_taken_back_leaves_the_update_to_be_handled(store: Store) -> None:
    async with store.transaction() as tx:
        await add(tx, 1, SALMA)
    async with taken_back(store) as tx:
        await inbox.settle(tx, 1)
    async with store.transaction() as tx:
        [received] = await next_ones(tx)
        assert received.update == update(1)


@pytest.mark.parametrize("end", ["answered", "failed"])
async def test_of_what_is_over_only_its_number_stays(tx: Transaction, end: str) -> None:
    await enter(tx, "Salma")
    await add(tx, 1, SALMA)
    await (inbox.answered(tx, 1) if end == "answered" else inbox.fail(tx, 1, "ABC234"))
    [row] = await tx.fetch("SELECT state, sender_index, member_id, payload_encrypted, reference FROM inbox")
    assert row == (end, None, None, None, "ABC234" if end == "failed" else None)
    assert not await inbox.settle(tx, 1)


async def test_what_is_no_update_is_noted_once_for_each_content_and_never_handled(tx: Transaction) -> None:
    assert await inbox.quarantine(tx, b"[]", "ABC234", NOW)
    assert await inbox.quarantine(tx, b"{}", "DEF567", NOW)
    assert not await inbox.quarantine(tx, b"[]", "GHJ789", NOW)
    rows = await tx.fetch("SELECT update_id < 0, state, reference, payload_encrypted FROM inbox ORDER BY reference")
    assert rows == [(1, "failed", "ABC234", None), (1, "failed", "DEF567", None)]
    assert await pending(tx) == []
    await inbox.purge(tx, NOW + timedelta(seconds=1))
    assert await tx.fetchval("SELECT count(*) FROM inbox") == 0


async def test_after_a_crash_it_is_known_who_waits_for_an_answer(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for number, sender in enumerate([SALMA, SALMA, SALMA, NOUR], 1):
        await add(tx, number, sender)
    for number in (2, 3, 4):
        await inbox.settle(tx, number)
    await inbox.answered(tx, 3)
    assert await inbox.unanswered(tx) == [salma.id]  # Nour has no row, so there is nobody to tell
    assert await inbox.unanswered(tx) == []
    rows = await tx.fetch("SELECT update_id, state, sender_index, member_id FROM inbox ORDER BY update_id")
    assert rows == [
        (1, "pending", index(tx, SALMA), salma.id),
        *((number, "answered", None, None) for number in (2, 3, 4)),
    ]


async def test_what_is_open_is_never_purged_and_the_rest_when_telegram_has_let_go(tx: Transaction) -> None:
    for number in range(1, 5):
        await add(tx, number, SALMA)
    await inbox.settle(tx, 2)
    await inbox.answered(tx, 3)
    await inbox.fail(tx, 4, "ABC234")

    async def kept() -> list[int]:
        return [row[0] for row in await tx.fetch("SELECT update_id FROM inbox ORDER BY update_id")]

    await inbox.purge(tx, NOW)
    assert await kept() == [1, 2, 3, 4]
    await inbox.purge(tx, NOW + timedelta(seconds=1))
    assert await kept() == [1, 2]  # the second may owe an answer


async def test_the_words_of_a_member_are_sealed_under_her_key_and_a_strangers_under_the_networks(
    tx: Transaction,
) -> None:
    salma = await enter(tx, "Salma")
    await add(tx, 1, SALMA)
    await add(tx, 2, NOUR)
    await add(tx, 3, None)
    rows = await tx.fetch("SELECT member_id, payload_encrypted FROM inbox ORDER BY update_id")
    assert [(row[0], row[1][1:17]) for row in rows] == [
        (salma.id, salma.key_id),
        (None, NETWORK_KEY_ID),
        (None, NETWORK_KEY_ID),
    ]


async def test_what_waits_when_its_sender_is_erased_comes_without_its_words(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for number, sender in enumerate([SALMA, NOUR, SALMA], 1):
        await add(tx, number, sender)
    await erasure.erase(tx, salma, NOW)
    found = await next_ones(tx)
    assert [(received.update_id, received.update) for received in found] == [(1, None)]
    for number, words in ((1, None), (2, update(2)), (3, None)):
        [received] = await next_ones(tx)
        assert (received.update_id, received.update) == (number, words)
        await inbox.settle(tx, number)


async def test_what_waits_survives_a_restart(store: Store, directory: Path) -> None:
    async with store.transaction() as tx:
        await enter(tx, "Salma")
        await add(tx, 1, SALMA)
    await store.close()
    async with opened(directory) as after, after.transaction() as tx:
        [received] = await next_ones(tx)
    assert received.update == update(1)
