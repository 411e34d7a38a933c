"""The content of a message: text, entities, keyboards, link previews; and the words in which it is refused."""

from typing import Any

import pytest

from sandbox.control.person import Person
from tests.sandbox.bare_api import Api


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_entities_can_be_given_instead_of_html(api: Api, noor: Person) -> None:
    given = [
        {"type": "bold", "offset": 1, "length": 5},
        {"type": "text_link", "offset": 1, "length": 2, "url": "https://example.org/"},
        {"type": "unheard_of", "offset": 0, "length": 2},
    ]
    sent = await api.result("sendMessage", chat_id=noor.id, text=" \U0001f33f green ", entities=given)
    assert sent["text"] == "\U0001f33f green"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "text_link", "offset": 0, "length": 2, "url": "https://example.org/"},
    ]
    html = '<b><a href="https://example.org/">\U0001f33f</a> gr</b>een'
    assert (await noor.last()).html == html


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"entities": [{"type": "bold", "offset": 0, "length": 9}]}, "ENTITY_BOUNDS_INVALID"),
        ({"entities": "["}, "can't parse entities JSON object"),
        ({"entities": ["bold"]}, "message entities must be an Array of Objects"),
        (
            {"entities": [{"type": "bold"}]},
            "can't parse MessageEntity: offset and length must be of type Number",
        ),
        (
            {"entities": [{"type": "text_link", "offset": 0, "length": 1}]},
            'can\'t parse MessageEntity: field "url" must be of type String',
        ),
        ({"parse_mode": "XML"}, "unsupported parse_mode"),
        ({"link_preview_options": "true"}, "object expected as link preview options"),
        ({"reply_markup": {"keyboard": [["Yes"]]}}, "this sandbox shows inline keyboards only"),
        ({"reply_markup": "[]"}, "object expected as reply markup"),
        (
            {"reply_markup": {"inline_keyboard": [{"text": "Go"}]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"reply_markup": {"inline_keyboard": [["Go"]]}},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "Go", "callback_data": 7}]]}},
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}},
            "REPLY_MARKUP_TOO_LONG",
        ),
        ({"reply_parameters": "[1]"}, "object expected as reply parameters"),
    ],
)
async def test_what_is_malformed_is_refused(api: Api, noor: Person, parameters: dict[str, Any], words: str) -> None:
    said = await api.refusal("sendMessage", chat_id=noor.id, text="Hello", **parameters)
    assert said == f"Bad Request: {words}"
    assert [message.text for message in await noor.chat()] == ["/start"]


async def test_link_previews_are_off_where_the_bot_says_so(api: Api, noor: Person) -> None:
    cases: list[tuple[dict[str, Any], bool]] = [
        ({}, True),
        ({"disable_web_page_preview": True}, False),
        ({"link_preview_options": {"is_disabled": True}}, False),
        ({"link_preview_options": {"prefer_small_media": True}}, True),
    ]
    for parameters, previews in cases:
        await api.result("sendMessage", chat_id=noor.id, text="https://example.org", **parameters)
        assert (await noor.last()).previews is previews


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
