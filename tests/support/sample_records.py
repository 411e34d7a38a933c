"""Members, topics and posts that are in no database, for tests of pure functions."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from storage.records.people.member import (
    Application,
    Cadence,
    DigestSchedule,
    Member,
    MemberState,
    Preferences,
    Role,
)
from storage.records.posts import Post
from storage.records.topics import Topic

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday


def member(**changes: Any) -> Member:
    """A member of one host with all her answers given; say what is different, by the name of the field."""
    usual: dict[str, Any] = {
        "id": b"S" * 16,
        "key_id": b"K" * 16,
        "telegram_id": 7000000001,
        "name": "Salma",
        "state": MemberState.ACTIVE,
        "role": Role.MEMBER,
        "host_id": b"H" * 16,
        "independent": False,
        "language": "en",
        "zone": "Africa/Cairo",
        "application": Application("I work with survivors.", None, NOW, NOW, NOW, None),
        "preferences": Preferences(22 * 60, 7 * 60),
        "digest": DigestSchedule(Cadence.DAILY, 0, 8 * 60),
    }
    for part in ("application", "preferences", "digest"):
        inside = {each.name for each in fields(usual[part])} & set(changes)
        usual[part] = replace(usual[part], **{name: changes.pop(name) for name in inside})
    return Member(**usual | changes)


def topic(title: str, number: int = 1) -> Topic:
    return Topic(bytes([number]) * 16, title, "", NOW, None)


def post(
    body: str, *, topic_id: bytes = b"T" * 16, name: str = "Nour", photo: str | None = None, number: int = 1
) -> Post:
    return Post(number.to_bytes(16, "big"), topic_id, b"N" * 16, name, NOW, body, photo)
