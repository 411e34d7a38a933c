"""`halqa restore`: puts the newest copy of a backup in place of the data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.maintenance.restore import RestoreReport

Directory = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="Where from. [default: backup.directory of the settings]")
]
Verify = Annotated[bool, typer.Option("--verify", help="Only try it out, and say what would be lost.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the data are replaced.")]


def restore(
    directory: Directory = None,
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    verify: Verify = False,
    yes: Yes = False,
) -> None:
    """Put the newest copy of a backup in place of the data; the bot has to be stopped.

    It is opened and checked in a scratch folder first, and what would be lost is said. Whoever was erased since is
    erased again. The files before are kept aside until the new ones open.
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.operations import unlock
    from bot.operations.backups.request import backup_folder
    from storage.maintenance import restore as restoring

    settings = load_settings(config)
    data, folder = settings.storage.directory, backup_folder(settings, directory)
    master = unlock.unlock(settings, passphrase_file)
    try:
        print(_outlook(asyncio.run(restoring.try_out(data, folder, master, datetime.now(UTC)))))
        if verify:
            print("\nThis was only a trial: nothing has changed.")
        elif yes or _is_confirmed():
            asyncio.run(restoring.put_in_place(data, master))
            print("\nThe copy is in place. Next: halqa doctor, then halqa run.")
        else:
            print("Nothing has changed.")
    finally:
        restoring.give_up(data)


def _is_confirmed() -> bool:
    """Prompts for a confirmation. Raises `Declined` where nobody is at a terminal."""
    from bot.operations import unlock
    from bot.operations.failures import USAGE, Declined

    if not unlock.at_terminal():
        raise Declined(USAGE, "Nobody is at a terminal to agree: --yes says so beforehand.")
    return typer.confirm("\nReplace the present data by this copy?")


def _outlook(report: "RestoreReport") -> str:
    """Returns what the restore brings and what it costs."""
    lines = [
        f"The copy was made on {report.made_at:%A %d %B %Y, %H:%M} UTC. It opens, and its keys fit.",
        "",
        f"{'members':<12}{report.members}",
        f"{'posts':<12}{report.posts}",
        "",
    ]
    if report.members_lost is None:
        lines.append("What came after it cannot be counted, since the present files do not open.")
    elif report.members_lost or report.posts_lost:
        lost = f"{report.members_lost} of the present members, {report.posts_lost} posts"
        lines.append(f"Lost would be what came after it: {lost}.")
    else:
        lines.append("No member and no post that is there now would be lost.")
    lines.append(f"Erased again would be {report.erased_again}, who were erased since the copy was made.")
    if not report.live_keyring:
        lines.append("The present keys are gone or older: erasures since that backup are unknown.")
    lines += [
        f"Dropped, so that nothing happens twice: {report.dropped.updates} messages to the bot, "
        f"{report.dropped.messages} notices to members, {report.dropped.invites} open invitations.",
        "Roles, suspensions and settings are as they were then.",
    ]
    return "\n".join(lines)
