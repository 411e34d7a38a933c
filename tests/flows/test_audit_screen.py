"""What was done, as those who answer for it see it, and whether it can be believed."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

import bot
from bot.demo import steps
from bot.language.texts import LANGUAGES, texts_in
from storage.records import audit
from storage.records.people import members
from storage.records.people.members import MemberState, Role
from tests.cast import HOSTS, Cast

LATER = timedelta(hours=1, minutes=1)


async def shown(cast: Cast, actor: steps.Actor, pages: int = 1) -> str:
    """The first pages of the audit, as they are shown now."""
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
    """Olena belongs to a third host, and let both in."""
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
        await tx.execute("UPDATE audit SET actor_id = subject_id WHERE number = 4")
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


async def actions(cast: Cast) -> list[tuple[str, bytes | None, bytes | None]]:
    """Everything in the audit, the newest first."""
    async with cast.stage.halqa.store.transaction() as tx:
        return [(entry.action, entry.actor_id, entry.subject_id) for entry in await audit.last(tx, 1000)]


async def id_of(cast: Cast, actor: steps.Actor) -> bytes:
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, actor.person.id)
    assert member is not None
    return member.id


async def test_looking_at_others_is_an_entry(cast: Cast) -> None:
    salma = await cast.salma()
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Cairo", reason="To listen.")
    nour, olena = await id_of(cast, cast.nour), await id_of(cast, cast.olena)
    theirs, hers = await id_of(cast, rania), await id_of(cast, salma)

    await cast.nour.says("/members")
    await cast.nour.sees_words("Salma")
    assert (await actions(cast))[0] == ("members-listed", nour, None)
    await cast.nour.says("/applications")
    await cast.nour.sees("applications", count=1)
    assert (await actions(cast))[0] == ("applications-listed", nour, None)
    await cast.nour.presses_label("Rania Q")
    await cast.nour.sees_words("To listen.")
    assert (await actions(cast))[0] == ("application-read", nour, theirs)
    await cast.olena.says("/roles")
    await cast.olena.sees("roles")
    assert (await actions(cast))[0] == ("members-listed", olena, None)
    await cast.olena.presses("member-line", name="Salma", role="member")
    await cast.olena.sees("role-of", name="Salma", role="member")
    assert (await actions(cast))[0] == ("member-read", olena, hers)
    await cast.nour.says("/audit")
    await cast.nour.sees("audit")
    assert (await actions(cast))[0] == ("audit-read", nour, None)


async def test_her_own_affairs_are_no_viewing_of_others(cast: Cast) -> None:
    salma = await cast.salma()
    before = await actions(cast)
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await salma.says("/settings")
    await salma.sees_words("Your settings")
    assert await actions(cast) == before


async def test_every_way_out_is_an_entry_that_names_nobody(cast: Cast) -> None:
    """One withdraws, one is declined and reads so, one is declined and never does, one never answers."""
    people = []
    for name in ("Rania", "Hind", "Joud"):
        rania = await steps.enter(cast.stage, await cast.stage.person(name), await steps.invite(cast.nour), "en")
        await steps.answer(rania, name=name, host=HOSTS[0], city="Cairo", reason="To listen.")
        people.append(rania)
    await steps.enter(cast.stage, await cast.stage.person("Sara"), await steps.invite(cast.nour), "en")
    rania, hind, _ = people
    await rania.says("/withdraw")
    await rania.presses("button-withdraw-yes")
    await rania.sees("withdrawn")
    for name in ("Hind", "Joud"):
        await cast.nour.says("/applications")
        await cast.nour.presses_label(name)
        await cast.nour.presses("button-decline", name=name)
        await cast.nour.presses("button-decline-yes", name=name)
        await cast.nour.sees("application-declined", name=name)
    await hind.presses("button-open")
    await hind.sees("declined")
    await cast.stage.pass_time(timedelta(days=31))
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval(f"SELECT count(*) FROM members WHERE state <> '{MemberState.ACTIVE}'") == 0
    assert [entry for entry in await actions(cast) if entry[0] == "erased"] == [("erased", None, None)] * 4


def recorded() -> set[str]:
    """Every action that the program writes into the audit by a fixed word."""
    found = set()
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                action = node.args[1]
                found |= {str(action.value)} if isinstance(action, ast.Constant) else set()
    return found


def test_every_action_that_is_recorded_has_words_of_its_own_in_every_language() -> None:
    said = recorded() | {"approved", "declined", *(f"made-{role}" for role in Role)}
    assert {"invited", "erased", "posted", "audit-read", "member-read", "host-added"} <= said
    for language in LANGUAGES:
        words = {action: texts_in(language).plain(f"action-{action}") for action in said}
        assert len(set(words.values())) == len(words), language
