"""Declarations of tables: found where they stand, owned once, and their erasures do what they say."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from storage import tables
from storage.engine.transaction import Transaction
from storage.tables import Table
from tests.storage.people import NOW, enter


@pytest.fixture
def declared_anew() -> Iterator[None]:
    tables.declared.cache_clear()
    yield
    tables.declared.cache_clear()


def test_they_are_found_without_a_list() -> None:
    found = {(table.keyring, table.name) for table in tables.declared()}
    assert {(False, "members"), (False, "posts"), (True, "data_keys")} <= found
    assert len(found) == len(tables.declared())


def test_a_table_with_two_owners_is_a_mistake_of_ours(declared_anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    module: ModuleType = sys.modules["storage.records.hosts"]
    monkeypatch.setattr(module, "TABLES", (Table("posts"),))
    with pytest.raises(ValueError, match="posts"):
        tables.declared()


async def test_a_column_that_names_her_is_emptied_and_that_of_another_is_not(tx: Transaction) -> None:
    salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    await tx.execute("UPDATE members SET invited_by = ? WHERE id = ?", salma.id, nour.id)
    await tx.execute("UPDATE members SET invited_by = ? WHERE id = ?", nour.id, salma.id)
    await tables.cleared("members", "invited_by")(tx, salma.id, NOW)
    left = dict(tuple(row) for row in await tx.fetch("SELECT id, invited_by FROM members"))
    assert (left[nour.id], left[salma.id]) == (None, nour.id)
