"""An announcement as one coordinator sees it: looked up with what they may do about it, its state, and its buttons.

An announcement that somebody may not see is answered exactly like one that does not exist.
"""

from dataclasses import dataclass

from bot.conversation import shared_screens
from bot.conversation.people import shown_name
from bot.conversation.request import Refusal, Request
from bot.conversation.screen import Button, Screen, column
from bot.features.announcements import audience, rules
from bot.features.announcements.buttons import (
    ApproveAnnouncement,
    AskApproval,
    Halt,
    OpenAnnouncement,
    Resume,
    SendBack,
)
from bot.features.announcements.rules import Rights
from bot.language.texts import Html, Texts
from storage.records.announcements import announcement_fanout, announcements
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.people import members


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """An announcement, with what there is to say about it to one person."""

    announcement: Announcement
    audience: str  # as a part of a sentence in the reader's language
    author: str  # name
    decider: str | None  # name of who approved it or sent it back, as long as their row exists
    mine: bool  # the reader is its author
    rights: Rights
    waiting: bool  # all that is not yet sent waits for the end of quiet hours or of a pause


async def find(request: Request, announcement_id: bytes) -> AnnouncementView | None:
    """None where there is no such announcement, or the person may not see it."""
    announcement = await announcements.get(request.tx, announcement_id)
    return await of(request, announcement) if announcement else None


async def of(request: Request, announcement: Announcement) -> AnnouncementView | None:
    """None where the person may not see it."""
    me, author = request.me, await members.find_readable(request.tx, announcement.author_id)
    author_host = author.host_id if author else await members.host_of(request.tx, announcement.author_id)
    rights = rules.rights(me, announcement, author, author_host, await members.all_coordinators(request.tx))
    if not rights.may_see:
        return None
    decider = await members.find_readable(request.tx, announcement.decided_by)
    waiting = False
    if announcement.state is AnnouncementState.SENDING and announcement.fanout_done:
        tally = await announcement_fanout.tally(request.tx, announcement.id, request.now)
        waiting = tally.later > 0 and not tally.due + tally.sending
    return AnnouncementView(
        announcement,
        await audience.name(request, announcement.audience),
        author=shown_name(author),
        decider=shown_name(decider) or None,
        mine=announcement.author_id == me.id,
        rights=rights,
        waiting=waiting,
    )


async def get(request: Request, announcement_id: bytes) -> AnnouncementView:
    """The announcement that a button names. Raises `Refusal`."""
    view = await find(request, announcement_id)
    if view is None:
        raise Refusal(_gone(request))
    return view


async def get_own(request: Request, announcement_id: bytes) -> AnnouncementView:
    """The person's own announcement, as long as it can be changed. Raises `Refusal`."""
    view = await get(request, announcement_id)
    if not view.mine or view.announcement.began_at is not None:
        raise Refusal(_gone(request))
    return view


def _gone(request: Request) -> Screen:
    return message(request, request.texts("announcement-gone"))


def message(request: Request, text: Html) -> Screen:
    """One sentence, with buttons to the list of announcements and home."""
    buttons = column(shared_screens.run(request.texts, "announce"), shared_screens.back(request))
    return Screen(text, buttons)


def list_button(texts: Texts, view: AnnouncementView, zone: str | None) -> Button:
    """An announcement in a list, with its state, audience and time; the button opens it."""
    announcement = view.announcement
    when = texts.when_short(announcement.began_at or announcement.changed_at, zone)
    state = "waiting" if view.waiting else announcement.state
    label = texts.plain("announcement-line", state=state, whom=view.audience, when=when)
    return Button(label, OpenAnnouncement(announcement.id))


def decision_buttons(texts: Texts, view: AnnouncementView) -> tuple[Button | None, ...]:
    """What the reader can decide in its present state."""
    announcement = view.announcement
    id, seen, state = announcement.id, announcement.fingerprint, announcement.state
    asks = view.mine and state in (AnnouncementState.DRAFT, AnnouncementState.RETURNED) and view.rights.approvers
    approves = view.rights.may_approve and state is AnnouncementState.ASKED
    halts = view.rights.may_halt and state in (AnnouncementState.APPROVED, AnnouncementState.SENDING)
    return (
        Button(texts.plain("button-ask-approval"), AskApproval(id, seen)) if asks else None,
        Button(texts.plain("button-approve-announcement"), ApproveAnnouncement(id, seen)) if approves else None,
        Button(texts.plain("button-send-back"), SendBack(id, seen)) if approves else None,
        Button(texts.plain("button-stop-announcement"), Halt(id)) if halts else None,
        Button(texts.plain("button-go-on"), Resume(id)) if view.rights.may_resume else None,
    )


def state_sentence(texts: Texts, view: AnnouncementView, zone: str | None) -> Html:
    """The state of the announcement, in a sentence or two."""
    announcement, decider = view.announcement, view.decider
    match announcement.state:
        case AnnouncementState.DRAFT:
            return texts("announcement-draft") if view.rights.approvers else texts("announcement-nobody-approves")
        case AnnouncementState.ASKED if view.mine:
            if not view.rights.approvers:
                return texts("announcement-nobody-approves")
            return texts("announcement-asked", elsewhere="yes" if view.rights.approvers_elsewhere else "no")
        case AnnouncementState.ASKED:
            return texts("announcement-asked-you", name=view.author)
        case AnnouncementState.RETURNED:
            return texts("announcement-returned", name=decider) if decider else texts("announcement-returned-left")
        case AnnouncementState.APPROVED:
            time = texts.time_of_day(announcement.due_at or announcement.changed_at, zone)
            if decider is None:
                return texts("announcement-approved-left", time=time)
            return texts("announcement-approved", name=decider, time=time)
        case AnnouncementState.SENDING:
            return texts("announcement-waiting" if view.waiting else "announcement-sending")
        case AnnouncementState.HALTED:
            return texts("announcement-halted" if announcement.began_at else "announcement-halted-early")
        case AnnouncementState.SENT:
            return texts("announcement-sent")
