"""Refusals in Telegram's words: what a call answers instead of a result."""

from typing import Any


class ApiError(Exception):
    """A refused call: status and `error_code` (they are equal), description, and perhaps parameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer (Bot API, Making requests)."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """A call that is wrong in itself."""
    return ApiError(400, f"Bad Request: {reason}")


def conflict(reason: str) -> ApiError:
    """Two ways of fetching updates that exclude each other."""
    return ApiError(409, f"Conflict: {reason}")


def forbidden(reason: str) -> ApiError:
    """A chat the bot may not speak in."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """A flood; the bot may speak again after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
