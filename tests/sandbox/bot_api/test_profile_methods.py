"""The methods about the bot itself: what of a menu is refused."""

from typing import Any

import pytest

from tests.sandbox.bare_api import Api


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"commands": [{"command": "Not-good", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "go", "description": ""}]}, "command description must be non-empty"),
        ({"commands": [], "language_code": "arabic"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 42}}, "chat not found"),
        ({"commands": [], "scope": {"type": "planet"}}, "unsupported type specified"),
    ],
)
async def test_a_wrong_menu_is_refused(api: Api, parameters: dict[str, Any], words: str) -> None:
    assert await api.refusal("setMyCommands", **parameters) == f"Bad Request: {words}"
