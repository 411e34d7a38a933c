"""The slots of a network, as the tests of `halqa keys` look at them."""

from storage.crypto import key_slots
from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKey
from storage.files import SLOT_FILE
from tests.cli.harness.shell import Done, Shell


def ids(done: Done) -> dict[str, str]:
    """Of `halqa keys list`: id -> the rest of its line."""
    assert done.code == 0, done
    return dict(line.split(maxsplit=1) for line in done.out.splitlines())


def master(shell: Shell, source: KeyFileSource | PassphraseSource) -> MasterKey:
    return key_slots.unlock(shell.folder / "data" / SLOT_FILE, source)
