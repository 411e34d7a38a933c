"""Backups that the running bot makes: when they are due by the settings, and when `halqa backup` asks for one.

Only this process can read the databases, so the command leaves a private file in the data directory and waits for one
with the answer. The one copy of the members' keys is renewed as soon as somebody was erased.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.operations.errors import report
from bot.operations.settings import BackupSettings
from storage.engine.store import Store
from storage.maintenance import backup

log = structlog.get_logger(__name__)
REQUEST, ANSWER = "backup.request", "backup.answer"
LOOK = 0.5  # seconds between two looks for a request
TAKEN_WITHIN = 3.0  # seconds, after which whoever asked waits no longer
AFTER_AN_ERROR = timedelta(minutes=10)


class BackupWorker:
    def __init__(self, store: Store, settings: BackupSettings, now: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._erased = -1  # how many erasures the copy of the keyring knows of; -1: not known after a start
        self._not_before: datetime | None = None

    async def run(self) -> None:
        """Until cancelled. What fails is reported, and tried again later."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Makes the backup that was asked for or is due, if one is."""
        now = self._now()
        asked = self._taken(now)
        if asked is not None:
            await self._answer(asked, now)
        folder = self._settings.directory
        if folder is None or (self._not_before is not None and now < self._not_before):
            return
        try:
            await self._keep(folder, now)
        except Exception as error:  # noqa: BLE001  a full or missing volume must not end the bot
            report(error, event="backup-failed")
            self._not_before = now + AFTER_AN_ERROR

    async def _keep(self, folder: Path, now: datetime) -> None:
        """The folder is not made here: a volume that is not mounted must not go unnoticed."""
        erased, copies = self._store.erasures, backup.copies(folder)
        if not copies or now - copies[0][0] >= timedelta(hours=self._settings.every_hours):
            made = await backup.make(self._store, folder, self._settings.keep, now)
            log.info("backup-made", generation=made.generation, copies=made.copies)
        elif erased != self._erased:
            await backup.renew_keyring(self._store, folder)
        self._erased = erased

    def _taken(self, now: datetime) -> dict[str, str] | None:
        """A request, which is gone then. One that nobody took in time, as its bot had ended, is nobody's wish any
        more."""
        path = self._store.directory / REQUEST
        try:
            text, age = path.read_text("utf-8"), now.timestamp() - path.stat().st_mtime
            path.unlink()
            if age > TAKEN_WITHIN:
                return None
            return {str(key): str(value) for key, value in json.loads(text).items()}
        except FileNotFoundError:
            return None
        except (ValueError, AttributeError):
            path.unlink(missing_ok=True)
            return None

    async def _answer(self, asked: dict[str, str], now: datetime) -> None:
        answer: dict[str, object] = {"id": asked.get("id")}
        try:
            made = await backup.make(self._store, Path(asked["directory"]), int(asked["keep"]), now)
            answer |= {"made": [made.network, made.size, made.generation, made.copies]}
        except backup.BackupError as trouble:
            answer |= {"trouble": trouble.reason}
        except OSError as error:
            answer |= {"errno": error.errno, "why": error.strerror}
        except Exception as error:  # noqa: BLE001  it is told, and the bot goes on
            answer |= {"reference": report(error, event="backup-failed")}
        write(self._store.directory / ANSWER, answer)


def write(path: Path, content: dict[str, object]) -> None:
    """A private file, whole or not there."""
    beside = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file)
    beside.replace(path)
