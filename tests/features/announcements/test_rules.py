"""How numbers of people are said, which region a zone is in, who may approve, stop and go on."""

from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.rounding import rounded
from bot.features.announcements.rules import (
    REGIONS,
    approvers,
    in_quiet_hours,
    may_be_for,
    may_halt,
    may_resume,
    may_see,
    region_of,
    rights,
    version_for,
)
from storage.records.announcements.announcements import Announcement, AnnouncementState, Version
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind, QuietHoursGroup
from storage.records.people.member import Member, MemberState, Role
from tests.support.sample_records import NOW, member

CEDAR, LAKE, BAOBAB = b"C" * 16, b"L" * 16, b"B" * 16
ids = st.integers(1, 6).map(lambda number: bytes([number]) * 16)
people = st.builds(
    lambda id, role, host_id, state: member(id=id, role=role, host_id=host_id, state=state),
    ids,
    st.sampled_from(Role),
    st.sampled_from([CEDAR, LAKE, BAOBAB, None]),
    st.sampled_from(MemberState),
)


def announcement(author: Member, **changes: Any) -> Announcement:
    usual: dict[str, Any] = {
        "id": b"A" * 16,
        "author_id": author.id,
        "audience": EVERYBODY,
        "urgent": False,
        "state": AnnouncementState.DRAFT,
        "fingerprint": b"F" * 16,
        "decided_by": None,
        "halted_by": None,
        "changed_at": NOW,
        "due_at": None,
        "began_at": None,
        "fanned_out_to": b"",
        "fanout_done": False,
    }
    return Announcement(**usual | changes)


@given(st.integers(0, 9))
def test_a_small_group_is_only_said_to_be_small(people: int) -> None:
    assert rounded(people) == 0


@given(st.integers(10, 1_000_000))
def test_a_larger_one_is_said_to_the_nearest_five_or_ten(people: int) -> None:
    said, step = rounded(people), 5 if people < 100 else 10
    assert said % step == 0
    assert abs(said - people) <= step / 2
    assert said >= 10


@given(st.integers(0, 1_000_000))
def test_one_person_more_never_makes_it_less(people: int) -> None:
    assert rounded(people) <= rounded(people + 1)


def test_every_zone_of_a_place_is_in_a_region_and_no_other_is() -> None:
    for zone in available_timezones():
        first, _, city = zone.partition("/")
        assert region_of(zone) == (first if city and first in REGIONS else None), zone
    assert region_of("America/Argentina/Ushuaia") == "America"
    assert region_of("Etc/UTC") is None
    assert region_of(None) is None


def coordinates(person: Member) -> bool:
    return person.role is not Role.MEMBER and person.state in (MemberState.ACTIVE, MemberState.PAUSED)


@given(people, st.lists(people, max_size=8))
def test_who_may_approve_coordinates_is_not_the_author_and_is_of_another_host_where_there_is_one(
    author: Member, others: list[Member]
) -> None:
    found = approvers(author, others)
    assert all(coordinates(person) and person.id != author.id for person in found)
    elsewhere = [p for p in others if coordinates(p) and p.id != author.id and p.host_id != author.host_id]
    assert found == elsewhere or not elsewhere
    assert bool(found) == any(coordinates(p) and p.id != author.id for p in others)


@given(people, st.lists(people, max_size=8), people)
def test_one_more_coordinator_of_another_host_never_leaves_it_to_her_own(
    author: Member, others: list[Member], one: Member
) -> None:
    found = approvers(author, [*others, one])
    if one in found and one.host_id != author.host_id:
        assert all(person.host_id != author.host_id for person in found)


def test_a_coordinator_speaks_to_no_other_host_than_her_own() -> None:
    nour, olena = member(role=Role.COORDINATOR, host_id=CEDAR), member(role=Role.OWNER, host_id=LAKE)
    independent = member(role=Role.COORDINATOR, host_id=None)
    for host in (CEDAR, LAKE):
        assert may_be_for(nour, Audience(AudienceKind.HOST, host)) is (host == CEDAR)
        assert may_be_for(olena, Audience(AudienceKind.HOST, host))
        assert not may_be_for(independent, Audience(AudienceKind.HOST, host))
    for kind in set(AudienceKind) - {AudienceKind.HOST}:
        assert may_be_for(nour, Audience(kind, LAKE, "Africa"))


