"""`halqa init`: makes a new network, and prints the code for its first owner."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, forget_passphrase_file

if TYPE_CHECKING:
    from bot.operations.config_template import InitAnswers
    from bot.operations.new_network import NewNetwork

TokenFile = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="A file with the token that BotFather gave you; it is copied from there."),
]
Name = Annotated[
    str | None,
    typer.Option(envvar="HALQA_NETWORK__NAME", metavar="TEXT", help="What the network is called, as members read it."),
]
Controller = Annotated[
    str | None,
    typer.Option(
        envvar="HALQA_NETWORK__CONTROLLER",
        metavar="TEXT",
        help="Who is responsible for what is kept, as the notice says. [default: none]",
    ),
]
Contact = Annotated[
    str | None,
    typer.Option(envvar="HALQA_NETWORK__CONTACT", metavar="TEXT", help="How people reach them. [default: none]"),
]
Hosts = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="An organisation of the coalition; once for each.")
]
Languages = Annotated[
    str | None,
    typer.Option(
        envvar="HALQA_NETWORK__LANGUAGES", metavar="LIST", help="Languages offered, with commas between: en, fr, ar."
    ),
]
KeySource = Annotated[
    str | None,
    typer.Option(
        envvar="HALQA_STORAGE__KEY", metavar="SOURCE", help="Where the key is: file, passphrase or credential."
    ),
]
Directory = Annotated[
    str | None,
    typer.Option(envvar="HALQA_STORAGE__DIRECTORY", metavar="PATH", help="The data directory. [default: data]"),
]
KeyFile = Annotated[
    str | None,
    typer.Option(
        envvar="HALQA_STORAGE__KEY_FILE",
        metavar="PATH",
        help="Where the key file is made, outside of the data directory. [default: halqa.keyfile]",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: what is not said has its default.")]


def init(
    config: Config = DEFAULT_CONFIG,
    token_file: TokenFile = None,
    name: Name = None,
    controller: Controller = None,
    contact: Contact = None,
    host: Hosts = None,
    languages: Languages = None,
    key: KeySource = None,
    directory: Directory = None,
    key_file: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    yes: Yes = False,
) -> None:
    """Make a new network: settings, key, encrypted data, and the code for its first owner.

    Asks for whatever is not given here. The token has no option of its own, for others on this machine can read
    what is typed as one: paste it when asked, name a --token-file, or set HALQA_TELEGRAM__TOKEN. Nothing is sent
    anywhere. Where there is a network already, nothing changes.
    """
    config = config.expanduser().absolute()
    if config.exists():
        _print_existing(config)
        return
    from bot.cli import messages, prompts
    from bot.operations import unlock
    from bot.operations.config_template import CONTACT, CONTROLLER, DIRECTORY, KEY, KEY_FILE, LANGUAGES, NAME

    forget_passphrase_file()
    options = {NAME: name, CONTROLLER: controller, CONTACT: contact, LANGUAGES: languages, KEY: key}
    options |= {DIRECTORY: directory, KEY_FILE: key_file}
    answers = prompts.from_options(config, options, host or [], token_file)
    may_ask = unlock.at_terminal() and not yes
    network = create(answers, may_ask=may_ask, passphrase_file=passphrase_file)
    print(("\n" if may_ask else "") + messages.new_network(network, config))


def create(answers: "InitAnswers", *, may_ask: bool, passphrase_file: Path | None) -> "NewNetwork":
    """Prompts for missing answers where `may_ask`, and creates the network.

    An answer that was typed and is not valid is prompted for again. Raises `Declined` for missing options, and what
    `new_network.create` raises; then nothing has changed.
    """
    from datetime import UTC, datetime

    from bot.cli import prompts
    from bot.operations import new_network, unlock
    from bot.operations.config import ConfigError
    from bot.operations.config_template import HOSTS, InitAnswers
    from bot.operations.failures import USAGE, Declined

    _forget_answers_in_the_environment()
    if not may_ask and (options := prompts.missing_options(answers, passphrase_file)):
        raise Declined(USAGE, f"Nobody can be asked here, so please say it by option: {', '.join(options)}.")
    if may_ask:
        print("This makes a new network. Nothing is sent anywhere, and until the end Ctrl-C leaves nothing behind.")
    known = answers
    while True:
        complete = prompts.ask(known) if may_ask else prompts.fill_in(known)
        try:
            return new_network.create(complete, lambda: unlock.choose(passphrase_file), lambda: datetime.now(UTC))
        except ConfigError as error:
            wrong = {mistake.key for mistake in error.mistakes}
            if not may_ask or not wrong <= prompts.prompted(answers, complete):
                raise
            print(f"\nThat is not quite right yet:\n{error}")
            right = {key: value for key, value in complete.settings.items() if key not in wrong}
            known = InitAnswers(answers.config, right, None if HOSTS in wrong else complete.hosts)


def _forget_answers_in_the_environment() -> None:
    """Removes variables that are answers by now, since `config.load` would let them win over an option."""
    from bot.operations.config_template import CONTACT, CONTROLLER, DIRECTORY, KEY, KEY_FILE, LANGUAGES, NAME, TOKEN

    for key in (TOKEN, NAME, CONTROLLER, CONTACT, LANGUAGES, KEY, DIRECTORY, KEY_FILE):
        os.environ.pop("HALQA_" + key.replace(".", "__").upper(), None)


def _print_existing(config: Path) -> None:
    from bot.cli.messages import command

    print(f"{config} is there already, so nothing was changed.")
    print(f"To check it: {command('doctor', config)}. For another network, name other settings: --config PATH.")
