"""The operator wants to become owner unseen: they have a shell on the machine, `halqa owner-code`, and patience.

The measure: in how many of the ways tried they own the network before every owner could have revoked the code: 0.
"""

from datetime import timedelta

from bot.demo import steps
from bot.operations import provision
from bot.operations.provision import OwnerCode
from storage.records.people.member import Role
from tests.flows.safety.safety_steps import row
from tests.support.cast import Cast

HOUR = timedelta(hours=1)


async def make(cast: Cast) -> OwnerCode:
    """While the bot is stopped, as the command requires."""
    stage = cast.stage
    await stage.stop()
    made = await provision.new_owner_code(stage.settings, stage.master(), stage.clock.now())
    await stage.start()
    await stage.halqa.tick()
    stage.halqa.outbox_worker.kick()
    await stage.settle()
    return made


async def tries(cast: Cast, code: str) -> bool:
    """Whether Awa, who got the code from the operator, becomes an owner by it."""
    await cast.awa.says(f"/start {code}")
    await cast.stage.settle()
    return (await row(cast, cast.awa)).role is Role.OWNER


async def test_where_there_is_an_owner_the_code_waits_and_she_is_told_at_once(cast: Cast) -> None:
    made = await make(cast)
    assert made.not_before is not None
    assert (await cast.olena.person.last()).text == cast.olena.texts.plain("knock")
    assert not await tries(cast, made.code)
    await cast.stage.pass_time(71 * HOUR)
    assert not await tries(cast, made.code)
    await cast.stage.pass_time(2 * HOUR)
    assert await tries(cast, made.code)
    await cast.stage.settle()
    await cast.olena.presses("button-open")
    await cast.olena.sees_words("owner")


async def test_any_owner_revokes_it_and_it_never_works(cast: Cast) -> None:
    made = await make(cast)
    await cast.olena.presses("button-open")
    await cast.olena.sees_words("made an owner code")
    await cast.olena.presses("button-revoke-owner-code")
    await cast.olena.sees("owner-code-revoked")
    await cast.stage.pass_time(73 * HOUR)
    assert not await tries(cast, made.code)


async def test_stopping_the_bot_for_the_time_does_not_let_it_pass_unseen(cast: Cast) -> None:
    """The bot is stopped for five days after the code was made; the hours begin when the owner is told."""
    stage = cast.stage
    await stage.stop()
    made = await provision.new_owner_code(stage.settings, stage.master(), stage.clock.now())
    stage.clock.move(120 * HOUR)
    await stage.start()
    await stage.halqa.tick()
    assert not await tries(cast, made.code)
    await stage.settle()
    await stage.pass_time(71 * HOUR)
    assert not await tries(cast, made.code)
    await stage.pass_time(2 * HOUR)
    assert await tries(cast, made.code)


async def test_a_frozen_owner_is_an_owner_all_the_same(cast: Cast) -> None:
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE members SET state = 'suspended' WHERE role = 'owner'")
    assert (await make(cast)).not_before is not None


async def test_where_nobody_owns_the_network_it_works_at_once(cast: Cast) -> None:
    await steps.appoint(cast.olena, "Nour", "owner")
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE members SET role = 'member' WHERE role = 'owner'")
    made = await make(cast)
    assert made.not_before is None
    assert await tries(cast, made.code)
