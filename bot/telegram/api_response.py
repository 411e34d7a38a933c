"""Parsing the answers of the Bot API. An answer that cannot be parsed is never quoted in an error or a log."""

import json
import re
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError

# Seconds to wait after a 429 without `retry_after`, which a proxy in between may send.
FLOOD_WAIT = 5
_LIST = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[.*\]\s*\}\s*', re.DOTALL)
_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*([0-9]{1,15})(?![0-9])')  # within a text the quotes are escaped


class Garbled(NetworkError):
    """The status of a call is a success, but its result cannot be parsed.

    `update_ids`: those found in its bytes. `whole`: whether it begins and ends as a list of results does.
    """

    def __init__(self, message: str, update_ids: tuple[int, ...] = (), *, whole: bool = False) -> None:
        super().__init__(message)
        self.update_ids = update_ids
        self.whole = whole


def parsed(payload: bytes) -> dict[str, Any] | None:
    """The JSON object of an answer; None where it is none."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def result_or_reason(payload: bytes) -> dict[str, Any]:
    """The object of an answer, which has a `result` or a `description`. Raises `Garbled`."""
    answer = parsed(payload)
    if answer is None or not answer.keys() & {"result", "description"}:
        numbers = tuple(int(digits) for digits in _UPDATE_ID.findall(payload))
        raise Garbled("Sent, but the answer cannot be read", numbers, whole=bool(_LIST.fullmatch(payload)))
    return answer


def presentable(status: int, payload: bytes) -> bytes:
    """The answer in a form that `telegram.request.BaseRequest` turns into a result or an error without quoting it."""
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return payload
    answer = parsed(payload) or {}
    description, parameters = answer.get("description"), answer.get("parameters")
    given = parameters if isinstance(parameters, dict) else {}
    known = {key: given[key] for key in ("retry_after", "migrate_to_chat_id") if isinstance(given.get(key), int)}
    if status == HTTPStatus.TOO_MANY_REQUESTS and not known.get("retry_after"):
        known["retry_after"] = FLOOD_WAIT
    text = description if isinstance(description, str) else ""
    return json.dumps({"description": text, "parameters": known}).encode()
