"""One tick, every few seconds of UTC. What is due stands in the database, so a missed tick costs nothing but time."""

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


def start(tick: Tick, seconds: float) -> AsyncIOScheduler:
    """Starts ticking in the running loop; ticks never overlap and never pile up. The caller shuts it down."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler
