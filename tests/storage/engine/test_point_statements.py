"""Every point statement of the program is one: SQLite's own plan for it finds at most one row, by a unique index."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

import storage
from storage.engine.point_statements import PART_BEGINS, PART_ENDS, PointStatement

SEARCH = re.compile(r"SEARCH (?P<table>\w+) USING (?:COVERING )?INDEX (?P<index>\w+) \((?P<terms>.*)\)")
BY_INTEGER_KEY = re.compile(r"SEARCH \w+ USING INTEGER PRIMARY KEY \(rowid=\?\)")
LAST_KEY = re.compile(r"SEARCH (?P<table>\w+)")  # the step of min() and max(), with an index or without one
HARMLESS = re.compile(r"(CORRELATED )?SCALAR SUBQUERY \d+")  # what it contains has lines of its own
MANY_ROWS = re.compile(r"\)\s*,\s*\(")


def statements() -> dict[str, PointStatement]:
    """All point statements of `storage`, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        for name, value in vars(import_module(module.name)).items():
            values = value.items() if isinstance(value, dict) else [("", value)]
            for key, statement in values:
                if isinstance(statement, PointStatement):
                    found[f"{module.name}.{name}{key}"] = statement
    return found


STATEMENTS = {name: sql for name, sql in statements().items() if sql not in (PART_BEGINS, PART_ENDS)}


@pytest.fixture(scope="module")
def schema() -> Iterator[Any]:
    """The shape of network.db, in a database of the program's own SQLite."""
    connection = sqlcipher3.connect(":memory:")
    connection.executescript(files("storage").joinpath("schema.sql").read_text("utf-8"))
    yield connection
    connection.close()


def slow(schema: Any, sql: str) -> str | None:
    """Why a statement is no point statement; None if it is one."""
    if MANY_ROWS.search(sql.partition("VALUES")[2].partition(" ON CONFLICT ")[0]):
        return "several rows"
    for *_, step in schema.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?")):
        if HARMLESS.fullmatch(step) or BY_INTEGER_KEY.fullmatch(step):
            continue
        if not is_unique(schema, step) and not is_last_key(schema, step, sql):
            return str(step)
    written = re.match(r"(DELETE FROM|UPDATE) (\w+)", sql)
    if written:
        return cascade(schema, written[1], written[2], sql)
    return None


def is_unique(schema: Any, step: str) -> bool:
    """Whether a step finds one row by comparing all columns of a unique index with `=`."""
    search = SEARCH.fullmatch(step)
    if search is None:
        return False
    unique = {row[1]: bool(row[2]) for row in schema.execute(f"PRAGMA index_list({search['table']})")}
    columns = [row[2] for row in schema.execute(f"PRAGMA index_info({search['index']})")]
    return unique[search["index"]] and search["terms"].split(" AND ") == [f"{column}=?" for column in columns]


def is_last_key(schema: Any, step: str, sql: str) -> bool:
    """Whether a step reads the first or the last row by the table's integer key."""
    search = LAST_KEY.fullmatch(step)
    if search is None:
        return False
    keys = [row[1] for row in schema.execute(f"PRAGMA table_info({search['table']})") if row[5]]
    return re.findall(r"\b(?:min|max)\((\w+)\)", sql) == keys


def cascade(schema: Any, verb: str, table: str, sql: str) -> str | None:
    """Why a write reaches rows of other tables: they refer to what it deletes or changes."""
    tables = [row[0] for row in schema.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for other in tables:
        for _, _, parent, _, column, *_ in schema.execute(f"PRAGMA foreign_key_list({other})"):
            if parent == table and (verb != "UPDATE" or re.search(rf"(SET|,) {column} = ", sql)):
                return f"{other} refers to it"
    return None


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_it_finds_at_most_one_row_by_a_unique_index(schema: Any, name: str) -> None:
    assert slow(schema, STATEMENTS[name]) is None


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT 1 FROM members", "SCAN members"),
        ("SELECT 1 FROM posts WHERE author_id = ?", "posts_author"),
        ("SELECT 1 FROM subscriptions WHERE member_id = ?", "member_id=?"),
        ("SELECT 1 FROM inbox WHERE number > ?", "rowid>?"),
        ("SELECT max(update_id) FROM inbox", "inbox"),
        ("SELECT max(at) FROM audit", "audit"),
        ("SELECT 1 FROM topics WHERE id = ? OR title = ?", "SCAN"),
        ("UPDATE members SET zone = ? WHERE id = (SELECT author_id FROM posts LIMIT 1)", "SCAN posts"),
        ("UPDATE members SET id = ? WHERE id = ?", "refers to it"),
        ("DELETE FROM members WHERE id = ?", "refers to it"),
        ("DELETE FROM drafts WHERE about = ?", "SCAN drafts"),
        ("INSERT INTO epoch (id, key_id) VALUES (?, ?), (?, ?)", "several rows"),
        ("INSERT INTO epoch (id, key_id) SELECT 1, key_id FROM erasures", "SCAN erasures"),
        ("SELECT (SELECT count(*) FROM audit WHERE actor_tag = ?) FROM members WHERE id = ?", "audit"),
    ],
)
def test_what_is_none_is_recognised(schema: Any, sql: str, why: str) -> None:
    found = slow(schema, sql)
    assert found is not None
    assert why in found


def test_there_are_some_and_no_trigger_makes_them_longer(schema: Any) -> None:
    assert len(STATEMENTS) > 40
    assert schema.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (0,)


def test_each_is_a_constant_of_a_module_where_the_test_finds_it() -> None:
    for path in Path(storage.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = {call for function in functions for call in ast.walk(function) if is_point_statement(call)}
        assert not inside, path.name


def is_point_statement(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PointStatement"
