"""Commands that nobody typed in a private chat with this bot: none of them has an effect."""

from typing import Any

import pytest

from bot.telegram import update_parser
from tests.faults.input.injected_updates import GROUP, LONG_AGO, answers_to, inject, message_update
from tests.faults.input.network import Network, on_one_network
from tests.support.stored_rows import count_rows

BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": -1009876543210, "type": "channel", "title": "x"}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": LONG_AGO}}
VIA = {"via_bot": {"id": 5, "is_bot": True, "first_name": "x", "username": "another_bot"}}


@pytest.mark.parametrize(
    ("kind", "changes", "answer"),
    [
        ("message", {"from": BOT, "chat": GROUP, "sender_chat": GROUP}, None),  # an anonymous admin
        ("message", {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": CHANNEL}, None),
        ("message", {"from": SERVICE, "chat": GROUP, "sender_chat": CHANNEL, "is_automatic_forward": True}, None),
        ("message", {"from": SERVICE}, None),
        ("message", {"sender_chat": CHANNEL}, None),
        ("message", {"chat": CHANNEL, "sender_chat": CHANNEL}, None),
        ("channel_post", {"chat": CHANNEL, "from": None, "sender_chat": CHANNEL}, None),
        ("edited_channel_post", {"chat": CHANNEL, "from": None}, None),
        ("business_message", {"business_connection_id": "x"}, None),
        ("message", {"chat": GROUP}, "only-in-private"),
        ("message", FORWARDED, "only-first-hand"),
        ("message", VIA, "only-first-hand"),
        ("edited_message", {"edit_date": LONG_AGO}, "edits-are-not-seen"),
    ],
)
@pytest.mark.parametrize("command", ["/invite", "/start x"])
@on_one_network
async def test_a_command_that_nobody_typed_here_does_nothing(
    network: Network, kind: str, changes: dict[str, Any], answer: str | None, command: str
) -> None:
    stage, nour = network.stage, network.nour
    await nour.person.looks_up()
    stage.sandbox.telegram.updates.allowed = []
    before = await count_rows(stage, "invites"), await count_rows(stage, "audit")
    await inject(stage, kind, message_update(nour, command, **changes))
    assert await answers_to(nour) == ([nour.texts.plain(answer)] if answer else [])
    asked = update_parser.read({"update_id": 1, kind: message_update(nour, command, **changes)}, "halqa_demo_bot")
    assert (asked is None) == (answer is None)  # and nobody else is answered
    assert (await count_rows(stage, "invites"), await count_rows(stage, "audit")) == before


@pytest.mark.parametrize("addressed", ["/invite@another_bot", "/invite@halqa_demo_bot_", "/invite@@halqa_demo_bot"])
@on_one_network
async def test_a_command_for_another_bot_is_not_heard(network: Network, addressed: str) -> None:
    stage, nour = network.stage, network.nour
    before = await count_rows(stage, "invites")
    await nour.person.looks_up()
    await inject(stage, "message", message_update(nour, addressed))
    assert await count_rows(stage, "invites") == before
    assert await answers_to(nour) == []
    await inject(stage, "message", message_update(nour, "/invite@HALQA_demo_bot"))
    assert await count_rows(stage, "invites") == before + 1
