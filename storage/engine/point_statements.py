"""Statements short enough to run in the event loop: each finds or writes at most one row, by a unique key.

Such a statement takes microseconds, and a change of threads ten times as much. It waits for no disk: what it writes
stays in memory until COMMIT (`cache_spill` is off), which goes through the connection's thread like everything else.
"""


class PointStatement(str):
    """The SQL of a point query or a point write; a constant of a module of `storage`.

    A SELECT or an UPDATE finds its row through all columns of a unique index, compared by `=`; so does a DELETE, of a
    table whose rows no other row refers to. An INSERT has one row of VALUES. A test asks SQLite for the plan of each.
    """

    __slots__ = ()


PART_BEGINS = PointStatement("SAVEPOINT part")
PART_ENDS = PointStatement("RELEASE part")
