"""Answers of the Bot API: a result or a reason, and nothing of an answer that cannot be read."""

import json

import pytest

from bot.telegram.api_response import FLOOD_WAIT, Garbled, parsed, presentable, result_or_reason

DEEP = b"[" * 100_000


@pytest.mark.parametrize("payload", [b"", b"somebody's words", b"\xff\x00", b'["a"]', b"5", b"null", DEEP])
def test_what_is_no_object_is_nothing(payload: bytes) -> None:
    assert parsed(payload) is None


def test_an_object_with_a_result_or_a_description_is_an_answer() -> None:
    for answer in ({"ok": True, "result": []}, {"ok": False, "description": "Not Found"}):
        assert result_or_reason(json.dumps(answer).encode()) == answer


def test_an_unreadable_answer_names_the_updates_in_it_and_quotes_nothing() -> None:
    text = json.dumps({"update_id": 9})  # somebody's words, in which the quotes are escaped
    payload = f'{{"result": [{{"update_id": 41, "text": {json.dumps(text)}}}, {{"update_id" : 42, "text": "som'.encode()
    with pytest.raises(Garbled) as garbled:
        result_or_reason(payload)
    assert garbled.value.update_ids == (41, 42)
    assert "som" not in str(garbled.value)


def test_an_object_that_is_no_answer_is_garbled() -> None:
    with pytest.raises(Garbled) as garbled:
        result_or_reason(b'{"ok": true, "words": "somebody\'s"}')
    assert garbled.value.update_ids == ()


def test_a_success_is_passed_on_as_it_is() -> None:
    assert presentable(200, b"a picture, not JSON") == b"a picture, not JSON"


@pytest.mark.parametrize(
    ("status", "payload", "description", "parameters"),
    [
        (400, {"description": "Bad Request: chat not found", "words": "w"}, "Bad Request: chat not found", {}),
        (
            400,
            {"description": "x", "parameters": {"migrate_to_chat_id": -100, "w": 1}},
            "x",
            {"migrate_to_chat_id": -100},
        ),
        (400, {"description": 5, "parameters": ["w"]}, "", {}),
        (429, {"description": "x", "parameters": {"retry_after": 17}}, "x", {"retry_after": 17}),
        (429, {"description": "x", "parameters": {"retry_after": 0}}, "x", {"retry_after": FLOOD_WAIT}),
        (429, {"description": "x", "parameters": {"retry_after": "17"}}, "x", {"retry_after": FLOOD_WAIT}),
        (429, None, "", {"retry_after": FLOOD_WAIT}),
        (502, None, "", {}),
    ],
)
def test_of_an_error_only_known_parts_are_kept(
    status: int, payload: dict[str, object] | None, description: str, parameters: dict[str, int]
) -> None:
    body = b"<html>w</html>" if payload is None else json.dumps(payload).encode()
    assert json.loads(presentable(status, body)) == {"description": description, "parameters": parameters}
