"""What the operator types: `halqa init`, `doctor`, `run`, `unlock`, `backup`, `restore`, `owner-code`, `keys`,
`sealed`, `demo`.

Commands import what they need when they run, so that help comes at once. Every failure is a sentence on standard
error and an exit code of `bot.operations.failures`; an error that nobody expected is a reference code and no traceback,
since the messages of errors can hold a token or somebody's words.
"""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli import lock
from bot.cli.keys.group import keys
from bot.cli.options import HERE, Config, PassphraseFile, forget_passphrase_file, settings_in
from bot.cli.sealed import sealed

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
app.add_typer(keys, name="keys")
app.add_typer(sealed, name="sealed")


def _version(wanted: bool) -> None:
    if wanted:
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
    """Before any command, and so before any key is read."""
    from bot.operations import process_hardening

    process_hardening.protect()


@app.command(short_help="Make a new network, and the code for its first owner.")
def init(
    config: Config = HERE,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A file with the token that BotFather gave you; it is copied from there."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            envvar="HALQA_NETWORK__NAME", metavar="TEXT", help="What the network is called, as members read it."
        ),
    ] = None,
    host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="An organisation of the coalition; once for each.")
    ] = None,
    languages: Annotated[
        str | None,
        typer.Option(
            envvar="HALQA_NETWORK__LANGUAGES",
            metavar="LIST",
            help="Languages offered, with commas between: en, fr, ar.",
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            envvar="HALQA_STORAGE__KEY", metavar="SOURCE", help="Where the key is: file, passphrase or credential."
        ),
    ] = None,
    directory: Annotated[
        str | None,
        typer.Option(envvar="HALQA_STORAGE__DIRECTORY", metavar="PATH", help="The data directory. [default: data]"),
    ] = None,
    key_file: Annotated[
        str | None,
        typer.Option(
            envvar="HALQA_STORAGE__KEY_FILE",
            metavar="PATH",
            help="Where the key file is made, outside of the data directory. [default: halqa.keyfile]",
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: what is not said has its default.")] = False,
) -> None:
    """Make a new network: settings, key, encrypted data, and the code for its first owner.

    Asks for whatever is not given here. The token has no option of its own, for others on this machine can read
    what is typed as one: paste it when asked, name a --token-file, or set HALQA_TELEGRAM__TOKEN. Nothing is sent
    anywhere. Where there is a network already, nothing changes.
    """
    config = config.expanduser().absolute()
    if config.exists():
        print(f"{config} is there already, so nothing was changed.")
        print(f"To check it: {_command('doctor', config)}. For another network, name other settings: --config PATH.")
        return
    from bot.cli import init as init_command
    from bot.cli import messages
    from bot.operations import unlock

    forget_passphrase_file()
    options = {
        "network.name": name,
        "network.languages": languages,
        "storage.key": key,
        "storage.directory": directory,
        "storage.key_file": key_file,
    }
    given = init_command.said(config, options, host or [], token_file)
    may_ask = unlock.at_terminal() and not yes
    made = init_command.make(given, may_ask=may_ask, passphrase_file=passphrase_file)
    print(("\n" if may_ask else "") + messages.network(made, config))


@app.command(short_help="Check everything; one remedy for each finding.")
def doctor(
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    remove_webhook: Annotated[
        bool, typer.Option("--remove-webhook", help="First take away a webhook that keeps messages from this bot.")
    ] = False,
    accept_audit: Annotated[
        bool, typer.Option("--accept-audit", help="First go on from the audit as it stands, whatever happened to it.")
    ] = False,
    erasure: Annotated[
        bool, typer.Option("--erasure", help="Instead look, in data and backups, for what should be gone.")
    ] = False,
    backup_directory: Annotated[
        Path | None,
        typer.Option("--backup", metavar="DIR", help="With --erasure: the backups. [default: backup.directory]"),
    ] = None,
    look_for: Annotated[
        bool, typer.Option("--look-for", help="With --erasure: ask, without showing it, for words or a Telegram id.")
    ] = False,
) -> None:
    """Check everything, with one remedy for each finding.

    Ends with 0 where nothing has to be repaired (there may be warnings), with 1 where something has, and with 78
    where the settings have mistakes.
    """
    import asyncio
    from datetime import UTC, datetime
    from functools import cache

    from bot.operations import unlock
    from bot.operations.config import ConfigError
    from bot.operations.diagnostics import doctor as examination
    from bot.operations.diagnostics import erasure_report, findings
    from bot.operations.failures import CONFIGURATION

    try:
        settings = settings_in(config)
    except ConfigError as error:
        mistakes = [findings.problem("settings", f"{mistake.key} {mistake.sentence}") for mistake in error.mistakes]
        print(*mistakes, "", findings.summary([mistake.grade for mistake in mistakes]), sep="\n")
        raise typer.Exit(CONFIGURATION) from None

    master_key = cache(lambda: unlock.unlock(settings, passphrase_file))  # a passphrase is asked for once
    folder = backup_directory and backup_directory.expanduser().absolute()

    async def examine() -> "list[findings.Grade]":
        if remove_webhook:
            await examination.remove_webhook(settings)
        if accept_audit:
            await examination.accept_audit(settings, master_key(), datetime.now(UTC))
        grades = []
        async for finding in (
            erasure_report.examine(settings, master_key(), folder, look_for)
            if erasure
            else examination.examine(config, settings, master_key, passphrase_file)
        ):
            print(finding, flush=True)
            grades.append(finding.grade)
        return grades

    grades = asyncio.run(examine())
    print(f"\n{findings.summary(grades)}")
    raise typer.Exit(findings.Grade.PROBLEM in grades)


@app.command(short_help="Run the bot until Ctrl-C or SIGTERM.")
def run(
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    accept_rollback: Annotated[
        bool, typer.Option("--accept-rollback", help="Go on with a data directory that holds older copies.")
    ] = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Wait for `halqa unlock`, even where the passphrase could be had now.")
    ] = False,
) -> None:
    """Run the bot until Ctrl-C or SIGTERM.

    Where the key is a passphrase and nobody can be asked for it, the bot waits locked, until `halqa unlock` hands it
    over; Telegram keeps what people write meanwhile, for 24 hours.

    Ends with 0 when told to, with 75 where another process has the network or the bot's messages, with 78 where the
    settings or the token have to be changed first, and with 1 after any other trouble.
    """
    import asyncio

    from bot.operations import serve, unlock

    settings = settings_in(config)
    _log(settings.run.log)
    waits = locked or unlock.has_to_wait(settings, passphrase_file)
    master = None if waits else unlock.unlock(settings, passphrase_file)
    if asyncio.run(serve.until_stopped(settings, master, accept_rollback=accept_rollback)):
        serve.start_locked()


