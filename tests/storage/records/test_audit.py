"""The audit: in order, by person, without words."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import audit
from storage.records.audit import Entry
from tests.storage.people import NOW

NOUR, SALMA, RANIA = b"N" * 16, b"S" * 16, b"R" * 16


async def test_everybody_finds_what_they_did_and_what_was_done_to_them_oldest_first(tx: Transaction) -> None:
    await audit.record(tx, "invited", NOUR, None, NOW)
    await audit.record(tx, "approved", NOUR, SALMA, NOW)
    await audit.record(tx, "declined", NOUR, RANIA, NOW - timedelta(days=1))
    await audit.record(tx, "posted", SALMA, SALMA, NOW)
    hers = await audit.about(tx, SALMA)
    assert hers == [Entry(2, NOW, "approved", NOUR, SALMA), Entry(4, NOW, "posted", SALMA, SALMA)]
    assert [entry.action for entry in await audit.about(tx, NOUR)] == ["invited", "approved", "declined"]
    assert await audit.about(tx, bytes(16)) == []


async def test_an_entry_without_a_person_is_nobodys(tx: Transaction) -> None:
    await audit.record(tx, "erased", None, None, NOW)
    assert await audit.about(tx, SALMA) == []
    assert await tx.fetchval("SELECT count(*) FROM audit") == 1
