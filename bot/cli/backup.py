"""`halqa backup`: makes a backup, while the bot runs or not."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.maintenance.backup import BackupMade, Progress

Directory = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="Where to. [default: backup.directory of the settings]")
]
Keep = Annotated[int | None, typer.Option(min=1, metavar="N", help="How many copies of the network stay.")]
STAGES = {
    "waiting": "waiting for another backup to end",
    "network": "copying the network",
    "checking": "checking the copy",
    "keyring": "copying the members' keys",
    "pruning": "keeping the newest copies",
}


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

    from bot.operations import unlock
    from bot.operations.backups import request

    settings = load_settings(config)
    folder, copies = request.backup_folder(settings, directory), keep or settings.backup.keep
    request.create_folder(folder)
    with _shown_progress() as show:
        made = request.request_backup(settings, folder, copies, show)
    if made is None:
        master = unlock.unlock(settings, passphrase_file)
        with _shown_progress() as show:
            made = asyncio.run(request.make(settings, master, folder, copies, datetime.now(UTC), show))
    print(_report(made, folder))


@contextmanager
def _shown_progress() -> Iterator[Callable[["Progress"], None]]:
    """A function that shows in a line of the terminal how far the backup is; elsewhere than at a terminal, nothing."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    with typer.progressbar(length=100, label="asking the bot", show_eta=False, file=sys.stderr) as bar:

        def show(progress: "Progress") -> None:
            percent = 100
            bar.label = STAGES.get(progress.stage, progress.stage)
            if progress.total:
                percent = 100 * progress.done // progress.total
                bar.label += f", {progress.done / 2**20:,.0f} of {progress.total / 2**20:,.0f} MiB"
            elif progress.stage == "waiting":
                percent = 0
            bar.update(max(0, percent - bar.pos))
            bar.render_progress()

        yield show


def _report(made: "BackupMade", folder: Path) -> str:
    from storage.files import KEYRING_FILE

    copies = f"are {made.copies} copies" if made.copies > 1 else "is 1 copy"
    return f"""\
{folder / made.network}   {made.size / 1024:,.0f} KiB, checked
{folder / KEYRING_FILE}   the members' keys; the copy before is gone

There {copies} of the network now. The slot file halqa.key and the key itself are not among them: keep those
elsewhere, for without them this backup opens for nobody."""
