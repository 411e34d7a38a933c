"""What else a bot may put into a message, and what of it is refused."""

import struct
from typing import Any

import pytest
import telegram

from sandbox.control.person import Person
from sandbox.control.tiny_picture import PNG
from sandbox.telegram.entities import to_html
from sandbox.telegram.pictures import dimensions
from tests.sandbox.bare_api import Api


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


async def test_a_download_needs_the_right_path_and_token(api: Api, bot: telegram.Bot, noor: Person) -> None:
    path = (await bot.get_file((await bot.send_photo(noor.id, PNG)).photo[0])).file_path or ""
    async with api.session.get(path) as answer:
        assert await answer.read() == PNG
    for wrong, status in [
        (path + "x", 404),
        (path.replace(bot.token, "7000000001:another-token-of-the-right-form-000000"), 401),
    ]:
        async with api.session.get(wrong) as answer:
            assert answer.status == status
            assert (await answer.json())["ok"] is False


def test_quotes_and_code_become_html_again() -> None:
    entities = [
        {"type": "blockquote", "offset": 0, "length": 3},
        {"type": "pre", "offset": 4, "length": 1, "language": "py"},
        {"type": "pre", "offset": 6, "length": 1},
    ]
    assert to_html("a<b x y", entities) == (
        '<blockquote>a&lt;b</blockquote> <pre><code class="language-py">x</code></pre> <pre>y</pre>'
    )


def test_the_size_of_a_picture_is_read_off_its_first_bytes() -> None:
    comment = b"\xff\xfe" + struct.pack(">H", 5) + b"abc"
    frame = b"\xff\xc2" + struct.pack(">HBHH", 8, 8, 480, 640)
    assert dimensions(b"\xff\xd8" + comment + frame) == (640, 480)
    assert dimensions(b"\xff\xd8" + comment) is None
    assert dimensions(b"GIF89a" + struct.pack("<HH", 3, 4)) == (3, 4)
    assert dimensions(PNG) == (16, 16)
    assert dimensions(PNG[:20]) is None
    assert dimensions(b"") is None
