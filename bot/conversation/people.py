"""People as others see them: their name with the badge of a role, their host, who may see, stop and remove whom."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import ButtonAction
from bot.language.normalize import BADGE
from bot.language.texts import Texts
from storage.records.hosts import Host
from storage.records.people.member import Member, Role


@dataclass(frozen=True, slots=True)
class OpenApplication(ButtonAction):
    """Opens the application of somebody who waits for a decision; several features link to it."""

    code: ClassVar[str] = "applic"
    applicant: bytes


@dataclass(frozen=True, slots=True)
class OpenMember(ButtonAction):
    """Opens the entry of a member for whoever looks after them; several features link to it."""

    code: ClassVar[str] = "member"
    member: bytes


@dataclass(frozen=True, slots=True)
class ChoosePost(ButtonAction):
    """Lists the latest posts of a topic that the reader may hide."""

    code: ClassVar[str] = "hidelist"
    topic: bytes
    page: int


@dataclass(frozen=True, slots=True)
class AskHide(ButtonAction):
    """Shows a post to somebody who may hide it, and asks whether to."""

    code: ClassVar[str] = "askhide"
    post: bytes


def shown_name(person: Member | None) -> str:
    """The name of a member as everybody sees it; empty where there is none."""
    if person is None or not person.name:
        return ""
    return badged(person.name, person.role if person.is_listed else Role.MEMBER)


def badged(name: str, role: Role) -> str:
    """A name with the badge of coordinators and owners behind it, in the direction of reading of the name.

    No name contains the badge (normalize.py); one that does, since it is older than that rule, is shown without it.
    """
    plain = name.replace(BADGE, "").strip()
    return plain if role is Role.MEMBER else f"{plain} {BADGE}"


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


def may_stop(coordinator: Member, person: Member) -> bool:
    """Whether one may suspend a member, ask for their removal, confirm it, and hide what they wrote.

    A coordinator may so with everybody of their own host but its owners; an owner with everybody else. Nobody may with
    themselves.
    """
    may = coordinator.role is Role.OWNER or (person.role is not Role.OWNER and may_see(coordinator, person))
    return may and coordinator.is_in and coordinator.id != person.id
