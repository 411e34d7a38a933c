"""Routes: who may use one, and callback data that has exactly one spelling."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route, Routes, TypedText
from bot.conversation.screen import ButtonAction, RunCommand, Screen, UnknownAction
from bot.language.texts import Html
from storage.records.people.member import Member, MemberState, Role
from tests.support.sample_records import member

PEOPLE: dict[str, Member | None] = {
    "stranger": None,
    "applicant": member(state=MemberState.APPLICANT),
    "declined": member(state=MemberState.DECLINED),
    "suspended": member(state=MemberState.SUSPENDED),
    "paused": member(state=MemberState.PAUSED),
    "member": member(),
    "coordinator": member(role=Role.COORDINATOR),
    "suspended owner": member(role=Role.OWNER, state=MemberState.SUSPENDED),
    "owner": member(role=Role.OWNER),
}


@dataclass(frozen=True, slots=True)
class Mute(ButtonAction):
    code: ClassVar[str] = "mute"
    topic: bytes
    days: int


async def handle(request: Request) -> Screen:
    return Screen(Html("done"))


@pytest.mark.parametrize(
    ("access", "allowed"),
    [
        (Access.ANYBODY, set(PEOPLE)),
        (Access.KNOWN, set(PEOPLE) - {"stranger"}),
        (Access.APPLICANT, {"applicant"}),
        (Access.MEMBER, {"paused", "member", "coordinator", "owner"}),
        (Access.COORDINATOR, {"coordinator", "owner"}),
        (Access.OWNER, {"owner"}),
    ],
)
def test_an_access_level_allows_these_people_and_nobody_else(access: Access, allowed: set[str]) -> None:
    assert {name for name, person in PEOPLE.items() if access.allows(person)} == allowed


def test_a_route_that_somebody_may_not_use_is_like_one_that_does_not_exist() -> None:
    route = Route(Command("audit"), Access.COORDINATOR, handle)
    routes = Routes([route, Route(TypedText("note"), Access.MEMBER, handle)])
    assert routes.find(Command("audit"), member(role=Role.COORDINATOR)) is route
    assert routes.find(Command("audit"), member()) is None
    assert routes.find(Command("nonsense"), member()) is None
    assert routes.find(TypedText("note"), None) is None
    assert routes.commands(member()) == ()
    assert routes.commands(member(role=Role.OWNER)) == ("audit",)


@pytest.mark.parametrize("trigger", [Command("mute"), TypedText("mute"), Mute, RunCommand])
def test_two_routes_with_one_trigger_are_refused(trigger: Command | TypedText | type[ButtonAction]) -> None:
    once, twice = Route(trigger, Access.ANYBODY, handle), Route(trigger, Access.OWNER, handle)
    with pytest.raises(ValueError, match="same trigger"):
        Routes([once, twice])


def test_callback_data_comes_back_as_the_action_and_in_no_other_spelling() -> None:
    routes = Routes([Route(Mute, Access.MEMBER, handle)])
    data = Mute(b"T" * 16, 7).pack()
    assert routes.unpack(data) == Mute(b"T" * 16, 7)
    assert routes.unpack("run:help:0") == RunCommand("help")
    for other in (data[:-1] + "07", data + ":", data.replace("mute", "MUTE"), data.replace(":7", ": 7"), "close", ""):
        with pytest.raises(UnknownAction):
            routes.unpack(other)
