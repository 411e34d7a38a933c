"""Deliveries of the program itself: after an interruption, when it has to stop, when a screen expires, and knocks."""

from bot.conversation import shared_screens, waiting_list
from bot.conversation.delivery import DeliveryKind, Priority, always
from bot.conversation.request import Request
from bot.conversation.screen import Screen, column
from storage.records import waiting


async def resume(request: Request) -> Screen:
    """After an interruption in which an answer may have been lost."""
    return Screen(request.texts("resume"), column(shared_screens.run(request.texts, "start")))


async def alarm(request: Request) -> Screen:
    """Says nothing about the network, and needs no answer, since none can be received."""
    return Screen(request.texts("alarm"))


async def close(request: Request) -> Screen:
    """Removes a screen from the chat when it expires; the knock takes its place where something waits."""
    return await waiting_list.closed(request, await remove(request))


async def remove(request: Request) -> Screen:
    """Removes a message. Where Telegram refuses that after 48 hours, it says that there is nothing more to see."""
    return Screen(request.texts("moved"), removes=True)


async def knock_again(request: Request) -> Screen | None:
    """The knock at the hour of the digest, where none stands or something came since that it did not tell of."""
    standing = await waiting.standing(request.tx, request.me.id)
    if standing is not None and not await waiting.any_silent(request.tx, request.me.id):
        return None
    return shared_screens.knock(request) if await waiting_list.entries(request, 1) else None


DELIVERIES = {
    "resume": DeliveryKind(resume, quiet=False, pauses=False, priority=Priority.ANSWERS),
    "alarm": DeliveryKind(alarm, pauses=False),
    "close": DeliveryKind(close, quiet=False, pauses=False, changes=True),
    "close-media": DeliveryKind(remove, quiet=False, pauses=False, changes=True),
    waiting_list.AGAIN: DeliveryKind(knock_again, pauses=False, replaces_knock=always),
    waiting_list.GONE: DeliveryKind(remove, quiet=False, pauses=False, changes=True),
}
