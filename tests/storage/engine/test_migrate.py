"""Steps that bring a file up to date: whole or not at all, and never backwards."""

import asyncio
from pathlib import Path

import pytest

from storage.engine import migrate
from storage.engine.database import Database
from storage.engine.migrate import NewerDatabase
from storage.files import KEYRING_FILE, NETWORK_FILE
from tests.storage.people import MASTER, contents, copy, opened

FIRST = (
    "CREATE TABLE things (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;\nINSERT INTO things VALUES (1, 'kept');\n"
)
SECOND = "ALTER TABLE things ADD COLUMN more TEXT;\nUPDATE things SET more = 'added';\nDROP TABLE nowhere;\n"
MENDED = SECOND.replace("DROP TABLE nowhere", "CREATE TABLE others (id INTEGER PRIMARY KEY) STRICT")


def database(directory: Path, name: str = "steps.db") -> Database:
    key = MASTER.derive("database" if name != KEYRING_FILE else "keyring")
    return Database(directory / name, key, create=True)


def known(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    """A program that knows these steps and no others."""
    monkeypatch.setattr(migrate, "steps", lambda database: list(enumerate(scripts, 1)))


async def state(directory: Path) -> tuple[object, list[str]]:
    """Version and tables of steps.db, whatever the program knows."""
    looked_at = database(directory)
    try:
        await looked_at.begin()
        [[version]] = await looked_at.fetch("PRAGMA user_version")
        tables = await looked_at.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        columns = await looked_at.fetch("SELECT count(*) FROM pragma_table_info('things')")
        return version, [*(row[0] for row in tables), f"things has {columns[0][0]} columns"]
    finally:
        await looked_at.close()


async def opened_and_closed(directory: Path) -> None:
    made = database(directory)
    try:
        await made.open("network")
    finally:
        await made.close()


OLD = (1, ["things", "things has 2 columns"])
NEW = (2, ["others", "things", "things has 3 columns"])


async def test_a_new_file_gets_every_step_and_an_old_one_the_missing_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, FIRST)
    await opened_and_closed(tmp_path)
    assert await state(tmp_path) == OLD
    known(monkeypatch, FIRST, MENDED)
    await opened_and_closed(tmp_path)
    await opened_and_closed(tmp_path)
    assert await state(tmp_path) == NEW


async def test_a_step_that_breaks_in_the_middle_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, FIRST)
    await opened_and_closed(tmp_path)
    known(monkeypatch, FIRST, SECOND)
    with pytest.raises(Exception, match="nowhere"):
        await opened_and_closed(tmp_path)
    assert await state(tmp_path) == OLD
    known(monkeypatch, FIRST, MENDED)
    await opened_and_closed(tmp_path)
    assert await state(tmp_path) == NEW


async def test_of_two_steps_the_first_stays_when_the_second_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, FIRST, SECOND)
    with pytest.raises(Exception, match="nowhere"):
        await opened_and_closed(tmp_path)
    assert await state(tmp_path) == OLD


async def test_a_power_failure_after_any_statement_leaves_the_old_version_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    known(monkeypatch, FIRST)
    await opened_and_closed(data)
    known(monkeypatch, FIRST, MENDED)
    run, copies = Database.fetch, [copy(data, tmp_path / "0")]

    async def watched(self: Database, sql: str, values: tuple[object, ...] = ()) -> list[object]:
        rows = await run(self, sql, values)
        copies.append(copy(data, tmp_path / str(len(copies))))
        return list(rows)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "fetch", watched)
        await opened_and_closed(data)
    found = [await state(path) for path in copies]
    assert found[0] == OLD
    assert found[-1] == NEW
    assert all(each in (OLD, NEW) for each in found)


