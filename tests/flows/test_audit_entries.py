"""What is written into the audit: who did what to whom, and never words or names."""

import ast
from datetime import timedelta
from pathlib import Path

import bot
from bot.demo import steps
from bot.language.texts import LANGUAGES, texts_in
from storage.records import audit
from storage.records.people import members
from storage.records.people.member import MemberState, Role
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import listed


async def actions(cast: Cast) -> list[tuple[str, bytes | None, bytes | None]]:
    """All entries of the audit, the newest first: action, actor, subject."""
    async with cast.stage.halqa.store.transaction() as tx:
        entries = await audit.last(tx, 1000)
        who = await audit.people_in(tx, entries)
        return [(entry.action, who.get(entry.actor_tag or b""), who.get(entry.subject_tag or b"")) for entry in entries]


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

    assert any("Salma" in label for label in await listed(cast.nour))
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


async def test_viewing_her_own_data_is_no_entry(cast: Cast) -> None:
    salma = await cast.salma()
    before = await actions(cast)
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await salma.says("/settings")
    await salma.sees_words("Your settings")
    assert await actions(cast) == before


async def test_every_way_out_is_an_entry_that_names_nobody(cast: Cast) -> None:
    """One applicant withdraws, one is declined and reads it, one is declined and never reads it, one never answers."""
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
    """Every action that the code passes to `audit.record` as a constant."""
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
