"""`halqa init`: from what the operator says to a network on disk, whole or not at all.

The settings get their name last, so that where they are, everything else is. Whatever was made before a mistake or an
interruption is taken away again; whatever was there before is never touched.
"""

import asyncio
import contextlib
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import prompts
from bot.cli.prompts import DIRECTORY, HOSTS, KEY, KEY_FILE, LANGUAGES, NAME, TOKEN, InitAnswers
from bot.language.normalize import one_line
from bot.operations import config_template, provision, unlock
from bot.operations.config import ConfigError, Settings
from bot.operations.failures import CONFIGURATION, TYPED_WRONGLY, Declined
from storage.crypto import master_key
from storage.crypto.master_key import KeyFileSource, PassphraseSource, Source
from storage.records.people.invites import LIFETIME

TOKEN_VARIABLE, TOKEN_FILE_VARIABLE = "HALQA_TELEGRAM__TOKEN", "HALQA_TELEGRAM__TOKEN_FILE"


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network that was not there before."""

    settings: Settings
    key_file: Path | None
    hosts: tuple[str, ...]
    owner_code: str = field(repr=False)
    expires: datetime


def said(config: Path, options: dict[str, str | None], hosts: list[str], token_file: Path | None) -> InitAnswers:
    """What the options and the environment say. Raises `Declined` where the token cannot be read, or comes twice."""
    settings = {key: value for key, value in options.items() if value}
    for place in (DIRECTORY, KEY_FILE):
        if place in settings:
            settings[place] = str(Path(settings[place]).expanduser().absolute())
    sources = [name for name in (TOKEN_VARIABLE, TOKEN_FILE_VARIABLE) if os.environ.get(name)]
    sources += ["--token-file"] if token_file else []
    if len(sources) > 1:
        raise Declined(CONFIGURATION, f"telegram.token is given by {' and by '.join(sources)}; take one of them out.")
    if token_file:
        settings[TOKEN] = _read_token(token_file)
    elif sources:
        # A file that the environment names stays the place of the token: nobody wants a second copy of it.
        settings[TOKEN] = os.environ.get(TOKEN_VARIABLE, "").strip()
    return InitAnswers(config, settings, tuple(hosts) or None)


def _read_token(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else "it is not UTF-8 text"
        raise Declined(CONFIGURATION, f"telegram.token cannot be read from {path}: {why}.") from None


def make(given: InitAnswers, *, may_ask: bool, passphrase_file: Path | None) -> NewNetwork:
    """Asks for what is missing, checks everything, and makes the network.

    Raises `Declined`, `ConfigError`, `NoPassphrase` and `MasterKeyError`; then nothing has changed.
    """
    # What the environment said is in `given` by now, and an option beats it.
    for key in (TOKEN, NAME, LANGUAGES, KEY, DIRECTORY, KEY_FILE):
        os.environ.pop("HALQA_" + key.replace(".", "__").upper(), None)
    if not may_ask and (options := prompts.missing(given, passphrase_file)):
        raise Declined(TYPED_WRONGLY, f"Nobody can be asked here, so please say it by option: {', '.join(options)}.")
    if may_ask:
        print("This makes a new network. Nothing is sent anywhere, and until the end Ctrl-C leaves nothing behind.")
    known = given
    while True:
        complete = prompts.ask(known) if may_ask else prompts.fill_in(known)
        try:
            return _make(complete, passphrase_file)
        except ConfigError as error:
            wrong = {mistake.key for mistake in error.mistakes}
            if not may_ask or not wrong <= _answered(given, complete):
                raise
            print(f"\nThat is not quite right yet:\n{error}")
            right = {key: value for key, value in complete.settings.items() if key not in wrong}
            known = InitAnswers(given.config, right, None if HOSTS in wrong else complete.hosts)


def _answered(given: InitAnswers, complete: InitAnswers) -> set[str]:
    """The keys that were asked for, and so may be asked for again."""
    return {*(complete.settings.keys() - given.settings.keys()), *({HOSTS} if given.hosts is None else ())}


def _make(complete: InitAnswers, passphrase_file: Path | None) -> NewNetwork:
    with ExitStack() as undo:
        _make_folder(complete.config.parent, undo)
        undo.callback(config_template.path_of(complete.config).unlink, missing_ok=True)
        config_template.write(complete)
        settings = config_template.read(complete)
        source = _source(complete, passphrase_file, undo)
        _prepare_data(settings.storage.directory, undo)
        hosts, now = tuple(dict.fromkeys(map(one_line, complete.hosts or ()))), datetime.now(UTC)
        code = asyncio.run(provision.found(settings, source, hosts, now))
        config_template.path_of(complete.config).rename(complete.config)
        undo.pop_all()
    return NewNetwork(settings, source.path if isinstance(source, KeyFileSource) else None, hosts, code, now + LIFETIME)


def _source(complete: InitAnswers, passphrase_file: Path | None, undo: ExitStack) -> Source:
    if complete.settings[KEY] == "passphrase":
        return PassphraseSource(unlock.choose(passphrase_file))
    path = Path(complete.settings[KEY_FILE])
    _make_folder(path.parent, undo)
    master_key.create_key_file(path)
    undo.callback(path.unlink)
    return KeyFileSource(path)


def _prepare_data(directory: Path, undo: ExitStack) -> None:
    _make_folder(directory, undo)
    directory.chmod(0o700)
    undo.callback(_empty, directory)


def _empty(directory: Path) -> None:
    for name in config_template.DATA_FILES:
        for path in directory.glob(name + "*"):  # with the journals beside a database
            path.unlink()


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Makes a folder for oneself alone where there is none, with those above it."""
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(new):
        place.mkdir(mode=0o700)
        undo.callback(_remove_if_empty, place)


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else put something there meanwhile
        folder.rmdir()
