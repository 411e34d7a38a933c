"""How an announcement goes out: one message that is renewed while the numbers change, and what a halt has stopped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import rounding, shared_screens
from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.request import Request
from bot.conversation.screen import Button, Expiry, Screen, column
from bot.features.announcements import view
from bot.features.announcements.buttons import ShowVersion
from bot.features.announcements.view import AnnouncementView
from bot.language.texts import Html, Texts
from storage.records import outbox
from storage.records.announcements import announcement_fanout, audiences
from storage.records.announcements.announcement_fanout import PROGRESS, Tally
from storage.records.announcements.announcements import Announcement, AnnouncementState

RENEWED = timedelta(seconds=3)  # the shortest time between two renewals of the message
FOLLOWED = timedelta(days=14)  # how long a message is kept up to date
MOST_HALTED = 12  # announcements that one message about a halt lists


async def render_progress(request: Request) -> Screen | None:
    """Renews the message in which somebody follows an announcement, and schedules its next renewal or its closing."""
    seen = await view.find(request, request.about or b"")
    if seen is None:
        return Screen(request.texts("announcement-gone"), removes=True)
    screen = await show(request, seen)
    if screen.expiry is not None and request.message_id is not None:
        # A delivery that fails is retried, and each attempt would schedule one more renewal.
        await outbox.cancel_changes(request.tx, request.me.id, request.message_id)
        await outbox.put(
            request.tx,
            request.me.id,
            screen.expiry.kind,
            about=screen.expiry.about,
            message_id=request.message_id,
            due=request.now + screen.expiry.after,
            now=request.now,
        )
    return screen


async def count(request: Request, announcement: Announcement) -> tuple[Tally, int]:
    """The messages by state, and how many are not yet in the outbox."""
    tally = await announcement_fanout.tally(request.tx, announcement.id, request.now)
    if announcement.fanout_done:
        return tally, 0
    audience, author_id, after = announcement.audience, announcement.author_id, announcement.fanned_out_to
    return tally, await audiences.count(request.tx, audience, author_id, after)


async def show(request: Request, seen: AnnouncementView) -> Screen:
    """The numbers, and what the reader can decide; renewed as long as they change, then it leaves the chat."""
    tally, missing = await count(request, seen.announcement)
    if seen.announcement.state is AnnouncementState.SENDING and not tally.open + missing:
        # All is sent; the next tick writes that into its row.
        seen = replace(seen, announcement=replace(seen.announcement, state=AnnouncementState.SENT))
    texts, announcement = request.texts, seen.announcement
    substance = texts.stack(
        view.state_sentence(texts, seen, request.me.zone),
        texts("announcement-for", whom=seen.audience),
        _numbers(texts, announcement, tally, missing) if announcement.began_at else "",
    )
    as_of = texts("announcement-as-of", time=texts.time_of_day(request.now, request.me.zone))
    return Screen(
        texts.stack(substance, as_of),
        column(
            *view.decision_buttons(texts, seen),
            Button(texts.plain("button-see-words"), ShowVersion(announcement.id, request.me.language)),
            shared_screens.run(texts, "announce"),
            shared_screens.back(request),
        ),
        substance=substance,
        expiry=_renewal(request, announcement, tally, missing),
    )


def _numbers(texts: Texts, announcement: Announcement, tally: Tally, missing: int) -> Html:
    """Delivered, waiting, not delivered, uncertain: every person of the audience is counted in exactly one of them.

    Rounded like the size of the audience, which their sum would tell otherwise.
    """

    def said(people: int) -> str:
        return rounding.said(texts, people)

    ended = announcement.state is not AnnouncementState.SENDING
    undelivered = tally.failed + tally.cancelled
    if ended:  # a message that was being sent when the announcement was halted may have arrived
        missed = undelivered + tally.due + tally.later + missing
        uncertain = said(tally.uncertain + tally.sending)
        return texts("announcement-tally-end", sent=said(tally.sent), missed=said(missed), uncertain=uncertain)
    return texts(
        "announcement-tally",
        sent=said(tally.sent),
        due=said(tally.due + tally.sending + missing),
        later=said(tally.later),
        missed=said(undelivered),
        uncertain=said(tally.uncertain),
    )


def _renewal(request: Request, announcement: Announcement, tally: Tally, missing: int) -> Expiry | None:
    """The next renewal: at once while messages are being sent, else when the next one is due; None when it is over."""
    now, state = request.now, announcement.state
    next_look: datetime | None = None
    if state is AnnouncementState.APPROVED:
        next_look = announcement.due_at
    elif announcement.began_at is None or now > announcement.began_at + FOLLOWED:
        return None
    elif tally.sending or (state is AnnouncementState.SENDING and tally.due + missing):
        next_look = now
    elif state is AnnouncementState.SENDING and tally.next_due is not None:
        next_look = min(tally.next_due, announcement.began_at + FOLLOWED)
    return Expiry(PROGRESS, announcement.id, max(next_look - now, timedelta()) + RENEWED) if next_look else None


def halted_screen(request: Request, halted: Sequence[tuple[AnnouncementView, Tally, int]]) -> Screen:
    """Several that were halted at once, each with its numbers and a button to it."""
    texts = request.texts
    parts = (
        Html("\n").join(
            [
                texts("announcement-for", whom=seen.audience),
                _numbers(texts, seen.announcement, tally, missing)
                if seen.announcement.began_at
                else texts("announcement-halted-early"),
            ]
        )
        for seen, tally, missing in halted[:MOST_HALTED]
    )
    return Screen(
        texts.stack(texts("announcements-halted"), *parts),
        column(
            *(view.list_button(texts, seen, request.me.zone) for seen, _, _ in halted[:MOST_HALTED]),
            shared_screens.run(texts, "announce"),
            shared_screens.back(request),
        ),
    )


DELIVERIES = {
    # Before the messages it counts, or a renewal would be sent only after all of them.
    PROGRESS: DeliveryKind(render_progress, quiet=False, pauses=False, changes=True, priority=Priority.ANSWERS),
}
