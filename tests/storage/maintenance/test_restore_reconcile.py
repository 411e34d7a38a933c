"""What was pending in an older copy: it does not happen a second time, and what does no harm twice stays."""

from storage.engine.transaction import Transaction
from storage.maintenance import restore_reconcile
from storage.maintenance.restore_reconcile import Dropped
from storage.records import inbox, outbox
from storage.records.people import invites
from storage.records.people.invites import Grants
from tests.storage.people import NOW, enter, plan, telegram_id


async def states(tx: Transaction, table: str) -> list[str]:
    return sorted(row[0] for row in await tx.fetch(f"SELECT state FROM {table}"))


async def test_pending_updates_and_messages_are_dropped_and_counted(tx: Transaction) -> None:
    nour = await enter(tx, "Nour")
    await tx.execute("DELETE FROM outbox")
    await inbox.add(tx, 5, telegram_id("Nour"), {"text": "words"}, NOW)
    for kind in ("digest", "knock"):
        await outbox.put(tx, nour.id, kind, due=NOW, now=NOW)
    assert await restore_reconcile.settle(tx.query) == Dropped(updates=1, messages=2, invites=0)
    assert (await states(tx, "inbox"), await states(tx, "outbox")) == (["answered"], ["cancelled"] * 2)
    assert await tx.fetchval("SELECT count(*) FROM inbox WHERE payload_encrypted IS NOT NULL") == 0
    assert await restore_reconcile.settle(tx.query) == Dropped(0, 0, 0)


async def test_a_message_that_is_deleted_from_the_chat_stays(tx: Transaction) -> None:
    nour = await enter(tx, "Nour")
    await tx.execute("DELETE FROM outbox")
    await outbox.put(tx, nour.id, "digest", message_id=17, due=NOW, now=NOW)
    assert (await restore_reconcile.settle(tx.query)).messages == 0
    assert await states(tx, "outbox") == ["pending"]


async def test_open_invitations_are_over_and_digests_are_scheduled_again(tx: Transaction) -> None:
    nour = await enter(tx, "Nour")
    _, code = await invites.create(tx, Grants.APPLICATION, None, NOW)
    await plan(tx, nour, NOW)
    assert await invites.is_open(tx, code, NOW)
    assert (await restore_reconcile.settle(tx.query)).invites == 1
    assert not await invites.is_open(tx, code, NOW)
    assert await tx.fetchval("SELECT count(*) FROM members WHERE digest_due_at IS NOT NULL") == 0
