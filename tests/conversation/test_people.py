"""Who may decide about whom, and whose name looks like that of a coordinator."""

import itertools
from dataclasses import replace

import pytest

from bot.conversation.look_alikes import LookAlikes
from bot.conversation.people import badged, host_name, may_remove, may_see, may_stop, shown_name
from bot.language.normalize import BADGE
from bot.language.texts import LANGUAGES, texts_in
from storage.records.hosts import Host
from storage.records.people.member import MemberState, Role
from tests.support.sample_records import member

CEDAR, LAKE = b"C" * 16, b"L" * 16


@pytest.mark.parametrize("host_id", [CEDAR, LAKE, None])
def test_an_owner_sees_everybody_of_every_host_and_of_none(host_id: bytes | None) -> None:
    assert may_see(member(role=Role.OWNER, host_id=CEDAR), member(host_id=host_id))
    assert may_see(member(role=Role.OWNER, host_id=None), member(host_id=host_id))


def test_a_coordinator_sees_the_people_of_her_own_host_and_nobody_else() -> None:
    for hers, theirs in itertools.product([CEDAR, LAKE, None], repeat=2):
        seen = may_see(member(role=Role.COORDINATOR, host_id=hers), member(host_id=theirs))
        assert seen is (hers is not None and hers == theirs)


def test_two_who_belong_to_no_host_do_not_belong_together() -> None:
    nour = member(role=Role.COORDINATOR, host_id=None, independent=True)
    assert not may_see(nour, member(host_id=None, independent=True))


@pytest.mark.parametrize("host_id", [CEDAR, LAKE, None])
def test_a_member_sees_nobody(host_id: bytes | None) -> None:
    assert not may_see(member(role=Role.MEMBER, host_id=CEDAR), member(host_id=host_id))


def test_coordinators_remove_members_of_their_host_and_owners_anybody_but_nobody_themselves() -> None:
    nour = member(id=b"N" * 16, role=Role.COORDINATOR, host_id=CEDAR)
    owner = member(id=b"O" * 16, role=Role.OWNER, host_id=None)
    salma, stranger = member(host_id=CEDAR), member(host_id=None, independent=True)
    colleague, boss = (member(role=role, host_id=CEDAR) for role in (Role.COORDINATOR, Role.OWNER))
    assert may_remove(nour, salma)
    assert not any(may_remove(nour, person) for person in (stranger, colleague, boss, nour))
    assert all(may_remove(owner, person) for person in (salma, stranger, colleague, boss, nour))
    assert not may_remove(owner, owner)
    assert not may_remove(salma, member(id=b"R" * 16, host_id=CEDAR))


def test_a_name_that_looks_like_that_of_another_coordinator_is_noticed() -> None:
    nour, awa = (member(id=name.encode() * 4, name=name, role=Role.COORDINATOR) for name in ("Nour", "Awa"))
    resembles = LookAlikes([nour, awa, member(id=b"X" * 16, name=None, role=Role.OWNER)]).resembles
    assert resembles(member(name="N\u043eur"))  # with a Cyrillic o
    assert resembles(member(name="awa"))
    assert not resembles(member(name="Salma"))
    assert not resembles(member(name=None))
    assert not resembles(nour)


def test_coordinators_stop_those_of_their_host_but_owners_and_owners_stop_everybody_but_themselves() -> None:
    nour = member(id=b"N" * 16, role=Role.COORDINATOR, host_id=CEDAR)
    owner = member(id=b"O" * 16, role=Role.OWNER, host_id=CEDAR)
    salma, colleague = member(host_id=CEDAR), member(id=b"C" * 16, role=Role.COORDINATOR, host_id=CEDAR)
    elsewhere = [member(host_id=LAKE), member(role=Role.COORDINATOR, host_id=LAKE), member(host_id=None)]
    assert may_stop(nour, salma)
    assert may_stop(nour, colleague)
    assert not any(may_stop(nour, person) for person in (*elsewhere, owner, nour))
    assert all(may_stop(owner, person) for person in (*elsewhere, salma, colleague, nour))
    assert not may_stop(owner, owner)
    assert not may_stop(salma, colleague)
    assert not may_stop(replace(nour, state=MemberState.SUSPENDED), salma)


def test_the_badge_stands_behind_the_names_of_those_who_coordinate_and_nowhere_else() -> None:
    nour = member(name="Nour", role=Role.COORDINATOR)
    assert shown_name(nour) == f"Nour {BADGE}"
    assert shown_name(replace(nour, role=Role.OWNER)) == f"Nour {BADGE}"
    assert shown_name(replace(nour, state=MemberState.SUSPENDED)) == "Nour"
    assert shown_name(member(name="Salma")) == "Salma"
    assert shown_name(None) == shown_name(member(name=None)) == ""
    assert badged(f"Salma {BADGE}", Role.MEMBER) == "Salma"  # stored before names were checked for it


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_host_is_called_by_its_name_or_said_to_be_none_or_unreadable(language: str) -> None:
    texts = texts_in(language)
    named = [host_name(texts, host) for host in (None, Host(CEDAR, ""), Host(CEDAR, "Cedar"))]
    assert named == [texts.plain("no-host"), texts.plain("unreadable-host"), "Cedar"]
    assert len(set(named)) == 3
