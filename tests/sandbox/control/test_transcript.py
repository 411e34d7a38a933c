"""A chat as text, and messages as a person is shown them."""

from typing import Any

from sandbox.control.transcript import plain, read_message, transcript


def message(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "by_bot": True,
        "date": 1_930_000_000,
        "text": "Welcome",
        "entities": [],
        "keyboard": [],
        "edited": False,
        "protected": False,
        "previews": True,
        "unread": True,
        "silent": False,
        "revision": number,
    } | fields


def test_direction_isolates_are_dropped_and_nothing_else() -> None:
    assert plain("\u2068Noor\u2069, \u200fنور\u2066!") == "Noor, \u200fنور!"


def test_a_message_is_read_with_its_buttons_and_its_html() -> None:
    keyboard = [[{"text": "\u2068Go\u2069", "data": "go"}, {"text": "Site", "url": "https://example.org"}]]
    entities = [{"type": "bold", "offset": 0, "length": 7}]
    document = {"file_id": "d-1", "file_name": "notes.txt", "file_size": 3, "mime_type": "text/plain"}
    shown = read_message(message(4, keyboard=keyboard, entities=entities, document=document))
    assert (shown.id, shown.text, shown.html) == (4, "Welcome", "<b>Welcome</b>")
    assert (shown.buttons, shown.data) == ((("Go", "Site"),), {"Go": "go"})
    assert (shown.photo, shown.document) == (None, {"file_id": "d-1", "file_name": "notes.txt"})


def test_an_empty_chat_says_so() -> None:
    lines = transcript("Noor", 0, {"messages": [], "toasts": []}).splitlines()
    assert lines[1:] == ["  (empty)"]


def test_what_came_after_the_mark_has_a_star() -> None:
    chat = {
        "messages": [
            message(1, by_bot=False, text="/start"),
            message(2, edited=True, silent=True, photo={"file_id": "p"}, revision=5),
            message(3, kind="voice", text=""),
        ],
        "toasts": [{"text": "Gone", "revision": 2}, {"text": "", "revision": 6}, {"text": "Back", "revision": 6}],
    }
    assert transcript("Noor", 3, chat).splitlines()[1:] == [
        "  [1] Noor: /start",
        "* [2] bot (edited, silent, photo): Welcome",
        "  [3] bot (voice): ",
        "  notice: Gone",
        "* notice: Back",
    ]
