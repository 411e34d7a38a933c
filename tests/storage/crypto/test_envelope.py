"""Envelopes and public key texts: what opens, and what is refused."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from hypothesis import given
from hypothesis import strategies as st

from storage.crypto import envelope, hpke
from storage.crypto.cipher import pad
from storage.crypto.envelope import PrivateKey, PublicKey, SealError
from storage.records import note_bundle
from storage.records.note_bundle import Note, NoteKind

NOUR, OLENA, AWA = (PrivateKey.generate() for _ in range(3))
NOTE = Note(
    NoteKind.VETTING, "Rania سلمى", datetime(2026, 3, 2, 14, 0, tzinfo=UTC), "Known to us since the Kampala meeting."
)
ENVELOPE = NOTE.seal([NOUR.public, OLENA.public])


def reason(trouble: pytest.ExceptionInfo[SealError]) -> str:
    return trouble.value.reason


def test_each_reader_opens_it_and_nobody_else() -> None:
    assert note_bundle.open_(ENVELOPE, NOUR) == note_bundle.open_(ENVELOPE, OLENA) == NOTE
    with pytest.raises(SealError) as trouble:
        note_bundle.open_(ENVELOPE, AWA)
    assert reason(trouble) == "not-for-this-key"
    assert envelope.readers_of(ENVELOPE) == {NOUR.public.id, OLENA.public.id}


def test_what_the_first_version_sealed_opens_for_ever() -> None:
    """A file of notes and a private key, as they lie on coordinators' computers; the people in it are made up."""
    here = Path(__file__).parent
    key = PrivateKey(base64.b64decode(json.loads((here / "first_sealing_key.json").read_text())["private"]))
    found = [
        note_bundle.open_(each, key) for each in note_bundle.unpack((here / "first_sealed_notes.txt").read_bytes())
    ]
    assert [note.text for note in found] == ["Known to us since the Kampala meeting.", "سلمى, 555 0100"]
    assert [note.kind for note in found] == [NoteKind.VETTING, NoteKind.CONTACT]
    assert {(note.about, note.written_at) for note in found} == {(NOTE.about, NOTE.written_at)}


def test_neither_the_words_nor_their_exact_length_show() -> None:
    assert NOTE.text.encode() not in ENVELOPE
    assert NOTE.about.encode() not in ENVELOPE
    longer = Note(NOTE.kind, NOTE.about, NOTE.written_at, NOTE.text + " Yes.")
    assert len(longer.seal([NOUR.public, OLENA.public])) == len(ENVELOPE)
    assert NOTE.seal([NOUR.public, OLENA.public]) != ENVELOPE
    assert "Kampala" not in repr(NOTE)
    assert "Rania" not in repr(NOTE)
    assert str(NOUR.data) not in repr(NOUR)


@given(st.text(), st.text())
def test_any_words_come_out_as_they_went_in(about: str, words: str) -> None:
    note = Note(NoteKind.CONTACT, about, NOTE.written_at, words)
    [envelope] = note_bundle.unpack(note_bundle.pack([note.seal([NOUR.public])]))
    assert note_bundle.open_(envelope, NOUR) == note


@given(st.integers(min_value=0, max_value=len(ENVELOPE) * 8 - 1))
def test_a_changed_bit_anywhere_is_refused(bit: int) -> None:
    changed = bytearray(ENVELOPE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealError) as trouble:
        note_bundle.open_(bytes(changed), NOUR)
    assert reason(trouble) in {"damaged", "newer", "not-for-this-key"}


@given(st.integers(min_value=0, max_value=len(ENVELOPE) - 1))
def test_a_part_of_it_is_refused(length: int) -> None:
    with pytest.raises(SealError, match="damaged"):
        note_bundle.open_(ENVELOPE[:length], NOUR)


