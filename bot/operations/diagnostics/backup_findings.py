"""What `halqa doctor` says of the folder of the backups: whether it is safe, what is no copy, who is still in it.

The present keys are those of the data directory or, while the bot runs and holds them, those of the folder's own copy,
which follows an erasure within seconds. Findings name files and count; file names are shown without control characters.
"""

from collections.abc import Container
from datetime import datetime
from pathlib import Path

from bot.operations.diagnostics.findings import Finding, ok, problem, warning
from bot.operations.failures import explain
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, is_own
from storage.integrity import erasure_check, lookup_key_rotation
from storage.maintenance import backup_folder
from storage.maintenance.backup_folder import BackupError

ABOUT = "backups"
SHOWN = 3  # names


async def examine(settings: Settings, master: MasterKey, now: datetime) -> list[Finding]:
    """The findings about `backup.directory`; none where the settings name no folder. Changes nothing."""
    folder, data = settings.backup.directory, settings.storage.directory
    if folder is None:
        return []
    try:
        backup_folder.check(folder, data)
        ignored = backup_folder.ignored(folder, now)
        candidates = backup_folder.candidates(folder, data)
    except (BackupError, OSError) as error:
        failure = explain(error)
        why = " ".join(failure.sentences) if failure else type(error).__name__
        return [problem(ABOUT, why, (failure and failure.remedy) or "mount it, or change backup.directory")]
    found = [_ignored(folder, ignored)] if ignored else []
    keys = await _present_keys(data, folder, master)
    if keys is None:
        return [*found, warning(ABOUT, f"{folder} has no copy of the keys that opens", "halqa backup")]
    return [*found, await _erased(candidates, master, keys)]


def _ignored(folder: Path, names: list[str]) -> Finding:
    shown = ", ".join(ascii(name) for name in names[:SHOWN])
    message = f"{len(names)} in {folder} are named like copies and are none, or are dated into the future: {shown}"
    return warning(ABOUT, message, "look at them; nothing here counts, restores or removes them")


async def _present_keys(data: Path, folder: Path, master: MasterKey) -> Container[bytes] | None:
    for path, live in ((data / KEYRING_FILE, True), (folder / KEYRING_FILE, False)):
        if is_own(path):
            try:
                return (await erasure_check.keys(path, master, live=live)).data_keys
            except StoreError:
                continue
    return None


async def _erased(candidates: list[Path], master: MasterKey, keys: Container[bytes]) -> Finding:
    """Whether a copy has rows of people whose key is gone."""
    holding = people = closed = 0
    for path in candidates:
        copy = Database(path, *master.derivations("database"), read_only=True)
        try:
            await copy.begin()
            erased = len(await lookup_key_rotation.without_key(copy.fetch, keys))
        except StoreError:
            closed += 1
            continue
        finally:
            await copy.close()
        holding, people = holding + bool(erased), max(people, erased)
    if holding:
        message = f"{holding} of {len(candidates)} copies still have rows of people who were erased"
        remedy = "start the bot, which takes them out within a day; job-failed in its log tells why it could not"
        return warning(ABOUT, f"{message}, of at most {people} in one; nothing in them names anybody", remedy)
    unread = f"; {closed} do not open" if closed else ""
    return ok(ABOUT, f"{len(candidates)} copies, in none of them anybody who was erased{unread}")
