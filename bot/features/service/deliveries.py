"""Deliveries of the program itself: after an interruption, when it stops, and when a message cannot be removed."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.request import Request
from bot.conversation.screen import Screen, column


async def resume(request: Request) -> Screen:
    """After an interruption in which an answer may have been lost."""
    return Screen(request.texts("resume"), column(shared_screens.run(request.texts, "start")), stays=True)


async def alarm(request: Request) -> Screen:
    """Says nothing about the network, and needs no answer, since none can be received."""
    return Screen(request.texts("alarm"), stays=True)


async def delete_yourself(request: Request) -> Screen:
    """Where Telegram no longer lets the bot remove something from the chat."""
    return Screen(request.texts("delete-yourself"), column(shared_screens.run(request.texts, "start")), stays=True)


DELIVERIES = {
    "resume": DeliveryKind(resume, quiet=False, pauses=False, frozen=True, priority=Priority.ANSWERS),
    "alarm": DeliveryKind(alarm, pauses=False),
    "delete-yourself": DeliveryKind(delete_yourself, pauses=False),
}
