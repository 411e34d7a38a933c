"""The file in which several notes travel: it survives the ways of text, and what is no such file is refused."""

from datetime import UTC, datetime

import pytest

from storage.crypto.envelope import PrivateKey, SealError
from storage.records import note_bundle
from storage.records.note_bundle import Note, NoteKind

NOUR, OLENA, AWA = (PrivateKey.generate() for _ in range(3))
NOTE = Note(
    NoteKind.VETTING, "Rania سلمى", datetime(2026, 3, 2, 14, 0, tzinfo=UTC), "Known to us since the Kampala meeting."
)
ENVELOPE = NOTE.seal([NOUR.public, OLENA.public])


def reason(trouble: pytest.ExceptionInfo[SealError]) -> str:
    return trouble.value.reason


def test_several_notes_travel_in_one_file() -> None:
    other = NOTE.seal([AWA.public])
    packed = note_bundle.pack([ENVELOPE, other])
    assert packed.isascii()
    for data in (packed, packed.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + packed, packed.strip()):
        assert note_bundle.unpack(data) == [ENVELOPE, other]
    assert note_bundle.unpack(note_bundle.pack([])) == []


PACKED = note_bundle.pack([ENVELOPE, ENVELOPE])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no-notes"),
        (b"\xff\xfe\x00", "no-notes"),
        (b"Dear all,\n\nsee you.", "no-notes"),
        (PACKED.replace(b"notes-1", b"notes-2"), "newer"),
        (PACKED[: len(PACKED) // 2 - 200], "damaged"),
        (PACKED + b"\n" + PACKED, "damaged"),
        (PACKED.replace(b"A", b"*", 1), "damaged"),
    ],
)
def test_a_file_that_is_something_else_or_incomplete_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(SealError) as trouble:
        note_bundle.unpack(data)
    assert reason(trouble) == why
