"""Looking an announcement up for one person, who gets the same answer for one that is not theirs as for none."""

from dataclasses import replace

from bot.conversation.reading_screens import closing
from bot.conversation.request import Refusal, Request
from bot.conversation.screen import Screen
from bot.features.announcements import progress_screen, rules, screens, status
from bot.features.announcements.status import Shown
from bot.language.texts import Html
from storage.records import hosts, topics
from storage.records.announcements import announcement_fanout, announcements, audiences
from storage.records.announcements.announcement_fanout import Tally
from storage.records.announcements.announcements import Announcement, AnnouncementState
from storage.records.announcements.audiences import Audience, AudienceKind
from storage.records.people import members

IN_THE_MAKING = (AnnouncementState.DRAFT, AnnouncementState.ASKED, AnnouncementState.RETURNED)


async def whom(request: Request, audience: Audience) -> str:
    """For whom it is, in the reader's words."""
    name = ""
    if audience.kind is AudienceKind.HOST:
        host = await hosts.get(request.tx, audience.id or b"")
        name = host.name if host else ""
    if audience.kind is AudienceKind.TOPIC:
        topic = await topics.get(request.tx, audience.id or b"")
        name = topic.title if topic else ""
    return status.whom(request.texts, audience, name)


async def choices(request: Request, kind: AudienceKind) -> list[tuple[Audience, str]]:
    """All of a kind that this coordinator may speak to: the audience, and its name."""
    texts = request.texts
    match kind:
        case AudienceKind.EVERYBODY:
            return [(audiences.EVERYBODY, status.whom(texts, audiences.EVERYBODY))]
        case AudienceKind.HOST:
            found = [(Audience(kind, host.id), host.name) for host in await hosts.everyone(request.tx)]
            return [(audience, name) for audience, name in found if rules.may_be_for(request.me, audience)]
        case AudienceKind.TOPIC:
            return [(Audience(kind, topic.id), topic.title) for topic in await topics.everything(request.tx)]
        case AudienceKind.LANGUAGE:
            return [(Audience(kind, name=each), status.language_name(each)) for each in request.network.languages]
        case AudienceKind.REGION:
            return [(Audience(kind, name=each), texts.plain("region", region=each)) for each in rules.REGIONS]


async def find(request: Request, announcement_id: bytes) -> Shown | None:
    """None where there is none, or the person may not see it."""
    announcement = await announcements.get(request.tx, announcement_id)
    return await of(request, announcement) if announcement else None


async def of(request: Request, announcement: Announcement) -> Shown | None:
    me, author = request.me, await members.find_readable(request.tx, announcement.author_id)
    # An author whose row does not open announces nothing any more, but what is under way can be stopped.
    approvers = rules.approvers(author, await members.all_coordinators(request.tx)) if author else []
    approves = any(person.id == me.id for person in approvers)
    author_host = author.host_id if author else await members.host_of(request.tx, announcement.author_id)
    if not rules.may_see(me, announcement, author_host, approves):
        return None
    decider = await members.find_readable(request.tx, announcement.decided_by)
    waiting = False
    if announcement.state is AnnouncementState.SENDING and announcement.fanout_done:
        tally = await announcement_fanout.tally(request.tx, announcement.id, request.now)
        waiting = tally.later > 0 and not tally.due + tally.sending
    return Shown(
        announcement,
        await whom(request, announcement.audience),
        author=(author and author.name) or "",
        decider=decider.name if decider else None,
        mine=announcement.author_id == me.id,
        may_approve=approves,
        may_stop=rules.may_stop(me, announcement, author_host),
        may_resume=rules.may_resume(me, announcement),
        approvers=len(approvers),
        elsewhere=any(person.host_id != author_host for person in approvers),
        waiting=waiting,
    )


async def pressed(request: Request, announcement_id: bytes) -> Shown:
    """What a button speaks of. Raises `Refusal`."""
    shown = await find(request, announcement_id)
    if shown is None:
        raise Refusal(screens.gone(request))
    return shown


async def own(request: Request, announcement_id: bytes) -> Shown:
    """One's own, as long as it can be changed. Raises `Refusal`."""
    shown = await pressed(request, announcement_id)
    if not shown.mine or shown.announcement.began_at is not None:
        raise Refusal(screens.gone(request))
    return shown


async def show(request: Request, announcement_id: bytes, complaint: Html | None = None) -> Screen:
    """How it stands: its words while it is in the making, then how it goes out."""
    shown = await pressed(request, announcement_id)
    if shown.announcement.state in IN_THE_MAKING:
        return await version(request, shown, request.me.language, complaint)
    # Whoever opens it anew follows it there, and in no second message.
    close = request.now + closing(request).after
    await announcement_fanout.no_more_progress(request.tx, announcement_id, request.me.id, close)
    return await show_status(request, shown)


async def show_status(request: Request, shown: Shown) -> Screen:
    announcement = shown.announcement
    tally, missing = await counted(request, announcement)
    if announcement.state is AnnouncementState.SENDING and not tally.open + missing:
        shown = replace(
            shown, announcement=replace(announcement, state=AnnouncementState.SENT)
        )  # the next tick notes it
    return progress_screen.going_out(request, shown, tally, missing)


async def counted(request: Request, announcement: Announcement) -> tuple[Tally, int]:
    """What became of its messages, and how many are still to be put into the outbox."""
    tally = await announcement_fanout.tally(request.tx, announcement.id, request.now)
    if announcement.fanout_done:
        return tally, 0
    audience, author_id, after = announcement.audience, announcement.author_id, announcement.fanned_out_to
    return tally, await audiences.count(request.tx, audience, author_id, after)


async def version(request: Request, shown: Shown, language: str, complaint: Html | None = None) -> Screen:
    """The preview of one version, with what a dry run finds."""
    announcement = shown.announcement
    clocks = await audiences.clocks(request.tx, announcement.audience, announcement.author_id)
    return screens.preview(
        request,
        shown,
        await announcements.versions(request.tx, announcement.id),
        language,
        people=sum(clock.members for clock in clocks),
        resting=rules.resting(clocks, request.now, announcement.urgent),
        complaint=complaint,
    )
