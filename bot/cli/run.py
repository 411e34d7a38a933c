"""`halqa run`: runs the bot until a signal."""

from typing import Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

AcceptRollback = Annotated[
    bool, typer.Option("--accept-rollback", help="Go on with a data directory that holds older copies.")
]
Locked = Annotated[
    bool, typer.Option("--locked", help="Wait for `halqa unlock`, even where the passphrase could be had now.")
]


def run(
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    accept_rollback: AcceptRollback = False,
    locked: Locked = False,
) -> None:
    """Run the bot until Ctrl-C or SIGTERM.

    Where the key is a passphrase and nobody can be asked for it, the bot waits locked, until `halqa unlock` hands it
    over; Telegram keeps what people write meanwhile, for 24 hours.

    Ends with 0 when told to, with 75 where another process has the network or the bot's messages, with 78 where the
    settings or the token have to be changed first, and with 1 after any other trouble.
    """
    import asyncio

    from bot.operations import logs, serve, unlock

    settings = load_settings(config)
    logs.configure(settings.run.log)
    waits = locked or unlock.has_to_wait(settings, passphrase_file)
    master = None if waits else unlock.unlock(settings, passphrase_file)
    if asyncio.run(serve.until_stopped(settings, master, accept_rollback=accept_rollback)):
        serve.start_locked()
