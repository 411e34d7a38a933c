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
    """A function that shows how far the backup is, in a line that goes again; elsewhere than at a terminal, nothing."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return

    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(binary_units=True)
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("asking the bot", total=None)

        def show(progress: "Progress") -> None:
            what = STAGES.get(progress.stage, progress.stage)
            bars.update(bar, description=what, completed=progress.done, total=progress.total or None)

        yield show


def _report(made: "BackupMade", folder: Path) -> str:
    from storage.files import KEYRING_FILE

    copies = f"are {made.copies} copies" if made.copies > 1 else "is 1 copy"
    return f"""\
{folder / made.network}   {made.size / 1024:,.0f} KiB, checked
{folder / KEYRING_FILE}   the members' keys; the copy before is gone

There {copies} of the network now. The slot file halqa.key and the key itself are not among them: keep those
elsewhere, for without them this backup opens for nobody."""
