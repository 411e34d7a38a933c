"""Checks that no other account of this machine can open the files of a network. A part of `halqa doctor`."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from bot.operations import provision
from bot.operations.diagnostics.findings import Finding, ok, problem, warning
from bot.operations.settings import StorageSettings
from storage.crypto.private_files import is_exposed
from storage.files import KEYRING_FILE, NETWORK_FILE


def examine(config: Path, storage: StorageSettings, secrets: dict[str, Path]) -> Iterator[Finding]:
    """Yields one finding for each file that others can open, or one `ok` for all.

    `secrets`: further private files, by the subject of their finding. A missing file gives no finding here. The
    settings give one only where others can change them, since `config.load` refuses a file with a token that others
    can read.
    """
    if os.name != "posix":
        yield warning(
            "permissions", "cannot be judged on this system", "see to it that only your account opens the files"
        )
        return
    found = list(_exposed(config, storage, secrets))
    yield from found or [ok("permissions", "nobody else can open the settings, the keys and the data")]
    if storage.directory.exists() and storage.directory.stat().st_uid != os.geteuid():
        yield warning(
            "account",
            "the data directory belongs to another account than the one that asks",
            "run halqa as the account that the bot runs as",
        )


def _exposed(config: Path, storage: StorageSettings, secrets: dict[str, Path]) -> Iterator[Finding]:
    private = {"slot file": provision.slot_file(storage), "key file": storage.key_file, **secrets}
    for about, path in private.items():
        if path is not None and path.exists() and is_exposed(path, path.stat()):
            yield _problem(about, path, "600")
    if _open_to_others(config, 0o022):
        yield problem("settings", f"others can change {config}", f"chmod 600 {shlex.quote(str(config))}")
    if _open_to_others(storage.directory, 0o077):
        yield _problem("data", storage.directory, "700")
    for name in (NETWORK_FILE, KEYRING_FILE):
        for path in sorted(storage.directory.glob(name + "*")):  # including -wal and -shm
            if _open_to_others(path, 0o077):
                yield _problem("database", path, "600")


def _open_to_others(path: Path, bits: int) -> bool:
    return path.exists() and bool(path.stat().st_mode & bits)


def _problem(about: str, path: Path, mode: str) -> Finding:
    return problem(about, f"others on this machine can open {path}", f"chmod {mode} {shlex.quote(str(path))}")
