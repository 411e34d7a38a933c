"""The schema files equal the result of the migrations, including indexes, and explain every table and column."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from storage.engine import migrate
from storage.engine.database import Database

FILES = {"network": "schema.sql", "keyring": "keyring.sql"}
# Self-explanatory names; the head of the file explains ids, times and encrypted fields.
PLAIN = {"name", "title", "attempts", "number", "subject_id", "key_id", "member_id"}


def script(name: str) -> str:
    return files("storage").joinpath(FILES[name]).read_text("utf-8")


def normal(sql: str) -> str:
    """A statement without comments, with normalised white space, and without the quotes of ALTER TABLE RENAME."""
    words = re.sub(r"\s+", " ", re.sub(r"--[^\n]*", " ", sql)).strip()
    return re.sub(r'\s*([(),])\s*|"(\w+)"', r"\1\2", words)


async def built(path: Path, name: str) -> dict[tuple[str, str], str]:
    """The content of sqlite_master after all migrations: (type, name) -> SQL."""
    database = Database(path, bytes(32), create=True)
    try:
        await database.open(name)
        rows = await database.fetch("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(kind, table): normal(sql) for kind, table, sql in rows}
    finally:
        await database.close()


@pytest.mark.parametrize("name", FILES)
async def test_the_schema_is_what_the_migrations_build(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated = await built(tmp_path / "migrated.db", name)
    monkeypatch.setattr(migrate, "steps", lambda database: [(1, script(database))])
    assert await built(tmp_path / "written.db", name) == migrated
    assert migrated


def tables(name: str) -> list[tuple[str, str, list[str]]]:
    """Each table of a schema file: its name, the line above it, and the lines of its columns."""
    lines = script(name).splitlines()
    found = []
    for number, line in enumerate(lines):
        if opening := re.match(r"CREATE TABLE (\w+) \(", line):
            end = lines.index(") STRICT;", number)
            columns = [each for each in lines[number + 1 : end] if re.match(r"    [a-z]", each)]
            found.append((opening[1], lines[number - 1], columns))
    return found


@pytest.mark.parametrize("name", FILES)
async def test_every_table_is_strict(name: str, tmp_path: Path) -> None:
    migrated = await built(tmp_path / "migrated.db", name)
    assert {table for table, _, _ in tables(name)} == {table for kind, table in migrated if kind == "table"}


def explained(column: str) -> bool:
    """By a comment, by what it refers to or allows, or by a name of a kind that the head of the file explains."""
    [word] = re.findall(r"^    (\w+)", column)
    by_name = word in PLAIN or word in ("id", "at") or word.endswith(("_at", "_encrypted"))
    return "-- " in column or "REFERENCES" in column or " IN (" in column or by_name


@pytest.mark.parametrize("name", FILES)
def test_every_table_and_every_column_is_explained(name: str) -> None:
    for table, above, columns in tables(name):
        # Keyring has one table, which the head of its file is about.
        assert above.startswith("-- ") or (name == "keyring" and not above), table
        assert [column.strip() for column in columns if not explained(column)] == [], table
        assert columns, table
