"""The list of members for whoever looks after them: by state and host, in pages, and by name.

State and host are filtered by the engine. Names are encrypted, so a search decrypts them, a page of rows at a time.
"""

from collections.abc import Callable
from enum import StrEnum

from storage.engine.connection import Row
from storage.engine.transaction import Transaction
from storage.records.people.member import NAME, Member, select
from storage.records.safety import freezes

SEARCHED_AT_ONCE = 100  # names; other tasks get a turn after so many (unreadable_rows.py)


class StateFilter(StrEnum):
    ALL = "all"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"


# The filter's word stands for its states; a host of NULL means every host, and an empty one nobody's.
# A frozen account has the state that those see who may not know of it (storage/records/safety/freezes.py).
_SEEN = (
    "CASE WHEN state <> 'frozen' THEN state "
    "WHEN EXISTS (SELECT 1 FROM suspensions WHERE suspensions.member_id = members.id) THEN 'suspended' "
    "ELSE (SELECT was FROM freezes WHERE freezes.member_id = members.id) END"
)
_LISTED = (
    "state IN ('active', 'paused', 'suspended', 'frozen') "
    f"AND (? = 'all' OR {_SEEN} = ?) AND (? IS NULL OR host_id = ?)"
)
_ORDER = "ORDER BY decided_at, id LIMIT ? OFFSET ?"


def _values(state: StateFilter, host_id: bytes | None) -> tuple[object, ...]:
    return (state, state, host_id, host_id)


async def page(tx: Transaction, state: StateFilter, host_id: bytes | None, *, offset: int, limit: int) -> list[Member]:
    """Members who are in, suspended or frozen, in the order in which they were approved."""
    found = await select(tx, f"{_LISTED} {_ORDER}", *_values(state, host_id), limit, offset)
    return [await freezes.as_seen(tx, person) for person in found]


async def count(tx: Transaction, state: StateFilter, host_id: bytes | None) -> int:
    """How many `page` lists without a limit."""
    return await tx.fetchval(f"SELECT count(*) FROM members WHERE {_LISTED}", *_values(state, host_id))


async def search(tx: Transaction, host_id: bytes | None, matches: Callable[[str], bool], *, limit: int) -> list[Member]:
    """The first members whose name matches, in the same order. Decrypts nothing but names until one does."""

    def name(row: Row) -> tuple[bytes, bool]:
        return row[0], matches(tx.cipher.decrypt(NAME, row[0], row[2], row[1]).decode())

    found: list[bytes] = []
    offset = 0
    while len(found) < limit:
        rows = await tx.fetch(
            f"SELECT id, key_id, name_encrypted FROM members WHERE {_LISTED} AND name_encrypted IS NOT NULL {_ORDER}",
            *_values(StateFilter.ALL, host_id),
            SEARCHED_AT_ONCE,
            offset,
        )
        named = await tx.unreadable_rows.readable(rows, name)
        found += [member_id for member_id, wanted in named if wanted]
        if len(rows) < SEARCHED_AT_ONCE:
            break
        offset += len(rows)
    people = [member for each in found[:limit] for member in await select(tx, "id = ?", each)]
    return [await freezes.as_seen(tx, person) for person in people]
