"""Who may see, approve, halt and resume an announcement, and which audiences it may have. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messaging.quiet_hours import quiet_until
from storage.records.announcements.announcements import Announcement, AnnouncementState, Version
from storage.records.announcements.audiences import Audience, AudienceKind, QuietHoursGroup
from storage.records.people.member import Member, Role

LONGEST_TEXT = 3000  # UTF-16 units: together with the other sentences of a preview it fits into one message
APPROVAL_DELAY = timedelta(minutes=10)  # from the approval until the first message is sent
# The first parts of IANA zones in which people live.
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do about an announcement."""

    may_see: bool
    may_approve: bool
    may_halt: bool
    may_resume: bool
    approvers: tuple[bytes, ...]  # ids of those who may approve it
    approvers_elsewhere: bool  # some of them belong to another host than the author


def rights(
    person: Member,
    announcement: Announcement,
    author: Member | None,
    author_host: bytes | None,
    coordinators: Iterable[Member],
) -> Rights:
    """`author` is None where their row does not open: nobody can approve then, but it can still be halted."""
    found = approvers(author, coordinators) if author else []
    may_approve = any(approver.id == person.id for approver in found)
    return Rights(
        may_see=may_see(person, announcement, author_host, may_approve),
        may_approve=may_approve,
        may_halt=may_halt(person, announcement, author_host),
        may_resume=may_resume(person, announcement),
        approvers=tuple(approver.id for approver in found),
        approvers_elsewhere=any(approver.host_id != author_host for approver in found),
    )


def region_of(zone: str | None) -> str | None:
    """The region of an IANA zone; None for one that belongs to no place, such as Etc/UTC."""
    region = (zone or "").partition("/")[0]
    return region if region in REGIONS else None


def version_for(versions: Sequence[Version], language: str) -> Version | None:
    """The version in the reader's language, or else the one that was written first."""
    return next((version for version in versions if version.language == language), next(iter(versions), None))


def approvers(author: Member, coordinators: Iterable[Member]) -> list[Member]:
    """Who may approve: the coordinators and owners of other hosts; where there are none, all but the author.

    Somebody without a host counts as belonging to another host.
    """
    second = [person for person in coordinators if person.id != author.id and _coordinates(person)]
    elsewhere = [person for person in second if person.host_id != author.host_id]
    return elsewhere or second


def may_be_for(author: Member, audience: Audience) -> bool:
    """A coordinator may address their own host only, an owner any host."""
    return audience.kind is not AudienceKind.HOST or author.role is Role.OWNER or audience.id == author.host_id


def concerns(person: Member, announcement: Announcement, author_host: bytes | None) -> bool:
    """Whether it may reach people of this coordinator's host, or was written there; all of them concern an owner."""
    if not _coordinates(person):
        return False
    if announcement.audience.kind is not AudienceKind.HOST or person.role is Role.OWNER:
        return True
    return person.host_id is not None and person.host_id in (announcement.audience.id, author_host)


def may_halt(person: Member, announcement: Announcement, author_host: bytes | None) -> bool:
    """The author, the approver, and everybody whom it concerns, as long as they are coordinators or owners."""
    taking_part = person.id in (announcement.author_id, announcement.decided_by)
    return _coordinates(person) and (taking_part or concerns(person, announcement, author_host))


def may_resume(person: Member, announcement: Announcement) -> bool:
    """Whoever halted it, and owners: an author cannot undo that somebody else has halted it."""
    stopped_it = announcement.halted_by == person.id
    return (
        announcement.state is AnnouncementState.HALTED
        and _coordinates(person)
        and (stopped_it or person.role is Role.OWNER)
    )


def may_see(person: Member, announcement: Announcement, author_host: bytes | None, may_approve: bool) -> bool:
    """A draft: its author. One that waits for approval: those who may approve it, too. Later: those who may halt it."""
    if not _coordinates(person):
        return False
    match announcement.state:
        case AnnouncementState.DRAFT | AnnouncementState.RETURNED:
            return person.id == announcement.author_id
        case AnnouncementState.ASKED:
            return person.id == announcement.author_id or may_approve
        case _:
            return may_halt(person, announcement, author_host)


def in_quiet_hours(groups: Iterable[QuietHoursGroup], now: datetime, urgent: bool) -> int:
    """How many people it would reach only after the end of their quiet hours, if it was sent now."""
    return sum(
        group.members
        for group in groups
        if not (urgent and group.urgent_in_quiet)
        and quiet_until(now, group.zone, group.quiet_from, group.quiet_until) is not None
    )


def _coordinates(person: Member) -> bool:
    return person.is_in and person.role is not Role.MEMBER
