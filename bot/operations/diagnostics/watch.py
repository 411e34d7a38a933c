"""What the running bot watches by itself: room on the disks, and whether Telegram can be reached.

Each finding is logged once when it begins and once when it ends, and `halqa status` tells those that last.
"""

import asyncio
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.conversation.feature import Job
from storage.engine.store import Store
from storage.files import NETWORK_FILE

log = structlog.get_logger(__name__)
Finding = dict[str, Any]
EVERY = timedelta(minutes=1)
LEAST_FREE = 100 * 2**20  # bytes
AMPLE = 1.1  # times what is needed: so much has to be free before room is no longer called low
LONGEST_SILENCE = 300.0  # seconds without a word of Telegram; a poll takes 25
DISK, RECEIVER = "disk-space-low", "telegram-unreachable"


class Watch:
    """`backups`: the folder of the backups, if there is one. `last_heard`: when Telegram was last heard of.

    `last_heard` and `clock` return monotonic seconds, since the time that jobs get can be moved.
    """

    def __init__(
        self, backups: Path | None, last_heard: Callable[[], float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._backups = backups
        self._last_heard = last_heard
        self._clock = clock
        self._found: dict[str, Finding] = {}  # by the name of the finding and where it was made

    @property
    def jobs(self) -> tuple[Job, ...]:
        return (
            Job("watch-disk", self.look_at_disks, every=EVERY, fills_outbox=False),
            Job("watch-receiver", self.look_at_receiver, every=EVERY, fills_outbox=False),
        )

    def findings(self) -> list[Finding]:
        """What is wrong now, for `status`: each with its name as `finding`, and figures in bytes or seconds."""
        return list(self._found.values())

    async def look_at_disks(self, store: Store, now: datetime) -> None:
        """Whether a copy of network.db fits on the volume of the data and on that of the backups, each with its log.

        A folder that is not there is the concern of the backups' own job.
        """
        rooms = await asyncio.to_thread(_rooms, store.directory, self._backups)
        for volume, (free, needed) in rooms.items():
            low = free < needed * (AMPLE if f"{DISK} {volume}" in self._found else 1)
            self._note(DISK, volume, {"volume": volume, "free": free, "needed": needed} if low else None)

    async def look_at_receiver(self, store: Store, now: datetime) -> None:
        """Whether Telegram was heard of within `LONGEST_SILENCE`."""
        silent = self._clock() - self._last_heard()
        self._note(RECEIVER, "", {"seconds": round(silent)} if silent > LONGEST_SILENCE else None)

    def _note(self, name: str, where: str, figures: Finding | None) -> None:
        key = f"{name} {where}"
        if figures is None:
            if self._found.pop(key, None):
                log.info(f"{name}-over", **({"volume": where} if where else {}))
            return
        if key not in self._found:
            log.warning(name, **figures)
        self._found[key] = {"finding": name, **figures}


def _rooms(data: Path, backups: Path | None) -> dict[str, tuple[int, int]]:
    """Bytes that are free on each volume, and bytes that a copy of network.db and its log would take there."""
    files = data / NETWORK_FILE, data / f"{NETWORK_FILE}-wal"
    needed = max(LEAST_FREE, sum(path.stat().st_size for path in files if path.exists()))
    folders = {"data": data}
    if backups is not None and backups.exists() and backups.stat().st_dev != data.stat().st_dev:
        folders["backups"] = backups
    return {volume: (shutil.disk_usage(folder).free, needed) for volume, folder in folders.items()}
