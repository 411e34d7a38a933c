"""Timestamps: aware `datetime` in UTC in the program, whole seconds since 1970 in the database."""

from datetime import UTC, datetime


def to_seconds(moment: datetime) -> int:
    """Whole seconds since 1970-01-01 UTC, rounded down. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a time zone is not an instant")
    return int(moment.timestamp())


def from_seconds(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def from_optional_seconds(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
