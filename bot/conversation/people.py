"""People as coordinators see them: who may see and decide about whom, and whom one might take for a coordinator."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import ButtonAction
from bot.language.confusables import skeleton
from storage.records.people.member import Member, Role


@dataclass(frozen=True, slots=True)
class OpenApplication(ButtonAction):
    """Opens the request to join of somebody who waits; several features lead there."""

    code: ClassVar[str] = "applic"
    applicant: bytes


def may_see(coordinator: Member, person: Member) -> bool:
    """A coordinator sees the people of their own host; an owner sees everybody."""
    if coordinator.role is Role.OWNER:
        return True
    return coordinator.role is Role.COORDINATOR and person.host_id is not None and person.host_id == coordinator.host_id


def may_remove(coordinator: Member, person: Member) -> bool:
    """Coordinators remove members of their own host; those with a role, and members of no host, an owner removes.

    Never themselves, so there is always an owner left.
    """
    may = coordinator.role is Role.OWNER or (person.role is Role.MEMBER and may_see(coordinator, person))
    return may and coordinator.id != person.id


def resembling(coordinators: Iterable[Member]) -> Callable[[Member], bool]:
    """Tells of a person whether their name looks like that of somebody else who coordinates."""
    whose: dict[str, set[bytes]] = {}
    for each in coordinators:
        if each.name:
            whose.setdefault(skeleton(each.name), set()).add(each.id)

    def resembles(person: Member) -> bool:
        return bool(whose.get(skeleton(person.name or ""), set()) - {person.id})

    return resembles
