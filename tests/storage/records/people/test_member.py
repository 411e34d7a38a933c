"""A row becomes a member: what was written comes back, what was moved does not open, and nothing shows in a repr."""

import pytest

from storage.crypto.cipher import Unreadable
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import hosts
from storage.records.people import applications, members, preferences
from tests.storage.people import NOW, again, enter, taken_back


async def test_her_answers_come_back_as_she_gave_them_and_can_be_taken_back(tx: Transaction) -> None:
    salma = await applications.agree(tx, 7000000001, "en", invited_by=None, now=NOW)
    [host, _] = await hosts.everyone(tx)
    await members.set_name(tx, salma, "سلمى\u200c el-Khatib 🌿")
    await applications.set_reason(tx, salma, "")
    await members.set_host(tx, salma, host.id, independent=False)
    await preferences.set_zone(tx, salma, "Africa/Cairo")
    await preferences.set_language(tx, salma, "fr")
    await preferences.set_quiet_hours(tx, salma, 0, 1439)
    now = await again(tx, salma)
    assert (now.name, now.application.reason, now.host_id, now.independent) == (
        "سلمى\u200c el-Khatib 🌿",
        "",
        host.id,
        False,
    )
    assert (now.zone, now.language, now.preferences.quiet_from, now.preferences.quiet_until) == (
        "Africa/Cairo",
        "fr",
        0,
        1439,
    )
    await members.set_name(tx, salma, None)
    await members.set_host(tx, salma, None, independent=True)
    now = await again(tx, salma)
    assert (now.name, now.host_id, now.independent) == (None, None, True)


async def test_her_name_put_into_another_row_or_column_does_not_open(store: Store) -> None:
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    for move in (
        "UPDATE members SET name_encrypted = (SELECT name_encrypted FROM members WHERE id = ?) WHERE id = ?",
        "UPDATE members SET reason_encrypted = (SELECT name_encrypted FROM members WHERE id = ?1) "
        "WHERE id = ?1 OR id = ?2",
    ):
        async with taken_back(store) as tx:
            await tx.execute(move, salma.id, nour.id)
            with pytest.raises(Unreadable):
                await members.get(tx, nour.id)


@pytest.mark.parametrize(
    ("state", "is_in"),
    [("applicant", False), ("active", True), ("paused", True), ("suspended", False), ("declined", False)],
)
async def test_only_the_active_and_the_paused_are_in(tx: Transaction, state: str, is_in: bool) -> None:
    salma = await enter(tx, "Salma")
    await tx.execute("UPDATE members SET state = ? WHERE id = ?", state, salma.id)
    assert (await again(tx, salma)).is_in is is_in
    assert bool(await members.everyone(tx)) is is_in


async def test_a_member_does_not_show_who_she_is(tx: Transaction) -> None:
    salma = await enter(tx, "Salma el-Khatib")
    for shown in (repr(salma), str(salma), f"{[salma]}"):
        for secret in ("Salma", "Khatib", "reason.", str(salma.telegram_id), repr(salma.key_id)):
            assert secret not in shown
