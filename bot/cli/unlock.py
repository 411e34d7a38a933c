"""`halqa unlock`: sends the passphrase to the `halqa run` of the same settings."""

import sys
import time
from pathlib import Path

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings


def unlock(config: Config = DEFAULT_CONFIG, passphrase_file: PassphraseFile = None) -> None:
    """Hand the passphrase to a bot that waits for it, locked.

    It is typed without showing, and goes over a socket that only this account and root can use. After a wrong one the
    next try has to wait, twice as long each time.
    """
    from bot.operations import control_client, unlock
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto.master_key import MasterKeyError

    storage = load_settings(config).storage
    tries = 1 if passphrase_file else unlock.TRIES
    while control_client.ask(storage, {"ask": "status"})["answer"] == "locked":
        passphrase = unlock.passphrase_reader(passphrase_file)()
        answer = control_client.ask(storage, {"ask": "unlock", "passphrase": passphrase})
        match answer["answer"]:
            case "unlocked":
                print("Unlocked. The bot takes up what people wrote meanwhile.")
                return
            case "error":
                raise MasterKeyError(answer["reason"], Path(answer["path"]))
            case "wrong" | "wait" as outcome:
                tries -= 1
                seconds = max(1, round(answer["seconds"]))
                what = "This passphrase does not open the network." if outcome == "wrong" else "That came too early."
                if not tries:
                    raise Declined(REPAIR, f"{what} The next try is possible in {seconds} s.")
                print(f"{what} The next try is possible in {seconds} s.", file=sys.stderr)
                time.sleep(seconds)
    print("It is unlocked already.")
