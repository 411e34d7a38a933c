"""The audit as coordinators and owners see it, and the check of its chain."""

import re
from datetime import timedelta

import pytest

from bot.demo import steps
from storage.records import audit
from tests.support.cast import HOSTS, Cast

LATER = timedelta(hours=1, minutes=1)


async def shown(cast: Cast, actor: steps.Actor, pages: int = 1) -> str:
    """The text of the first pages of the audit."""
    await actor.says("/audit")
    seen = await actor.sees("audit")
    for _ in range(pages - 1):
        await actor.presses("button-next-page")
        await cast.stage.settle()
        seen += "\n" + (await actor.person.last()).text
    return without_marks(seen)


def without_marks(text: str) -> str:
    return text.translate(dict.fromkeys((0x2068, 0x2069, 0x200F)))


def lines(page: str) -> list[str]:
    return [line for line in page.splitlines() if re.match(r"[\d٠-٩]+ ·", line)]


def line_with(page: str, actor: steps.Actor, action: str) -> str:
    """The newest line about this action."""
    what = without_marks(actor.texts.plain(f"action-{action}"))
    return next(line for line in lines(page) if what in line)


async def test_a_coordinator_sees_who_did_what_to_whom_at_her_host_the_newest_first(cast: Cast) -> None:
    await cast.salma()
    await cast.nour.says("/applications")
    await cast.nour.sees("applications", count=0)
    page = await shown(cast, cast.nour)
    line = line_with(page, cast.nour, "approved")
    assert "Nour" in line
    assert "Salma" in line
    numbers = [int(re.sub(r"\D", "", line.split(" ·")[0])) for line in lines(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert "Awa" not in page


async def test_she_sees_nothing_of_another_host_not_even_a_name(cast: Cast) -> None:
    """Olena, of a third host, has approved both coordinators."""
    await cast.salma()
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name="Salma", role="member")
    await cast.olena.sees("role-of", name="Salma", role="member")
    page = await shown(cast, cast.awa)
    assert "Awa" in page
    for name in ("Salma", "Nour"):
        assert name not in page


async def test_a_coordinator_of_the_owners_host_learns_nothing_of_whom_the_owner_let_in_elsewhere(cast: Cast) -> None:
    lina = await steps.join(
        cast.stage,
        await cast.stage.person("Lina"),
        "en",
        invited_by=cast.olena,
        approved_by=cast.olena,
        name="Lina",
        host=HOSTS[1],
        city="Kyiv",
        reason="I coordinate my host.",
    )
    await steps.appoint(cast.olena, "Lina", "coordinator")
    await lina.presses("button-open")
    page = await shown(cast, lina, pages=2)
    assert "Olena" in page
    assert "Lina" in page
    for name in ("Nour", "Awa"):
        assert name not in page
    assert lina.texts.plain("audit-left-or-outside") in page


async def test_an_owner_sees_all_page_by_page(cast: Cast) -> None:
    await cast.salma()
    seen = await shown(cast, cast.olena, pages=3)
    for name in ("Salma", "Nour", "Awa", "Olena"):
        assert name in seen
    found = [line.split(" ·")[0] for line in lines(seen)]
    assert len(found) == len(set(found)) > 20


async def test_whoever_left_is_nobody_any_more(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    page = await shown(cast, cast.olena)
    assert "Salma" not in page
    assert cast.olena.texts.plain("audit-left") in line_with(page, cast.olena, "erased")
    assert cast.olena.texts.plain("audit-left") in line_with(page, cast.olena, "approved")


async def test_somebody_who_has_not_asked_to_join_yet_is_not_named(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.sees("ask-name")
    await rania.says("Rania Quteish")
    await rania.sees("ask-host")
    await rania.presses_label(HOSTS[0])
    await rania.sees("ask-zone")
    page = await shown(cast, cast.nour)
    assert "Rania" not in page


async def test_what_members_say_and_when_is_not_in_it(cast: Cast) -> None:
    await steps.open_topic(cast.nour, "Detention", "")
    salma = await cast.salma()
    await steps.post(salma, "Detention", "a sentence of hers")
    page = await shown(cast, cast.olena)
    assert line_with(page, cast.olena, "topic-opened")
    assert "posted" not in page
    assert cast.olena.texts.plain("action-posted") not in page


async def test_it_leaves_the_chat_by_itself(cast: Cast) -> None:
    await cast.salma()
    assert "Salma" in await shown(cast, cast.nour)
    await cast.stage.settle()
    await cast.stage.pass_time(LATER)
    await cast.nour.loses("Salma")


@pytest.mark.parametrize("words", ["verify", "Verify", "vérifier", "تحقق"])
async def test_the_check_can_be_typed_in_every_language(cast: Cast, words: str) -> None:
    await cast.nour.says(f"/audit {words}")
    await cast.nour.sees("audit-holds")


async def test_the_check_finds_what_was_done_behind_the_programs_back(cast: Cast) -> None:
    await cast.awa.says("/audit")
    await cast.awa.presses("button-verify-audit")
    await cast.awa.sees("audit-holds")
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE audit SET actor_tag = subject_tag WHERE number = 4")
    for _ in range(2):
        await cast.awa.says("/audit")
        await cast.awa.presses("button-verify-audit")
        await cast.awa.sees("audit-broken", number=4)
        await cast.stage.restart()


async def test_the_chain_holds_over_a_whole_life_and_a_restart(cast: Cast) -> None:
    salma = await cast.salma()
    await cast.stage.restart()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await cast.stage.restart()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await audit.verify(tx) is None