@app.command(short_help="Make a backup, while the bot runs or not.")
def backup(
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where to. [default: backup.directory of the settings]")
    ] = None,
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    keep: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many copies of the network stay.")] = None,
) -> None:
    """Make a backup, while the bot runs or not: a copy of the network, and the only copy of the members' keys.

    Each is opened and checked. The copy of the keys replaces the one before, so that nobody who was erased can be
    read from an older one. Not in it are the slot file and the key: keep those elsewhere (docs/backups.md).
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.operations import backup_request, unlock

    settings = settings_in(config)
    folder, most = backup_request.folder_of(settings, directory), keep or settings.backup.keep
    backup_request.prepare(folder)
    made = backup_request.ask_the_bot(settings, folder, most)
    if made is None:
        master = unlock.unlock(settings, passphrase_file)
        made = asyncio.run(backup_request.make(settings, master, folder, most, datetime.now(UTC)))
    print(backup_request.made(made, folder))


@app.command(short_help="Put the newest copy of a backup in place of the data.")
def restore(
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where from. [default: backup.directory of the settings]")
    ] = None,
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    verify: Annotated[bool, typer.Option("--verify", help="Only try it out, and say what would be lost.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the data are replaced.")] = False,
) -> None:
    """Put the newest copy of a backup in place of the data; the bot has to be stopped.

    It is opened and checked in a scratch folder first, and what would be lost is said. Whoever was erased since is
    erased again. The files before are kept aside until the new ones open.
    """
    import asyncio

    from bot.operations import backup_request, unlock
    from bot.operations.failures import TYPED_WRONGLY, Declined
    from storage.maintenance import restore as restoring

    settings = settings_in(config)
    data, folder = settings.storage.directory, backup_request.folder_of(settings, directory)
    master = unlock.unlock(settings, passphrase_file)
    try:
        print(backup_request.outlook(asyncio.run(restoring.try_out(data, folder, master))))
        if verify:
            print("\nThis was only a trial: nothing has changed.")
            return
        if not yes:
            if not unlock.at_terminal():
                raise Declined(TYPED_WRONGLY, "Nobody is at a terminal to agree: --yes says so beforehand.")
            if not typer.confirm("\nReplace the present data by this copy?"):
                print("Nothing has changed.")
                return
        asyncio.run(restoring.put_in_place(data, master))
        print("\nThe copy is in place. Next: halqa doctor, then halqa run.")
    finally:
        restoring.give_up(data)


app.command(short_help="Say whether the bot is running, or locked.")(lock.status)
app.command(short_help="Hand the passphrase to a bot that waits for it.")(lock.unlock)
app.command(short_help="Lock the running bot until `halqa unlock`.")(lock.lock)


@app.command(short_help="Make a new owner code; earlier ones end.")
def owner_code(config: Config = HERE, passphrase_file: PassphraseFile = None) -> None:
    """Make a new owner code; earlier ones end.

    Whoever sends it to the bot becomes an owner, so it is also the way back where no owner is left. The bot has to be
    stopped meanwhile.
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.cli import messages
    from bot.operations import provision, unlock
    from bot.telegram import probe
    from storage.records.people.invites import LIFETIME

    settings = settings_in(config)
    master = unlock.unlock(settings, passphrase_file)

    async def make() -> tuple[str, str]:
        code = await provision.new_owner_code(settings, master, now)
        return code, await probe.username(settings.telegram)

    now = datetime.now(UTC)
    code, username = asyncio.run(make())
    print(messages.owner_code(code, now + LIFETIME, username))


