"""The parts of a request of the control API, and errors with a reason."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.telegram.api_errors import ApiError
from sandbox.telegram.model import NotPossible
from sandbox.telegram.records import Json

LONGEST_WAIT = 25.0  # seconds
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def error_responses(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer exceptions in the control API with 400 and the reason: actions that are not possible, wrong values."""
    if not request.path.startswith("/sandbox/"):
        return await handler(request)
    try:
        return await handler(request)
    except (NotPossible, ValueError, OverflowError) as error:
        raise problem(str(error)) from error
    except ApiError as error:
        raise problem(error.description) from error


def problem(reason: str, status: int = 400) -> web.HTTPException:
    """An error response, whose body is `{"error": reason}`."""
    kinds: dict[int, type[web.HTTPException]] = {
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
    }
    text = json.dumps({"error": reason})
    return kinds.get(status, web.HTTPBadRequest)(text=text, content_type="application/json")


def long_poll(request: web.Request) -> tuple[int, float]:
    """The revision that the caller knows, and how many seconds the request may wait for a greater one."""
    after = int(request.query.get("after", "-1"))
    seconds = float(request.query.get("wait", "0"))
    return after, max(0.0, min(seconds, LONGEST_WAIT))


async def body(request: web.Request) -> Json:
    """The JSON object of a request; empty without a body."""
    given = await request.json() if request.can_read_body else {}
    if not isinstance(given, dict):
        raise problem("the body is a JSON object")
    return given


def text(given: Json, name: str) -> str:
    """A string of such an object; empty where it is absent."""
    value: Any = given.get(name, "")
    if not isinstance(value, str):
        raise problem(f"{name} is a text")
    return value
