"""Rows altered by somebody who has the key.

Pass figure: of rows, sealed columns, key ids and members' keys that are swapped, 0 wrong plaintexts; each is reported
once, and all that was not altered is served.
"""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import erasure
from storage.records.people import members
from tests.faults.disk.tamper import PEOPLE, alter, found_by_telegram_id, readable
from tests.storage.people import NOW, copy, opened, telegram_id

pytestmark = pytest.mark.usefixtures("log_warnings")


def swapped(table: str, column: str, of: str = "rowid", where: str = "true") -> list[str]:
    """Statements that exchange a column of the first two rows, even where the column is UNIQUE."""
    first, second = (
        f"{of} = (SELECT {of} FROM {table} WHERE {column} IS NOT NULL AND {where} ORDER BY {of} LIMIT 1 OFFSET {place})"
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
        (KEYRING_FILE, swapped("data_keys", "key", where="kind = 'member'"), 2),
        (KEYRING_FILE, ["UPDATE data_keys SET key = randomblob(32) WHERE kind = 'member'"], 6),
        (KEYRING_FILE, ["DELETE FROM data_keys WHERE id = (SELECT min(id) FROM data_keys WHERE kind = 'member')"], 1),
    ],
    ids=lambda value: value[-1][:40] if isinstance(value, list) else str(value),
)
async def test_swapped_values_are_left_out_and_reported_once_and_the_rest_is_served(
    network_files: Path, tmp_path: Path, name: str, statements: list[str], hit: int
) -> None:
    async with opened(copy(network_files, tmp_path / "read")) as store:
        expected = await readable(store)
    await alter(network_files, name, statements)
    with capture_logs() as logs:
        async with opened(network_files) as store:
            read = [await readable(store) for _ in range(2)]
            async with store.transaction() as tx:
                matched = await found_by_telegram_id(tx)
    reported = [(entry["place"], entry["row"]) for entry in logs if entry["event"] == "row-unreadable"]
    assert reported
    assert len([entry for entry in reported if entry[1]]) == len({entry for entry in reported if entry[1]})  # each once
    assert read[0] == read[1]
    assert read[0].items() < expected.items() or (hit == 0 and read[0].items() <= expected.items())
    assert sum(kind == "member" for kind, _ in read[0]) == len(PEOPLE) - hit
    assert all(found == name for name, found in matched.items())  # nobody is found as another person
    assert len(matched) == len(PEOPLE) - (hit or 2 * ("telegram_id_index" in statements[-1]))
    assert not any(word in str(logs) for word in (*PEOPLE, "says", str(telegram_id("Nour"))))


async def test_somebody_is_erased_although_another_row_does_not_open(network_files: Path) -> None:
    async with opened(network_files) as store, store.transaction() as tx:
        nour = await members.find(tx, telegram_id("Nour"))
        assert nour is not None
    damage = f"UPDATE members SET telegram_id_encrypted = name_encrypted WHERE id = x'{nour.id.hex()}'"
    await alter(network_files, NETWORK_FILE, [damage])
    with capture_logs() as logs:
        async with opened(network_files) as store:
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
