"""A network of which every readable value is known; altering its files, and reading everything that still opens."""

from collections.abc import Sequence
from pathlib import Path

from storage.crypto.cipher import Unreadable
from storage.engine.database import Database
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import drafts, inbox, posts, topics
from storage.records.people import members
from storage.records.people.member import Role
from tests.storage.people import MASTER, NOW, enter, found, opened, telegram_id
from tests.support.signed_files import sign

PEOPLE = ("Nour", "Salma", "Rania", "Yara", "Awa", "Olena")
Read = dict[tuple[str, str], object]  # (kind of record, its id) -> its plaintext


async def populated(directory: Path) -> Path:
    """Creates a network of six members, each with posts, a draft and a pending update, in an empty folder."""
    await found(directory)
    async with opened(directory) as store:
        async with store.transaction() as tx:
            people = [await enter(tx, name, role=Role.OWNER if name == "Olena" else Role.MEMBER) for name in PEOPLE]
            topic = await topics.create(tx, "Detention", "", people[0].id, NOW)
        for number, person in enumerate(people):
            async with store.transaction() as tx:
                for what in ("first", "second"):
                    await posts.write(tx, person, topic.id, f"{person.name} says the {what}", "a photo", NOW)
                await drafts.put(tx, person, "post", about=topic.id, body=f"{person.name} begins", now=NOW)
                await inbox.add(tx, number + 1, person.telegram_id, {"text": f"{person.name} asks"}, NOW)
    return directory


async def readable(store: Store) -> Read:
    """Every record that opens, read by the functions that the bot uses."""
    read: Read = {}
    async with store.transaction() as tx:
        for topic in await topics.everything(tx):
            for post in await posts.latest(tx, topic.id, 99):
                read["post", post.id.hex()] = (post.author_name, post.body, post.photo)
        for member in await members.everyone(tx):
            read["member", member.id.hex()] = (member.telegram_id, member.name, member.application.reason)
            draft = await drafts.get(tx, member)
            if draft is not None:
                read["draft", member.id.hex()] = draft.body
        for received in await inbox.next_pending(tx, (), 99, 99):
            if received.update is not None:
                read["update", str(received.update_id)] = received.update["text"]
    return read


async def found_by_telegram_id(tx: Transaction) -> dict[str, str | None]:
    """For each person, the name of the member found by their Telegram id. Rows that do not open are left out."""
    matched = {}
    for name in PEOPLE:
        try:
            member = await members.find(tx, telegram_id(name))
        except Unreadable:
            continue
        matched[name] = member.name if member else None
    return matched


async def alter(directory: Path, name: str, statements: Sequence[str]) -> None:
    """Executes statements on a closed database file, with its key, and signs it."""
    purpose = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}[name]
    database = Database(directory / name, MASTER.derive(purpose))
    try:
        await database.begin()
        await database.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            await database.execute(statement)
    finally:
        await database.close()
    await sign(directory, MASTER)
