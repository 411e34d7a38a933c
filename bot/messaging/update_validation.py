"""What Telegram hands over, sorted before anything in it is believed: updates that can be kept, and what is strange.

Something strange is quarantined: noted under a reference code, and counted as delivered, since Telegram would otherwise
send it again for ever and hold up what comes after it. Its content is not kept, for it may be somebody's words.
"""

import json
from dataclasses import dataclass, field
from typing import Any

MOST_ID = 2**52 - 1  # Bot API: its whole numbers have at most 52 significant bits
MOST_DEPTH = 100  # Telegram's own updates stay below 20


@dataclass(frozen=True, slots=True)
class ValidUpdate:
    """An update with an id by which it is known again."""

    update_id: int
    update: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvalidUpdate:
    """No update. `reason` is a fixed word: bytes, json, depth, object, id. `content` tells it from another one."""

    reason: str
    content: bytes = field(repr=False)


ReceivedUpdate = ValidUpdate | InvalidUpdate


def from_bytes(payload: bytes) -> ReceivedUpdate:
    """The update in the body of a request."""
    try:
        update = json.loads(payload.decode())
    except UnicodeDecodeError:
        return InvalidUpdate("bytes", payload)
    except ValueError:
        return InvalidUpdate("json", payload)
    except RecursionError:
        return InvalidUpdate("depth", payload)
    return from_object(update, payload)


def from_object(update: object, content: bytes | None = None) -> ReceivedUpdate:
    """The update in one item of the answer to getUpdates; `content`: as it came, where that is known."""
    if _too_deep(update):
        return InvalidUpdate("depth", content or b"")
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(update, dict) and type(number) is int and 0 < number <= MOST_ID:  # a Boolean is an int, too
        return ValidUpdate(number, update)
    return InvalidUpdate("id" if isinstance(update, dict) else "object", content or json.dumps(update).encode())


def _too_deep(value: object) -> bool:
    """Whether it is nested so deep that reading it could end the program. Looks level by level, without recursion."""
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
