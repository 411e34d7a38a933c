"""The sandbox's time: it runs at real speed and can be moved, so that a week passes in one call."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset. Dates of messages, updates and time limits of Telegram are read from it."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin at `start` (aware), or at the real time where it is None."""
        self._offset = timedelta()
        if start is not None:
            self.move_to(start)

    def now(self) -> datetime:
        """The sandbox's instant, aware, UTC."""
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> datetime:
        """Go forward, or back where `by` is negative; the new instant is returned."""
        self._offset += by
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Go to `moment`; raises ValueError where it carries no time zone."""
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        self._offset = moment - datetime.now(UTC)
        return self.now()
