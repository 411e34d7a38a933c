"""A page of the database file that is altered while the bot runs."""

import os
import random
from pathlib import Path

from storage.engine.store import Store
from storage.files import NETWORK_FILE
from storage.records import hosts, posts, topics
from storage.records.people import members
from tests.faults.long_run import short_or_long
from tests.storage.people import NOW, opened, telegram_id


async def test_a_page_that_is_altered_while_it_runs_costs_what_is_on_it_and_nothing_else(network_files: Path) -> None:
    async with opened(network_files) as store:
        async with store.transaction() as tx:
            [topic] = await topics.everything(tx)
            nour = await members.find(tx, telegram_id("Nour"))
            assert nour is not None
            written = {await posts.write(tx, nour, topic.id, f"{n} " + "x" * 900, None, NOW): n for n in range(200)}
        await on_the_disk(store)
        path, chosen = network_files / NETWORK_FILE, random.Random(7)
        # Kept open until the end: closing any descriptor of the file drops this process's POSIX lock on it.
        with path.open("r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            for _ in range(short_or_long(5, 40)):
                at = chosen.randrange(size // 2, size)  # among the posts
                whole = os.pread(file.fileno(), 1, at)
                os.pwrite(file.fileno(), bytes([whole[0] ^ 4]), at)
                lost = [post for post, number in written.items() if not await served(store, post, number)]
                assert len(lost) <= 20  # of one leaf page, or of an interior page above several
                os.pwrite(file.fileno(), whole, at)
                await on_the_disk(store)
            for post, number in written.items():
                assert await served(store, post, number)
            async with store.transaction() as tx:
                await hosts.add(tx, "Later", NOW)


async def on_the_disk(store: Store) -> None:
    """Writes everything from the log into the file and empties SQLite's page cache."""
    async with store.transaction() as tx:
        await tx.execute("SELECT count(*) FROM posts")
    await store._network.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await store._network.execute("PRAGMA shrink_memory")


async def served(store: Store, post_id: bytes, number: int) -> bool:
    """True if a post is read as it was written; False after an error."""
    try:
        async with store.transaction() as tx:
            post = await posts.get(tx, post_id)
    except Exception:  # noqa: BLE001  any error of SQLite's
        return False
    assert post is not None
    assert post.body.startswith(f"{number} x")
    return True
