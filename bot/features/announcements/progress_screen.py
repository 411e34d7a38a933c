"""How an announcement is going out: one message that is renewed while it does, and what a halt has stopped."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation import shared_screens
from bot.conversation.reading_screens import closing
from bot.conversation.request import Request
from bot.conversation.screen import Button, Expiry, Screen, column
from bot.features.announcements import status
from bot.features.announcements.buttons import ShowVersion
from bot.features.announcements.status import Shown
from bot.language.texts import Html, Texts
from storage.records.announcements.announcement_fanout import PROGRESS, Tally
from storage.records.announcements.announcements import Announcement, AnnouncementState

RENEWED = timedelta(seconds=3)  # how often what is going out is counted anew
FOLLOWED = timedelta(days=14)  # how long a message is kept up to date
MOST = 12  # of several that were stopped at once


def going_out(request: Request, shown: Shown, tally: Tally, missing: int) -> Screen:
    """How it is going out; `missing`: not yet in the outbox.

    The message is renewed as long as that changes, and only when it is over does it leave the chat, after a while.
    """
    texts, announcement = request.texts, shown.announcement
    words = texts.stack(
        status.sentence(texts, shown, request.me.zone),
        texts("announcement-for", whom=shown.audience),
        _tally(texts, announcement, tally, missing) if announcement.began_at else "",
        texts("announcement-as-of", time=texts.time_of_day(request.now, request.me.zone)),
    )
    return Screen(
        words,
        column(
            *status.decisions(texts, shown),
            Button(texts.plain("button-see-words"), ShowVersion(announcement.id, request.me.language)),
            shared_screens.run(texts, "announce"),
            shared_screens.back(request),
        ),
        expiry=_renewal(request, announcement, tally, missing) or closing(request),
    )


def _tally(texts: Texts, announcement: Announcement, tally: Tally, missing: int) -> Html:
    """Delivered, waiting, not delivered, uncertain: every person who is meant counts in one of them."""
    ended = announcement.state is not AnnouncementState.SENDING
    undelivered = tally.failed + tally.cancelled
    if ended:  # what was on its way when it was stopped may have arrived
        missed = undelivered + tally.due + tally.later + missing
        return texts(
            "announcement-tally-end", sent=tally.sent, missed=missed, uncertain=tally.uncertain + tally.sending
        )
    return texts(
        "announcement-tally",
        sent=tally.sent,
        due=tally.due + tally.sending + missing,
        later=tally.later,
        missed=undelivered,
        uncertain=tally.uncertain,
    )


def _renewal(request: Request, announcement: Announcement, tally: Tally, missing: int) -> Expiry | None:
    """When the message is to be renewed: soon while messages leave, else when the next one is due; at last never."""
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


def halted(request: Request, stopped: Sequence[tuple[Shown, Tally, int]]) -> Screen:
    """Several that were stopped at once, each with what became of it and a way back."""
    texts = request.texts
    parts = (
        Html("\n").join(
            [
                texts("announcement-for", whom=shown.audience),
                _tally(texts, shown.announcement, tally, missing)
                if shown.announcement.began_at
                else texts("announcement-halted-early"),
            ]
        )
        for shown, tally, missing in stopped[:MOST]
    )
    return Screen(
        texts.stack(texts("announcements-halted"), *parts),
        column(
            *(status.line(texts, shown, request.me.zone) for shown, _, _ in stopped[:MOST]),
            shared_screens.run(texts, "announce"),
            shared_screens.back(request),
        ),
        expiry=closing(request),
    )
