"""The knock that stands in a chat: whether one is sent, or what it would tell of joins the list behind it.

A new one is sent before the old one is deleted. So a crash or a lost answer leaves two at most, and never none.
"""

from datetime import datetime

from bot.conversation import waiting_list
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Request
from bot.conversation.screen import Screen
from storage.engine.transaction import Transaction
from storage.records import waiting
from storage.records.outbox import OutboxMessage
from storage.records.people import members


async def is_sent(request: Request, message: OutboxMessage, kind: DeliveryKind, screen: Screen) -> bool:
    """Whether a screen is to be sent; False for a knock of whose subject one that stands tells already."""
    tx, me = request.tx, request.me
    if screen.opens is not None:
        await waiting.add(tx, me.id, screen.opens.action.pack(), message.kind, message.about, request.now)
    if not screen.knock or message.message_id is not None or await waiting.standing(tx, me.id) is None:
        return True
    if kind.replaces_knock is not None and await kind.replaces_knock(request):
        return True
    await waiting_list.knock_later(tx, me, request.now)
    return False


async def was_shown(tx: Transaction, message: OutboxMessage, shown: int | None, now: datetime) -> None:
    """Notes the message that is the knock from here on; `shown` is None where the person had deleted it."""
    member_id = message.member_id
    before = await waiting.fall(tx, member_id)
    if before != shown:
        await waiting_list.take_away(tx, member_id, before, now)
    if not await waiting.count(tx, member_id):
        await waiting_list.take_away(tx, member_id, shown, now)  # everything was opened meanwhile
    elif shown is not None:
        await waiting.stand(tx, member_id, shown, sent=message.message_id is None)
    elif (member := await members.get(tx, member_id)) is not None:
        await waiting_list.knock_later(tx, member, now)
