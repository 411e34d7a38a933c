"""What `halqa backup` does: asks the running bot for a backup, or makes one where no bot runs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.operations import control_client
from bot.operations.control_client import Answer, NotRunning
from bot.operations.failures import BUSY, REPAIR, USAGE, Declined
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.maintenance.backup import BackupMade, Progress
from storage.maintenance.backup import make as make_backup
from storage.maintenance.backup_folder import BackupError
from storage.opening import open_store

SILENCE = 900.0  # seconds without a word of the bot after which it is given up
Show = Callable[[Progress], None]


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


def request_backup(settings: Settings, folder: Path, keep: int, show: Show) -> BackupMade | None:
    """Has the running bot make the backup, and shows how far it is. Returns None where no bot answers.

    Raises `Declined` where the bot does not make it now, `control_client.NoAnswer`, `BackupError`, `StoreError` and
    `OSError`.
    """

    def told(line: Answer) -> None:
        match line:
            case {"progress": str(stage), "done": int(done), "total": int(total)}:
                show(Progress(stage, done, total))

    request = {"ask": "backup", "directory": str(folder), "keep": keep}
    try:
        answer = control_client.ask(settings.storage, request, told, silence=SILENCE)
    except NotRunning:
        return None
    return _result(answer, folder)


def _result(answer: Answer, folder: Path) -> BackupMade:
    match answer:
        case {"answer": "made", "made": [str(network), int(size), int(generation), int(copies)]}:
            return BackupMade(network, size, generation, copies)
        case {"answer": "refused", "reason": str(reason)}:
            raise BackupError(reason, folder)
        case {"answer": "store-error", "reason": str(reason)}:
            raise StoreError(reason)
        case {"answer": "os-error", "errno": int(number), "why": str(why)}:
            raise OSError(number, why, str(folder))
        case {"answer": "failed", "reference": str(reference)}:
            sentence = f"The bot could not make the backup. Its log says more, at the reference {reference}."
            raise Declined(REPAIR, sentence)
        case {"answer": "unknown", "state": "locked"}:
            sentence = "The bot waits locked, and cannot read what it would copy."
            raise Declined(BUSY, f"{sentence} Remedy: halqa unlock, then halqa backup")
        case {"answer": "unknown", "state": "starting"}:
            raise Declined(BUSY, "The bot is still starting. Remedy: try again in a moment; `halqa status` tells when")
        case {"answer": "stopping"} | {"answer": "unknown", "state": "stopping"}:
            raise Declined(BUSY, "The bot is just ending. Remedy: try again once it is gone, or runs again")
        case _:
            sentence = "The bot that runs is of another version than this command, and does not understand it."
            raise Declined(REPAIR, f"{sentence} Nothing was done. Remedy: start the bot again, with the new version")


async def make(settings: Settings, master: MasterKey, folder: Path, keep: int, now: datetime, show: Show) -> BackupMade:
    """Makes a backup where no bot runs. Raises what `open_store` and `backup.make` raise."""
    store = await open_store(settings.storage.directory, master)
    try:
        return await make_backup(store, folder, keep, now, show)
    finally:
        await store.close()
