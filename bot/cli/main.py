"""The command line `halqa`: lists the commands, and turns errors into messages and exit codes.

Each command is a module of this folder and imports what it needs when it runs, so that help is fast. An expected error
is printed on standard error as a sentence, and ends the process with an exit code of `bot.operations.failures`. Any
other error is printed as a reference code, without traceback and message, since a message can contain a token or what
somebody wrote.
"""

import sys
from typing import Annotated

import typer

from bot.cli.backup import backup
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.init import init
from bot.cli.keys.group import keys
from bot.cli.lock import lock
from bot.cli.owner_code import owner_code
from bot.cli.restore import restore
from bot.cli.run import run
from bot.cli.sealed import sealed
from bot.cli.status import status
from bot.cli.unlock import unlock

app = typer.Typer(
    name="halqa",
    help="Runs one network: a Telegram bot, its encrypted data, and the way in for its first owner.",
    epilog="To look around: halqa demo. To make your own network: halqa init, halqa doctor, halqa run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
# In the order of the help.
app.command(short_help="Make a new network, and the code for its first owner.")(init)
app.command(short_help="Check everything; one remedy for each finding.")(doctor)
app.command(short_help="Run the bot until Ctrl-C or SIGTERM.")(run)
app.command(short_help="Make a backup, while the bot runs or not.")(backup)
app.command(short_help="Put the newest copy of a backup in place of the data.")(restore)
app.command(short_help="Say whether the bot is running, or locked.")(status)
app.command(short_help="Hand the passphrase to a bot that waits for it.")(unlock)
app.command(short_help="Lock the running bot until `halqa unlock`.")(lock)
app.command(short_help="Make a new owner code; earlier ones end.")(owner_code)
app.command(short_help="Try a network of made-up people, without Telegram.")(demo)
app.add_typer(keys, name="keys")
app.add_typer(sealed, name="sealed")


def _version(requested: bool) -> None:
    if requested:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"halqa {version('halqa')}")
        except PackageNotFoundError:
            print("halqa, from a folder where it is not installed")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    """Runs before every command, and so before any key is read."""
    from bot.operations import process_hardening

    process_hardening.protect()


def main() -> None:
    """The console script `halqa`."""
    try:
        app(prog_name="halqa")
    except Exception as error:  # noqa: BLE001  any error; the messages of libraries are not for the terminal
        sys.exit(_print_error(error))


def _print_error(error: Exception) -> int:
    """Prints an error on standard error. Returns the exit code."""
    from bot.operations import logs
    from bot.operations.errors import report
    from bot.operations.failures import REPAIR, explain

    failure = explain(error)
    if failure is not None:
        print(failure, file=sys.stderr)
        return failure.code
    logs.configure("console")
    reference = report(error, event="unexpected")
    print(f"Halqa met an error that nobody expected. Its reference is {reference}, in the line above.", file=sys.stderr)
    return REPAIR
