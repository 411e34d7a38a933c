"""Members by role, host and state."""

from storage.engine.transaction import Transaction
from storage.records.people import members
from storage.records.people.member import Role
from tests.storage.people import HOSTS, again, enter


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


async def test_a_list_is_counted_and_cut_into_pages_by_the_engine(tx: Transaction) -> None:
    for name in ("Olena", "Nour", "Awa", "Salma", "Yara"):
        await enter(tx, name)
    everyone = await members.everyone(tx)
    assert await members.count(tx) == len(everyone)
    pages = [await members.everyone(tx, offset=first, limit=2) for first in range(0, len(everyone), 2)]
    assert [person for page in pages for person in page] == everyone
    assert len(pages) > 1
    assert await members.count(tx, b"") == 0
    assert await members.everyone(tx, b"") == []
