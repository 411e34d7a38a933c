"""What Telegram would refuse is refused, with its status and in its words."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.server import Sandbox
from tests.sandbox.bare_api import Api

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_a_wrong_token_is_not_authorized(api: Api) -> None:
    for token, status, words in [
        ("7000000001:another-token-of-the-right-form-000000", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ]:
        async with api.session.get(api.url("getMe", token)) as answer:
            assert answer.status == status
            assert await answer.json() == {"ok": False, "error_code": status, "description": words}


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert await api.call("sendMassage") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
async def test_an_empty_text_is_refused(api: Api, noor: Person, text: str) -> None:
    assert await api.refusal("sendMessage", chat_id=noor.id, text=text) == "Bad Request: message text is empty"


async def test_the_length_counts_after_parsing_in_utf16_units(api: Api, noor: Person) -> None:
    longest = "\U0001f33f" * 2048
    sent = await api.result("sendMessage", chat_id=noor.id, text=f"<b>{longest}</b>", parse_mode="HTML")
    assert sent["text"] == longest
    too_long = await api.refusal("sendMessage", chat_id=noor.id, text=longest + "a")
    assert too_long == "Bad Request: message is too long"


async def test_html_that_does_not_parse_is_refused(api: Api, noor: Person) -> None:
    said = await api.refusal("sendMessage", chat_id=noor.id, text="<b>open", parse_mode="HTML")
    assert said == "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""


async def test_markdown_is_not_spoken_here(api: Api, noor: Person) -> None:
    said = await api.refusal("sendMessage", chat_id=noor.id, text="*x*", parse_mode="MarkdownV2")
    assert said.startswith("Bad Request: can't parse entities: MarkdownV2 is not spoken")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Go", "callback_data": "x" * 65}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "Go", "callback_data": "ح" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "Go", "callback_data": ""}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "Go", "url": "ftp://example.org"}, "Bad Request: BUTTON_URL_INVALID"),
        (
            {"text": "Go"},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "x"},
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
    ],
)
async def test_a_wrong_button_is_refused(api: Api, noor: Person, button: Any, words: str) -> None:
    said = await api.refusal("sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard(button))
    assert said == words


async def test_a_button_takes_64_bytes(api: Api, noor: Person) -> None:
    button = {"text": "Go", "callback_data": "ح" * 32}
    sent = await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard(button))
    assert sent["reply_markup"] == keyboard(button)


async def test_a_keyboard_that_is_no_json_is_refused(api: Api, noor: Person) -> None:
    said = await api.refusal("sendMessage", chat_id=noor.id, text="x", reply_markup="{'inline_keyboard': []}")
    assert said == "Bad Request: can't parse reply keyboard markup JSON object"


async def test_an_unchanged_edit_is_refused(api: Api, noor: Person) -> None:
    there = keyboard({"text": "Go", "callback_data": "go"})
    sent = await api.result("sendMessage", chat_id=noor.id, text="<b>Hi</b>", parse_mode="HTML", reply_markup=there)
    which: dict[str, Any] = {"chat_id": noor.id, "message_id": sent["message_id"]}
    same = {"text": "<strong>Hi</strong> ", "parse_mode": "HTML", "reply_markup": there}
    assert await api.refusal("editMessageText", **which, **same) == NOT_MODIFIED
    assert await api.refusal("editMessageReplyMarkup", **which, reply_markup=there) == NOT_MODIFIED
    await api.result("editMessageText", **which, text="Hi", reply_markup=there)
    await api.result("editMessageReplyMarkup", **which)
    assert await api.refusal("editMessageReplyMarkup", **which) == NOT_MODIFIED


async def test_only_messages_of_the_right_kind_can_be_edited(api: Api, noor: Person) -> None:
    sent = await api.result("sendMessage", chat_id=noor.id, text="Hi")
    theirs = (await noor.chat())[0].id
    for method, message_id, words in [
        ("editMessageText", 4711, "message to edit not found"),
        ("editMessageText", theirs, "message can't be edited"),
        ("editMessageCaption", sent["message_id"], "there is no caption in the message to edit"),
    ]:
        said = await api.refusal(method, chat_id=noor.id, message_id=message_id, text="x", caption="x")
        assert said == f"Bad Request: {words}"


async def test_a_chat_has_to_be_known_started_and_not_blocked(api: Api, people: People, noor: Person) -> None:
    silent = await people.join("Silent")
    assert await api.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await api.refusal("sendMessage", chat_id=42, text="x") == "Bad Request: chat not found"
    assert await api.refusal("sendMessage", chat_id="@nobody", text="x") == "Bad Request: chat not found"
    assert await api.call("sendMessage", chat_id=silent.id, text="x") == {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot can't initiate conversation with a user",
    }
    await noor.blocks()
    for method in ("sendMessage", "sendChatAction"):
        said = await api.call(method, chat_id=noor.id, text="x", action="typing")
        assert (said["error_code"], said["description"]) == (403, "Forbidden: bot was blocked by the user")
    await noor.unblocks()
    await api.result("sendMessage", chat_id=noor.id, text="x")


async def pressed(api: Api, noor: Person) -> str:
    """The id of a callback query that waits for its answer."""
    button = keyboard({"text": "Go", "callback_data": "go"})
    await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=button)
    await noor.presses("Go")
    [update] = await api.result("getUpdates", offset=-1)
    return str(update["callback_query"]["id"])


async def test_a_callback_is_answered_once(api: Api, noor: Person) -> None:
    query = await pressed(api, noor)
    too_long = await api.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    await api.result("answerCallbackQuery", callback_query_id=query, text="Done")
    assert await api.refusal("answerCallbackQuery", callback_query_id=query) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_a_callback_is_answered_in_time(sandbox: Sandbox, api: Api, noor: Person) -> None:
    query = await pressed(api, noor)
    sandbox.clock.move(sandbox.telegram.press_life + timedelta(seconds=1))
    assert await api.refusal("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_nothing_is_deleted_after_48_hours(sandbox: Sandbox, api: Api, noor: Person) -> None:
    old = await api.result("sendMessage", chat_id=noor.id, text="old")
    sandbox.clock.move(timedelta(hours=47, minutes=59))
    new = await api.result("sendMessage", chat_id=noor.id, text="new")
    sandbox.clock.move(timedelta(minutes=2))
    cannot = "Bad Request: message can't be deleted for everyone"
    both = [old["message_id"], new["message_id"]]
    assert await api.refusal("deleteMessage", chat_id=noor.id, message_id=both[0]) == cannot
    assert await api.refusal("deleteMessages", chat_id=noor.id, message_ids=both) == cannot
    assert [message.text for message in await noor.chat()] == ["/start", "old", "new"]
    await api.result("deleteMessages", chat_id=noor.id, message_ids=[new["message_id"], 4711])
    assert [message.text for message in await noor.chat()] == ["/start", "old"]
    gone = await api.refusal("deleteMessage", chat_id=noor.id, message_id=new["message_id"])
    assert gone == "Bad Request: message to delete not found"


async def test_a_reply_needs_something_to_reply_to(api: Api, noor: Person) -> None:
    missing = {"message_id": 4711}
    said = await api.refusal("sendMessage", chat_id=noor.id, text="x", reply_parameters=missing)
    assert said == "Bad Request: message to be replied not found"
    anyway = {**missing, "allow_sending_without_reply": True}
    await api.result("sendMessage", chat_id=noor.id, text="x", reply_parameters=anyway)


async def test_a_picture_has_to_be_one(api: Api, noor: Person) -> None:
    for photo, words in [
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("no-such-id", "wrong file identifier/HTTP URL specified"),
    ]:
        said = await api.refusal("sendPhoto", chat_id=noor.id, photo=photo)
        assert said == f"Bad Request: {words}"
    assert await api.refusal("getFile", file_id="no-such-id") == "Bad Request: invalid file_id"


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
