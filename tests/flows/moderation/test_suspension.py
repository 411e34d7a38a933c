"""A member is suspended and restored: what they see, what they get, who is told, who may."""

from datetime import timedelta

import pytest

from bot.conversation.people import OpenMember
from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.coordination.member_list import ListMembers
from bot.features.moderation.buttons import AskRestore, AskSuspend, Restore, Suspend
from storage.records.people.member import MemberState
from storage.records.people.member_list import StateFilter
from tests.support import announcement_steps
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import coordinator, labels, listed, open_entry, plain, suspend
from tests.support.stored_rows import stored_member

TOPIC = "Detention and protection"


async def state(cast: Cast, actor: Actor) -> MemberState:
    found = await stored_member(cast.stage, actor)
    assert found is not None
    return found.state


async def test_whoever_is_suspended_sees_one_sentence_sends_nothing_and_receives_nothing(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, "Before it.")
    await salma.presses("button-open")
    await salma.sees_words("Before it.")
    await suspend(cast.nour, "Salma")
    await cast.stage.settle()
    await salma.loses("Before it.")
    seen = len(await salma.person.chat())
    await steps.post(cast.nour, TOPIC, "After it.")
    await cast.stage.pass_time(timedelta(days=1))
    await cast.stage.settle()
    assert len(await salma.person.chat()) == seen
    for typed in ("/topics", f"/post {TOPIC}", "/settings", "hello", "/nonsense", "/members"):
        await salma.says(typed)
        await salma.sees("suspended")
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    data = (await salma.person.download((await salma.person.last()).document["file_id"])).decode()  # type: ignore[index]
    assert "Suspended since" in data
    assert salma.texts.plain("action-suspended") in data


