"""`halqa doctor`: checks everything, and prints one line for each finding."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.operations.config import Settings
    from bot.operations.diagnostics.findings import Finding, Grade

RemoveWebhook = Annotated[
    bool, typer.Option("--remove-webhook", help="First take away a webhook that keeps messages from this bot.")
]
AcceptAudit = Annotated[
    bool, typer.Option("--accept-audit", help="First go on from the audit as it stands, whatever happened to it.")
]
Erasure = Annotated[bool, typer.Option("--erasure", help="Instead look, in data and backups, for what should be gone.")]
BackupDirectory = Annotated[
    Path | None,
    typer.Option("--backup", metavar="DIR", help="With --erasure: the backups. [default: backup.directory]"),
]
LookFor = Annotated[
    bool,
    typer.Option(
        "--look-for", help="With --erasure: ask for words or the Telegram id of somebody erased, without showing it."
    ),
]


def doctor(
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    remove_webhook: RemoveWebhook = False,
    accept_audit: AcceptAudit = False,
    erasure: Erasure = False,
    backup_directory: BackupDirectory = None,
    look_for: LookFor = False,
) -> None:
    """Check everything, with one remedy for each finding.

    Ends with 0 where nothing has to be repaired (there may be warnings), with 1 where something has, and with 78
    where the settings have mistakes.
    """
    import asyncio
    from datetime import UTC, datetime
    from functools import cache

    from bot.operations import unlock
    from bot.operations.diagnostics import doctor as checks
    from bot.operations.diagnostics import erasure_report, findings

    settings = _load_settings(config)
    master_key = cache(lambda: unlock.unlock(settings, passphrase_file))  # prompts for a passphrase only once
    folder = backup_directory and backup_directory.expanduser().absolute()

    async def examine() -> "list[Grade]":
        if remove_webhook:
            await checks.remove_webhook(settings)
        if accept_audit:
            await checks.accept_audit(settings, master_key(), datetime.now(UTC))
        if not erasure:
            return await _print(checks.examine(config, settings, master_key, passphrase_file))
        master = master_key()
        return await _print(erasure_report.examine(settings, master, folder, _search_text() if look_for else ""))

    grades = asyncio.run(examine())
    print(f"\n{findings.summary(grades)}")
    raise typer.Exit(findings.Grade.PROBLEM in grades)


def _load_settings(config: Path) -> "Settings":
    """Returns the settings. Mistakes in them are printed as findings, and end the command (`typer.Exit`)."""
    from bot.operations.config import ConfigError
    from bot.operations.diagnostics import findings
    from bot.operations.failures import CONFIGURATION

    try:
        return load_settings(config)
    except ConfigError as error:
        mistakes = [findings.problem("settings", f"{mistake.key} {mistake.sentence}") for mistake in error.mistakes]
        print(*mistakes, "", findings.summary([mistake.grade for mistake in mistakes]), sep="\n")
        raise typer.Exit(CONFIGURATION) from None


async def _print(findings: "AsyncIterator[Finding]") -> "list[Grade]":
    """Prints each finding as soon as it is made. Returns their grades."""
    grades = []
    async for finding in findings:
        print(finding, flush=True)
        grades.append(finding.grade)
    return grades


def _search_text() -> str:
    """Reads the text to search for: from a prompt without echo, or a line of standard input."""
    import sys

    from bot.operations import unlock

    if unlock.at_terminal():
        return unlock.normalize(
            unlock.type_hidden("Words or the Telegram id of somebody who was erased (not shown): ").strip()
        )
    return unlock.normalize(sys.stdin.readline().strip())
