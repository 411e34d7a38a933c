"""What reaches people from the program itself: after an interruption, and when it has to stop."""

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.screen import Screen, column


async def resume(request: Request) -> Screen:
    """After an interruption in which an answer may have been lost."""
    return Screen(request.texts("resume"), column(shared_screens.run(request.texts, "start")))


async def alarm(request: Request) -> Screen:
    """It says nothing of the network, and needs no answer, since none can be received."""
    return Screen(request.texts("alarm"))


async def close(request: Request) -> Screen:
    """Takes what was opened out of the chat when its time is over."""
    return Screen(request.texts("knock"), removes=True)
