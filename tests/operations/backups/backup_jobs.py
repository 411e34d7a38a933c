"""The jobs of the backups, run once each."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.operations.backups.service import BackupService
from storage.engine.store import Store

HOUR = timedelta(hours=1)


async def run_jobs(backups: BackupService, store: Store, now: datetime) -> None:
    for job in backups.jobs:
        await job.run(store, now)


def networks(copies: Path) -> list[str]:
    return sorted(path.name for path in copies.glob("network-*.db"))
