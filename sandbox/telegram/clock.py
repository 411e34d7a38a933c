"""The clock of the sandbox: it runs at real speed and can be moved, so that a week passes in one call."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset. Dates of messages and Telegram's time limits are read from it."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (aware), by default at the real time."""
        self._offset = timedelta()
        if start is not None:
            self.move_to(start)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> datetime:
        """Move the clock by `by`, which may be negative; returns the new instant."""
        self._offset += by
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Set the clock to `moment`; returns the new instant, raises ValueError where `moment` has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        self._offset = moment - datetime.now(UTC)
        return self.now()
