"""Makes backups inside the running bot: those that are due by the settings, and those that `halqa backup` asks for.

Only the running bot can read the databases, so `halqa backup` leaves a request in the data directory, as a private
file, and waits for a file with the answer. The one copy of the members' keys is renewed as soon as somebody is erased.
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
REQUEST, ANSWER = "backup.request", "backup.answer"  # names of files in the data directory
POLL_INTERVAL = 0.5  # seconds between two looks for a request
REQUEST_TIMEOUT = 3.0  # seconds in which a request has to be taken
RETRY_DELAY = timedelta(minutes=10)  # after a backup that failed


class BackupWorker:
    """Runs in the bot. `now` returns the time in UTC."""

    def __init__(self, store: Store, settings: BackupSettings, now: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._erased = -1  # the number of erasures that the copy of the keyring reflects; -1: unknown after a start
        self._not_before: datetime | None = None

    async def run(self) -> None:
        """Polls until cancelled. A failure is reported, and retried after `RETRY_DELAY`."""
        while True:
            await self.poll()
            await asyncio.sleep(POLL_INTERVAL)

    async def poll(self) -> None:
        """Makes the backup that is requested, and the one that is due, if any."""
        now = self._now()
        request = self._take_request(now)
        if request is not None:
            await self._answer(request, now)
        folder = self._settings.directory
        if folder is None or (self._not_before is not None and now < self._not_before):
            return
        try:
            await self._back_up_if_due(folder, now)
        except Exception as error:  # noqa: BLE001  a full or missing volume must not end the bot
            report(error, event="backup-failed")
            self._not_before = now + RETRY_DELAY

    async def _back_up_if_due(self, folder: Path, now: datetime) -> None:
        """Does not create the folder: a volume that is not mounted must not go unnoticed."""
        erased, copies = self._store.erasures, backup.copies(folder)
        if not copies or now - copies[0][0] >= timedelta(hours=self._settings.every_hours):
            made = await backup.make(self._store, folder, self._settings.keep, now)
            log.info("backup-made", generation=made.generation, copies=made.copies)
        elif erased != self._erased:
            await backup.renew_keyring(self._store, folder)
        self._erased = erased

    def _take_request(self, now: datetime) -> dict[str, str] | None:
        """Removes the request file and returns its content.

        Returns None for a malformed request, and for one older than `REQUEST_TIMEOUT`, whose sender no longer waits.
        """
        path = self._store.directory / REQUEST
        try:
            text, age = path.read_text("utf-8"), now.timestamp() - path.stat().st_mtime
            path.unlink()
            if age > REQUEST_TIMEOUT:
                return None
            return {str(key): str(value) for key, value in json.loads(text).items()}
        except FileNotFoundError:
            return None
        except (ValueError, AttributeError):
            path.unlink(missing_ok=True)
            return None

    async def _answer(self, request: dict[str, str], now: datetime) -> None:
        answer: dict[str, object] = {"id": request.get("id")}
        try:
            made = await backup.make(self._store, Path(request["directory"]), int(request["keep"]), now)
            answer |= {"made": [made.network, made.size, made.generation, made.copies]}
        except backup.BackupError as error:
            answer |= {"error": error.reason}
        except OSError as error:
            answer |= {"errno": error.errno, "why": error.strerror}
        except Exception as error:  # noqa: BLE001  the answer carries its reference, and the bot continues
            answer |= {"reference": report(error, event="backup-failed")}
        write(self._store.directory / ANSWER, answer)


def write(path: Path, content: dict[str, object]) -> None:
    """Writes a private file of JSON by a rename, so that a reader sees the whole file or none."""
    temporary = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file)
    temporary.replace(path)
