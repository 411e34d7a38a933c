"""Creates a network on disk from complete answers: the whole network or nothing.

The settings file gets its final name last, so where it exists, everything else does. After an error or an interruption
whatever was created is removed again. Files that existed before are never changed.
"""

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.language.normalize import one_line
from bot.operations import config_template, provision
from bot.operations.config import Settings
from bot.operations.config_template import KEY, KEY_FILE, InitAnswers
from storage.crypto import private_files
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, Source
from storage.records.people.invites import LIFETIME


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network that has just been created. The owner code works until `expires` (UTC)."""

    settings: Settings
    key_file: Path | None
    hosts: tuple[str, ...]
    owner_code: str = field(repr=False)
    expires: datetime


def create(answers: InitAnswers, choose_passphrase: Callable[[], str], clock: Callable[[], datetime]) -> NewNetwork:
    """Creates the settings, the key, the data directory and the owner code.

    `choose_passphrase` is called where the key is a passphrase, after the settings have been checked. `clock` returns
    the time in UTC. Raises `ConfigError`, `MasterKeyError`, OSError, and what `choose_passphrase` raises; then nothing
    has changed.
    """
    with ExitStack() as undo:
        _create_folder(answers.config.parent, undo)
        undo.callback(config_template.draft_path(answers.config).unlink, missing_ok=True)
        config_template.write(answers)
        settings = config_template.read(answers)
        source = _create_source(answers, choose_passphrase, undo)
        _prepare_data(settings.storage.directory, undo)
        hosts, now = tuple(dict.fromkeys(map(one_line, answers.hosts or ()))), clock()
        code = asyncio.run(provision.create(settings, source, hosts, now))
        config_template.draft_path(answers.config).rename(answers.config)
        undo.pop_all()
    return NewNetwork(settings, source.path if isinstance(source, KeyFileSource) else None, hosts, code, now + LIFETIME)


def _create_source(answers: InitAnswers, choose_passphrase: Callable[[], str], undo: ExitStack) -> Source:
    if answers.settings[KEY] == "passphrase":
        return PassphraseSource(choose_passphrase())
    path = Path(answers.settings[KEY_FILE])
    _create_folder(path.parent, undo)
    private_files.create_key_file(path)
    undo.callback(path.unlink)
    return KeyFileSource(path)


def _prepare_data(directory: Path, undo: ExitStack) -> None:
    _create_folder(directory, undo)
    directory.chmod(0o700)
    undo.callback(_remove_data, directory)


def _remove_data(directory: Path) -> None:
    for name in config_template.DATA_FILES:
        for path in directory.glob(name + "*"):  # including -wal and -shm
            path.unlink()


def _create_folder(folder: Path, undo: ExitStack) -> None:
    """Creates a folder and its missing parents, for this account alone."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700)
        undo.callback(_remove_if_empty, path)


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # another process has put something there meanwhile
        folder.rmdir()
