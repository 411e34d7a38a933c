"""Routes: which handler answers a command, a button or a text, and who may use it; each names an access level.

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
    """The least privilege that a route requires."""

    ANYBODY = "anybody"
    KNOWN = "known"  # something is stored about them: they may see and erase it in any state
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
    """A typed text (or a photo) that the person's draft or application waits for."""

    awaited_by: str


@dataclass(frozen=True, slots=True)
class DeepLink:
    """`/start <prefix>-<code>`, as a deep link sends it. Whoever may not use the route gets the answer of `/start`."""

    prefix: str


Trigger = Command | TypedText | DeepLink | type[ButtonAction]


@dataclass(frozen=True, slots=True)
class Route:
    trigger: Trigger
    access: Access
    handle: Handle
    answers_draft: bool = False  # a button that answers the question of a draft


class Routes:
    """All routes by trigger. Raises ValueError where two have the same one."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.all = tuple(routes)
        self._by_trigger = {route.trigger: route for route in self.all}
        # Everybody's commands first, then those of roles.
        named = [(route.trigger.name, route.access) for route in self.all if isinstance(route.trigger, Command)]
        self._commands = sorted(named, key=lambda command: command[1] in (Access.COORDINATOR, Access.OWNER))
        actions: list[type[ButtonAction]] = [
            RunCommand,
            *(route.trigger for route in self.all if isinstance(route.trigger, type)),
        ]
        self._actions = {kind.code: kind for kind in actions}
        if len(self._by_trigger) != len(self.all) or len(self._actions) != len(actions):
            raise ValueError("two routes have the same trigger")

    def find(self, trigger: Trigger, member: Member | None) -> Route | None:
        """The route, or None where there is none that this person may use."""
        route = self._by_trigger.get(trigger)
        return route if route and route.access.allows(member) else None

    def unpack(self, data: str) -> ButtonAction:
        """The action in a button's callback data. Raises `UnknownAction`."""
        code, *parts = data.split(":")
        if code not in self._actions:
            raise UnknownAction
        action = self._actions[code].unpack(parts)
        try:
            canonical = action.pack() == data  # an action has one encoding; any other was made up
        except ValueError:
            canonical = False
        if not canonical:
            raise UnknownAction
        return action

    def commands(self, member: Member | None) -> tuple[str, ...]:
        """The commands that this person may use: everybody's first, then those of roles, in the order of the routes."""
        return tuple(name for name, access in self._commands if access.allows(member))
