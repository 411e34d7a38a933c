"""What `halqa backup` does: asks the running bot for a backup, or makes one where no bot runs."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.operations.backup_worker import ANSWER, REQUEST, REQUEST_TIMEOUT, write
from bot.operations.failures import REPAIR, USAGE, Declined
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.maintenance.backup import BackupError, BackupMade
from storage.maintenance.backup import make as make_backup
from storage.opening import open_store

ANSWER_TIMEOUT = 900.0  # seconds in which the bot makes the backup
POLL_INTERVAL = 0.05  # seconds


def backup_folder(settings: Settings, directory: Path | None) -> Path:
    """Returns `directory` where there is one, else the folder of the settings.

    Raises `Declined` where neither names a folder, and `BackupError` (inside) for one in the data directory.
    """
    folder = directory.expanduser().absolute() if directory else settings.backup.directory
    if folder is None:
        raise Declined(USAGE, "Please name a directory, or set backup.directory in the settings.")
    if folder.resolve().is_relative_to(settings.storage.directory.resolve()):
        raise BackupError("inside", folder)
    return folder


def create_folder(folder: Path) -> None:
    """Makes the folder where it does not exist, readable by this account alone. Raises `OSError`."""
    folder.mkdir(mode=0o700, exist_ok=True)


def request_backup(settings: Settings, folder: Path, keep: int) -> BackupMade | None:
    """Has the running bot make the backup. Returns None where no bot takes the request within `REQUEST_TIMEOUT`.

    Raises `Declined` where the bot does not answer or fails, `BackupError` and `OSError`.
    """
    request, answer = (settings.storage.directory / name for name in (REQUEST, ANSWER))
    if not settings.storage.directory.is_dir():
        return None
    request_id = os.urandom(8).hex()
    answer.unlink(missing_ok=True)
    write(request, {"id": request_id, "directory": str(folder), "keep": str(keep)})
    try:
        if not _wait_for(REQUEST_TIMEOUT, lambda: not request.exists()):
            return None
    finally:
        request.unlink(missing_ok=True)
    if not _wait_for(ANSWER_TIMEOUT, answer.exists):
        raise Declined(REPAIR, "The bot took the request and did not answer. Its log says more.")
    content = json.loads(answer.read_text("utf-8"))
    answer.unlink(missing_ok=True)
    return _result(content, folder)


def _result(answer: dict[str, object], folder: Path) -> BackupMade:
    match answer:
        case {"made": [str(network), int(size), int(generation), int(copies)]}:
            return BackupMade(network, size, generation, copies)
        case {"error": str(reason)}:
            raise BackupError(reason, folder)
        case {"errno": int(number), "why": str(why)}:
            raise OSError(number, why, str(folder))
        case _:
            reference = answer.get("reference")
            sentence = f"The bot could not make the backup. Its log says more, at the reference {reference}."
            raise Declined(REPAIR, sentence)


async def make(settings: Settings, master: MasterKey, folder: Path, keep: int, now: datetime) -> BackupMade:
    """Makes the backup in this process, while no bot runs. Raises what `open_store` and `backup.make` raise."""
    store = await open_store(settings.storage.directory, master)
    try:
        return await make_backup(store, folder, keep, now)
    finally:
        await store.close()


def _wait_for(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(POLL_INTERVAL)
    return condition()
