"""Errors of the Bot API in Telegram's words."""

from typing import Any


class ApiError(Exception):
    """A refused call: `error_code`, which is the HTTP status too, description, and ResponseParameters if any."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the response (Bot API, Making requests)."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """400: the call itself is wrong."""
    return ApiError(400, f"Bad Request: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two ways of fetching updates exclude each other."""
    return ApiError(409, f"Conflict: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: the bot may not write to this chat."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429: flood control; the bot may send again after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
