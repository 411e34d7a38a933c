"""Reading the answers of the Bot API, so that what cannot be read is never quoted in an error or a log."""

import json
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError

# Telegram says how long to wait after a 429; this is for a proxy in between that does not. Seconds.
FLOOD_WAIT = 5


def parsed(payload: bytes) -> dict[str, Any] | None:
    """The JSON object in an answer; None where there is none."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def readable(method: str, status: int, payload: bytes) -> bytes:
    """The answer in a form that `telegram.request.BaseRequest` makes a result or an error of without quoting it.

    Raises NetworkError where a call succeeded by its status and its result cannot be read: Telegram has acted.
    """
    success = status < HTTPStatus.MULTIPLE_CHOICES
    if success and method == "GET":
        return payload  # a file
    answer = parsed(payload) or {}
    if success:
        if "result" not in answer:
            raise NetworkError("Sent, but the answer cannot be read")
        return payload
    description, parameters = answer.get("description"), answer.get("parameters")
    given = parameters if isinstance(parameters, dict) else {}
    known = {key: given[key] for key in ("retry_after", "migrate_to_chat_id") if isinstance(given.get(key), int)}
    if status == HTTPStatus.TOO_MANY_REQUESTS and not known.get("retry_after"):
        known["retry_after"] = FLOOD_WAIT
    said = description if isinstance(description, str) else ""
    return json.dumps({"description": said, "parameters": known}).encode()
