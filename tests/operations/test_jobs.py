"""The tick looks every few seconds whether something is due, so it must not take longer the more people there are."""

from collections.abc import Sequence

import pytest

from storage.engine.connection import CountingConnection, Row
from tests.support.cast import Cast

GROW = ("members", "subscriptions", "posts", "digests", "inbox", "outbox", "audit")  # tables, with the network
FEW = "members_on_the_way"  # an index of those who come and soon are in, or gone


async def test_no_statement_of_a_tick_reads_a_whole_table_that_grows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, executed = CountingConnection.run, dict[str, Sequence[object]]()

    def noted(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        executed[sql] = values
        return execute(connection, sql, values)

    await cast.stage.settle()
    monkeypatch.setattr(CountingConnection, "run", noted)
    await cast.stage.halqa.tick()
    monkeypatch.undo()
    statements = {sql: values for sql, values in executed.items() if sql.startswith(("SELECT", "UPDATE", "DELETE"))}
    assert len(statements) > 10
    async with cast.stage.halqa.store.transaction() as tx:
        for sql, values in statements.items():
            steps = [row[3] for row in await tx.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)]
            whole = [step for step in steps if step.startswith(tuple(f"SCAN {table}" for table in GROW))]
            assert all(step.endswith(FEW) for step in whole), sql
