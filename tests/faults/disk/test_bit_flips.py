"""Files that somebody altered: without the key, bit by bit; with it, row by row.

Pass figure (HALQA_LONG=1): of 500 bit flips over network.db, keyring.db and their logs, 0 lead to a wrong plaintext;
each is refused at the start with the files as they were, or told in the log.
Of rows, sealed columns, key ids and members' keys that were swapped, 0 wrong plaintexts; each is told once, and all
that was not touched is served.
"""

import logging
import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from storage.engine.connection import StoreError
from storage.engine.store import KEYRING_FILE, NETWORK_FILE, Store
from storage.integrity import wal_check
from storage.integrity.wal_check import WalState
from storage.records import erasure, hosts, posts, topics
from storage.records.people import members
from tests.faults.disk.tamper import PEOPLE, Read, alter, found_by_telegram_id, populated, readable
from tests.faults.long_run import short_or_long
from tests.storage.people import NOW, contents, copy, enter, opened, telegram_id

LOGS = (NETWORK_FILE + "-wal", KEYRING_FILE + "-wal")


@pytest.fixture(autouse=True)
def warnings(quiet: None) -> None:
    """What is told may be a warning."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture
async def base(tmp_path: Path) -> Path:
    (tmp_path / "base").mkdir()
    return await populated(tmp_path / "base")


@pytest.fixture
async def interrupted(base: Path, tmp_path: Path) -> tuple[Path, Read]:
    """The files of a process that was killed, with a log beside each; and what can be read of them."""
    async with opened(base) as store:
        for number in range(3):
            async with store.transaction() as tx:
                await members.set_reason(tx, await enter(tx, f"Member {number}"), "a reason of hers")
                await hosts.add(tx, f"Host {number}", NOW)
        left, read = copy(base, tmp_path / "interrupted"), await readable(store)
    assert {*LOGS} <= {path.name for path in left.iterdir()}
    return left, read


def flip(path: Path, at: int, bit: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        [byte] = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


async def outcome(directory: Path, expected: Read) -> str:
    """What becomes of an altered copy; AssertionError for a wrong plaintext, or a change that nobody is told of."""
    before = contents(directory)
    with capture_logs() as logs:
        try:
            async with opened(directory) as store:
                read = await readable(store)
        except StoreError as trouble:
            assert contents(directory) == before  # refused without a touch
            return trouble.reason
    assert read.items() <= expected.items()  # never anything that nobody wrote
    told = {entry["event"] for entry in logs}
    assert told & {"journal-cut", "row-unreadable"} or read == expected
    assert told & {"journal-cut", "row-unreadable", "page-altered"}
    return "told"


async def test_no_flipped_bit_is_taken_for_what_somebody_wrote(
    base: Path, interrupted: tuple[Path, Read], tmp_path: Path
) -> None:
    left, expected = interrupted
    async with opened(copy(base, tmp_path / "read")) as store:
        closed = await readable(store)
    chosen = random.Random(os.environ.get("HALQA_SEED", "halqa"))
    outcomes: Counter[tuple[str, str]] = Counter()
    for number in range(short_or_long(100, 500)):
        # Three of four in files as a killed process leaves them, where there are logs as well.
        source, should = (left, expected) if number % 4 else (base, closed)
        there = copy(source, tmp_path / "flipped")
        name = chosen.choice([name for name in (NETWORK_FILE, KEYRING_FILE, *LOGS) if (there / name).exists()])
        flip(there / name, chosen.randrange((there / name).stat().st_size), chosen.randrange(8))
        outcomes[name, await outcome(there, should)] += 1
        shutil.rmtree(there)
    reasons = Counter[str]()
    for (_, said), count in outcomes.items():
        reasons[said] += count
    assert set(reasons) >= {"damaged", "journal-altered"}, outcomes
    assert reasons["told"] < sum(reasons.values()) / 2, outcomes


@pytest.mark.parametrize("name", [NETWORK_FILE, KEYRING_FILE])
async def test_a_flip_on_any_page_of_a_closed_file_is_refused(base: Path, tmp_path: Path, name: str) -> None:
    pages = (base / name).stat().st_size // 4096
    for page in range(0, pages, max(1, pages // short_or_long(8, pages))):
        there = copy(base, tmp_path / str(page))
        flip(there / name, page * 4096 + 2000)
        assert await outcome(there, {}) == "damaged"


async def test_a_log_that_was_altered_is_told_from_one_that_a_power_failure_cut(
    interrupted: tuple[Path, Read], tmp_path: Path
) -> None:
    left, expected = interrupted
    whole = wal_check.read(left / NETWORK_FILE)
    assert whole.state is WalState.WHOLE
    assert whole.pages
    log = left / LOGS[0]
    size = log.stat().st_size
    for cut in (1, 3000, 4120, 5000):  # bytes of the last commit that did not get to the disk
        there = copy(left, tmp_path / f"cut {cut}")
        os.truncate(there / LOGS[0], size - cut)
        assert wal_check.read(there / NETWORK_FILE).state is WalState.CUT
        assert await outcome(there, expected) == "told"
    there = copy(left, tmp_path / "altered")
    flip(there / LOGS[0], size // 2)
    assert wal_check.read(there / NETWORK_FILE).state is WalState.ALTERED
    assert await outcome(there, expected) == "journal-altered"
    with capture_logs() as logs:
        async with opened(there, accept_rollback=True) as store:  # knowingly, without what followed
            assert (await readable(store)).items() <= expected.items()
    assert any(entry["event"] == "rollback-accepted" for entry in logs)


async def test_a_page_that_a_power_failure_spoiled_is_made_good_by_the_log_that_was_going_into_it(
    interrupted: tuple[Path, Read], tmp_path: Path
) -> None:
    left, expected = interrupted
    size = (left / NETWORK_FILE).stat().st_size
    pages = [page for page in wal_check.read(left / NETWORK_FILE).pages if page * 4096 <= size]
    assert len(pages) > 3
    for page in pages:
        with (left / NETWORK_FILE).open("r+b") as file:
            file.seek((page - 1) * 4096 + 512)
            file.write(os.urandom(3584))
    with capture_logs() as logs:
        async with opened(left) as store:
            assert await readable(store) == expected
    assert [entry["pages"] for entry in logs if entry["event"] == "page-altered"] == [len(pages)]


def swapped(table: str, column: str, of: str = "rowid") -> list[str]:
    """Puts a column of the first row into the second and the other way round, past a UNIQUE that may be on it."""
    first, second = (
        f"{of} = (SELECT {of} FROM {table} WHERE {column} IS NOT NULL ORDER BY {of} LIMIT 1 OFFSET {place})"
        for place in (0, 1)
    )
    return [
        f"CREATE TEMP TABLE aside AS SELECT (SELECT {column} FROM {table} WHERE {first}) AS one, "
        f"(SELECT {column} FROM {table} WHERE {second}) AS other, "
        f"(SELECT {of} FROM {table} WHERE {first}) AS here, (SELECT {of} FROM {table} WHERE {second}) AS there",
        f"UPDATE {table} SET {column} = randomblob(16) WHERE {of} = (SELECT here FROM aside)",
        f"UPDATE {table} SET {column} = (SELECT one FROM aside) WHERE {of} = (SELECT there FROM aside)",
        f"UPDATE {table} SET {column} = (SELECT other FROM aside) WHERE {of} = (SELECT here FROM aside)",
    ]


@pytest.mark.parametrize(
    ("name", "statements", "hit"),
    [
        (NETWORK_FILE, swapped("members", "name_encrypted"), 2),
        (NETWORK_FILE, swapped("members", "telegram_id_encrypted"), 2),
        (NETWORK_FILE, swapped("members", "id"), 2),
        (NETWORK_FILE, swapped("members", "key_id"), 2),
        (NETWORK_FILE, swapped("members", "telegram_id_index"), 0),
        (NETWORK_FILE, ["UPDATE members SET reason_encrypted = name_encrypted"], 6),
        (NETWORK_FILE, ["UPDATE members SET name_encrypted = substr(name_encrypted, 1, 40)"], 6),
        (NETWORK_FILE, swapped("posts", "body_encrypted"), 0),
        (NETWORK_FILE, swapped("posts", "id"), 0),
        (NETWORK_FILE, ["UPDATE posts SET author_id = (SELECT max(author_id) FROM posts)"], 0),
        (NETWORK_FILE, swapped("drafts", "body_encrypted"), 0),
        (KEYRING_FILE, swapped("member_keys", "key"), 2),
        (KEYRING_FILE, ["UPDATE member_keys SET key = randomblob(32)"], 6),
        (KEYRING_FILE, ["DELETE FROM member_keys WHERE id = (SELECT min(id) FROM member_keys)"], 1),
    ],
    ids=lambda value: value[-1][:40] if isinstance(value, list) else str(value),
)
async def test_what_was_swapped_is_left_out_and_told_once_and_the_rest_is_served(
    base: Path, tmp_path: Path, name: str, statements: list[str], hit: int
) -> None:
    async with opened(copy(base, tmp_path / "read")) as store:
        expected = await readable(store)
    await alter(base, name, statements)
    with capture_logs() as logs:
        async with opened(base) as store:
            read = [await readable(store) for _ in range(2)]
            async with store.transaction() as tx:
                met = await found_by_telegram_id(tx)
    told = [(entry["place"], entry["row"]) for entry in logs if entry["event"] == "row-unreadable"]
    assert told
    assert len([entry for entry in told if entry[1]]) == len({entry for entry in told if entry[1]})  # each once
    assert read[0] == read[1]
    assert read[0].items() < expected.items() or (hit == 0 and read[0].items() <= expected.items())
    assert sum(kind == "member" for kind, _ in read[0]) == len(PEOPLE) - hit
    assert all(found == name for name, found in met.items())  # nobody is met as somebody else
    assert len(met) == len(PEOPLE) - (hit or 2 * ("telegram_id_index" in statements[-1]))
    assert not any(word in str(logs) for word in (*PEOPLE, "says", str(telegram_id("Nour"))))


async def test_somebody_is_erased_although_another_row_does_not_open(base: Path) -> None:
    async with opened(base) as store, store.transaction() as tx:
        nour = await members.find(tx, telegram_id("Nour"))
        assert nour is not None
    await alter(
        base, NETWORK_FILE, [f"UPDATE members SET telegram_id_encrypted = name_encrypted WHERE id = x'{nour.id.hex()}'"]
    )
    with capture_logs() as logs:
        async with opened(base) as store:
            async with store.transaction() as tx:
                salma = await members.find(tx, telegram_id("Salma"))
                assert salma is not None
                await erasure.erase(tx, salma, NOW)
            async with store.transaction() as tx:
                assert await members.find(tx, telegram_id("Salma")) is None
                assert [member.name for member in await members.everyone(tx)].count("Salma") == 0
                rania = await members.find(tx, telegram_id("Rania"))
                assert rania is not None
                assert rania.name == "Rania"
    assert [entry["row"] for entry in logs if entry["event"] == "row-unreadable"] == [nour.id.hex()]


async def test_a_page_that_is_altered_while_it_runs_costs_what_is_on_it_and_nothing_else(base: Path) -> None:
    async with opened(base) as store:
        async with store.transaction() as tx:
            [topic] = await topics.everything(tx)
            nour = await members.find(tx, telegram_id("Nour"))
            assert nour is not None
            written = {await posts.write(tx, nour, topic.id, f"{n} " + "x" * 900, None, NOW): n for n in range(200)}
        await on_the_disk(store)
        path, chosen = base / NETWORK_FILE, random.Random(7)
        # Held until the end: to close it would end the lock that this process has on the file (POSIX).
        with path.open("r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            for _ in range(short_or_long(5, 40)):
                at = chosen.randrange(size // 2, size)  # among the posts
                whole = os.pread(file.fileno(), 1, at)
                os.pwrite(file.fileno(), bytes([whole[0] ^ 4]), at)
                lost = [post for post, number in written.items() if not await served(store, post, number)]
                assert len(lost) <= 20  # of one page, or of one that leads to several
                os.pwrite(file.fileno(), whole, at)
                await on_the_disk(store)
            for post, number in written.items():
                assert await served(store, post, number)
            async with store.transaction() as tx:
                await hosts.add(tx, "Later", NOW)


async def on_the_disk(store: Store) -> None:
    """Nothing is in memory or the log any more."""
    async with store.transaction() as tx:
        await tx.execute("SELECT count(*) FROM posts")
    await store._network.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await store._network.execute("PRAGMA shrink_memory")


async def served(store: Store, post_id: bytes, number: int) -> bool:
    """Whether a post is read as it was written; False after an error."""
    try:
        async with store.transaction() as tx:
            post = await posts.get(tx, post_id)
    except Exception:  # noqa: BLE001  of SQLite's; what it is does not matter here
        return False
    assert post is not None
    assert post.body.startswith(f"{number} x")
    return True
