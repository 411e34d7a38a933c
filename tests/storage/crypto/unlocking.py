"""Passphrases, and why a slot file does not open."""

from pathlib import Path

import pytest

from storage.crypto import key_slots, key_sources
from storage.crypto.master_key import MasterKeyError

WORDS = "eleven quiet cedars by the lake"


def trouble(slots: Path, source: key_sources.Source) -> str:
    with pytest.raises(MasterKeyError) as caught:
        key_slots.unlock(slots, source)
    return caught.value.reason
