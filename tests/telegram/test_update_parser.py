"""What an update asks of the bot: a command, a button, a text, something else, or nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram.constants import ChatID, FileSizeLimit

from bot.conversation.request import Incoming
from bot.telegram.update_parser import Malformed, read, sender

SALMA: dict[str, Any] = {"id": 7000000001, "is_bot": False, "first_name": "Salma", "language_code": "ar"}
PRIVATE = {"id": 7000000001, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": SALMA, "chat": PRIVATE, "date": 1_700_000_000} | fields


def command(text: str, length: int, **fields: Any) -> dict[str, Any]:
    return message(text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}], **fields)


def parsed(sent: dict[str, Any], kind: str = "message") -> Incoming | None:
    return read({"update_id": 1, kind: sent}, "halqa_bot")


def incoming(kind: Any, **fields: Any) -> Incoming:
    return Incoming(kind, 7000000001, "ar", **fields)


def typed(kind: Any, **fields: Any) -> Incoming:
    """A message in private, as `message` makes it."""
    return incoming(kind, typed_id=5, sent_at=datetime.fromtimestamp(1_700_000_000, UTC), **fields)


def test_a_command_comes_without_its_slash_and_with_what_stands_behind_it() -> None:
    assert parsed(command("/Post  Detention ", 5)) == typed("command", command="post", text="Detention")
    assert parsed(command("/help@Halqa_Bot", 15)) == typed("command", command="help")
    assert parsed(command("/help@other_bot", 15)) is None
    late = message(text="see /help", entities=[{"type": "bot_command", "offset": 4, "length": 5}])
    assert parsed(late) == typed("words", text="see /help")


@pytest.mark.parametrize("field", ["forward_origin", "via_bot"])
def test_a_command_that_somebody_else_wrote_is_second_hand(field: str) -> None:
    assert parsed(command("/forget", 7, **{field: {}})) == typed("secondhand")


def test_a_text_and_a_photo_with_its_caption_are_words() -> None:
    assert parsed(message(text="مرحبا")) == typed("words", text="مرحبا")
    photo = [
        {"file_id": "small", "file_size": 10},
        {"file_id": "large", "file_size": int(FileSizeLimit.PHOTOSIZE_UPLOAD)},
    ]
    assert parsed(message(photo=photo, caption="The hall")) == typed("words", text="The hall", photo="large")
    photo[-1]["file_size"] = int(FileSizeLimit.PHOTOSIZE_UPLOAD) + 1
    assert parsed(message(photo=photo, caption="The hall")) == typed("other")
    assert parsed(message(sticker={})) == typed("other")


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    found = parsed(message(text="a\ud83d"))
    assert found is not None
    assert found.text == "a\ufffd"


def test_in_a_group_only_a_command_is_answered() -> None:
    assert parsed(command("/help", 5, chat=GROUP)) == incoming("group")
    assert parsed(message(text="hello", chat=GROUP)) is None
    assert parsed(command("/help", 5, chat=GROUP), "edited_message") is None


def test_an_edit_is_noticed_where_it_changes_words() -> None:
    assert parsed(message(text="hello"), "edited_message") == typed("edited")
    assert parsed(message(location={}), "edited_message") is None


def test_a_button_carries_its_data_and_when_its_message_was_shown() -> None:
    query = {"id": "77", "from": SALMA, "data": "close", "message": message(edit_date=1_700_000_060)}
    assert parsed(query, "callback_query") == incoming(
        "press",
        callback_data="close",
        message_id=5,
        callback_id="77",
        shown_at=datetime.fromtimestamp(1_700_000_060, UTC),
        sent_at=datetime.fromtimestamp(1_700_000_000, UTC),
    )
    assert parsed(query | {"message": message(chat=GROUP)}, "callback_query") is None
    without = parsed({"id": "77", "from": SALMA, "data": "close"}, "callback_query")
    assert without == incoming("press", callback_data="close", callback_id="77")


@pytest.mark.parametrize(
    "sent",
    [
        message(**{"from": SALMA | {"is_bot": True}}),
        message(**{"from": {"id": int(ChatID.SERVICE_CHAT)}}),
        {"chat": PRIVATE},
    ],
)
def test_bots_and_telegram_itself_ask_nothing(sent: dict[str, Any]) -> None:
    assert parsed(sent | {"text": "hello"}) is None
    assert parsed(message(text="hello", sender_chat={})) is None


@pytest.mark.parametrize(
    "sent",
    [
        message(text=5),
        message(text="x", chat="private"),
        message(text="x", entities={}),
        message(text="x", **{"from": SALMA | {"id": "7"}}),
        message(text="x", **{"from": SALMA | {"id": True}}),
        message(text="x", message_id=0),
        message(photo=[{"file_id": 5}]),
    ],
)
def test_a_field_of_another_kind_is_malformed(sent: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        parsed(sent)


def test_the_sender_is_whoever_caused_the_update() -> None:
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        assert sender({"update_id": 1, kind: {"from": SALMA}}) == SALMA["id"]
    assert sender({"update_id": 1, "message": {}}) is None
    assert sender({"update_id": 1, "poll": {"from": SALMA}}) is None
    with pytest.raises(Malformed):
        sender({"update_id": 1, "message": {"from": {"id": -5}}})