@app.command(short_help="Try a network of made-up people, without Telegram.")
def demo(
    port: Annotated[int, typer.Option(metavar="N", help="Of the page, on this machine only; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    empty: Annotated[bool, typer.Option("--empty", help="Begin without people; you claim the network.")] = False,
) -> None:
    """Try a whole network on this machine, with made-up people and without Telegram."""
    from bot.demo import show

    show.main(port=port, browser=browser, seeded=not empty)


def main() -> None:
    """The console script `halqa`."""
    try:
        app(prog_name="halqa")
    except Exception as error:  # noqa: BLE001  the last resort: libraries' messages are not for the terminal
        sys.exit(_tell(error))


def _tell(error: Exception) -> int:
    from bot.operations.errors import report
    from bot.operations.failures import REPAIR, explained

    trouble = explained(error)
    if trouble is not None:
        print(trouble, file=sys.stderr)
        return trouble.code
    _log("console")
    reference = report(error, event="unexpected")
    print(f"Halqa met an error that nobody expected. Its reference is {reference}, in the line above.", file=sys.stderr)
    return REPAIR


def _log(style: Literal["console", "json"]) -> None:
    from bot.operations import logs

    logs.configure(style)


def _command(name: str, config: Path) -> str:
    from bot.cli.messages import command

    return command(name, config)
