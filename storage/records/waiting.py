"""What waits for a member, and the one knock that stands in their chat and opens it.

A knock stands until a press on it is recorded, since Telegram tells nothing of reading. A row is what one button opens,
as a reference, never words; it goes when that was opened.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import from_seconds, to_seconds
from storage.engine.transaction import Transaction
from storage.tables import Statements, Table


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that was not opened yet."""

    opens: str  # the callback data of the button that opens it
    kind: str  # of delivery
    about: bytes | None
    since: datetime


_ADD = PointStatement(
    "INSERT INTO waiting (member_id, opens, kind, about, since) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (member_id, opens) DO UPDATE SET since = excluded.since, knocked = 0"
)


async def add(tx: Transaction, member_id: bytes, opens: str, kind: str, about: bytes | None, now: datetime) -> None:
    """Adds what a button opens; what waits already waits anew."""
    await tx.execute(_ADD, member_id, opens, kind, about, to_seconds(now))


async def of(tx: Transaction, member_id: bytes) -> list[Waiting]:
    """What waits for a member, the oldest first."""
    rows = await tx.fetch(
        "SELECT opens, kind, about, since FROM waiting WHERE member_id = ? ORDER BY since, opens", member_id
    )
    return [Waiting(opens, kind, about, from_seconds(since)) for opens, kind, about, since in rows]


async def count(tx: Transaction, member_id: bytes) -> int:
    return await tx.fetchval("SELECT count(*) FROM waiting WHERE member_id = ?", member_id)


_FIND = PointStatement("SELECT 1 FROM waiting WHERE member_id = ? AND opens = ?")
_DROP = PointStatement("DELETE FROM waiting WHERE member_id = ? AND opens = ?")


async def drop(tx: Transaction, member_id: bytes, opens: str) -> bool:
    """Takes something off that was opened, or can no longer be; False where it did not wait. Writes only then."""
    if await tx.fetchrow(_FIND, member_id, opens) is None:
        return False
    await tx.execute(_DROP, member_id, opens)
    return True


async def drop_all(tx: Transaction, member_id: bytes, kind: str | None = None) -> None:
    """Takes off all, or all of a kind."""
    await tx.execute("DELETE FROM waiting WHERE member_id = ? AND (kind = ? OR ? IS NULL)", member_id, kind, kind)


async def any_silent(tx: Transaction, member_id: bytes) -> bool:
    """Whether something waits since the last knock was sent."""
    return bool(await tx.fetchval("SELECT count(*) FROM waiting WHERE member_id = ? AND knocked = 0", member_id))


_STANDING = PointStatement("SELECT message_id FROM knocks WHERE member_id = ?")
_STAND = PointStatement(
    "INSERT INTO knocks (member_id, message_id) VALUES (?, ?) "
    "ON CONFLICT (member_id) DO UPDATE SET message_id = excluded.message_id"
)
_FALL = PointStatement("DELETE FROM knocks WHERE member_id = ?")


async def standing(tx: Transaction, member_id: bytes) -> int | None:
    """The message that is the member's unread knock; None: there is none."""
    row = await tx.fetchrow(_STANDING, member_id)
    return None if row is None else int(row[0])


async def stand(tx: Transaction, member_id: bytes, message_id: int, *, sent: bool) -> None:
    """From here on this message is the member's knock. `sent`: as a new message, of which their phone told them."""
    await tx.execute(_STAND, member_id, message_id)
    if sent:
        await tx.execute("UPDATE waiting SET knocked = 1 WHERE member_id = ?", member_id)


async def fall(tx: Transaction, member_id: bytes, message_id: int | None = None) -> int | None:
    """No knock stands any more; which one did. With `message_id`: only if it was this one. Writes only then."""
    found = await standing(tx, member_id)
    if found is None or message_id not in (None, found):
        return None
    await tx.execute(_FALL, member_id)
    return found


async def purge(tx: Transaction, before: datetime) -> None:
    """Drops what nobody opened."""
    await tx.execute("DELETE FROM waiting WHERE since < ?", to_seconds(before))


async def _erase(tx: Statements, member_id: bytes, now: datetime) -> None:
    """Nobody opens what leads to somebody who is erased."""
    await tx.execute("DELETE FROM waiting WHERE about = ?", member_id)


TABLES = (
    Table("waiting", ("member_id", "about"), exported=True, erase=_erase),
    Table("knocks", ("member_id",), not_exported="the number of one message of the member's own chat"),
)
