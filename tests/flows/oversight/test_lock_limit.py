"""`/lock` at most twice a day for each coordinator, so that nobody with one phone keeps a network closed."""

from datetime import timedelta

from storage.records import audit
from tests.flows.safety.safety_steps import row
from tests.support.cast import Cast


async def test_the_third_lock_of_a_day_is_refused_to_her_and_not_to_another(cast: Cast) -> None:
    stage = cast.stage
    object.__setattr__(stage.halqa.network, "lockable", True)
    nour, awa = await row(cast, cast.nour), await row(cast, cast.awa)
    async with stage.halqa.store.transaction() as tx:
        for hours in (23, 1):
            await audit.record(tx, "locked", nour.id, None, stage.clock.now() - timedelta(hours=hours))
        await audit.record(tx, "locked", awa.id, None, stage.clock.now() - timedelta(hours=25))
    await cast.nour.says("/lock")
    await cast.nour.sees("locked-too-often")
    await stage.forge(cast.nour.person, "lock")
    await cast.nour.sees("locked-too-often")
    await cast.awa.says("/lock")
    await cast.awa.sees("ask-lock")
    await stage.pass_time(timedelta(hours=2))
    await cast.nour.says("/lock")
    await cast.nour.sees("ask-lock")
