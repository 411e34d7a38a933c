"""`halqa keys`: several ways in, shares for the day on which all are lost, and what is said where it does not work."""

import re

import pytest

from storage.crypto import key_slots, recovery_shares
from storage.crypto.master_key import SLOT_FILE, KeyFileSource, MasterKey, MasterKeyError, PassphraseSource
from tests.cli.harness.shell import Done, Shell
from tests.cli.test_terminal import terminal

FIRST, SECOND = "lantern river basil seven", "olives under a wide blue morning"
IN_VAIN = re.compile(r"Traceback|reference")


def ids(done: Done) -> dict[str, str]:
    """Of `halqa keys list`: id -> the rest of its line."""
    assert done.code == 0, done
    return dict(line.split(maxsplit=1) for line in done.out.splitlines())


def master(shell: Shell, source: KeyFileSource | PassphraseSource) -> MasterKey:
    return key_slots.unlock(shell.folder / "data" / SLOT_FILE, source)


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


@pytest.mark.parametrize(("count", "threshold"), [("5", "1"), ("2", "3"), ("17", "3")])
async def test_a_split_of_no_sense_is_refused(network: Shell, count: str, threshold: str) -> None:
    before = network.everything()
    done = await network.halqa("keys", "split", "--shares", count, "--threshold", threshold)
    assert (done.code, done.out) == (2, "")
    assert network.everything() == before


def words_of(page: str) -> str:
    return " ".join(re.findall(r"^ ?\d+ .*$", page, re.MULTILINE))


async def printed(network: Shell) -> list[str]:
    done = await network.halqa("keys", "split", "--shares", "5", "--threshold", "3")
    assert (done.code, done.err) == (0, "")
    pages = done.out.split("\f")
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        assert page.startswith(f"Recovery share {number} of 5, set ")
        assert "Any 3 of these 5 shares" in page
        assert len(recovery_shares.words_in(words_of(page))) == recovery_shares.WORDS
        assert all(len(line) <= 72 for line in page.splitlines())
    return pages


async def test_shares_open_the_network_when_the_key_file_is_lost(network: Shell) -> None:
    pages = await printed(network)
    before = master(network, KeyFileSource(network.folder / "halqa.keyfile"))
    (network.folder / "halqa.keyfile").unlink()
    assert (await network.halqa("doctor")).findings["key"] == "problem"
    misspelt, swapped = (recovery_shares.words_in(words_of(pages[4])) for _ in range(2))
    misspelt[6] = "acadmic"
    swapped[8], swapped[9] = "zero", swapped[8]
    async with terminal(network, "keys", "recover") as someone:
        await someone.answers("Share 1: ", words_of(pages[1]))
        await someone.reads("This share is good; 1 of 3 are here.")
        await someone.answers("Share 2 of 3: ", words_of(pages[1]))
        await someone.reads("This share has come already")
        await someone.answers("Share 2 of 3: ", " ".join(misspelt))
        await someone.reads("Word 7 is none of the list; perhaps academic")
        await someone.answers("Share 2 of 3: ", " ".join(swapped))
        await someone.reads("the checksum is wrong")
        await someone.answers("Share 2 of 3: ", words_of(pages[4])[:-20])
        await someone.answers("words, go on: ", "")
        await someone.reads("A share has 33 words, and these are")
        half = len(words_of(pages[4])) // 2
        half = words_of(pages[4]).index(" ", half)
        await someone.answers("Share 2 of 3: ", words_of(pages[4])[:half])
        await someone.answers("words, go on: ", words_of(pages[4])[half:])
        await someone.reads("2 of 3 are here")
        await someone.answers("Share 3 of 3: ", words_of(pages[0]))
        await someone.reads("The shares open the network.")
        assert await someone.ends() == 0
    assert not IN_VAIN.search(someone.shown)
    assert master(network, KeyFileSource(network.folder / "halqa.keyfile")) == before
    assert (await network.halqa("doctor")).findings["key"] == "ok"


async def test_shares_of_another_set_are_told_apart(network: Shell) -> None:
    first, second = await printed(network), await network.halqa("keys", "split", "--shares", "3", "--threshold", "2")
    assert "Shares made earlier still work" in second.err
    (network.folder / "halqa.keyfile").unlink()
    async with terminal(network, "keys", "recover") as someone:
        await someone.answers("Share 1: ", words_of(first[0]))
        await someone.answers("Share 2 of 3: ", words_of(second.out.split("\f")[1]))
        await someone.reads("This share is of another set than the first one")


async def test_shares_of_another_network_open_nothing_and_change_nothing(network: Shell) -> None:
    _, made = recovery_shares.split(3, 2)
    (network.folder / "halqa.keyfile").unlink()
    before = network.everything()
    async with terminal(network, "keys", "recover") as someone:
        await someone.answers("Share 1: ", made[0])
        await someone.answers("Share 2 of 2: ", made[2])
        await someone.reads("they are of another network, or their slot was removed.")
        assert await someone.ends() == 1
    assert network.everything() == before


async def test_before_anybody_reads_out_a_share_the_way_is_clear(network: Shell) -> None:
    done = await network.halqa("keys", "recover")
    assert done.code == 78
    assert "is there already" in done.err


async def test_at_a_terminal_each_share_is_wiped_before_the_next(network: Shell) -> None:
    async with terminal(network, "keys", "split", "--shares", "3", "--threshold", "2") as someone:
        for number in (1, 2, 3):
            await someone.reads(f"Recovery share {number} of 3")
            await someone.reads("press Enter")
            assert len(ids(await network.halqa("keys", "list"))) == 1
            await someone.types("\r")
        assert await someone.ends() == 0
    assert someone.shown.count("\x1b[2J\x1b[3J") == 4
    listed = ids(await network.halqa("keys", "list"))
    assert sorted(line.split()[0] for line in listed.values()) == ["file", "recovery"]
