"""`halqa keys list`, `add`, `remove` and `passphrase`: several slots open the same network."""

import re

import pytest

from storage.crypto.key_sources import KeyFileSource, PassphraseSource
from storage.crypto.master_key import MasterKeyError
from tests.cli.harness.shell import Shell
from tests.cli.harness.terminal import terminal
from tests.cli.keys.slots import ids, master

FIRST, SECOND = "lantern river basil seven", "olives under a wide blue morning"


async def test_a_second_way_in_is_added_listed_changed_and_removed(network: Shell) -> None:
    network.write("words", FIRST + "\n")
    network.write("others", SECOND + "\n")
    done = await network.halqa("keys", "add", "--label", "Nour, on paper", "--new-passphrase-file", "words")
    assert done.code == 0, done
    found = re.search(r"slot (\w{6})\.", done.out)
    assert found is not None
    listed = ids(await network.halqa("keys", "list"))
    assert len(listed) == 2
    assert listed[found[1]].startswith("passphrase")
    assert listed[found[1]].endswith("Nour, on paper")
    before = master(network, KeyFileSource(network.folder / "halqa.keyfile"))
    assert master(network, PassphraseSource(FIRST)) == before

    assert (await network.halqa("keys", "passphrase", found[1], "--new-passphrase-file", "others")).code == 0
    assert master(network, PassphraseSource(SECOND)) == before
    with pytest.raises(MasterKeyError, match="wrong"):
        master(network, PassphraseSource(FIRST))

    done = await network.halqa("keys", "remove", found[1], "--yes")
    assert done.code == 0, done
    assert "older copy of the slot file" in done.out
    assert len(ids(await network.halqa("keys", "list"))) == 1


async def test_removing_asks_first_and_the_last_one_stays(network: Shell) -> None:
    [only] = ids(await network.halqa("keys", "list"))
    before = network.everything()
    done = await network.halqa("keys", "remove", only, "--yes")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("That is the last slot")
    done = await network.halqa("keys", "remove", "abcdef", "--yes")
    assert done.err.startswith("There is no slot with this id.")
    assert network.everything() == before
    assert (await network.halqa("keys", "add", "--key-file", "second")).code == 0
    before = network.everything()
    async with terminal(network, "keys", "remove", only) as someone:
        await someone.answers("Remove this slot? It is the one that you used just now.", "n")
        assert await someone.ends() == 1
    assert network.everything() == before


async def test_a_key_file_is_made_or_taken_but_never_beside_the_data(network: Shell) -> None:
    done = await network.halqa("keys", "add", "--key-file", "second")
    assert done.code == 0, done
    assert (network.folder / "second").stat().st_mode & 0o777 == 0o600
    made = (network.folder / "second").read_bytes()
    assert master(network, KeyFileSource(network.folder / "second")) == master(
        network, KeyFileSource(network.folder / "halqa.keyfile")
    )
    assert (await network.halqa("keys", "add", "--key-file", "second")).code == 0
    assert (network.folder / "second").read_bytes() == made
    done = await network.halqa("keys", "add", "--key-file", "data/third")
    assert done.code == 2
    assert not (network.folder / "data/third").exists()


async def test_with_nobody_at_a_terminal_it_says_what_it_needs(network: Shell) -> None:
    before = network.everything()
    done = await network.halqa("keys", "add")
    assert done.code == 78
    assert "--new-passphrase-file" in done.err
    network.write("words", "short")
    done = await network.halqa("keys", "add", "--new-passphrase-file", "words")
    assert done.code == 78
    assert "too short" in done.err
    (network.folder / "words").unlink()
    assert network.everything() == before
