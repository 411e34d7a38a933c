"""`halqa backup`: makes a backup, while the bot runs or not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.maintenance.backup import BackupMade

Directory = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="Where to. [default: backup.directory of the settings]")
]
Keep = Annotated[int | None, typer.Option(min=1, metavar="N", help="How many copies of the network stay.")]


def backup(
    directory: Directory = None,
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    keep: Keep = None,
) -> None:
    """Make a backup, while the bot runs or not: a copy of the network, and the only copy of the members' keys.

    Each is opened and checked. The copy of the keys replaces the one before, so that nobody who was erased can be
    read from an older one. Not in it are the slot file and the key: keep those elsewhere (docs/backups.md).
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.operations import backup_request, unlock

    settings = load_settings(config)
    folder, copies = backup_request.backup_folder(settings, directory), keep or settings.backup.keep
    backup_request.create_folder(folder)
    made = backup_request.request_backup(settings, folder, copies)
    if made is None:
        master = unlock.unlock(settings, passphrase_file)
        made = asyncio.run(backup_request.make(settings, master, folder, copies, datetime.now(UTC)))
    print(_report(made, folder))


def _report(made: "BackupMade", folder: Path) -> str:
    from storage.files import KEYRING_FILE

    copies = f"{made.copies} {'copies' if made.copies > 1 else 'copy'}"
    return f"""\
{folder / made.network}   {made.size / 1024:,.0f} KiB, checked
{folder / KEYRING_FILE}   the members' keys; the copy before is gone

There are {copies} of the network now. The slot file halqa.key and the key itself are not among them: keep those
elsewhere, for without them this backup opens for nobody."""
