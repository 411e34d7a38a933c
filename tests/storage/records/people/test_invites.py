"""Invites: one person each, for 72 hours, and no code on the disk."""

import asyncio
import re
from datetime import timedelta

import pytest

from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records.people import invites, members
from storage.records.people.invites import Grants, Invite
from storage.records.people.member import Member, Role
from tests.storage.people import NOW, again, enter, taken_back

SECOND = timedelta(seconds=1)
END = NOW + timedelta(hours=72)


@pytest.fixture
async def nour(store: Store) -> Member:
    async with store.transaction() as tx:
        return await enter(tx, "Nour", role=Role.COORDINATOR)


async def create(tx: Transaction, nour: Member) -> tuple[Invite, str]:
    return await invites.create(tx, Grants.APPLICATION, nour.id, NOW)


async def test_a_code_fits_into_a_start_parameter_and_no_two_are_alike(nour: Member, tx: Transaction) -> None:
    codes = {(await create(tx, nour))[1] for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", code) for code in codes)


async def test_an_invite_is_redeemed_once_and_says_what_it_grants(tx: Transaction) -> None:
    made, code = await invites.create(tx, Grants.OWNERSHIP, None, NOW)
    assert made == Invite(made.id, Grants.OWNERSHIP, None, END)
    assert await invites.is_open(tx, code, NOW)
    assert await invites.redeem(tx, code, NOW) == made
    assert await invites.redeem(tx, code, NOW) is None
    assert not await invites.is_open(tx, code, NOW)


async def test_of_two_who_use_a_code_at_once_one_gets_in(nour: Member, store: Store) -> None:
    async with store.transaction() as tx:
        _, code = await create(tx, nour)

    async def use() -> Invite | None:
        async with store.transaction() as tx:
            return await invites.redeem(tx, code, NOW)

    assert sorted(invite is None for invite in await asyncio.gather(use(), use(), use())) == [False, True, True]


async def test_a_use_that_is_taken_back_leaves_the_code_open(nour: Member, store: Store) -> None:
    async with store.transaction() as tx:
        _, code = await create(tx, nour)
    async with taken_back(store) as tx:
        assert await invites.redeem(tx, code, NOW)
    async with store.transaction() as tx:
        assert await invites.redeem(tx, code, NOW)


async def test_an_invite_ends_after_72_hours_to_the_second(nour: Member, tx: Transaction) -> None:
    _, code = await create(tx, nour)
    assert not await invites.is_open(tx, code, END)
    assert await invites.redeem(tx, code, END) is None
    assert await invites.is_open(tx, code, END - SECOND)
    assert await invites.redeem(tx, code, END - SECOND) is not None


async def test_only_whoever_made_an_invite_revokes_it_and_only_while_it_is_open(nour: Member, tx: Transaction) -> None:
    made, code = await create(tx, nour)
    awa = await enter(tx, "Awa", role=Role.COORDINATOR)
    assert not await invites.revoke(tx, made.id, awa.id, NOW)
    assert not await invites.revoke(tx, bytes(16), nour.id, NOW)
    assert not await invites.revoke(tx, made.id, nour.id, END)
    assert await invites.is_open(tx, code, NOW)
    assert await invites.revoke(tx, made.id, nour.id, NOW)
    assert not await invites.revoke(tx, made.id, nour.id, NOW)
    assert await invites.redeem(tx, code, NOW) is None


async def test_a_used_invite_cannot_be_revoked(nour: Member, tx: Transaction) -> None:
    made, code = await create(tx, nour)
    assert await invites.redeem(tx, code, NOW)
    assert not await invites.revoke(tx, made.id, nour.id, NOW)


async def test_a_new_owner_code_ends_the_older_ones_and_no_other_invite(nour: Member, tx: Transaction) -> None:
    _, owner = await invites.create(tx, Grants.OWNERSHIP, None, NOW)
    _, other = await create(tx, nour)
    await invites.revoke_ownership(tx, NOW)
    assert not await invites.is_open(tx, owner, NOW)
    assert await invites.is_open(tx, other, NOW)


@pytest.mark.parametrize("code", ["", "x", "A" * 22, "A" * 5000, "'; DROP TABLE invites; --", "رمز"])
async def test_a_code_that_nobody_made_opens_nothing(nour: Member, tx: Transaction, code: str) -> None:
    await create(tx, nour)
    assert not await invites.is_open(tx, code, NOW)
    assert await invites.redeem(tx, code, NOW) is None


async def test_the_code_stands_in_no_column(nour: Member, tx: Transaction) -> None:
    _, code = await create(tx, nour)
    [row] = await tx.fetch("SELECT * FROM invites")
    assert code not in [str(value) for value in row]
    assert code.encode() not in b"".join(value for value in row if isinstance(value, bytes))


@pytest.mark.parametrize("state", ["suspended", "declined", "applicant"])
async def test_an_invite_counts_only_while_whoever_made_it_is_in(nour: Member, tx: Transaction, state: str) -> None:
    _, code = await create(tx, nour)
    await tx.execute("UPDATE members SET state = ? WHERE id = ?", state, nour.id)
    assert not await invites.is_open(tx, code, NOW)
    assert await invites.redeem(tx, code, NOW) is None
    await tx.execute("UPDATE members SET state = 'paused' WHERE id = ?", nour.id)
    assert await invites.redeem(tx, code, NOW) is not None


async def test_an_invite_counts_only_while_whoever_made_it_may_invite(nour: Member, tx: Transaction) -> None:
    _, code = await create(tx, nour)
    assert await members.set_role(tx, nour, Role.MEMBER)
    assert await invites.redeem(tx, code, NOW) is None
    assert await members.set_role(tx, await again(tx, nour), Role.COORDINATOR)
    assert await invites.redeem(tx, code, NOW) is not None
