"""What a member prefers: a pause begins once and ends once."""

from storage.engine.transaction import Transaction
from storage.records.people import preferences
from storage.records.people.member import MemberState
from tests.storage.people import again, applicant, enter


async def test_a_pause_begins_once_and_ends_once(tx: Transaction) -> None:
    salma, rania = await enter(tx, "Salma"), await applicant(tx, "Rania")
    assert not await preferences.set_paused(tx, salma, False)
    assert await preferences.set_paused(tx, salma, True)
    assert not await preferences.set_paused(tx, salma, True)
    assert (await again(tx, salma)).state is MemberState.PAUSED
    assert await preferences.set_paused(tx, salma, False)
    assert not await preferences.set_paused(tx, rania, True)
    assert (await again(tx, rania)).state is MemberState.APPLICANT
