"""Which handler answers what, and to whom it answers at all: a route without a role cannot be written.

A command that somebody may not use is answered exactly like one that does not exist.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from bot.conversation.request import Request
from bot.conversation.screen import NotOurs, Press, Run, Screen
from storage.records.people.members import Member, Role, State

Handle = Callable[[Request], Awaitable[Screen]]


class Who(Enum):
    """The least that somebody has to be."""

    ANYBODY = "anybody"
    KNOWN = "known"  # something is held about them: they may see and erase it, whatever their state
    APPLICANT = "applicant"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    OWNER = "owner"

    def allows(self, member: Member | None) -> bool:
        if self is Who.ANYBODY:
            return True
        if member is None:
            return False
        match self:
            case Who.KNOWN:
                return True
            case Who.APPLICANT:
                return member.state is State.APPLICANT
            case Who.MEMBER:
                return member.is_in
            case Who.COORDINATOR:
                return member.is_in and member.role is not Role.MEMBER
            case _:
                return member.is_in and member.role is Role.OWNER


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command."""

    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """Typed words (or a photo) that somebody's draft or application waits for."""

    awaited_by: str


Trigger = Command | Words | type[Press]


@dataclass(frozen=True, slots=True)
class Route:
    trigger: Trigger
    who: Who
    handle: Handle
    answers_draft: bool = False  # a button that answers what words were awaited for


class Routes:
    """All routes, by trigger."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.all = tuple(routes)
        self._by_trigger = {route.trigger: route for route in self.all}
        presses: list[type[Press]] = [Run, *(route.trigger for route in self.all if isinstance(route.trigger, type))]
        self._presses = {kind.code: kind for kind in presses}
        if len(self._by_trigger) != len(self.all) or len(self._presses) != len(presses):
            raise ValueError("two routes have the same trigger")

    def find(self, trigger: Trigger, member: Member | None) -> Route | None:
        """The route, or None where there is none for this person."""
        route = self._by_trigger.get(trigger)
        return route if route and route.who.allows(member) else None

    def unpack(self, data: str) -> Press:
        """The press behind callback data. Raises `NotOurs`."""
        code, *parts = data.split(":")
        if code not in self._presses:
            raise NotOurs
        press = self._presses[code].unpack(parts)
        try:
            ours = press.pack() == data  # one press has one spelling; whoever writes another has made it up
        except ValueError:
            ours = False
        if not ours:
            raise NotOurs
        return press

    def commands(self, member: Member | None) -> tuple[str, ...]:
        """The commands that this person may use, in the order in which the routes stand."""
        return tuple(
            route.trigger.name for route in self.all if isinstance(route.trigger, Command) and route.who.allows(member)
        )
