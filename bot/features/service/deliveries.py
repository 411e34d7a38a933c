"""Deliveries of the program itself: after an interruption, when it has to stop, and when a screen expires."""

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.request import Request
from bot.conversation.screen import Screen, column


async def resume(request: Request) -> Screen:
    """After an interruption in which an answer may have been lost."""
    return Screen(request.texts("resume"), column(shared_screens.run(request.texts, "start")))


async def alarm(request: Request) -> Screen:
    """Says nothing about the network, and needs no answer, since none can be received."""
    return Screen(request.texts("alarm"))


async def close(request: Request) -> Screen:
    """Removes a screen from the chat when it expires."""
    return Screen(request.texts("knock"), removes=True)


DELIVERIES = {
    "resume": DeliveryKind(resume, quiet=False, pauses=False, frozen=True, priority=Priority.ANSWERS),
    "alarm": DeliveryKind(alarm, pauses=False),
    "close": DeliveryKind(close, quiet=False, pauses=False, frozen=True, changes=True),
}
