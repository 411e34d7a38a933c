"""The empty network of a frozen account."""

from storage.engine.transaction import Transaction
from storage.records import erasure, hosts, posts, topics
from storage.records.people import members
from storage.records.people.member import MemberState
from storage.records.safety import decoys
from tests.storage.people import NOW, enter


async def test_it_has_the_member_as_before_their_host_and_nothing_else(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    topic = await topics.create(tx, "Detention", "", nour.id, NOW)
    await posts.write(tx, salma, topic.id, "A sentence of hers.", None, NOW)
    store = await decoys.open_for(tx, "Between Convenings", salma, MemberState.PAUSED, NOW)
    try:
        async with store.transaction() as empty:
            found = await members.find(empty, salma.telegram_id)
            assert found is not None
            assert (found.id, found.name, found.zone, found.state) == (
                salma.id,
                "Salma",
                salma.zone,
                MemberState.PAUSED,
            )
            assert [host.id for host in await hosts.everyone(empty)] == [salma.host_id]
            assert await topics.everything(empty) == []
            assert await members.count(empty) == 1
    finally:
        await store.close()


async def test_an_erasure_there_erases_nothing_here(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    store = await decoys.open_for(tx, "Between Convenings", salma, MemberState.ACTIVE, NOW)
    try:
        async with store.transaction() as empty:
            theirs = await members.get(empty, salma.id)
            assert theirs is not None
            await erasure.erase(empty, theirs, NOW)
        assert not await decoys.is_there(store, salma)
    finally:
        await store.close()
    assert await members.get(tx, salma.id) == salma


async def test_for_somebody_who_seems_to_have_left_there_is_nobody(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    store = await decoys.open_for(tx, "Between Convenings", salma, None, NOW)
    assert not await decoys.is_there(store, salma)
    await store.close()
