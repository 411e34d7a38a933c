"""Refused calls: status, description and parameters as Telegram answers them."""

import pytest

from sandbox.telegram.api_errors import ApiError, bad_request, conflict, forbidden, too_many_requests


@pytest.mark.parametrize(
    ("error", "code", "description"),
    [
        (bad_request("chat not found"), 400, "Bad Request: chat not found"),
        (forbidden("bot was blocked by the user"), 403, "Forbidden: bot was blocked by the user"),
        (conflict("terminated"), 409, "Conflict: terminated"),
        (ApiError(500, "Internal Server Error"), 500, "Internal Server Error"),
    ],
)
def test_a_refusal_has_its_status_and_no_parameters(error: ApiError, code: int, description: str) -> None:
    assert error.as_json() == {"ok": False, "error_code": code, "description": description}
    assert str(error) == description


def test_a_flood_says_when_to_come_back() -> None:
    assert too_many_requests(7).as_json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
