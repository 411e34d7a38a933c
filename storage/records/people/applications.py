"""Applications: agreed to the notice, answered, sent, approved or declined; and those that came to nothing."""

import os
from datetime import datetime

from storage.engine.point_statements import PointStatement
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.lookup_key_rotation import TELEGRAM_ID
from storage.records.people import members
from storage.records.people.member import (
    REASON,
    Member,
    MemberState,
    Role,
    select,
    set_text,
)

# Few among many. In the words of the index, or SQLite does not see that it can be used and reads every row.
_ON_THE_WAY = "state IN ('applicant', 'declined')"


_AGREE = PointStatement(
    "INSERT INTO members (id, key_id, telegram_id_index, telegram_id_encrypted, "
    "state, role, language, invited_by, agreed_at) VALUES (?, ?, ?, ?, 'applicant', ?, ?, ?, ?)"
)


async def agree(
    tx: Transaction,
    telegram_id: int,
    language: str,
    *,
    role: Role = Role.MEMBER,
    invited_by: bytes | None,
    now: datetime,
) -> Member:
    """Makes the applicant's row, with a key of their own, at the moment they agree to the notice."""
    member_id, key_id = os.urandom(16), await tx.new_key("member")
    await tx.execute(
        _AGREE,
        member_id,
        key_id,
        tx.cipher.telegram_id_index(telegram_id),
        tx.cipher.encrypt(key_id, TELEGRAM_ID, member_id, str(telegram_id).encode()),
        role,
        language,
        invited_by,
        to_seconds(now),
    )
    applicant = await members.get(tx, member_id)
    assert applicant is not None
    return applicant


async def set_reason(tx: Transaction, member: Member, reason: str | None) -> None:
    await set_text(tx, member, REASON, reason)


_APPLY = PointStatement(
    "UPDATE members SET applied_at = ? WHERE id = ? AND state = 'applicant' AND applied_at IS NULL RETURNING id"
)


async def apply(tx: Transaction, member: Member, now: datetime) -> bool:
    """Sends an application off, once: False where it was sent before."""
    rows = await tx.fetch(
        _APPLY,
        to_seconds(now),
        member.id,
    )
    return bool(rows)


_DECIDE = PointStatement(
    "UPDATE members SET state = ?, decided_at = ?, decided_by = ?, "
    "digest_until = (SELECT posts_written FROM network WHERE id = 1), "
    "digest_read = (SELECT posts_written FROM network WHERE id = 1) "
    "WHERE id = ? AND state = 'applicant' AND applied_at IS NOT NULL RETURNING id"
)


async def decide(tx: Transaction, member_id: bytes, *, approve: bool, decided_by: bytes | None, now: datetime) -> bool:
    """Approves or declines an application. Of two who decide at once only the first is answered with True."""
    rows = await tx.fetch(
        _DECIDE,
        MemberState.ACTIVE if approve else MemberState.DECLINED,
        to_seconds(now),
        decided_by,
        member_id,
    )
    return bool(rows)


async def waiting(tx: Transaction) -> list[Member]:
    """Applicants whose answers await a decision, the longest waiting first."""
    return await select(tx, f"{_ON_THE_WAY} AND state = 'applicant' AND applied_at IS NOT NULL ORDER BY applied_at, id")


async def declined_before(tx: Transaction, moment: datetime) -> list[Member]:
    """The declined who had time to read so and did not."""
    return await select(tx, f"{_ON_THE_WAY} AND state = 'declined' AND decided_at < ?", to_seconds(moment))


async def unfinished_before(tx: Transaction, moment: datetime) -> list[Member]:
    """People who agreed to the notice long ago and never sent their answers."""
    return await select(
        tx,
        f"{_ON_THE_WAY} AND state = 'applicant' AND applied_at IS NULL AND agreed_at < ?",
        to_seconds(moment),
    )
