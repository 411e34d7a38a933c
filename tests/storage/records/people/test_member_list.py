"""The list of members: filtered by the engine, searched by name within one host."""

from storage.engine.transaction import Transaction
from storage.records.people import member_list, preferences, suspensions
from storage.records.people.member import Role
from storage.records.people.member_list import SEARCHED_AT_ONCE, StateFilter
from tests.storage.people import HOSTS, NOW, applicant, enter


async def test_by_state_and_host_in_pages(tx: Transaction) -> None:
    olena = await enter(tx, "Olena", role=Role.OWNER, host=HOSTS[1])
    salma, rania, yara = await enter(tx, "Salma"), await enter(tx, "Rania"), await enter(tx, "Yara")
    await applicant(tx, "Lina")
    await preferences.set_paused(tx, rania, True)
    await suspensions.suspend(tx, yara, olena, NOW)

    async def names(state: StateFilter, host_id: bytes | None) -> set[str | None]:
        found = await member_list.page(tx, state, host_id, offset=0, limit=50)
        assert await member_list.count(tx, state, host_id) == len(found)
        return {person.name for person in found}

    assert await names(StateFilter.ALL, None) == {"Olena", "Salma", "Rania", "Yara"}
    assert await names(StateFilter.ALL, salma.host_id) == {"Salma", "Rania", "Yara"}
    assert await names(StateFilter.ACTIVE, salma.host_id) == {"Salma"}
    assert await names(StateFilter.PAUSED, None) == {"Rania"}
    assert await names(StateFilter.SUSPENDED, salma.host_id) == {"Yara"}
    assert await names(StateFilter.SUSPENDED, olena.host_id) == set()
    assert await names(StateFilter.ALL, b"") == set()
    pages = [await member_list.page(tx, StateFilter.ALL, None, offset=first, limit=2) for first in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]


async def test_a_search_stays_within_the_host_and_goes_through_more_than_a_page(tx: Transaction) -> None:
    awa = await enter(tx, "Awa", host=HOSTS[1])
    for number in range(SEARCHED_AT_ONCE + 5):
        await enter(tx, f"Member {number}")
    salma = await enter(tx, "Salma")

    async def search(host_id: bytes | None, part: str, limit: int = 30) -> list[str | None]:
        found = await member_list.search(tx, host_id, lambda name: part in name, limit=limit)
        return [person.name for person in found]

    assert await search(None, "Salma") == await search(salma.host_id, "Salma") == ["Salma"]
    assert await search(awa.host_id, "Salma") == []
    assert await search(None, "Awa") == ["Awa"]
    assert len(await search(None, "Member")) == 30
    assert len(await search(None, "Member", limit=200)) == SEARCHED_AT_ONCE + 5
