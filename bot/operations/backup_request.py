"""`halqa backup` and `halqa restore`: what they do, and what the operator is told."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.operations.backup_worker import ANSWER, REQUEST, TAKEN_WITHIN, write
from bot.operations.failures import REPAIR, TYPED_WRONGLY, Declined
from bot.operations.settings import Settings
from storage.crypto.master_key import MasterKey
from storage.engine.store import KEYRING_FILE, Store
from storage.maintenance.backup import BackupError, BackupMade
from storage.maintenance.backup import make as make_backup
from storage.maintenance.restore import RestoreReport

DONE_WITHIN = 900.0  # seconds in which it has made the backup


def folder_of(settings: Settings, given: Path | None) -> Path:
    """The folder that was named, or the one of the settings. Raises `Declined`, `BackupError` (inside)."""
    folder = given.expanduser().absolute() if given else settings.backup.directory
    if folder is None:
        raise Declined(TYPED_WRONGLY, "Please name a directory, or set backup.directory in the settings.")
    if folder.resolve().is_relative_to(settings.storage.directory.resolve()):
        raise BackupError("inside", folder)
    return folder


def prepare(folder: Path) -> None:
    """Makes the folder if it is not there, for this account alone. Raises `OSError`."""
    folder.mkdir(mode=0o700, exist_ok=True)


def ask_the_bot(settings: Settings, folder: Path, keep: int) -> BackupMade | None:
    """Has the running bot make the backup; None where none runs. Raises `Declined`, `BackupError` and `OSError`."""
    request, answer = (settings.storage.directory / name for name in (REQUEST, ANSWER))
    if not settings.storage.directory.is_dir():
        return None
    mine = os.urandom(8).hex()
    answer.unlink(missing_ok=True)
    write(request, {"id": mine, "directory": str(folder), "keep": str(keep)})
    try:
        if not _within(TAKEN_WITHIN, lambda: not request.exists()):
            return None
    finally:
        request.unlink(missing_ok=True)
    if not _within(DONE_WITHIN, answer.exists):
        raise Declined(REPAIR, "The bot took the request and did not answer. Its log says more.")
    told = json.loads(answer.read_text("utf-8"))
    answer.unlink(missing_ok=True)
    return _made(told, folder)


def _made(told: dict[str, object], folder: Path) -> BackupMade:
    match told:
        case {"made": [str(network), int(size), int(generation), int(copies)]}:
            return BackupMade(network, size, generation, copies)
        case {"trouble": str(reason)}:
            raise BackupError(reason, folder)
        case {"errno": int(number), "why": str(why)}:
            raise OSError(number, why, str(folder))
        case _:
            said = f"The bot could not make the backup. Its log says more, at the reference {told.get('reference')}."
            raise Declined(REPAIR, said)


async def make(settings: Settings, master: MasterKey, folder: Path, keep: int, now: datetime) -> BackupMade:
    """Makes the backup here, of a network that does not run. Raises what `Store.open` and `backup.make` raise."""
    store = await Store.open(settings.storage.directory, master)
    try:
        return await make_backup(store, folder, keep, now)
    finally:
        await store.close()


def made(made: BackupMade, folder: Path) -> str:
    copies = f"{made.copies} {'copies' if made.copies > 1 else 'copy'}"
    return f"""\
{folder / made.network}   {made.size / 1024:,.0f} KiB, checked
{folder / KEYRING_FILE}   the members' keys; the copy before is gone

There are {copies} of the network now. The slot file halqa.key and the key itself are not among them: keep those
elsewhere, for without them this backup opens for nobody."""


def outlook(found: RestoreReport) -> str:
    """Before a restore: what it brings and what it costs."""
    lines = [
        f"The copy was made on {found.made_at:%A %d %B %Y, %H:%M} UTC. It opens, and its keys fit.",
        "",
        f"{'members':<12}{found.members}",
        f"{'posts':<12}{found.posts}",
        "",
    ]
    if found.members_lost is None:
        lines.append("What came after it cannot be counted, since the present files do not open.")
    elif found.members_lost or found.posts_lost:
        lines.append(
            f"Lost would be what came after it: {found.members_lost} of the present members, {found.posts_lost} posts."
        )
    else:
        lines.append("No member and no post that is there now would be lost.")
    lines += [
        f"Erased again would be {found.erased_again}, who were erased since the copy was made.",
        *(
            []
            if found.live_keyring
            else ["The present keys are gone or older: erasures since that backup are unknown."]
        ),
        f"Dropped, so that nothing happens twice: {found.dropped.updates} messages to the bot, "
        f"{found.dropped.messages} notices to members, {found.dropped.invites} open invitations.",
        "Roles, suspensions and settings are as they were then.",
    ]
    return "\n".join(lines)


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.05)
    return happened()
