"""`halqa status`, `unlock` and `lock`: speak to the `halqa run` of the same settings."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.options import HERE, Config, PassphraseFile, settings_in

if TYPE_CHECKING:
    from bot.operations.settings import StorageSettings


def status(config: Config = HERE) -> None:
    """Say whether the bot is running, starting, or locked.

    Ends with 0 where it runs or starts, with 1 where there is none, and with 3 where it is locked.
    """
    from bot.operations import control

    try:
        state = control.ask(settings_in(config).storage, {"ask": "status"})["answer"]
    except control.NotRunning:
        print("not running")
        raise typer.Exit(1) from None
    print(state)
    raise typer.Exit(3 if state == "locked" else 0)


def unlock(config: Config = HERE, passphrase_file: PassphraseFile = None) -> None:
    """Hand the passphrase to a bot that waits for it, locked.

    It is typed without showing, and goes over a socket that only this account and root can use. After a wrong one the
    next try has to wait, twice as long each time.
    """
    from bot.operations import unlock
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto.master_key import MasterKeyError

    storage = settings_in(config).storage
    tries = 1 if passphrase_file else unlock.TRIES
    while _ask(storage, {"ask": "status"})["answer"] == "locked":
        said = _ask(storage, {"ask": "unlock", "passphrase": unlock.asking(passphrase_file)()})
        match said["answer"]:
            case "unlocked":
                print("Unlocked. The bot takes up what people wrote meanwhile.")
                return
            case "trouble":
                raise MasterKeyError(said["reason"], Path(said["path"]))
            case "wrong" | "wait" as answer:
                tries -= 1
                seconds = max(1, round(said["seconds"]))
                what = "This passphrase does not open the network." if answer == "wrong" else "That came too early."
                if not tries:
                    raise Declined(REPAIR, f"{what} The next try is possible in {seconds} s.")
                print(f"{what} The next try is possible in {seconds} s.", file=sys.stderr)
                time.sleep(seconds)
    print("It is unlocked already.")


def lock(config: Config = HERE) -> None:
    """Lock the running bot: it starts anew without any key, and waits for `halqa unlock`.

    Telegram keeps what people write meanwhile, for 24 hours.
    """
    from bot.operations.failures import CONFIGURATION, Declined

    match _ask(settings_in(config).storage, {"ask": "lock"})["answer"]:
        case "cannot":
            said = 'storage.key is not "passphrase", so the bot would open itself again; nothing was done.'
            raise Declined(CONFIGURATION, said, "To end it, stop the process or the service.")
        case "locked":
            print("It is locked already.")
        case _:
            print("It is being locked.")


def _ask(storage: "StorageSettings", question: dict[str, str]) -> dict[str, Any]:
    """The answer of the running process. Raises `Declined` where there is none."""
    from bot.operations import control
    from bot.operations.failures import REPAIR, Declined

    try:
        return control.ask(storage, question)
    except control.NotRunning:
        raise Declined(REPAIR, "No bot of these settings is running.", "To start it: halqa run") from None
