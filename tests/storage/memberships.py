"""Somebody who joins and somebody who is erased, each in a transaction of their own."""

from storage.engine.store import Store
from storage.records import erasure
from storage.records.people.member import Member
from tests.storage.people import NOW, enter


async def joined(store: Store, name: str) -> Member:
    async with store.transaction() as tx:
        return await enter(tx, name)


async def erase(store: Store, member: Member) -> None:
    async with store.transaction() as tx:
        await erasure.erase(tx, member, NOW)
