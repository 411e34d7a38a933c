"""Topics, posts and subscriptions for the benchmark of digests, and the digests that are due."""

import os
import random
from datetime import timedelta

from bench.network import NOW
from bot.features.digests.jobs import BATCH
from bot.language.texts import LANGUAGES
from storage.engine.store import Store
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records import posts
from storage.records.people import members

WRITTEN, NEW = 6_000, 60  # posts: all, and those that are in nobody's digest yet
USUAL, RANDOM = "usual", "random"
ZONES = ("Africa/Cairo", "Europe/Kyiv", "America/Bogota", "Africa/Dakar")
WORDS = ("We met with three families and wrote down what helped. ", "Who knows a lawyer in the north? ")


async def subscribe(store: Store, subscriptions: str) -> None:
    """Replaces topics, posts and subscriptions: two hundred authors, and every member follows some topics."""
    chosen = random.Random(subscriptions)
    themes = [os.urandom(16) for _ in range(12 if subscriptions == USUAL else 40)]
    usual = [chosen.sample(themes, chosen.randint(1, 5)) for _ in range(8)]
    async with store.transaction() as tx:
        everybody = [row[0] for row in await tx.fetch("SELECT id FROM members")]
        for table in ("posts", "subscriptions", "topics"):
            await tx.execute(f"DELETE FROM {table}")
        await tx.executemany(
            "INSERT INTO topics (id, title, purpose, created_at) VALUES (?, 'A topic', '', 1)",
            [(theme,) for theme in themes],
        )
        for start in range(0, len(everybody), BATCH):
            await tx.executemany(
                "INSERT INTO subscriptions (member_id, topic_id, mode, since) VALUES (?, ?, 'digest', 0)",
                [
                    (member_id, topic)
                    for member_id in everybody[start : start + BATCH]
                    for topic in (
                        chosen.choice(usual) if subscriptions == USUAL else chosen.sample(themes, chosen.randint(1, 9))
                    )
                ],
            )
        await tx.executemany(
            "UPDATE members SET language = ?, zone = ? WHERE id = ?",
            [(chosen.choice([*LANGUAGES]), chosen.choice(ZONES), member_id) for member_id in everybody],
        )
        await write_posts(tx, chosen, everybody[:200], themes)


async def write_posts(tx: Transaction, chosen: random.Random, authors: list[bytes], topics: list[bytes]) -> None:
    """Posts without text that every digest has covered, then new ones."""
    await tx.executemany(
        "INSERT INTO posts (id, topic_id, author_id, number, written_at, body_encrypted) VALUES (?, ?, ?, ?, 1, x'')",
        [
            (os.urandom(16), chosen.choice(topics), chosen.choice(authors), number)
            for number in range(1, WRITTEN - NEW + 1)
        ],
    )
    await tx.execute("UPDATE network SET posts_written = ?", WRITTEN - NEW)
    for _ in range(NEW):
        author = await members.get(tx, chosen.choice(authors))
        assert author is not None
        await posts.write(tx, author, chosen.choice(topics), chosen.choice(WORDS) * chosen.randint(1, 9), None, NOW)


async def make_due(store: Store, count: int) -> None:
    """Makes the digest of `count` members due now, that of the others tomorrow; it covers the new posts."""
    now, tomorrow = to_seconds(NOW), to_seconds(NOW + timedelta(days=1))
    async with store.transaction() as tx:
        await tx.execute("DELETE FROM outbox")
        await tx.execute("DELETE FROM digests")
        await tx.execute("UPDATE members SET digest_due_at = ?, digest_until = ?", tomorrow, WRITTEN - NEW)
        await tx.execute(
            "UPDATE members SET digest_due_at = ? WHERE id IN (SELECT id FROM members ORDER BY agreed_at LIMIT ?)",
            now,
            count,
        )
