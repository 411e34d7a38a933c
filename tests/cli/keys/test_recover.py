"""`halqa keys recover`: shares open the network again, and each mistake in one is named."""

import re

from storage.crypto import recovery_shares
from storage.crypto.key_sources import KeyFileSource
from tests.cli.harness.shell import Shell
from tests.cli.harness.terminal import terminal
from tests.cli.keys.shares import printed, words_of
from tests.cli.keys.slots import master

UNEXPECTED = re.compile(r"Traceback|reference")


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
    assert not UNEXPECTED.search(someone.shown)
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
