"""The methods about messages: what Telegram refuses is refused with its status and in its words."""

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
    sandbox.clock.move(sandbox.telegram.callback_lifetime + timedelta(seconds=1))
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


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendChatAction", {"action": "sing"}, "wrong parameter action in request"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "message_id": "first"}, "invalid message_id specified"),
        ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": [0]}, "invalid message identifier specified"),
        (
            "deleteMessages",
            {"message_ids": list(range(1, 102))},
            "too many message identifiers specified",
        ),
        ("setMyName", {"name": "x" * 65}, "bot name is too long"),
        ("setMyName", {"name": ""}, "bot name must be non-empty"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
        ("getChatMember", {"user_id": 4711}, "user not found"),
        ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed_updates JSON object"),
    ],
)
async def test_wrong_parameters_are_refused(
    api: Api, noor: Person, method: str, parameters: dict[str, Any], words: str
) -> None:
    said = await api.refusal(method, chat_id=noor.id, **parameters)
    assert said == f"Bad Request: {words}"


async def test_a_file_that_is_sent_again_has_to_be_known(api: Api, noor: Person) -> None:
    for photo, words in [
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("no-such-id", "wrong file identifier/HTTP URL specified"),
    ]:
        said = await api.refusal("sendPhoto", chat_id=noor.id, photo=photo)
        assert said == f"Bad Request: {words}"
    assert await api.refusal("getFile", file_id="no-such-id") == "Bad Request: invalid file_id"
