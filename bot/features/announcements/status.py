"""Where an announcement stands, for one person: for whom it is, what has become of it, and what moves it on."""

from dataclasses import dataclass

from bot.conversation.screen import Button
from bot.features.announcements.buttons import ApproveAnnouncement, AskApproval, GoOn, OpenAnnouncement, SendBack, Stop
from bot.language.texts import LANGUAGES, Html, Texts
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.announcements.audiences import Audience, AudienceKind


@dataclass(frozen=True, slots=True)
class Shown:
    """An announcement with what there is to say about it to one person."""

    announcement: Announcement
    audience: str
    author: str  # name
    decider: str | None  # name of who approved it or sent it back, while they are there
    mine: bool
    may_approve: bool  # the reader may approve it
    may_stop: bool
    may_resume: bool
    approvers: int
    elsewhere: bool  # the approvers are of other hosts
    waiting: bool  # it has gone out but for those who wait for the end of their quiet hours and the like


def whom(texts: Texts, audience: Audience, name: str = "") -> str:
    """For whom it is, in words; `name` is that of the host or the topic."""
    if audience.kind is AudienceKind.LANGUAGE:
        name = language_name(audience.name or "")
    if audience.kind is AudienceKind.REGION:
        name = texts.plain("region", region=audience.name or "")
    return texts.plain("announce-whom", kind=audience.kind, name=name)


def line(texts: Texts, shown: Shown, zone: str | None) -> Button:
    """One of several, which opens it."""
    announcement = shown.announcement
    when = texts.when_short(announcement.began_at or announcement.changed_at, zone)
    state = "waiting" if shown.waiting else announcement.state
    label = texts.plain("announcement-line", state=state, whom=shown.audience, when=when)
    return Button(label, OpenAnnouncement(announcement.id))


def language_name(language: str) -> str:
    return LANGUAGES.get(language, language)


def decisions(texts: Texts, shown: Shown) -> tuple[Button | None, ...]:
    """What moves it on."""
    announcement = shown.announcement
    id, seen, state = announcement.id, announcement.fingerprint, announcement.state
    asks = shown.mine and state in (AnnouncementState.DRAFT, AnnouncementState.RETURNED) and shown.approvers
    approves = shown.may_approve and state is AnnouncementState.ASKED
    stops = shown.may_stop and state in (AnnouncementState.APPROVED, AnnouncementState.SENDING)
    return (
        Button(texts.plain("button-ask-approval"), AskApproval(id, seen)) if asks else None,
        Button(texts.plain("button-approve-announcement"), ApproveAnnouncement(id, seen)) if approves else None,
        Button(texts.plain("button-send-back"), SendBack(id, seen)) if approves else None,
        Button(texts.plain("button-stop-announcement"), Stop(id)) if stops else None,
        Button(texts.plain("button-go-on"), GoOn(id)) if shown.may_resume else None,
    )


def sentence(texts: Texts, shown: Shown, zone: str | None) -> Html:
    """Where it stands, in a sentence or two."""
    announcement, decider = shown.announcement, shown.decider
    match announcement.state:
        case AnnouncementState.DRAFT:
            return texts("announcement-draft") if shown.approvers else texts("announcement-nobody-approves")
        case AnnouncementState.ASKED if shown.mine:
            if not shown.approvers:
                return texts("announcement-nobody-approves")
            return texts("announcement-asked", elsewhere="yes" if shown.elsewhere else "no")
        case AnnouncementState.ASKED:
            return texts("announcement-asked-you", name=shown.author)
        case AnnouncementState.RETURNED:
            return texts("announcement-returned", name=decider) if decider else texts("announcement-returned-left")
        case AnnouncementState.APPROVED:
            time = texts.time_of_day(announcement.due_at or announcement.changed_at, zone)
            if decider is None:
                return texts("announcement-approved-left", time=time)
            return texts("announcement-approved", name=decider, time=time)
        case AnnouncementState.SENDING:
            return texts("announcement-waiting" if shown.waiting else "announcement-sending")
        case AnnouncementState.HALTED:
            return texts("announcement-halted" if announcement.began_at else "announcement-halted-early")
        case AnnouncementState.SENT:
            return texts("announcement-sent")
