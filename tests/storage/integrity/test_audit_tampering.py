"""Whoever has the databases' keys but not the audit's cannot change the audit unnoticed."""

from pathlib import Path

import pytest

from storage.files import KEYRING_FILE
from storage.integrity import audit_chain
from storage.records import audit, erasure
from tests.storage.audit_entries import ENTRIES, database, entered, first_bad, record, tamper
from tests.storage.people import MASTER, NOW, copy, opened
from tests.support.signed_files import sign

COPIED = "INSERT INTO audit SELECT {}, at, action, NULL, NULL, NULL, NULL, link FROM audit LIMIT 1"
CHANGES = {
    "a time": ("UPDATE audit SET at = at + 1 WHERE number = 4", 4),
    "an action": ("UPDATE audit SET action = 'declined' WHERE number = 4", 4),
    "who did it": ("UPDATE audit SET actor_tag = subject_tag WHERE number = 4", 4),
    "who did it, to nobody": ("UPDATE audit SET actor_tag = NULL WHERE number = 4", 4),
    "to whom": ("UPDATE audit SET subject_tag = x'00' WHERE number = 4", 4),
    "the two exchanged": (
        "UPDATE audit SET actor_tag = subject_tag, subject_tag = actor_tag WHERE number = 4",
        4,
    ),
    "a link": ("UPDATE audit SET link = x'00' WHERE number = 4", 4),
    "a link that is gone": ("UPDATE audit SET link = NULL WHERE number = 4", 4),
    "the last entry": ("UPDATE audit SET action = 'declined' WHERE number = 8", 8),
    "the first entry": ("UPDATE audit SET action = 'declined' WHERE number = 1", 1),
    "one deleted": ("DELETE FROM audit WHERE number = 4", 4),
    "the first deleted": ("DELETE FROM audit WHERE number = 1", 1),
    "the last deleted": ("DELETE FROM audit WHERE number = 8", 8),
    "the last three deleted": ("DELETE FROM audit WHERE number > 5", 6),
    "all deleted": ("DELETE FROM audit", 1),
    "one put in at the end": (
        "INSERT INTO audit SELECT 9, at, action, actor_tag, subject_tag, NULL, NULL, link FROM audit LIMIT 1",
        9,
    ),
    "one put in far behind": (COPIED.format(99), 9),
    "one put in before the first": (COPIED.format(0), 1),
    "the head moved back": ("UPDATE audit_head SET number = 7, link = (SELECT link FROM audit WHERE number = 7)", 9),
    "the head gone": ("DELETE FROM audit_head", 9),
    "the head's seal gone": ("UPDATE audit_head SET tag = x'01'", 9),
    "the beginning moved": ("UPDATE audit_head SET begun = 8", 9),
}


@pytest.mark.parametrize(("statement", "number"), CHANGES.values(), ids=CHANGES)
async def test_a_change_is_found_at_its_entry_and_still_after_more_was_written(
    written: Path, statement: str, number: int
) -> None:
    await tamper(written, statement)
    for _ in range(3):
        async with opened(written) as store:
            assert await first_bad(store) == number
            await record(store, 1)
            assert await first_bad(store) == number


SEVERAL = {
    "two exchanged": (
        [
            "UPDATE audit SET number = 100 WHERE number = 3",
            "UPDATE audit SET number = 3 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 100",
        ],
        3,
    ),
    "one deleted and the others moved up": (
        [
            "DELETE FROM audit WHERE number = 4",
            *(f"UPDATE audit SET number = {number - 1} WHERE number = {number}" for number in range(5, 9)),
            "UPDATE audit_head SET number = 7",
        ],
        4,
    ),
    "the end cut off and the head moved back": (
        [
            "DELETE FROM audit WHERE number > 5",
            "UPDATE audit_head SET number = 5, link = (SELECT link FROM audit WHERE number = 5)",
        ],
        6,
    ),
    "cut off, to be begun anew": (
        ["DELETE FROM audit WHERE number > 5", "UPDATE audit_head SET number = 0, tag = x''"],
        6,
    ),
}


@pytest.mark.parametrize(("statements", "number"), SEVERAL.values(), ids=SEVERAL)
async def test_changes_that_try_to_hide_are_found(written: Path, statements: list[str], number: int) -> None:
    await tamper(written, *statements)
    async with opened(written) as store:
        assert await first_bad(store) == number
        await record(store, 2)
    async with opened(written) as store:
        assert await first_bad(store) == number


async def test_an_end_that_is_cut_off_under_the_head_of_that_time_is_found_by_the_keyring(
    written: Path,
) -> None:
    async with database(written) as network:
        [[*head]] = await network.fetch("SELECT number, link, begun, tag FROM audit_head")
    async with opened(written) as store:
        await record(store, 3)
    async with opened(written) as store:
        assert await first_bad(store) is None
    async with database(written) as network:
        await network.execute("DELETE FROM audit WHERE number > 8")
        await network.execute(audit_chain.KEEP, head)
    await sign(written, MASTER)
    for _ in range(2):
        async with opened(written) as store:
            assert await first_bad(store) == 9
            await record(store, 1)


async def test_an_older_network_beside_the_keyring_of_today_is_found(written: Path, tmp_path: Path) -> None:
    older = copy(written, tmp_path / "older")
    async with opened(written) as store:
        salma = await entered(store)
        await record(store, 2)
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)  # after which the keyring knows of these entries
    for name in (KEYRING_FILE, KEYRING_FILE + "-wal"):
        (older / name).unlink(missing_ok=True)
    (older / KEYRING_FILE).write_bytes((written / KEYRING_FILE).read_bytes())
    async with opened(older, accept_rollback=True) as store:
        assert await first_bad(store) == ENTRIES + 1


@pytest.mark.parametrize("statement", ["DELETE FROM audit_head", "UPDATE audit_head SET number = 3"])
async def test_a_head_in_the_keyring_that_was_touched_is_found(written: Path, statement: str) -> None:
    await tamper(written, statement, name=KEYRING_FILE)
    async with opened(written) as store:
        assert await first_bad(store) == ENTRIES + 1


async def test_entries_linked_with_another_key_are_found(written: Path) -> None:
    async with database(written) as network:
        await audit_chain.begin(network.fetch, network.executemany, b"k" * 32)
    await sign(written, MASTER)
    async with opened(written) as store:
        assert await first_bad(store) == 1


async def test_what_is_done_to_a_running_network_is_found_too(written: Path) -> None:
    async with opened(written) as store, store.transaction() as tx:
        await tx.execute("DELETE FROM audit WHERE number = 8")
        assert await audit.verify(tx) == 8


async def test_a_head_that_is_moved_in_a_running_network_is_found_too(written: Path) -> None:
    async with opened(written) as store:
        async with store.transaction() as tx:
            await tx.execute("UPDATE audit_head SET begun = 1")
        assert await first_bad(store) == ENTRIES + 1
