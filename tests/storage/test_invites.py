"""Invites: one person each, for 72 hours, and no code on the disk."""

import asyncio
import re
from datetime import timedelta

import pytest

from storage import invites
from storage.invites import Grants, Invite
from storage.store import Store, Transaction
from tests.storage.people import NOW, taken_back

NOUR, AWA = b"N" * 16, b"A" * 16
SECOND = timedelta(seconds=1)
END = NOW + timedelta(hours=72)


async def test_a_code_fits_into_a_start_parameter_and_no_two_are_alike(tx: Transaction) -> None:
    codes = {(await invites.create(tx, Grants.APPLICATION, NOUR, NOW))[1] for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", code) for code in codes)


async def test_an_invite_is_redeemed_once_and_says_what_it_grants(tx: Transaction) -> None:
    made, code = await invites.create(tx, Grants.OWNERSHIP, None, NOW)
    assert made == Invite(made.id, Grants.OWNERSHIP, None, END)
    assert await invites.is_open(tx, code, NOW)
    assert await invites.redeem(tx, code, NOW) == made
    assert await invites.redeem(tx, code, NOW) is None
    assert not await invites.is_open(tx, code, NOW)


async def test_of_two_who_use_a_code_at_once_one_gets_in(store: Store) -> None:
    async with store.transaction() as tx:
        _, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)

    async def use() -> Invite | None:
        async with store.transaction() as tx:
            return await invites.redeem(tx, code, NOW)

    assert sorted(invite is None for invite in await asyncio.gather(use(), use(), use())) == [False, True, True]


async def test_a_use_that_is_taken_back_leaves_the_code_open(store: Store) -> None:
    async with store.transaction() as tx:
        _, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    async with taken_back(store) as tx:
        assert await invites.redeem(tx, code, NOW)
    async with store.transaction() as tx:
        assert await invites.redeem(tx, code, NOW)


async def test_an_invite_ends_after_72_hours_to_the_second(tx: Transaction) -> None:
    _, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    assert not await invites.is_open(tx, code, END)
    assert await invites.redeem(tx, code, END) is None
    assert await invites.is_open(tx, code, END - SECOND)
    assert await invites.redeem(tx, code, END - SECOND) is not None


async def test_only_whoever_made_an_invite_revokes_it_and_only_while_it_is_open(tx: Transaction) -> None:
    made, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    assert not await invites.revoke(tx, made.id, AWA, NOW)
    assert not await invites.revoke(tx, bytes(16), NOUR, NOW)
    assert not await invites.revoke(tx, made.id, NOUR, END)
    assert await invites.is_open(tx, code, NOW)
    assert await invites.revoke(tx, made.id, NOUR, NOW)
    assert not await invites.revoke(tx, made.id, NOUR, NOW)
    assert await invites.redeem(tx, code, NOW) is None


async def test_a_used_invite_cannot_be_revoked(tx: Transaction) -> None:
    made, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    assert await invites.redeem(tx, code, NOW)
    assert not await invites.revoke(tx, made.id, NOUR, NOW)


async def test_a_new_owner_code_ends_the_older_ones_and_no_other_invite(tx: Transaction) -> None:
    _, owner = await invites.create(tx, Grants.OWNERSHIP, None, NOW)
    _, other = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    await invites.revoke_ownership(tx, NOW)
    assert not await invites.is_open(tx, owner, NOW)
    assert await invites.is_open(tx, other, NOW)


@pytest.mark.parametrize("code", ["", "x", "A" * 22, "A" * 5000, "'; DROP TABLE invites; --", "رمز"])
async def test_a_code_that_nobody_made_opens_nothing(tx: Transaction, code: str) -> None:
    await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    assert not await invites.is_open(tx, code, NOW)
    assert await invites.redeem(tx, code, NOW) is None


async def test_the_code_stands_in_no_column(tx: Transaction) -> None:
    _, code = await invites.create(tx, Grants.APPLICATION, NOUR, NOW)
    [row] = await tx.run("SELECT * FROM invites")
    assert code not in [str(value) for value in row]
    assert code.encode() not in b"".join(value for value in row if isinstance(value, bytes))
