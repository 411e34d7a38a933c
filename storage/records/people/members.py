"""Who is in the network: found by a keyed hash of the Telegram id, by id, by role or by host."""

from datetime import datetime
from functools import partial

from storage.crypto.cipher import Unreadable
from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.records.people.member import COLUMNS, NAME, Member, MemberState, Role, opened, select, set_text
from storage.tables import Table, cleared

INDEX = "members.telegram_id_index"
EVERYONE = 2**31 - 1  # more than there can be


_FIND = PointStatement(f"SELECT {COLUMNS} FROM members WHERE telegram_id_index = ?")


async def find(tx: Transaction, telegram_id: int) -> Member | None:
    """Raises `Unreadable`."""
    row = await tx.fetchrow(_FIND, tx.cipher.telegram_id_index(telegram_id))
    found = tx.unreadable_rows.opened(row, partial(opened, tx)) if row else None
    if found is not None and found.telegram_id != telegram_id:  # the hash was put into another row
        error = Unreadable(INDEX, found.id)
        tx.unreadable_rows.tell(error)
        raise error
    return found


_LANGUAGE_OF = PointStatement("SELECT language FROM members WHERE telegram_id_index = ?")


async def language_of(tx: Transaction, telegram_id: int) -> str | None:
    """The language of somebody whose row may not open otherwise; None where there is no row."""
    row = await tx.fetchrow(_LANGUAGE_OF, tx.cipher.telegram_id_index(telegram_id))
    return row[0] if row else None


_HOST_OF = PointStatement("SELECT host_id FROM members WHERE id = ?")


async def host_of(tx: Transaction, member_id: bytes) -> bytes | None:
    """The host of somebody whose row may not open otherwise; None for those of no host, and where there is no row."""
    row = await tx.fetchrow(_HOST_OF, member_id)
    return row[0] if row else None


_GET = PointStatement(f"SELECT {COLUMNS} FROM members WHERE id = ?")


async def get(tx: Transaction, member_id: bytes) -> Member | None:
    """Raises `Unreadable`."""
    row = await tx.fetchrow(_GET, member_id)
    return tx.unreadable_rows.opened(row, partial(opened, tx)) if row else None


async def find_readable(tx: Transaction, member_id: bytes | None) -> Member | None:
    """Somebody who is only mentioned beside something else. None also where their row does not open, so that what they
    are mentioned beside can be shown (unreadable_rows.py)."""
    found = await select(tx, "id = ?", member_id)
    return found[0] if found else None


async def set_name(tx: Transaction, member: Member, name: str | None) -> None:
    await set_text(tx, member, NAME, name)


_SET_HOST = PointStatement("UPDATE members SET host_id = ?, independent = ? WHERE id = ?")


async def set_host(tx: Transaction, member: Member, host_id: bytes | None, *, independent: bool) -> None:
    """Host and `independent` together: neither means the question is open again."""
    await tx.execute(_SET_HOST, host_id, int(independent), member.id)


_STATE_OF = PointStatement("SELECT state FROM members WHERE id = ?")


async def is_frozen(tx: Transaction, member_id: bytes) -> bool:
    row = await tx.fetchrow(_STATE_OF, member_id)
    return row is not None and row[0] == MemberState.FROZEN


_SET_UNREACHABLE = PointStatement("UPDATE members SET unreachable_until = ? WHERE id = ?")


async def set_unreachable(tx: Transaction, member_id: bytes, until: datetime | None) -> None:
    """Until when nothing is sent to a member who blocked the bot or left Telegram; None: they can be reached."""
    await tx.execute(_SET_UNREACHABLE, until and to_seconds(until), member_id)


async def unreachable(tx: Transaction, now: datetime) -> list[Member]:
    """Members whose time without anything is over and who have not written since."""
    return await select(
        tx,
        "state IN ('active', 'paused', 'suspended', 'frozen') AND unreachable_until <= ? "
        "ORDER BY unreachable_until, id",
        to_seconds(now),
    )


async def set_role(tx: Transaction, member: Member, role: Role) -> bool:
    """False where that role was theirs already, or the only owner would be lost."""
    rows = await tx.fetch(
        "UPDATE members SET role = ? WHERE id = ? AND role <> ? AND state IN ('active', 'paused') AND "
        "(role <> 'owner' OR "
        "(SELECT count(*) FROM members WHERE role = 'owner' AND state IN ('active', 'paused')) > 1) "
        "RETURNING id",
        role,
        member.id,
        role,
    )
    return bool(rows)


async def coordinators_of(tx: Transaction, host_id: bytes | None) -> list[Member]:
    """Those who decide about applicants of a host: its coordinators and every owner; the owners alone for no host."""
    return await select(
        tx,
        "state IN ('active', 'paused') AND (role = 'owner' OR (role = 'coordinator' AND host_id = ?)) ORDER BY id",
        host_id,
    )


async def all_coordinators(tx: Transaction) -> list[Member]:
    """Every coordinator and owner who is in."""
    return await select(tx, "role IN ('coordinator', 'owner') AND state IN ('active', 'paused') ORDER BY id")


async def coordinator_versions(tx: Transaction) -> tuple[tuple[bytes, bytes | None], ...]:
    """Who they are, and their names unopened; equal as long as neither changes."""
    rows = await tx.fetch(
        "SELECT id, name_encrypted FROM members "
        "WHERE role IN ('coordinator', 'owner') AND state IN ('active', 'paused') ORDER BY id"
    )
    return tuple((row[0], row[1]) for row in rows)


# A frozen member stands in lists as before, since few may know of it.
_IN = "state IN ('active', 'paused', 'frozen') AND (? IS NULL OR host_id = ?)"


async def everyone(
    tx: Transaction, host_id: bytes | None = None, *, offset: int = 0, limit: int = EVERYONE
) -> list[Member]:
    """Active, paused and frozen members, of one host or of all, in the order in which they were approved."""
    return await select(tx, f"{_IN} ORDER BY decided_at, id LIMIT ? OFFSET ?", host_id, host_id, limit, offset)


async def count(tx: Transaction, host_id: bytes | None = None) -> int:
    """How many `everyone` lists without a limit."""
    return await tx.fetchval(f"SELECT count(*) FROM members WHERE {_IN}", host_id, host_id)


async def owners(tx: Transaction) -> int:
    return await tx.fetchval("SELECT count(*) FROM members WHERE role = 'owner' AND state IN ('active', 'paused')")


async def every_owner(tx: Transaction) -> list[bytes]:
    """The ids of all owners, those who are frozen or suspended among them."""
    rows = await tx.fetch("SELECT id FROM members WHERE role = 'owner' AND state NOT IN ('applicant', 'declined')")
    return [row[0] for row in rows]


TABLES = (
    Table(
        "members",
        ("id", "invited_by", "decided_by"),
        key_kind="member",
        exported=True,
        erase=cleared("members", "invited_by", "decided_by"),
    ),
)
