"""Validation of what Telegram delivers, before anything in it is trusted: updates that can be stored, and invalid ones.

An invalid update is quarantined: recorded under a reference and confirmed as delivered, since Telegram would otherwise
send it again for ever, before all later ones. Its content is not stored, since it may be somebody's text.
"""

import json
from dataclasses import dataclass, field
from typing import Any

MOST_ID = 2**52 - 1  # Bot API: its whole numbers have at most 52 significant bits
MOST_DEPTH = 100  # Telegram's own updates stay below 20


@dataclass(frozen=True, slots=True)
class ValidUpdate:
    """An update with a valid id, by which a redelivery is recognised."""

    update_id: int
    update: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvalidUpdate:
    """Not a valid update. `reason` is one of bytes, json, depth, object, id. `content` identifies a redelivery."""

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
    """The update in one item of the answer to getUpdates; `content`: its bytes as they arrived, where known."""
    if _too_deep(update):
        return InvalidUpdate("depth", content or b"")
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(update, dict) and type(number) is int and 0 < number <= MOST_ID:  # a Boolean is an int, too
        return ValidUpdate(number, update)
    return InvalidUpdate("id" if isinstance(update, dict) else "object", content or json.dumps(update).encode())


def _too_deep(value: object) -> bool:
    """Whether it is nested so deep that recursion over it could end the program. Checked level by level."""
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
