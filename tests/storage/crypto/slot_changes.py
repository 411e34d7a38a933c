"""Slots that are added to a slot file, and slot files that somebody rewrites by hand."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.crypto import key_slots, key_sources
from storage.crypto.key_sources import PassphraseSource, RecoverySource
from storage.crypto.master_key import MasterKeyError

TODAY = date(2026, 3, 2)
NOUR, OLENA = PassphraseSource("eleven quiet cedars by the lake"), PassphraseSource("olives under a wide blue morning")
RECOVERY = RecoverySource(bytes(range(32)))
# Written by the first version: a slot in which the passphrase "eleven quiet cedars by the lake" wraps the master key.
FIRST_VERSION = Path(__file__).with_name("first_slot_file.json")


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(MasterKeyError) as caught:
        work()
    return caught.value.reason


def add(path: Path, source: key_sources.Source, new: key_sources.Source, label: str = "") -> str:
    with key_slots.changing(path, source) as file:
        slot_id = file.add(new, label, TODAY)
        file.save()
    return slot_id


def rewrite(path: Path, change: Callable[[Any], object]) -> None:
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content))
