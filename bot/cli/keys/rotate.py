"""`halqa keys rotate`: replaces the master key."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.crypto.key_sources import Source

WithoutBackups = Annotated[
    bool,
    typer.Option("--without-backups", help="Leave the backups of the settings under the old keys, unreachable or not."),
]


def rotate(
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    without_backups: WithoutBackups = False,
) -> None:
    """Renew the master key and all that derives from it; the bot has to be stopped.

    Every passphrase, key file and share stays as it is. Afterwards a copy of the slot file from before opens nothing
    here and nothing in backup.directory; it still opens copies elsewhere. Open invitations end, owner codes too. If it
    is interrupted, this command, or the next start, goes on with it.
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.cli.keys import rotation_report
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = load_settings(config)
    path = provision.slot_file(settings.storage)

    def rotate_master_key(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            backups = settings.backup.directory
            return asyncio.run(rotation_report.rotate(file, backups, not without_backups, datetime.now(UTC)))

    print(unlock.by_source(settings, passphrase_file, rotate_master_key))
