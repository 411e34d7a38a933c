"""Which handler answers what, and to whom it answers at all: a route without a role cannot be written.

A command that somebody may not use is answered exactly like one that does not exist.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from bot.conversation.request import Request
from bot.conversation.screen import ButtonAction, RunCommand, Screen, UnknownAction
from storage.records.people.member import Member, MemberState, Role

Handle = Callable[[Request], Awaitable[Screen]]


class Access(Enum):
    """The least that somebody has to be."""

    ANYBODY = "anybody"
    KNOWN = "known"  # something is held about them: they may see and erase it, whatever their state
    APPLICANT = "applicant"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    OWNER = "owner"

    def allows(self, member: Member | None) -> bool:
        if self is Access.ANYBODY:
            return True
        if member is None:
            return False
        match self:
            case Access.KNOWN:
                return True
            case Access.APPLICANT:
                return member.state is MemberState.APPLICANT
            case Access.MEMBER:
                return member.is_in
            case Access.COORDINATOR:
                return member.is_in and member.role is not Role.MEMBER
            case _:
                return member.is_in and member.role is Role.OWNER


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command."""

    name: str


@dataclass(frozen=True, slots=True)
class TypedText:
    """Typed words (or a photo) that somebody's draft or application waits for."""

    awaited_by: str


Trigger = Command | TypedText | type[ButtonAction]


@dataclass(frozen=True, slots=True)
class Route:
    trigger: Trigger
    access: Access
    handle: Handle
    answers_draft: bool = False  # a button that answers what words were awaited for


class Routes:
    """All routes, by trigger."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.all = tuple(routes)
        self._by_trigger = {route.trigger: route for route in self.all}
        presses: list[type[ButtonAction]] = [
            RunCommand,
            *(route.trigger for route in self.all if isinstance(route.trigger, type)),
        ]
        self._presses = {kind.code: kind for kind in presses}
        if len(self._by_trigger) != len(self.all) or len(self._presses) != len(presses):
            raise ValueError("two routes have the same trigger")

    def find(self, trigger: Trigger, member: Member | None) -> Route | None:
        """The route, or None where there is none for this person."""
        route = self._by_trigger.get(trigger)
        return route if route and route.access.allows(member) else None

    def unpack(self, data: str) -> ButtonAction:
        """The press behind callback data. Raises `UnknownAction`."""
        code, *parts = data.split(":")
        if code not in self._presses:
            raise UnknownAction
        press = self._presses[code].unpack(parts)
        try:
            ours = press.pack() == data  # one press has one spelling; whoever writes another has made it up
        except ValueError:
            ours = False
        if not ours:
            raise UnknownAction
        return press

    def commands(self, member: Member | None) -> tuple[str, ...]:
        """The commands that this person may use, in the order in which the routes stand."""
        return tuple(
            route.trigger.name
            for route in self.all
            if isinstance(route.trigger, Command) and route.access.allows(member)
        )
