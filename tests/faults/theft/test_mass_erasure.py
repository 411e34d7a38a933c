"""Two hundred members (HALQA_LONG=1; else eighty) erase themselves while others keep posting.

Pass figure: through the records, on all decrypted pages, and in an older copy with the current keyring, 0 fields of the
erased members can be read; every field of the others is unchanged.
"""

import asyncio
import itertools
import shutil
from collections.abc import Mapping
from pathlib import Path

import sqlcipher3

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from storage.crypto.cipher import Cipher, Unreadable
from storage.integrity import field_search
from storage.records import drafts, inbox, posts, topics
from storage.records.people import applications, members
from storage.records.people.member import MemberState
from tests.faults.theft.canary import canary
from tests.support.cast import Cast
from tests.support.database_pages import decrypted_pages

TOPIC = "Detention and protection"
LEAVING, STAYING, SIDE_BY_SIDE = 200, 20, 8
FIELDS = 7  # per member: Telegram id, name, reason, post, photo, draft, update
EncryptedFields = dict[tuple[str, bytes], bytes]  # (table.column, row id) -> stored value


async def enter(stage: Stage, topic_id: bytes, number: int, word: str) -> Actor:
    """Writes a member with a canary in every field straight into the tables."""
    person, now = await stage.person(f"Person {number}"), stage.clock.now()
    async with stage.halqa.store.transaction() as tx:
        member = await applications.agree(tx, person.id, "en", invited_by=None, now=now)
        await members.set_name(tx, member, canary(f"{word} name"))
        await applications.set_reason(tx, member, canary(f"{word} reason"))
        await tx.execute("UPDATE members SET state = ? WHERE id = ?", MemberState.ACTIVE, member.id)
        await posts.write(tx, member, topic_id, canary(f"{word} post"), canary(f"{word} photo"), now)
        await drafts.put(tx, member, "post", about=topic_id, body=canary(f"{word} draft"), now=now)
        await inbox.add(tx, number, person.id, {"text": canary(f"{word} update")}, now)
        await tx.execute(
            "UPDATE inbox SET state = 'failed' WHERE update_id = ?", number
        )  # a failed update normally keeps no payload
    return Actor(person, texts_in("en"))


async def leave(actor: Actor) -> None:
    await actor.says("/forget")
    await actor.presses("button-forget-yes")
    await actor.sees("goodbye")


async def keep_talking(actor: Actor, ended: asyncio.Event) -> int:
    """Posts and reads until `ended` is set. Returns the number of rounds."""
    for number in itertools.count():
        await steps.post(actor, TOPIC, f"We go on, {number}.")
        await actor.says(f"/topics {TOPIC}")
        await actor.presses("button-read-latest")
        await actor.sees_words(f"We go on, {number}.")
        if ended.is_set():
            return number
    raise AssertionError


def encrypted_fields(path: Path, key: bytes) -> EncryptedFields:
    """Every encrypted field of a copy, as stored."""
    copy = sqlcipher3.connect(str(path))
    copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    found = {}
    for [table] in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1] for row in copy.execute(f"PRAGMA table_info({table})")]
        for column in (column for column in columns if column.endswith("_encrypted")):
            row_id = field_search.ROW_IDS.get(table, "id")
            for row, value in copy.execute(f"SELECT {row_id}, {column} FROM {table} WHERE {column} IS NOT NULL"):
                found[f"{table}.{column}", row if isinstance(row, bytes) else str(row).encode()] = value
    copy.close()
    return found


def opened(fields: EncryptedFields, cipher: Cipher) -> dict[tuple[str, bytes], bytes]:
    """The plaintexts of the fields that open."""
    found = {}
    for (place, row), value in fields.items():
        try:
            found[place, row] = cipher.decrypt(place, row, value)
        except Unreadable:
            continue
    return found


async def closed_copy(stage: Stage, to: Path) -> EncryptedFields:
    """Copies network.db while the bot is stopped. Returns the encrypted fields of the copy."""
    await stage.settle()
    await stage.stop()
    shutil.copy(stage.data / "network.db", to)
    await stage.start()
    return encrypted_fields(to, stage.master().derive("database"))


def keys_of(keyring: Mapping[bytes, bytes], fields: EncryptedFields) -> set[bytes]:
    return {keyring[value[1:17]] for value in fields.values()}


async def test_of_those_who_leave_nothing_is_readable_and_nobody_else_is_touched(cast: Cast, tmp_path: Path) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    async with stage.halqa.store.transaction() as tx:
        [topic] = await topics.everything(tx)
    for number in range(STAYING):
        await enter(stage, topic.id, number + 1, "stays")
    stayed = await closed_copy(stage, tmp_path / "before.db")
    leaving = [await enter(stage, topic.id, number + 1, "leaves") for number in range(STAYING, STAYING + LEAVING)]
    older = await closed_copy(stage, tmp_path / "older.db")
    before = opened(older, stage.halqa.store.cipher)
    theirs = {field: value for field, value in older.items() if field not in stayed}
    assert len(theirs) == LEAVING * FIELDS  # and all of them could be read
    assert before.keys() == older.keys()
    keys = keys_of(stage.halqa.store.keyring, theirs)
    assert len(keys) == LEAVING
    async with stage.halqa.store.transaction() as tx:
        assert len(await field_search.places_of(tx, "leaves ")) == FIELDS - 1  # all but the Telegram id

    ended = asyncio.Event()
    talking = [asyncio.create_task(keep_talking(actor, ended)) for actor in (cast.nour, cast.awa)]
    for first in range(0, LEAVING, SIDE_BY_SIDE):
        await asyncio.gather(*(leave(actor) for actor in leaving[first : first + SIDE_BY_SIDE]))
    ended.set()
    assert sum(await asyncio.gather(*talking)) > LEAVING // 20
    await stage.settle()

    cipher = stage.halqa.store.cipher
    async with stage.halqa.store.transaction() as tx:
        assert await field_search.places_of(tx, "leaves ") == []
    assert opened(theirs, cipher) == {}
    assert opened(stayed, cipher) == {field: before[field] for field in stayed}
    await stage.stop()
    now = encrypted_fields(stage.data / "network.db", stage.master().derive("database"))
    assert not theirs.keys() & now.keys()
    kept = {field: value for field, value in stayed.items() if not field[0].startswith("inbox.")}
    assert kept.items() <= now.items()
    pages = decrypted_pages(stage)
    assert all(value in pages for value in kept.values())  # the pages were really decrypted
    assert not [field for field, value in theirs.items() if value[17:] in pages]
    assert not [key for key in keys if key in pages]
    assert not [actor for actor in leaving if str(actor.person.id).encode() in pages]
