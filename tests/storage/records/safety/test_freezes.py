"""Frozen accounts: the state before, who wanted it, and what others see."""

from datetime import timedelta

from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.people import member_list, members, suspensions
from storage.records.people.member import MemberState, Role
from storage.records.people.member_list import StateFilter
from storage.records.safety import freezes
from storage.records.safety.freezes import Wants
from tests.storage.people import NOW, again, enter


async def test_an_account_is_frozen_once_and_thawed_into_a_pause(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    assert await freezes.freeze(tx, salma.id, NOW)
    assert not await freezes.freeze(tx, salma.id, NOW)
    frozen = await again(tx, salma)
    assert frozen.state is MemberState.FROZEN
    assert await members.is_frozen(tx, salma.id)
    assert (await freezes.as_seen(tx, frozen)).state is MemberState.ACTIVE
    assert await freezes.thaw(tx, salma.id)
    assert not await freezes.thaw(tx, salma.id)
    assert (await again(tx, salma)).state is MemberState.PAUSED
    assert await freezes.everything(tx) == []


async def test_lists_show_a_frozen_member_as_before_also_where_they_are_filtered(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    for was in ("active", "paused"):
        await tx.execute("UPDATE members SET state = ? WHERE id = ?", was, salma.id)
        before = [await member_list.page(tx, state, None, offset=0, limit=9) for state in StateFilter]
        assert await freezes.freeze(tx, salma.id, NOW)
        assert [await member_list.page(tx, state, None, offset=0, limit=9) for state in StateFilter] == before
        await freezes.thaw(tx, salma.id)


async def test_a_suspension_of_a_frozen_account_shows_and_comes_after_it(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour", role=Role.COORDINATOR)
    await freezes.freeze(tx, salma.id, NOW)
    seen = await freezes.as_seen(tx, await again(tx, salma))
    assert await suspensions.suspend(tx, seen, nour, NOW)
    assert (await again(tx, salma)).state is MemberState.FROZEN
    assert (await freezes.as_seen(tx, await again(tx, salma))).state is MemberState.SUSPENDED
    await freezes.thaw(tx, salma.id)
    assert (await again(tx, salma)).state is MemberState.SUSPENDED


async def test_a_frozen_account_is_owed_only_what_an_idle_one_gets(tx: Transaction) -> None:
    salma = await enter(tx, "Salma")
    await freezes.freeze(tx, salma.id, NOW)
    for kind in ("post", "digest", "announcement", "role", "resume", "close"):
        await outbox.put(tx, salma.id, kind, due=NOW, now=NOW)
    assert {kind for kind, _, _ in await outbox.of(tx, salma.id)} == {"resume", "close"}


async def test_a_wish_lasts_three_days_and_who_froze_it_is_known_as_long_as_it_is_frozen(tx: Transaction) -> None:
    salma, yara = await enter(tx, "Salma"), await enter(tx, "Yara")
    later = NOW + timedelta(hours=73)
    await freezes.vote(tx, salma.id, yara.id, Wants.FREEZE, NOW)
    assert await freezes.asked(tx, NOW) == [salma.id]
    assert await freezes.asked(tx, later) == []
    assert await freezes.votes(tx, salma.id, later) == []
    await freezes.freeze(tx, salma.id, NOW)
    await freezes.purge(tx, later)
    assert [vote.voter_id for vote in await freezes.votes(tx, salma.id, later)] == [yara.id]
    assert [vote.member_id for vote in await freezes.votes_by(tx, yara.id)] == [salma.id]
