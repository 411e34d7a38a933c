"""Members, topics and posts that are in no database, for tests of pure functions."""

from datetime import UTC, datetime
from typing import Any

from storage.records.people.members import Cadence, Member, MemberState, Role
from storage.records.posts import Post
from storage.records.topics import Topic

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday


def member(**changes: Any) -> Member:
    """A complete member; `changes` replace fields."""
    usual: dict[str, Any] = {
        "id": b"S" * 16,
        "key_id": b"K" * 16,
        "telegram_id": 7000000001,
        "name": "Salma",
        "reason": "I work with survivors.",
        "state": MemberState.ACTIVE,
        "role": Role.MEMBER,
        "host_id": b"H" * 16,
        "independent": False,
        "language": "en",
        "zone": "Africa/Cairo",
        "invited_by": None,
        "agreed_at": NOW,
        "applied_at": NOW,
        "decided_at": NOW,
        "decided_by": None,
        "quiet_from": 22 * 60,
        "quiet_until": 7 * 60,
        "cadence": Cadence.DAILY,
        "digest_weekday": 0,
        "digest_minute": 8 * 60,
        "digest_due_at": None,
        "digest_until": 0,
        "digest_read": 0,
    }
    return Member(**usual | changes)


def topic(title: str, number: int = 1) -> Topic:
    return Topic(bytes([number]) * 16, title, "", NOW, None)


def post(
    body: str, *, topic_id: bytes = b"T" * 16, name: str = "Nour", photo: str | None = None, number: int = 1
) -> Post:
    return Post(number.to_bytes(16, "big"), topic_id, b"N" * 16, name, NOW, body, photo)
