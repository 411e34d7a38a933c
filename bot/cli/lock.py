"""`halqa lock`: locks the `halqa run` of the same settings."""

from bot.cli.options import DEFAULT_CONFIG, Config, load_settings


def lock(config: Config = DEFAULT_CONFIG) -> None:
    """Lock the running bot: it starts anew without any key, and waits for `halqa unlock`.

    Telegram keeps what people write meanwhile, for 24 hours.
    """
    from bot.operations import control_client
    from bot.operations.failures import CONFIGURATION, Declined

    match control_client.ask(load_settings(config).storage, {"ask": "lock"})["answer"]:
        case "cannot":
            sentence = 'storage.key is not "passphrase", so the bot would open itself again; nothing was done.'
            raise Declined(CONFIGURATION, sentence, "To end it, stop the process or the service.")
        case "locked":
            print("It is locked already.")
        case _:
            print("It is being locked.")
