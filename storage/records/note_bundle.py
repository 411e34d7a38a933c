"""Sealed notes on their way to whoever can open them: what a note says, and the file in which several travel.

    halqa-sealed-notes-1 <how many>

    <base64 of an envelope, in lines>

    <base64 of the next one>

Text, so that it survives whatever it is passed on by. Nothing but the number of notes, and of their readers, shows.
"""

import base64
import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.crypto import envelope
from storage.crypto.envelope import PrivateKey, PublicKey, SealError
from storage.engine.timestamps import from_seconds, to_seconds

VERSION = 1
FAMILY = "halqa-sealed-notes-"
LARGEST_BYTES = 50 * 1024 * 1024  # of a file: what a bot can send (Bot API, sendDocument)
COLUMNS = 76


class NoteKind(StrEnum):
    VETTING = "vetting"  # what a coordinator noted about somebody
    CONTACT = "contact"  # what a member left for an emergency


@dataclass(frozen=True, slots=True)
class Note:
    """What one envelope holds. Who wrote it is not in it, so that a writer who is erased is in nobody's files."""

    kind: NoteKind
    about: str = field(repr=False)  # the name of the person, as it was then
    written_at: datetime
    text: str = field(repr=False)

    def seal(self, readers: Sequence[PublicKey]) -> bytes:
        content = {
            "kind": self.kind,
            "about": self.about,
            "at": to_seconds(self.written_at),
            "words": self.text,
        }
        return envelope.seal(json.dumps(content, ensure_ascii=False).encode(), readers)


def open_(sealed: bytes, key: PrivateKey) -> Note:
    """The note in an envelope. Raises `SealError` (newer, damaged, not-for-this-key)."""
    plain = envelope.open_(sealed, key)
    try:
        content = json.loads(plain)
        return Note(
            NoteKind(content["kind"]), str(content["about"]), from_seconds(int(content["at"])), str(content["words"])
        )
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        raise SealError("damaged") from None  # whole, but made by something else


def pack(envelopes: Sequence[bytes]) -> bytes:
    """The file that holds these envelopes."""
    blocks = ("\n".join(textwrap.wrap(base64.b64encode(each).decode(), COLUMNS)) for each in envelopes)
    return "\n\n".join([f"{FAMILY}{VERSION} {len(envelopes)}", *blocks, ""]).encode()


def unpack(data: bytes) -> list[bytes]:
    """The envelopes in a file. Raises `SealError` (no-notes, newer, damaged)."""
    head, *blocks = _blocks(data)
    found = re.fullmatch(rf"{FAMILY}(\d{{1,9}}) (\d{{1,9}})", head)
    if found is None:
        raise SealError("no-notes")
    if int(found[1]) > VERSION:
        raise SealError("newer")
    try:
        envelopes = [base64.b64decode("".join(block.split()), validate=True) for block in blocks]
    except ValueError:
        raise SealError("damaged") from None
    if len(envelopes) != int(found[2]):
        raise SealError("damaged")
    return envelopes


def _blocks(data: bytes) -> Iterable[str]:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        raise SealError("no-notes") from None
    return re.split(r"\n\s*\n", text)
