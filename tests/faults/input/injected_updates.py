"""Updates with any content, put into the sandbox's queue of updates, and what the bot answers to them."""

from typing import Any

from bot.demo.stage import Stage
from bot.demo.steps import Actor

LONG_AGO = 1_700_000_000
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "x"}


def message_update(actor: Actor, typed: str, /, **changes: Any) -> dict[str, Any]:
    """A message in a private chat in the form of the Bot API; `changes` replace or, with None, remove fields."""
    command = typed.startswith("/")
    found: dict[str, Any] = {
        "message_id": 900_001,
        "date": LONG_AGO,
        "chat": {"id": actor.person.id, "type": "private", "first_name": "x"},
        "from": {"id": actor.person.id, "is_bot": False, "first_name": "x", "language_code": "en"},
        "text": typed,
    }
    if command:
        found["entities"] = [{"type": "bot_command", "offset": 0, "length": len(typed.split()[0])}]
    return {key: value for key, value in (found | changes).items() if value is not None}


async def inject(stage: Stage, kind: str, payload: Any) -> None:
    """Puts an update with any payload into the queue and waits until it is handled."""
    stage.sandbox.telegram.updates.add(kind, -1, payload)
    await stage.settle()


async def answers_to(actor: Actor) -> list[str]:
    """The texts of the bot since this person last did something."""
    mark = actor.person.observer.mark
    return [message.text for message in await actor.person.chat() if message.by_bot and message.revision > mark]
