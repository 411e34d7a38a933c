"""Quiet hours: the span of a member's local day in which nothing is sent to them. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(now: datetime, zone: str | None, start: int, end: int) -> datetime | None:
    """The instant at which the quiet hours end that `now` lies in; None outside of them.

    `start` and `end` are minutes after local midnight; equal means no quiet hours, start > end spans midnight.
    """
    if start == end:
        return None
    local = now.astimezone(ZoneInfo(zone) if zone else UTC)
    minute = local.hour * 60 + local.minute
    inside = start <= minute < end if start < end else minute >= start or minute < end
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if minute >= end else 0)
    ends = datetime.combine(day, time(*divmod(end, 60)), local.tzinfo)
    first = ends.astimezone(UTC)
    # In the night in which clocks go back a local time occurs twice, and the first of the two may have passed.
    return first if first > now else ends.replace(fold=1).astimezone(UTC)
