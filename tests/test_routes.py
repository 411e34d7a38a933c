"""Roles: for every command and every button, each kind of person is let in or turned away, through the real program."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from bot.app import FEATURES
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import ButtonAction
from bot.demo import steps
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from bot.messaging import stranger_limits
from storage.records.people import applications, members
from storage.records.people.member import Member, MemberState, Role
from tests.support import sample_records
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import coordinator

# Required access -> the kinds of people who have it. Every route is tried with each kind.
KINDS = ("stranger", "applicant", "member", "suspended", "coordinator", "owner")
ALLOWED = {
    Access.ANYBODY: set(KINDS),
    Access.KNOWN: set(KINDS) - {"stranger"},
    Access.APPLICANT: {"applicant"},
    Access.MEMBER: {"member", "coordinator", "owner"},
    Access.COORDINATOR: {"coordinator", "owner"},
    Access.OWNER: {"owner"},
}
# The access that each command must require.
EXPECTED = {
    "start": Access.ANYBODY,
    "language": Access.ANYBODY,
    "help": Access.ANYBODY,
    "privacy": Access.ANYBODY,
    "cancel": Access.ANYBODY,
    "status": Access.APPLICANT,
    "withdraw": Access.APPLICANT,
    "topics": Access.MEMBER,
    "post": Access.MEMBER,
    "digest": Access.MEMBER,
    "settings": Access.MEMBER,
    "buddies": Access.MEMBER,
    "freeze": Access.MEMBER,
    "panic": Access.MEMBER,
    "pause": Access.MEMBER,
    "mydata": Access.KNOWN,
    "forget": Access.KNOWN,
    "topic": Access.COORDINATOR,
    "invite": Access.COORDINATOR,
    "applications": Access.COORDINATOR,
    "members": Access.COORDINATOR,
    "suspend": Access.COORDINATOR,
    "restore": Access.COORDINATOR,
    "remove": Access.COORDINATOR,
    "hide": Access.COORDINATOR,
    "announce": Access.COORDINATOR,
    "halt": Access.COORDINATOR,
    "notes": Access.COORDINATOR,
    "sealing": Access.COORDINATOR,
    "audit": Access.COORDINATOR,
    "outbox": Access.COORDINATOR,
    "lock": Access.COORDINATOR,
    "roles": Access.OWNER,
    "hosts": Access.OWNER,
}


@pytest.fixture(autouse=True)
def strangers_are_answered_as_often_as_they_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stranger_limits, "GREETINGS", 1000)
    monkeypatch.setattr(stranger_limits, "PRESSES", 1000)


def presses() -> Iterator[tuple[Route, ButtonAction]]:
    """Every button action with made-up fields: ids of nothing, the first member of an enumeration."""
    for route in FEATURES.routes.all:
        if isinstance(route.trigger, type):
            hints = {field.name: field.type for field in dataclasses.fields(route.trigger)}
            yield route, route.trigger(*(_made_up(kind) for kind in hints.values()))


def _made_up(kind: Any) -> Any:
    if kind is bytes:
        return bytes(16)
    return "en" if kind is str else 0 if kind is int else next(iter(kind))


def test_every_command_stands_behind_the_role_of_the_contract() -> None:
    found = {route.trigger.name: route.access for route in FEATURES.routes.all if isinstance(route.trigger, Command)}
    assert found == EXPECTED


def test_words_are_awaited_only_of_those_who_may_answer() -> None:
    found = {
        route.trigger.awaited_by: route.access for route in FEATURES.routes.all if isinstance(route.trigger, TypedText)
    }
    assert found["application"] is Access.APPLICANT
    assert found["topic-title"] is Access.COORDINATOR
    assert found["host-name"] is Access.OWNER
    assert set(found.values()) <= {Access.APPLICANT, Access.MEMBER, Access.COORDINATOR, Access.OWNER}


@pytest.fixture
async def everybody(cast: Cast) -> dict[str, Actor]:
    """One person of each kind."""
    stage = cast.stage
    applicant = await steps.enter(stage, await stage.person("Rania"), await steps.invite(cast.nour), "en")
    salma = await cast.salma()
    yara = await cast.member("Yara", "en", "Cairo")
    async with stage.halqa.store.transaction() as tx:
        member = await members.find(tx, yara.person.id)
        assert member is not None
        await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", member.id)
    await stage.halqa.tick()  # plans everybody's next digest, so that nothing changes by itself afterwards
    stranger = Actor(await stage.person("Stranger"), texts_in("en"))
    return {
        "stranger": stranger,
        "applicant": applicant,
        "member": salma,
        "suspended": yara,
        "coordinator": cast.nour,
        "owner": cast.olena,
    }


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_person_is_let_in_or_turned_away_for_every_command(
    cast: Cast, everybody: dict[str, Actor], kind: str
) -> None:
    actor = everybody[kind]
    menu = await actor.person.commands()
    for command, who in EXPECTED.items():
        await actor.says(f"/{command}")
        if kind in ALLOWED[who]:
            await answered(actor)
            await actor.person.never_sees(refusal(actor, "unknown-command"), during=0)
        else:
            await actor.sees("suspended" if kind == "suspended" else "unknown-command")
            # The menu of a suspended member changes with the next screen that sets it.
            assert kind == "suspended" or command not in menu


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_person_is_let_in_or_turned_away_for_every_button(
    cast: Cast, everybody: dict[str, Actor], kind: str
) -> None:
    """The press is forged, because no screen shows these buttons to people without access."""
    actor = everybody[kind]
    for route, press in presses():
        if kind in ALLOWED[route.access] or route.access is Access.ANYBODY:
            continue
        await actor.says("/help")
        await actor.sees_words("/help")
        before = await held(cast)
        await cast.stage.forge(actor.person, press.pack())
        await actor.sees("suspended" if kind == "suspended" else "expired")
        assert await held(cast) == before, press.code


async def answered(actor: Actor) -> None:
    await actor.person.sees("")


def refusal(actor: Actor, message: str) -> str:
    return actor.texts.plain(message)


async def held(cast: Cast) -> list[Any]:
    """All rows that a button press could change."""
    async with cast.stage.halqa.store.transaction() as tx:
        return [
            await tx.fetch(f"SELECT * FROM {table} ORDER BY 1")
            for table in (
                "members",
                "topics",
                "posts",
                "subscriptions",
                "digests",
                "invites",
                "hosts",
                "drafts",
                "announcements",
                "sealing_keys",
                "sealed_notes",
                "suspensions",
                "removal_requests",
                "renames",
            )
        ]


async def applicant_of(cast: Cast, name: str) -> Member:
    async with cast.stage.halqa.store.transaction() as tx:
        return next(person for person in await applications.waiting(tx) if person.name == name)


async def test_a_coordinator_of_another_host_gets_the_answer_of_somebody_who_is_not_there(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Cairo", reason="To listen.")
    theirs = await applicant_of(cast, "Rania Q")
    for code in ("applic", "askappr", "approve", "askdecl", "decline"):
        answers = set()
        for applicant in (theirs.id, bytes(16)):
            press = FEATURES.routes.unpack(f"{code}:{'A' * 22}")
            await cast.awa.says("/help")
            await cast.awa.sees_words("/help")
            await cast.stage.forge(cast.awa.person, dataclasses.replace(press, applicant=applicant).pack())  # type: ignore[call-arg]
            answers.add((await cast.awa.person.sees(refusal(cast.awa, "no-application"))).text)
        assert len(answers) == 1
    assert (await applicant_of(cast, "Rania Q")).state is MemberState.APPLICANT
    await cast.awa.says("/members")
    await cast.awa.sees("members", count=1)
    await cast.awa.person.never_sees("Nour", during=0.1)


async def test_a_role_that_was_lost_is_refused_at_its_next_use(cast: Cast) -> None:
    await cast.nour.says("/applications")
    await cast.nour.sees("applications", count=0)
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name=coordinator("Nour"), role="coordinator")
    await cast.olena.presses("button-make-member")
    await cast.olena.presses("button-role-yes", name="Nour")
    await cast.olena.sees("role-set", name="Nour", role="member")
    await cast.nour.says("/applications")
    await cast.nour.sees("unknown-command")
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
    assert nour is not None
    assert nour.role is Role.MEMBER


def test_the_menu_begins_with_what_members_come_for_and_ends_with_what_roles_add() -> None:
    """What people press without reading stands first, what erases them does not, and a role adds below."""
    member, owner = sample_records.member(), sample_records.member(role=Role.OWNER)
    assert FEATURES.commands(member)[:5] == ("start", "language", "topics", "post", "digest")
    assert FEATURES.commands(owner)[: len(FEATURES.commands(member))] == FEATURES.commands(member)
    assert FEATURES.commands(member).index("forget") > FEATURES.commands(member).index("settings")
