"""Buddies: a link for one person, at most two, and nobody is rid of at once."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import erasure
from storage.records.safety import buddies
from tests.storage.people import NOW, enter


async def test_a_code_is_stored_as_a_hash_and_works_once_for_somebody_else(tx: Transaction) -> None:
    salma, yara, rania = await enter(tx, "Salma"), await enter(tx, "Yara"), await enter(tx, "Rania")
    code = await buddies.invite(tx, salma.id, NOW)
    assert code is not None
    [[stored]] = await tx.fetch("SELECT code_index FROM buddies")
    assert code.encode() not in stored
    assert await buddies.find(tx, code, NOW) == salma.id
    assert await buddies.agree(tx, code, salma.id, NOW) is None
    assert await buddies.agree(tx, code, yara.id, NOW) == salma.id
    assert await buddies.agree(tx, code, rania.id, NOW) is None
    assert await buddies.counting(tx, salma.id, NOW) == [yara.id]


async def test_a_link_ends_after_three_days_and_frees_its_place(tx: Transaction) -> None:
    salma, yara = await enter(tx, "Salma"), await enter(tx, "Yara")
    codes = [await buddies.invite(tx, salma.id, NOW) for _ in range(3)]
    assert [code is None for code in codes] == [False, False, True]
    later = NOW + timedelta(hours=72)
    assert codes[0] is not None
    assert await buddies.agree(tx, codes[0], yara.id, later) is None
    await buddies.purge(tx, later)
    assert await buddies.invite(tx, salma.id, later) is not None


async def test_one_who_is_taken_out_counts_for_three_days_and_can_be_kept(tx: Transaction) -> None:
    salma, yara = await enter(tx, "Salma"), await enter(tx, "Yara")
    code = await buddies.invite(tx, salma.id, NOW)
    assert code is not None
    await buddies.agree(tx, code, yara.id, NOW)
    [place] = await buddies.of(tx, salma.id, NOW)
    assert await buddies.take_out(tx, place.id, yara.id, NOW) is None  # it is not hers
    taken = await buddies.take_out(tx, place.id, salma.id, NOW)
    assert taken is not None
    assert await buddies.counting(tx, salma.id, NOW + timedelta(hours=71)) == [yara.id]
    assert await buddies.counting(tx, salma.id, NOW + timedelta(hours=72)) == []
    await buddies.keep(tx, place.id, salma.id, NOW + timedelta(hours=71))
    assert await buddies.counting(tx, salma.id, NOW + timedelta(hours=73)) == [yara.id]


async def test_one_who_left_or_is_frozen_does_not_count(tx: Transaction) -> None:
    salma, yara, rania = await enter(tx, "Salma"), await enter(tx, "Yara"), await enter(tx, "Rania")
    for each in (yara, rania):
        code = await buddies.invite(tx, salma.id, NOW)
        assert code is not None
        await buddies.agree(tx, code, each.id, NOW)
    await tx.execute("UPDATE members SET state = 'frozen' WHERE id = ?", yara.id)
    assert await buddies.counting(tx, salma.id, NOW) == [rania.id]
    await erasure.erase(tx, rania, NOW)
    assert await buddies.counting(tx, salma.id, NOW) == []