@pytest.mark.parametrize(
    "info",
    [b"", envelope._info(AWA.public.id), b"halqa sealed note 2 for " + NOUR.public.id],
    ids=["nothing", "another reader", "another version"],
)
def test_what_was_sealed_to_her_key_for_something_else_does_not_open_as_a_note(info: bytes) -> None:
    key, nonce = bytes(32), bytes(envelope.NONCE_BYTES)

    def forged(info: bytes) -> bytes:
        sealed = hpke.SUITE.encrypt(key, hpke.sealer(NOUR.public.data), info)
        head = bytes([envelope.VERSION, 1]) + NOUR.public.id + sealed
        return head + nonce + AESGCMSIV(key).encrypt(nonce, pad(b"words"), head)

    assert envelope.open_(forged(envelope._info(NOUR.public.id)), NOUR) == b"words"
    with pytest.raises(SealError, match="damaged"):
        envelope.open_(forged(info), NOUR)


def test_the_list_of_readers_cannot_be_shortened() -> None:
    """Whoever took a reader away would hide from the others for whom it was."""
    size = envelope.ID_BYTES + envelope.SEALED_KEY_BYTES
    shortened = bytes([envelope.VERSION, 1]) + ENVELOPE[2 : 2 + size] + ENVELOPE[2 + 2 * size :]
    with pytest.raises(SealError, match="damaged"):
        envelope.open_(shortened, NOUR)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"kind": "other", "about": "", "at": 1, "words": ""}', b"[1]", b"\xff"]
)
def test_an_envelope_with_something_else_in_it_is_refused(content: bytes) -> None:
    with pytest.raises(SealError, match="damaged"):
        note_bundle.open_(envelope.seal(content, [NOUR.public]), NOUR)


@pytest.mark.parametrize("readers", [0, 256])
def test_it_takes_a_reader_and_not_too_many(readers: int) -> None:
    with pytest.raises(ValueError, match="readers"):
        envelope.seal(b"words", [NOUR.public] * readers)


TEXT = str(NOUR.public)


def test_a_public_key_survives_the_ways_of_text() -> None:
    folded = "\n".join(TEXT[at : at + 60] for at in range(0, len(TEXT), 60))
    for text in (TEXT, f"  {TEXT}\n", folded, folded.replace("\n", "\r\n  ")):
        assert PublicKey.read(text) == NOUR.public
    assert len(TEXT) < 1700


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no-key"),
        ("Hello, here is my key", "no-key"),
        (f"Here: {TEXT}", "no-key"),
        (TEXT.replace("seal-1:", "seal-2:"), "newer"),
        (TEXT[:-1], "cut"),
        (TEXT[:400], "cut"),
        (envelope.PREFIX, "cut"),
        (TEXT + "A", "mistyped"),
        (f"{TEXT}\nFingerprint: 12345", "mistyped"),
        (TEXT[:-20] + ("A" if TEXT[-20] != "A" else "B") + TEXT[-19:], "mistyped"),
        (TEXT[:800] + "*" + TEXT[801:], "mistyped"),
        (TEXT[:800] + "ة" + TEXT[801:], "mistyped"),
    ],
)
def test_a_text_that_is_no_public_key_says_why(text: str, why: str) -> None:
    with pytest.raises(SealError) as trouble:
        PublicKey.read(text)
    assert reason(trouble) == why


@pytest.mark.parametrize("data", [bytes(1216), NOUR.public.data[:1184] + bytes(32), b"\xff" * 1216])
def test_a_key_to_which_nothing_can_be_sealed_is_refused_when_it_is_handed_in(data: bytes) -> None:
    """Or one coordinator could keep everybody else's notes from being written."""
    with pytest.raises(SealError, match="mistyped"):
        PublicKey.read(str(PublicKey(data)))


def test_a_fingerprint_can_be_read_out_and_differs() -> None:
    groups = NOUR.public.fingerprint.split()
    assert [len(group) for group in groups] == [5] * 6
    assert all(group.isdecimal() for group in groups)
    assert len({key.public.fingerprint for key in (NOUR, OLENA, AWA)}) == 3
    assert len({key.public.id for key in (NOUR, OLENA, AWA)}) == 3
