"""Which statements are short enough to run in the event loop, by how long they took before."""

import asyncio
import math
import time

LONGEST_INLINE = 0.002  # seconds; a statement whose smoothed duration is longer runs in the thread
SMOOTHING = 1 / 4  # the weight of a statement's last run in its smoothed duration
LONGEST_TURN = 0.005  # seconds of inline statements after which other tasks get a turn, however short each one was


class StatementTimes:
    """The smoothed durations of statements, and when other tasks last had a turn."""

    def __init__(self) -> None:
        self._durations: dict[str, float] = {}  # seconds, by statement
        self._yielded_at = time.monotonic()

    def is_short(self, sql: str) -> bool:
        """Whether a statement may run inline; never before its duration has been recorded once."""
        return self._durations.get(sql, math.inf) <= LONGEST_INLINE

    def record(self, sql: str, duration: float) -> None:
        """Takes one run of a statement, in seconds, into its smoothed duration."""
        before = self._durations.get(sql, duration)
        self._durations[sql] = before + SMOOTHING * (duration - before)

    async def yield_if_due(self) -> None:
        """Gives other tasks a turn where they had none for `LONGEST_TURN`."""
        if time.monotonic() - self._yielded_at > LONGEST_TURN:
            await asyncio.sleep(0)
            self._yielded_at = time.monotonic()