@given(
    people, people, st.sampled_from(AnnouncementState), st.sampled_from([EVERYBODY, Audience(AudienceKind.HOST, LAKE)])
)
def test_what_concerns_another_host_only_is_neither_seen_nor_stopped(
    person: Member, author: Member, state: AnnouncementState, audience: Audience
) -> None:
    shown = announcement(author, state=state, audience=audience)
    stops = may_halt(person, shown, author.host_id)
    assert not stops or coordinates(person)
    if coordinates(person) and (person.role is Role.OWNER or person.id == author.id or audience is EVERYBODY):
        assert stops
    if audience is not EVERYBODY and person.role is Role.COORDINATOR and person.id != author.id:
        assert stops is (
            coordinates(person) and person.host_id is not None and person.host_id in (LAKE, author.host_id)
        )
    if state in (AnnouncementState.DRAFT, AnnouncementState.RETURNED):
        assert may_see(person, shown, author.host_id, may_approve=True) is (
            coordinates(person) and person.id == author.id
        )
    elif state is AnnouncementState.ASKED:
        assert may_see(person, shown, author.host_id, may_approve=False) is (
            coordinates(person) and person.id == author.id
        )
    else:
        assert may_see(person, shown, author.host_id, may_approve=False) is stops


@pytest.mark.parametrize("state", AnnouncementState)
def test_only_who_stopped_it_or_an_owner_lets_it_go_on(state: AnnouncementState) -> None:
    nour = member(id=b"N" * 16, role=Role.COORDINATOR)
    awa = member(id=b"W" * 16, role=Role.COORDINATOR, host_id=BAOBAB)
    olena = member(id=b"O" * 16, role=Role.OWNER)
    shown = announcement(nour, state=state, halted_by=awa.id)
    assert not may_resume(nour, shown)
    for person in (awa, olena):
        assert may_resume(person, shown) is (state is AnnouncementState.HALTED)
    assert not may_resume(nour, announcement(nour, state=state, halted_by=None))


@given(st.lists(st.sampled_from(["en", "fr", "ar"]), unique=True, min_size=1), st.sampled_from(["en", "fr", "ar"]))
def test_a_reader_gets_their_language_or_else_the_first(written: list[str], language: str) -> None:
    found = version_for([Version(each, each) for each in written], language)
    assert found is not None
    assert found.language == (language if language in written else written[0])
    assert version_for([], language) is None


def test_who_rests_is_counted_by_their_own_clock_and_an_urgent_one_by_what_they_allowed() -> None:
    """Two in the afternoon UTC: past three at night in Auckland, four in the afternoon in Cairo."""
    clocks = [
        QuietHoursGroup("Africa/Cairo", 22 * 60, 7 * 60, False, 3),
        QuietHoursGroup("Pacific/Auckland", 22 * 60, 7 * 60, False, 5),
        QuietHoursGroup("Pacific/Auckland", 22 * 60, 7 * 60, True, 7),
        QuietHoursGroup("Pacific/Auckland", 0, 0, False, 11),
    ]
    assert in_quiet_hours(clocks, NOW, urgent=False) == 12
    assert in_quiet_hours(clocks, NOW, urgent=True) == 5


@given(people, st.lists(people, max_size=6), st.sampled_from(AnnouncementState), people)
def test_the_rights_are_those_that_each_rule_gives(
    author: Member, coordinators: list[Member], state: AnnouncementState, person: Member
) -> None:
    found = announcement(author, state=state)
    given_rights = rights(person, found, author, author.host_id, coordinators)
    may_approve = person.id in {approver.id for approver in approvers(author, coordinators)}
    assert given_rights.may_approve is may_approve
    assert given_rights.may_see is may_see(person, found, author.host_id, may_approve)
    assert given_rights.may_halt is may_halt(person, found, author.host_id)
    assert given_rights.may_resume is may_resume(person, found)
    assert given_rights.approvers == tuple(approver.id for approver in approvers(author, coordinators))
    assert not (given_rights.approvers_elsewhere and not given_rights.approvers)


@given(st.lists(people, max_size=6), people)
def test_nobody_approves_for_an_author_whose_row_cannot_be_read_but_an_owner_can_halt(
    coordinators: list[Member], author: Member
) -> None:
    found = announcement(author, state=AnnouncementState.SENDING)
    owner = member(id=b"O" * 16, role=Role.OWNER)
    given_rights = rights(owner, found, None, author.host_id, [*coordinators, owner])
    assert (given_rights.approvers, given_rights.may_approve) == ((), False)
    assert given_rights.may_see
    assert given_rights.may_halt
