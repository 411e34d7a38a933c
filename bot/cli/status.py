"""`halqa status`: prints the state of the `halqa run` of the same settings."""

from typing import Any

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, load_settings

NOT_RUNNING, LOCKED = 1, 3  # exit codes


def status(config: Config = DEFAULT_CONFIG) -> None:
    """Say whether the bot is running, starting, or locked, and what it finds wrong.

    Ends with 0 where it runs or starts, with 1 where there is none, and with 3 where it is locked.
    """
    from bot.operations import control_client

    try:
        answer = control_client.ask(load_settings(config).storage, {"ask": "status"})
    except control_client.NotRunning:
        print("not running")
        raise typer.Exit(NOT_RUNNING) from None
    state = answer["answer"]
    print(state)
    for finding in answer.get("findings", ()):  # there is no such key where nothing is wrong
        print(_sentence(finding))
    raise typer.Exit(LOCKED if state == "locked" else 0)


def _sentence(finding: dict[str, Any]) -> str:
    """A line for each kind of finding, with its name as the log of the bot has it."""
    name = finding["finding"]
    match finding:
        case {"volume": volume, "free": int(free), "needed": int(needed)}:
            where = {"data": "the data directory", "backups": "the backups"}.get(volume, volume)
            return (
                f"{name}: {free / 2**20:,.0f} MiB are free on the volume of {where}, and {needed / 2**20:,.0f} needed"
            )
        case {"seconds": int(seconds)}:
            return f"{name}: nothing was heard of Telegram for {seconds // 60} minutes"
        case _:
            return str(name)
