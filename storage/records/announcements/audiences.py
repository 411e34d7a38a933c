"""Audiences: everybody, a host, the followers of a topic, the readers of a language, the people of a region.

It is looked up where it is needed and never kept as a list, so whoever came, left or changed counts as they are then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.engine.transaction import Transaction


class AudienceKind(StrEnum):
    EVERYBODY = "everybody"
    HOST = "host"
    TOPIC = "topic"
    LANGUAGE = "language"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Audience:
    kind: AudienceKind
    id: bytes | None = None  # of the host or the topic
    name: str | None = None  # the language, or the region: the first part of an IANA zone


EVERYBODY = Audience(AudienceKind.EVERYBODY)


@dataclass(frozen=True, slots=True)
class QuietHoursGroup:
    """Members whose quiet hours are the same."""

    zone: str | None
    quiet_from: int
    quiet_until: int
    urgent_in_quiet: bool
    members: int


def _who(audience: Audience, but: bytes) -> tuple[str, Sequence[object]]:
    """The condition for a row of `members`, and its values: those who are in, all but one."""
    is_in = "members.state IN ('active', 'paused') AND members.id <> ?"
    match audience.kind:
        case AudienceKind.HOST:
            return f"{is_in} AND members.host_id = ?", (but, audience.id)
        case AudienceKind.TOPIC:
            follows = (
                "EXISTS (SELECT 1 FROM subscriptions WHERE member_id = members.id AND topic_id = ? AND mode <> 'muted')"
            )
            return f"{is_in} AND {follows}", (but, audience.id)
        case AudienceKind.LANGUAGE:
            return f"{is_in} AND members.language = ?", (but, audience.name)
        case AudienceKind.REGION:
            return f"{is_in} AND members.zone LIKE ?", (but, f"{audience.name}/%")
        case AudienceKind.EVERYBODY:
            return is_in, (but,)


async def count(tx: Transaction, audience: Audience, but: bytes, after: bytes = b"") -> int:
    """How many they are, without the member `but`; only those whose ids come after `after`."""
    who, values = _who(audience, but)
    return await tx.fetchval(f"SELECT count(*) FROM members WHERE {who} AND members.id > ?", *values, after)


async def batch(tx: Transaction, audience: Audience, but: bytes, after: bytes, limit: int) -> list[bytes]:
    """The ids of the next members, in the order of ids."""
    who, values = _who(audience, but)
    rows = await tx.fetch(
        f"SELECT id FROM members WHERE {who} AND members.id > ? ORDER BY id LIMIT ?", *values, after, limit
    )
    return [row[0] for row in rows]


async def holds(tx: Transaction, audience: Audience, but: bytes, member_id: bytes) -> bool:
    """Whether this member is among them now."""
    who, values = _who(audience, but)
    return await tx.fetchrow(f"SELECT 1 FROM members WHERE {who} AND members.id = ?", *values, member_id) is not None


async def clocks(tx: Transaction, audience: Audience, but: bytes) -> list[QuietHoursGroup]:
    """They as groups of equal quiet hours, since only a calendar knows who is in them."""
    who, values = _who(audience, but)
    columns = "zone, quiet_from, quiet_until, urgent_in_quiet"
    rows = await tx.fetch(f"SELECT {columns}, count(*) FROM members WHERE {who} GROUP BY {columns}", *values)
    return [QuietHoursGroup(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows]
