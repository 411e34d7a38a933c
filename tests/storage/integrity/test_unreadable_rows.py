"""Rows that cannot be decrypted: each is logged once, by its place and its random id, and the rest is served."""

import pytest
from structlog.testing import capture_logs

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row
from storage.integrity.unreadable_rows import UnreadableRows

SALMA, NOUR, RANIA = (bytes([number]) * 16 for number in range(3))


def opens(row: Row) -> str:
    if row[1] is None:
        raise Unreadable("members.name_encrypted", row[0])
    return str(row[1])


async def test_the_rows_beside_it_are_served_in_their_order() -> None:
    rows = [(SALMA, "Salma"), (NOUR, None), (RANIA, "Rania")]
    with capture_logs() as logged:
        assert await UnreadableRows().readable(rows, opens) == ["Salma", "Rania"]
    assert [(line["event"], line["place"], line["row"]) for line in logged] == [
        ("row-unreadable", "members.name_encrypted", NOUR.hex())
    ]


def test_it_is_logged_once_and_another_place_once_more() -> None:
    rows = UnreadableRows()
    with capture_logs() as logged:
        for _ in range(3):
            rows.tell(Unreadable("members.name_encrypted", NOUR))
            rows.tell(Unreadable("members.reason_encrypted", NOUR))
    assert [line["place"] for line in logged] == ["members.name_encrypted", "members.reason_encrypted"]


def test_one_row_alone_is_logged_and_raised() -> None:
    with capture_logs() as logged, pytest.raises(Unreadable):
        UnreadableRows().opened((NOUR, None), opens)
    assert len(logged) == 1
    assert UnreadableRows().opened((NOUR, "Nour"), opens) == "Nour"


def test_an_id_that_is_telegrams_is_not_logged() -> None:
    with capture_logs() as logged:
        UnreadableRows().tell(Unreadable("inbox.payload_encrypted", b"7123456789"))
    assert [line["row"] for line in logged] == [None]
    assert "7123456789" not in str(logged)
