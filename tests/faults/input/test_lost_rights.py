"""People who have lost their role or were suspended."""

from bot.demo import steps
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from storage.records.people import members
from storage.records.people.member import MemberState, Role
from tests.support.cast import HOSTS, Cast
from tests.support.stored_rows import stored_member


async def test_a_role_that_was_lost_since_confirms_nothing(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania", host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    await cast.nour.says("/applications")
    await cast.nour.presses_label("Rania")
    await cast.nour.presses("button-approve", name="Rania")
    await cast.nour.sees("ask-approve", name="Rania")
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        await members.set_role(tx, nour, Role.MEMBER)
    await cast.nour.presses("button-approve-yes", name="Rania")
    await cast.nour.sees("expired")
    her = await stored_member(cast.stage, rania)
    assert her is not None
    assert her.state is MemberState.APPLICANT
    await cast.nour.says("/applications")
    await cast.nour.sees("unknown-command")


async def test_an_invitation_of_somebody_who_may_no_longer_invite_is_closed(cast: Cast) -> None:
    code = await steps.invite(cast.nour)
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", nour.id)
    stranger = Actor(await cast.stage.person("Rania"), texts_in("en"))
    await stranger.says(f"/start {code}")
    await stranger.sees("bad-invite")


async def test_somebody_suspended_is_told_so_whatever_they_do(cast: Cast) -> None:
    salma = await cast.salma()
    async with cast.stage.halqa.store.transaction() as tx:
        her = await members.find(tx, salma.person.id)
        assert her is not None
        await tx.execute("UPDATE members SET state = ? WHERE id = ?", MemberState.SUSPENDED, her.id)
    await salma.says("/language")
    await salma.presses_label("English")
    await salma.sees("suspended")
    await salma.says("hello")
    await salma.sees("suspended")
