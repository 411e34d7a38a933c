"""An announcement as one coordinator sees it: a sentence for every state, and buttons for what they may decide."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.announcements.buttons import ApproveAnnouncement, AskApproval, Halt, Resume, SendBack
from bot.features.announcements.rules import Rights
from bot.features.announcements.view import AnnouncementView, decision_buttons, list_button, state_sentence
from bot.language.texts import texts_in
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.announcements.audiences import EVERYBODY
from tests.support.sample_records import NOW

EN = texts_in("en")
NOTHING = Rights(
    may_see=True,
    may_approve=False,
    may_halt=False,
    may_resume=False,
    approvers=(b"A" * 16, b"B" * 16),
    approvers_elsewhere=True,
)
EVERYTHING = replace(NOTHING, may_approve=True, may_halt=True, may_resume=True)


def view(state: AnnouncementState, rights: Rights = NOTHING, **changes: Any) -> AnnouncementView:
    announcement = Announcement(
        id=b"A" * 16,
        author_id=b"N" * 16,
        audience=EVERYBODY,
        urgent=False,
        state=state,
        fingerprint=b"F" * 16,
        decided_by=None,
        halted_by=None,
        changed_at=NOW,
        due_at=NOW,
        began_at=changes.pop("began_at", None),
        fanned_out_to=b"",
        fanout_done=False,
    )
    usual: dict[str, Any] = {
        "audience": "everybody",
        "author": "Nour",
        "decider": "Awa",
        "mine": False,
        "waiting": False,
    }
    return AnnouncementView(announcement, rights=rights, **usual | changes)


def offered(seen: AnnouncementView) -> list[type]:
    return [type(button.action) for button in decision_buttons(EN, seen) if button is not None]


@pytest.mark.parametrize("state", AnnouncementState)
def test_whoever_may_do_nothing_is_offered_nothing(state: AnnouncementState) -> None:
    assert offered(view(state)) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AnnouncementState.DRAFT, []),
        (AnnouncementState.RETURNED, []),
        (AnnouncementState.ASKED, [ApproveAnnouncement, SendBack]),
        (AnnouncementState.APPROVED, [Halt]),
        (AnnouncementState.SENDING, [Halt]),
        (AnnouncementState.SENT, []),
    ],
)
def test_a_decision_is_offered_in_the_state_in_which_it_can_be_taken(
    state: AnnouncementState, expected: list[type]
) -> None:
    assert offered(view(state, replace(EVERYTHING, may_resume=False))) == expected


def test_only_its_author_can_ask_and_only_where_somebody_may_approve() -> None:
    for state in (AnnouncementState.DRAFT, AnnouncementState.RETURNED):
        assert offered(view(state, mine=True)) == [AskApproval]
        assert offered(view(state, replace(NOTHING, approvers=()), mine=True)) == []
    assert offered(view(AnnouncementState.HALTED, EVERYTHING)) == [Resume]


def test_the_buttons_carry_the_fingerprint_of_what_was_shown() -> None:
    actions = [button.action for button in decision_buttons(EN, view(AnnouncementState.ASKED, EVERYTHING)) if button]
    assert actions[0] == ApproveAnnouncement(b"A" * 16, b"F" * 16)
    assert actions[1] == SendBack(b"A" * 16, b"F" * 16)


@pytest.mark.parametrize(
    ("seen", "message", "values"),
    [
        (view(AnnouncementState.DRAFT), "announcement-draft", {}),
        (view(AnnouncementState.DRAFT, replace(NOTHING, approvers=())), "announcement-nobody-approves", {}),
        (view(AnnouncementState.ASKED, mine=True), "announcement-asked", {"elsewhere": "yes"}),
        (view(AnnouncementState.ASKED), "announcement-asked-you", {"name": "Nour"}),
        (view(AnnouncementState.RETURNED), "announcement-returned", {"name": "Awa"}),
        (view(AnnouncementState.RETURNED, decider=None), "announcement-returned-left", {}),
        (view(AnnouncementState.APPROVED), "announcement-approved", {"name": "Awa", "time": EN.clock(14 * 60)}),
        (view(AnnouncementState.APPROVED, decider=None), "announcement-approved-left", {"time": EN.clock(14 * 60)}),
        (view(AnnouncementState.SENDING), "announcement-sending", {}),
        (view(AnnouncementState.SENDING, waiting=True), "announcement-waiting", {}),
        (view(AnnouncementState.HALTED), "announcement-halted-early", {}),
        (view(AnnouncementState.HALTED, began_at=NOW), "announcement-halted", {}),
        (view(AnnouncementState.SENT), "announcement-sent", {}),
    ],
)
def test_every_state_has_a_sentence(seen: AnnouncementView, message: str, values: dict[str, str]) -> None:
    assert state_sentence(EN, seen, None) == EN(message, **values)


def test_in_a_list_one_whose_rest_waits_says_so() -> None:
    sending = view(AnnouncementState.SENDING)
    labels = {list_button(EN, each, None).label for each in (sending, replace(sending, waiting=True))}
    assert len(labels) == 2