async def test_cancelled_in_the_middle_of_a_step_the_old_version_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, FIRST)
    await opened_and_closed(tmp_path)
    known(monkeypatch, FIRST, MENDED)
    run = Database.fetch

    async def cancelled(self: Database, sql: str, values: tuple[object, ...] = ()) -> list[object]:
        if sql.startswith("UPDATE things"):
            task.cancel()
        return list(await run(self, sql, values))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "fetch", cancelled)
        task = asyncio.create_task(opened_and_closed(tmp_path))
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await state(tmp_path) == OLD


@pytest.mark.parametrize("name", [NETWORK_FILE, KEYRING_FILE])
async def test_a_newer_file_is_refused_and_stays_byte_for_byte(directory: Path, name: str) -> None:
    newer = database(directory, name)
    try:
        await newer.open("keyring" if name == KEYRING_FILE else "network")
        await newer.execute("PRAGMA user_version = 9999")
    finally:
        await newer.close()
    before = contents(directory)
    with pytest.raises(NewerDatabase):
        await opened(directory).__aenter__()
    assert contents(directory) == before


async def test_a_step_that_the_rows_contradict_is_not_called_a_wrong_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, FIRST, "INSERT INTO things VALUES (1, 'a second with the same id');\n")
    with pytest.raises(Exception, match="UNIQUE"):
        await opened_and_closed(tmp_path)


OWNERS = """CREATE TABLE owners (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE owned (owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE) STRICT;
INSERT INTO owners VALUES (1, 'kept');
INSERT INTO owned VALUES (1);
"""
REBUILT = """CREATE TABLE owners_after (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;
INSERT INTO owners_after SELECT id, word FROM owners;
DROP TABLE owners;
ALTER TABLE owners_after RENAME TO owners;
"""


async def test_a_table_that_others_refer_to_can_be_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, OWNERS)
    await opened_and_closed(tmp_path)
    known(monkeypatch, OWNERS, REBUILT)
    file = database(tmp_path)
    try:
        await file.open("network")
        assert [tuple(row) for row in await file.fetch("SELECT * FROM owned JOIN owners ON owner = id")] == [
            (1, 1, "kept")
        ]
        await file.execute("DELETE FROM owners")
        assert await file.fetch("SELECT * FROM owned") == []  # foreign keys are on again
    finally:
        await file.close()


async def test_a_step_that_leaves_rows_without_what_they_refer_to_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, OWNERS)
    await opened_and_closed(tmp_path)
    known(monkeypatch, OWNERS, REBUILT.replace("FROM owners;", "FROM owners WHERE id > 1;"))
    with pytest.raises(RuntimeError, match="owned"):
        await opened_and_closed(tmp_path)
    assert (await state(tmp_path))[0] == 1


@pytest.mark.parametrize("name", ["network", "keyring"])
def test_the_steps_are_numbered_from_one(name: str) -> None:
    found = migrate.steps(name)
    assert [number for number, _ in found] == list(range(1, len(found) + 1))
    assert all(list(migrate.statements(script)) for _, script in found)


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (1, 1)])
def test_a_gap_in_the_numbers_is_a_mistake_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbers: tuple[int, ...]
) -> None:
    folder = tmp_path / "migrations" / "network"
    folder.mkdir(parents=True)
    for place, number in enumerate(numbers):
        (folder / f"{number:04}_step{place}.sql").write_text(FIRST)
    monkeypatch.setattr(migrate, "files", lambda package: tmp_path)
    with pytest.raises(RuntimeError, match="gap"):
        migrate.steps("network")


def test_a_script_is_cut_where_statements_end_and_nowhere_else() -> None:
    script = """
    CREATE TABLE a (word TEXT DEFAULT ';'); -- not here; nor here
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
        DELETE FROM a;
        DELETE FROM a;
    END;
    DROP TABLE a;
    """
    found = list(migrate.statements(script))
    assert [statement.split()[-1] for statement in found] == ["here", "END;", "a;"]


def test_a_script_that_ends_in_the_middle_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="middle"):
        list(migrate.statements("CREATE TABLE a (id INTEGER);\nCREATE TABLE b (id"))
