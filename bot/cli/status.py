"""`halqa status`: prints the state of the `halqa run` of the same settings."""

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, load_settings

NOT_RUNNING, LOCKED = 1, 3  # exit codes


def status(config: Config = DEFAULT_CONFIG) -> None:
    """Say whether the bot is running, starting, or locked.

    Ends with 0 where it runs or starts, with 1 where there is none, and with 3 where it is locked.
    """
    from bot.operations import control

    try:
        state = control.ask(load_settings(config).storage, {"ask": "status"})["answer"]
    except control.NotRunning:
        print("not running")
        raise typer.Exit(NOT_RUNNING) from None
    print(state)
    raise typer.Exit(LOCKED if state == "locked" else 0)
