"""Somebody demands what is left of a person who has left: the backups and the audit.

The attacker has the master key, every key that is left, the copies in the folder of the backups, and a list of all
members with their ids, key ids and hosts from before the erasure. The measure: cells of the copies with an id of hers,
and entries of the audit that lead to her or to one another; both are 0.
"""

from pathlib import Path
from typing import Any

from bot.demo import steps
from storage.engine.database import Database
from storage.maintenance import backup, backup_cleaning
from storage.records.people import members
from storage.records.people.member import Member
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def rows(path: Path, key: bytes) -> dict[str, list[tuple[Any, ...]]]:
    copy = Database(path, key, read_only=True)
    await copy.begin()
    names = [row[0] for row in await copy.fetch("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: [tuple(row) for row in await copy.fetch(f"SELECT * FROM {name}")] for name in names}
    await copy.close()
    return found


def cells(tables: dict[str, list[tuple[Any, ...]]], person: Member) -> int:
    marks = person.id, person.key_id
    return sum(
        isinstance(value, bytes) and any(mark in value for mark in marks)
        for table in tables.values()
        for row in table
        for value in row
    )


async def test_neither_a_backup_nor_the_audit_tells_of_her_any_more(cast: Cast, tmp_path: Path) -> None:
    stage = cast.stage
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    for number in range(3):
        await steps.post(salma, TOPIC, f"words of somebody who will leave, {number}")
    await stage.settle()
    store, key = stage.halqa.store, stage.master().derive("database")
    async with store.transaction() as tx:
        her = await members.find(tx, salma.person.id)
        assert her is not None
        everybody = await members.everyone(tx)
    made = await backup.make(store, folder, 9, stage.halqa.now())
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await backup.renew_keyring(store, folder)
    before = cells(await rows(folder / made.network, key), her)
    done = await backup_cleaning.clean(store, folder, stage.halqa.now())
    copy = await rows(folder / made.network, key)
    assert before > 10
    assert (done.rewritten, done.people, cells(copy, her)) == (1, 1, 0)
    assert (len(copy["members"]), len(copy["posts"])) == (len(everybody) - 1, 0)

    async with store.transaction() as tx:
        live = [tuple(row) for row in await tx.fetch("SELECT * FROM audit ORDER BY number")]
        cipher = tx.cipher
    for audit in (live, copy["audit"]):
        by_her = [row for row in audit if row[2] == "posted"]
        assert len(by_her) == 3
        assert len({row[3] for row in by_her}) == 3  # they do not lead to one another
        assert not any(her.id in row or her.key_id in row for row in audit)
        leads = {
            cipher.audit_tag(known.key_id, int(str(row[0])), role)
            for row in audit
            for known in everybody
            for role in ROLES
        }
        assert not leads & {row[3] for row in by_her}
        assert {row[5] for row in by_her} == {None}  # nor to her host
    assert leads & {row[3] for row in live}  # while those of others are found


ROLES = ("actor", "subject")
