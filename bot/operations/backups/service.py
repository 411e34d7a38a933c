"""Backups that the running bot makes: those that are due by the settings, and those that `halqa backup` asks for.

Only the running bot can read the databases, so `halqa backup` asks it over the control socket. One backup is made at a
time. The one copy of the members' keys is renewed within a second or two of an erasure. Within a day of it, the rows of
whoever was erased leave the copies of the network.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.conversation.feature import Job
from bot.operations.control import Tell
from bot.operations.control_client import Answer
from bot.operations.settings import BackupSettings
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.maintenance import backup, backup_cleaning, backup_folder
from storage.maintenance.backup import Progress
from storage.maintenance.backup_folder import BackupError

log = structlog.get_logger(__name__)
RETRY_DELAY = timedelta(minutes=10)  # after a backup that failed
ERASURE_CHECK = timedelta(seconds=1)  # between two looks whether somebody was erased
CLEANING_CHECK = timedelta(minutes=10)  # between two looks whether the copies are to be rewritten for that
CLEANING_PAUSE = timedelta(hours=23)  # at least, between two times that they are
CLEANED_WITHIN = timedelta(days=1)  # after an erasure, while the bot runs and reaches the folder


class BackupService:
    """Runs in the bot. `now` returns the time in UTC."""

    def __init__(self, store: Store, settings: BackupSettings, now: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._making = asyncio.Lock()
        self._closed = False
        self._erased = -1  # the number of erasures that the copy of the keyring reflects; -1: unknown after a start
        self._cleaned = -1  # the same, of the copies of the network
        self._cleaned_at: datetime | None = None
        self._not_before: dict[str, datetime] = {}  # by the name of the job: after a failure of it

    @property
    def jobs(self) -> tuple[Job, ...]:
        return (
            Job("back-up", self.back_up, fills_outbox=False),
            Job("renew-keyring-copy", self.renew_keyring_copy, every=ERASURE_CHECK, fills_outbox=False),
            Job("clean-copies", self.clean_copies, every=CLEANING_CHECK, fills_outbox=False),
        )

    async def back_up(self, store: Store, now: datetime) -> None:
        """Makes the backup that is due by the dates of the copies in the folder. A copy from the future does not count.

        Does not create the folder: a volume that is not mounted must not go unnoticed. Raises what `backup.make`
        raises; the next attempt is made after `RETRY_DELAY`.
        """
        folder = self._settings.directory
        if folder is None or self._has_to_wait("back-up", now):
            return
        async with self._making:
            with self._delaying_retry("back-up", now):
                found = await asyncio.to_thread(backup_folder.copies, folder)
                newest = max((at for at, _ in found if at <= now), default=None)
                if newest is not None and now - newest < timedelta(hours=self._settings.every_hours):
                    return
                erased = store.erasures
                made = await backup.make(store, folder, self._settings.keep, now)
                self._erased = erased
        log.info("backup-made", generation=made.generation, copies=made.copies)
        if ignored := await asyncio.to_thread(backup_folder.ignored, folder, now):
            log.warning("backup-names-ignored", count=len(ignored))

    async def renew_keyring_copy(self, store: Store, now: datetime) -> None:
        """Replaces the copy of keyring.db where somebody was erased since it was made, whatever the copies of
        network.db are and however their backup fares. Raises as `back_up` does."""
        folder = self._settings.directory
        if folder is None or store.erasures == self._erased or self._is_delayed("renew-keyring-copy", now):
            return
        async with self._making:  # between two copies, where they are being cleaned
            with self._delaying_retry("renew-keyring-copy", now):
                erased = store.erasures
                if await asyncio.to_thread(backup_folder.is_used, folder):  # else `back_up` makes the first of both
                    await backup.renew_keyring(store, folder)
                self._erased = erased

    async def clean_copies(self, store: Store, now: datetime) -> None:
        """Takes the rows of whoever was erased out of the copies of network.db, once a day at most, and after a start.

        A volume that is not mounted is tried again: an empty folder does not count as clean. Raises as `back_up` does.
        """
        folder, erased = self._settings.directory, store.erasures
        paused = self._cleaned_at is not None and now - self._cleaned_at < CLEANING_PAUSE
        if folder is None or erased == self._cleaned or paused or self._has_to_wait("clean-copies", now):
            return
        with self._delaying_retry("clean-copies", now):
            if not await asyncio.to_thread(backup_folder.is_used, folder):
                return
            done = await backup_cleaning.clean(store, folder, now, self._making)
            self._cleaned, self._cleaned_at = erased, now
        if done.rewritten:
            log.info("copies-cleaned", copies=done.rewritten, people=done.people)

    def _has_to_wait(self, job: str, now: datetime) -> bool:
        """Whether something is being written to the folder, or this job failed less than `RETRY_DELAY` ago."""
        return self._making.locked() or self._is_delayed(job, now)

    def _is_delayed(self, job: str, now: datetime) -> bool:
        return job in self._not_before and now < self._not_before[job]

    @contextmanager
    def _delaying_retry(self, job: str, now: datetime) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._not_before[job] = now + RETRY_DELAY
            if isinstance(error, BackupError):
                log.error("backup-refused", reason=error.reason)
            raise

    async def answer(self, request: Mapping[str, Any], tell: Tell) -> Answer:
        """Makes the backup that `halqa backup` asks for, into the folder `directory`, which keeps `keep` copies.

        It is made even if the asker is gone meanwhile. Waits for the end of one that is being made.
        """
        match request:
            case {"directory": str(directory), "keep": int(keep)} if keep > 0 and Path(directory).is_absolute():
                folder = Path(directory)
            case _:
                return {"answer": "unknown"}

        def show(progress: Progress) -> None:
            tell({"progress": progress.stage, "done": progress.done, "total": progress.total})

        if self._making.locked():
            show(Progress("waiting"))
        async with self._making:
            if self._closed:
                return {"answer": "stopping"}
            try:
                made = await backup.make(self._store, folder, keep, self._now(), show)
            except BackupError as error:
                return {"answer": "refused", "reason": error.reason}
            except StoreError as error:
                return {"answer": "store-error", "reason": error.reason}
            except OSError as error:
                return {"answer": "os-error", "errno": error.errno, "why": error.strerror}
        log.info("backup-made", generation=made.generation, copies=made.copies)
        return {"answer": "made", "made": [made.network, made.size, made.generation, made.copies]}

    async def close(self) -> None:
        """Waits for the end of a backup that is being made, and makes no other one. The store is still open then."""
        self._closed = True
        async with self._making:
            pass
