"""What each table holds of a member, said by the module that owns the table: how it is exported and how it is erased.

A module declares `TABLES`. `declared()` finds the declarations by walking the package, so that no list has to be kept
anywhere; a test compares them with the schema.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

import storage


class Statements(Protocol):
    """What an erasure needs of a transaction."""

    async def execute(self, sql: str, *values: object) -> None: ...


Erase = Callable[[Statements, bytes, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of `network.db`, or of `keyring.db` where `keyring` is set.

    Rows that name a member either go with the member's row (ON DELETE CASCADE) or are changed by `erase`, which runs in
    the transaction of the erasure, before that row is deleted. No column keeps the id of an erased member, random as it
    is: an older copy of network.db would tell whose it was.

    A table with a column `key_id`, which names a row's own key, says in `key_kind` of which kind these keys are. Keys
    of a declared kind that no row names are removed at the start; all others stay.
    """

    name: str
    member_columns: tuple[str, ...] = ()  # that hold a member's id
    exported: bool = False  # its rows about a member stand in /mydata: a feature has a section for it
    not_exported: str = ""  # why not, where rows name a member
    receipt: str = ""  # under which word an erasure counts the rows that go
    counted: str = ""  # which rows those are, with one mark for the member's id
    erase: Erase | None = None
    keyring: bool = False
    key_kind: str = ""  # of the keys in keyring.db that its column `key_id` names


def cleared(table: str, *columns: str) -> Erase:
    """An erasure that empties columns which name the member."""

    async def erase(tx: Statements, member_id: bytes, now: datetime) -> None:
        for column in columns:
            await tx.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", member_id)

    return erase


@cache
def declared() -> tuple[Table, ...]:
    """Every table that a module of the package declares, by name. Raises ValueError where two declare the same."""
    found: dict[tuple[bool, str], Table] = {}
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        for table in getattr(importlib.import_module(module.name), "TABLES", ()):
            if (table.keyring, table.name) in found:
                raise ValueError(f"two modules own the table {table.name}")
            found[table.keyring, table.name] = table
    return tuple(found[key] for key in sorted(found))


def key_kinds() -> frozenset[str]:
    """The kinds of keys that tables declare."""
    return frozenset(table.key_kind for table in declared() if table.key_kind)