async def test_an_owner_is_told_and_restores_and_everything_is_as_before(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await suspend(cast.nour, "Salma")
    await cast.olena.presses("button-open")
    await cast.olena.sees_words("Suspended", plain(coordinator("Nour")))
    await cast.olena.presses("button-restore-member")
    await cast.olena.sees("ask-restore", name="Salma")
    await cast.olena.presses("button-restore-yes", name="Salma")
    await cast.olena.sees("restored-now", name="Salma")
    assert await state(cast, salma) is MemberState.PAUSED
    await salma.says("/topics")
    await salma.sees("no-topics")


async def test_a_restored_member_is_told(cast: Cast) -> None:
    salma = await cast.salma()
    await suspend(cast.nour, "Salma")
    await cast.nour.says("/restore salma")
    await cast.nour.presses("button-restore-yes", name="Salma")
    await salma.presses("button-open")
    await salma.sees("home", network=cast.stage.halqa.network.name)


async def test_by_buttons_from_the_list_of_members(cast: Cast) -> None:
    salma = await cast.salma()
    await open_entry(cast.nour, "Salma")
    await cast.nour.presses("button-suspend-member")
    await cast.nour.sees("ask-suspend", name="Salma")
    await cast.nour.presses("button-suspend-yes", name="Salma")
    await cast.nour.sees("suspended-now", name="Salma")
    assert await state(cast, salma) is MemberState.SUSPENDED
    assert any("Salma" in label for label in await listed(cast.nour, "suspended"))
    assert not any("Salma" in label for label in await listed(cast.nour, "active"))


async def test_of_two_of_one_name_the_coordinator_chooses(cast: Cast) -> None:
    """The second one has a Cyrillic a."""
    await cast.salma()
    await cast.member("S\u0430lma", "en", "Cairo")
    await cast.nour.says("/suspend Salma")
    await cast.nour.sees("which-member")
    assert len([label for label in await labels(cast.nour) if "lma" in label]) == 2


async def test_a_coordinator_of_another_host_finds_nobody_by_any_way(cast: Cast) -> None:
    """Measure: of the forged presses and the typed names each gets the answer of somebody who is not there."""
    salma = await cast.salma()
    hers = await stored_member(cast.stage, salma)
    olenas = await stored_member(cast.stage, cast.olena)
    assert hers is not None
    assert olenas is not None
    for action in (AskSuspend, Suspend, AskRestore, Restore):
        answers = set()
        for member in (hers.id, olenas.id, bytes(16)):
            await cast.awa.says("/help")
            await cast.awa.sees_words("/help")
            await cast.stage.forge(cast.awa.person, action(member).pack())
            answers.add(await cast.awa.sees("nobody-to-stop"))
        assert len(answers) == 1
    for typed in ("/suspend Salma", "/suspend Olena", "/suspend Nobody", "/restore Salma", "/remove Salma"):
        await cast.awa.says(typed)
        await cast.awa.sees("nobody-to-stop")
    assert await state(cast, salma) is MemberState.ACTIVE


async def test_a_coordinator_cannot_suspend_an_owner_of_her_own_host_and_nobody_themselves(cast: Cast) -> None:
    lina = await cast.member("Lina", "en", "Cairo")
    await steps.appoint(cast.olena, "Lina", "owner")
    for typed in ("/suspend Lina", "/suspend Nour"):
        await cast.nour.says(typed)
        await cast.nour.sees("nobody-to-stop")
    assert await state(cast, lina) is MemberState.ACTIVE


async def test_the_last_owner_stays(cast: Cast) -> None:
    """Two owners press at the same moment: one of them is left."""
    lina = await cast.member("Lina", "en", "Cairo")
    await steps.appoint(cast.olena, "Lina", "owner")
    await lina.presses("button-open")
    for actor, name in ((cast.olena, "Lina"), (lina, "Olena")):
        await actor.says(f"/suspend {name}")
        await actor.sees("ask-suspend", name=coordinator(name))
    await cast.olena.presses("button-suspend-yes", name=coordinator("Lina"))
    await cast.olena.sees_words("Lina")
    await lina.presses("button-suspend-yes", name=coordinator("Olena"))
    await lina.sees("suspended")
    assert await state(cast, cast.olena) is MemberState.ACTIVE
    await cast.olena.says("/suspend Olena")
    await cast.olena.sees("nobody-to-stop")


async def test_a_suspended_coordinator_has_no_use_of_an_old_button(cast: Cast) -> None:
    """She kept a screen that asks for a confirmation; and a colleague cannot undo what an owner decided."""
    salma = await cast.salma()
    lina = await cast.member("Lina", "en", "Cairo")
    await steps.appoint(cast.olena, "Lina", "coordinator")
    await cast.nour.says("/suspend Salma")
    await cast.nour.sees("ask-suspend", name="Salma")
    hers = await stored_member(cast.stage, salma)
    assert hers is not None
    await suspend(cast.olena, coordinator("Nour"))
    await cast.stage.forge(cast.nour.person, Suspend(hers.id).pack())
    await cast.nour.sees("suspended")
    assert await state(cast, salma) is MemberState.ACTIVE
    await lina.says("/restore Nour")
    await lina.presses("button-restore-yes", name="Nour")
    await lina.sees("restored-by-owners")
    assert await state(cast, cast.nour) is MemberState.SUSPENDED


async def test_an_announcement_of_somebody_suspended_is_halted(cast: Cast) -> None:
    salma = await cast.salma()
    await announcement_steps.write_and_approve(cast)
    await suspend(cast.olena, coordinator("Nour"))
    await announcement_steps.pass_delay(cast)
    assert (await announcement_steps.only_announcement(cast.stage)).state == "halted"
    assert await announcement_steps.knocks(salma) == 0


@pytest.mark.parametrize("typed", ["salma", HOSTS[0], "nobody"])
async def test_an_owner_finds_members_by_name_and_by_host(cast: Cast, typed: str) -> None:
    await cast.salma()
    found = " ".join(await listed(cast.olena, typed))
    assert ("Salma" in found) is (typed != "nobody")
    assert ("Nour" in found) is (typed == HOSTS[0])
    assert "Awa" not in found


async def test_a_coordinator_searches_by_buttons_in_her_own_host_alone(cast: Cast) -> None:
    await cast.salma()
    for actor, seen in ((cast.nour, True), (cast.awa, False)):
        await actor.says("/members")
        await actor.presses("button-search-members")
        await actor.sees("ask-member-search")
        await actor.says("sal")
        await actor.sees("members-found", count=int(seen))
        assert any("Salma" in label for label in await labels(actor)) is seen


async def test_a_forged_filter_or_entry_shows_nobody_of_another_host(cast: Cast) -> None:
    """Measure: names found of the other host, 0; and the answers for its member and for nobody are one."""
    salma = await cast.salma()
    hers = await stored_member(cast.stage, salma)
    assert hers is not None
    assert hers.host_id is not None
    await cast.stage.forge(cast.awa.person, ListMembers(StateFilter.ALL, hers.host_id, 0).pack())
    await cast.awa.sees("members", count=1)
    assert not any("Salma" in label for label in await labels(cast.awa))
    answers = set()
    for member in (hers.id, bytes(16)):
        await cast.awa.says("/help")
        await cast.awa.sees_words("/help")
        await cast.stage.forge(cast.awa.person, OpenMember(member).pack())
        answers.add(await cast.awa.sees("no-member"))
    assert len(answers) == 1
