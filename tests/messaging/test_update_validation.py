"""What comes from Telegram is sorted before anything in it is believed, and whatever comes, sorting ends well."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.update_validation import MOST_DEPTH, MOST_ID, InvalidUpdate, ValidUpdate, from_bytes, from_object

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("update_id"), inner),
)


def nested(depth: int) -> bytes:
    return b'{"update_id": 7, "message": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "json"),
        (b"\xff\xfe{}", "bytes"),
        (b'{"update_id": 7, "message": {"text": "\xc3\x28"}}', "bytes"),
        (b'{"update_id": 7', "json"),
        (b'{"update_id": ' + b"9" * 5000 + b"}", "json"),
        (b"[]", "object"),
        (b"7", "object"),
        (b"null", "object"),
        (b"{}", "id"),
        (b'{"update_id": null}', "id"),
        (b'{"update_id": "7"}', "id"),
        (b'{"update_id": true}', "id"),
        (b'{"update_id": 7.0}', "id"),
        (b'{"update_id": 0}', "id"),
        (b'{"update_id": -7}', "id"),
        (b'{"update_id": %d}' % 2**80, "id"),
        (nested(3000), "depth"),
        (nested(100_000), "depth"),
        (nested(MOST_DEPTH), "depth"),
    ],
)
def test_what_is_no_update_is_strange(payload: bytes, reason: str) -> None:
    found = from_bytes(payload)
    assert isinstance(found, InvalidUpdate)
    assert (found.reason, found.content) == (reason, payload)


@pytest.mark.parametrize("number", [1, MOST_ID])
def test_an_update_is_told_by_its_id_alone(number: int) -> None:
    update: dict[str, Any] = {"update_id": number, "nonsense": [None]}
    assert from_bytes(json.dumps(update).encode()) == ValidUpdate(number, update)
    assert from_object(update) == ValidUpdate(number, update)


def test_an_update_of_usual_depth_is_one() -> None:
    assert isinstance(from_bytes(nested(MOST_DEPTH - 10)), ValidUpdate)


def test_nothing_of_it_is_shown() -> None:
    assert "words" not in repr(from_bytes(b'{"update_id": 7, "message": "words"}')) + repr(from_bytes(b'["words"]'))


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_sorted(payload: bytes) -> None:
    assert isinstance(from_bytes(payload), ValidUpdate | InvalidUpdate)


@given(JSON)
def test_any_item_of_a_poll_is_sorted_and_can_be_told_from_another(item: object) -> None:
    found = from_object(item)
    assert isinstance(found, ValidUpdate) or found.content
