"""People as coordinators see them: who may see and remove whom, their host, whose name resembles a coordinator's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import ButtonAction
from bot.language.confusables import skeleton
from bot.language.texts import Texts
from storage.records.hosts import Host
from storage.records.people.member import Member, Role


@dataclass(frozen=True, slots=True)
class OpenApplication(ButtonAction):
    """Opens the application of somebody who waits for a decision; several features link to it."""

    code: ClassVar[str] = "applic"
    applicant: bytes


def may_see(coordinator: Member, person: Member) -> bool:
    """A coordinator sees the people of their own host; an owner sees everybody."""
    if coordinator.role is Role.OWNER:
        return True
    return coordinator.role is Role.COORDINATOR and person.host_id is not None and person.host_id == coordinator.host_id


def host_seen_by(coordinator: Member) -> bytes | None:
    """The host whose people a coordinator sees; None for an owner, who sees those of all, and b"" for nobody's."""
    return None if coordinator.role is Role.OWNER else coordinator.host_id or b""


def host_name(texts: Texts, host: Host | None) -> str:
    """The name of somebody's host as a part of a sentence, also for none, and for one whose name does not open."""
    if host is None:
        return texts.plain("no-host")
    return host.name or texts.plain("unreadable-host")


def may_remove(coordinator: Member, person: Member) -> bool:
    """A coordinator may remove members of their own host without a role; an owner may remove everybody else, too.

    Nobody may remove themselves, so an owner always remains.
    """
    may = coordinator.role is Role.OWNER or (person.role is Role.MEMBER and may_see(coordinator, person))
    return may and coordinator.id != person.id


def resembling(coordinators: Iterable[Member]) -> Callable[[Member], bool]:
    """A function that says whether a person's name looks like that of another coordinator."""
    ids_by_skeleton: dict[str, set[bytes]] = {}
    for each in coordinators:
        if each.name:
            ids_by_skeleton.setdefault(skeleton(each.name), set()).add(each.id)

    def resembles(person: Member) -> bool:
        return bool(ids_by_skeleton.get(skeleton(person.name or ""), set()) - {person.id})

    return resembles
