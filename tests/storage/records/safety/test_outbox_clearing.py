"""What is owed to one member ends at once."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.safety import outbox_clearing
from tests.storage.people import NOW, enter


async def test_new_messages_are_cancelled_and_open_screens_removed_of_one_member_only(tx: Transaction) -> None:
    salma, yara = await enter(tx, "Salma"), await enter(tx, "Yara")
    later = NOW + timedelta(hours=1)
    for each in (salma, yara):
        await outbox.put(tx, each.id, "post", due=later, now=NOW)
        await outbox.put(tx, each.id, "digest-close", message_id=7, due=later, now=NOW)
    before = await outbox.of(tx, yara.id)
    await outbox_clearing.cancel_waiting(tx, salma.id, NOW)
    await outbox_clearing.close_screens(tx, salma.id, NOW)
    found = {kind: (state, due) for kind, state, due in await outbox.of(tx, salma.id)}
    assert found["post"][0] == "cancelled"
    assert found["close"] == ("pending", NOW)
    assert "digest-close" not in found
    assert await outbox.of(tx, yara.id) == before
