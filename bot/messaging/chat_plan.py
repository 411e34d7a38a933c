"""What is to become of each message of a chat, planned with what the message brought about or shows.

A screen leaves the chat after the network's time for closing, and so does what its reader typed, unless the screen
says otherwise. What was typed for a draft leaves as soon as the draft is sent or thrown away.
"""

from datetime import datetime

from bot.conversation.request import Incoming, NetworkContext, Request
from bot.conversation.screen import Screen
from bot.messaging.send_result import Sent
from storage.engine.transaction import Transaction
from storage.records import outbox
from storage.records.drafts import Draft
from storage.records.outbox import OutboxMessage
from storage.records.people import chat_messages


async def after_handling(before: Request, after: Request, incoming: Incoming, screen: Screen) -> None:
    """Plans the message that was typed, and the one whose button was pressed where the screen takes its place.

    `before` and `after`: the person as they were before and after the handler. Does nothing for a stranger, and for
    somebody who was erased.
    """
    if after.member is None:
        return
    if _is_settled(before.draft, after.draft):
        await chat_messages.settle_draft(after.tx, after.member.id, after.now)
    if incoming.typed_id is not None:
        settles = incoming.kind == "words" and _is_settled(before.draft, after.draft)
        await typed(
            after.tx,
            after.member.id,
            incoming,
            after.network,
            after.now,
            at_once=settles or screen.forget_typed,
            of_draft=after.draft is not None and (incoming.kind == "words" or bool(incoming.text)),
        )
    if incoming.message_id is not None and replaces_message(screen):
        sent_at = incoming.sent_at or after.now
        await shown(after.tx, after.member.id, incoming.message_id, screen, after.network, after.now, sent_at=sent_at)


async def typed(
    tx: Transaction,
    member_id: bytes,
    incoming: Incoming,
    network: NetworkContext,
    now: datetime,
    *,
    at_once: bool = False,
    of_draft: bool = False,
) -> None:
    """Plans the removal of a message that a member sent."""
    if incoming.typed_id is None:
        return
    sent_at = incoming.sent_at
    if sent_at is None or not now - chat_messages.DELETABLE < sent_at <= now:
        sent_at = now  # Telegram keeps updates for a day, so this is another clock than ours
    await chat_messages.note(
        tx,
        member_id,
        incoming.typed_id,
        by_bot=False,
        sent_at=sent_at,
        due=now if at_once else now + network.closes_after,
        of_draft=of_draft and not at_once,
        now=now,
    )


async def shown(
    tx: Transaction,
    member_id: bytes,
    message_id: int,
    screen: Screen,
    network: NetworkContext,
    now: datetime,
    *,
    sent_at: datetime | None = None,
) -> None:
    """Plans what becomes of a message that shows a screen, in place of what was planned for it before.

    `sent_at`: when it was sent, where it was there before.
    """
    if sent_at is not None:
        await outbox.cancel_changes(tx, member_id, message_id)
    closes_after = screen.open_for or network.closes_after
    await chat_messages.note(
        tx,
        member_id,
        message_id,
        by_bot=True,
        sent_at=min(sent_at or now, now),
        due=None if screen.stays or screen.expiry else now if screen.removes else now + closes_after,
        topic_id=screen.topic,
        now=now,
    )
    if screen.expiry is not None:
        due = now + screen.expiry.after
        about = screen.expiry.about
        await outbox.put(tx, member_id, screen.expiry.kind, about=about, message_id=message_id, due=due, now=now)


async def delivered(
    tx: Transaction, message: OutboxMessage, result: Sent, screen: Screen, network: NetworkContext, now: datetime
) -> None:
    """Plans what becomes of a message that was delivered, or changed by a delivery."""
    if message.message_id is None or message.chat_message_id is None:
        if result.message_id is not None:
            await shown(tx, message.member_id, result.message_id, screen, network, now)
    elif screen.removes or result.message_id is None:
        await chat_messages.drop(tx, message.member_id, message.message_id)
    elif not screen.stays and screen.expiry is None:
        await chat_messages.plan_unless_planned(tx, message.chat_message_id, now + network.closes_after)


def replaces_message(screen: Screen) -> bool:
    """Whether the screen replaces the message whose button was pressed."""
    return not (screen.fresh or screen.photo or screen.document)


def _is_settled(before: Draft | None, after: Draft | None) -> bool:
    """Whether a draft was sent or thrown away, perhaps for another one."""
    return before is not None and (after is None or (after.kind, after.about) != (before.kind, before.about))
