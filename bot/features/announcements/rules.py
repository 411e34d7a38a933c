"""Who may approve, stop and see an announcement, for whom it may be, and how numbers of people are said. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.messaging.quiet_hours import quiet_until
from storage.records.announcements.announcements import Announcement, AnnouncementState, Version
from storage.records.announcements.audiences import Audience, AudienceKind, QuietHoursGroup
from storage.records.people.member import Member, Role

LONGEST_WORDS = 3000  # UTF-16 units: with what stands around them in a preview they fit into one message
TO_THINK = timedelta(minutes=10)  # between the approval and the first message
# The first parts of IANA zones in which people live.
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
SMALL_GROUP = 10


def region_of(zone: str | None) -> str | None:
    """The region of an IANA zone; None for one that belongs to no place, such as Etc/UTC."""
    region = (zone or "").partition("/")[0]
    return region if region in REGIONS else None


def rounded(people: int) -> int:
    """A number of people that leads to nobody: 0 stands for fewer than ten, then the nearest 5, from 100 on 10."""
    if people < SMALL_GROUP:
        return 0
    step = 5 if people < 100 else 10
    return (people + step // 2) // step * step


def version_for(versions: Sequence[Version], language: str) -> Version | None:
    """The words in the reader's language, or else those that were written first."""
    return next((version for version in versions if version.language == language), next(iter(versions), None))


def approvers(author: Member, coordinators: Iterable[Member]) -> list[Member]:
    """Who may approve: the coordinators and owners of other hosts. Where there are none, any second one.

    Somebody without a host belongs to no other host's people, so they count as another one.
    """
    second = [person for person in coordinators if person.id != author.id and _coordinates(person)]
    elsewhere = [person for person in second if person.host_id != author.host_id]
    return elsewhere or second


def may_be_for(author: Member, audience: Audience) -> bool:
    """A coordinator speaks to one host only where it is their own; an owner to any."""
    return audience.kind is not AudienceKind.HOST or author.role is Role.OWNER or audience.id == author.host_id


def concerns(person: Member, announcement: Announcement, author_host: bytes | None) -> bool:
    """Whether it may reach people this coordinator looks after, or is of their own host's making."""
    if not _coordinates(person):
        return False
    if announcement.audience.kind is not AudienceKind.HOST or person.role is Role.OWNER:
        return True
    return person.host_id is not None and person.host_id in (announcement.audience.id, author_host)


def may_stop(person: Member, announcement: Announcement, author_host: bytes | None) -> bool:
    """Author, approver, whoever it concerns, and owners; as long as they coordinate."""
    taking_part = person.id in (announcement.author_id, announcement.decided_by)
    return _coordinates(person) and (taking_part or concerns(person, announcement, author_host))


def may_resume(person: Member, announcement: Announcement) -> bool:
    """Who stopped it, and owners: an author does not overrule somebody else who stopped it."""
    stopped_it = announcement.halted_by == person.id
    return (
        announcement.state is AnnouncementState.HALTED
        and _coordinates(person)
        and (stopped_it or person.role is Role.OWNER)
    )


def may_see(person: Member, announcement: Announcement, author_host: bytes | None, may_approve: bool) -> bool:
    """A draft is its author's alone; what waits is for those who may approve it; the rest for those who may stop it."""
    if not _coordinates(person):
        return False
    match announcement.state:
        case AnnouncementState.DRAFT | AnnouncementState.RETURNED:
            return person.id == announcement.author_id
        case AnnouncementState.ASKED:
            return person.id == announcement.author_id or may_approve
        case _:
            return may_stop(person, announcement, author_host)


def resting(clocks: Iterable[QuietHoursGroup], now: datetime, urgent: bool) -> int:
    """How many would have to wait now for the end of their quiet hours."""
    return sum(
        clock.members
        for clock in clocks
        if not (urgent and clock.urgent_in_quiet)
        and quiet_until(now, clock.zone, clock.quiet_from, clock.quiet_until) is not None
    )


def _coordinates(person: Member) -> bool:
    return person.is_in and person.role is not Role.MEMBER
