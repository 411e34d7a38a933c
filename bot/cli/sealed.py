"""The group `halqa sealed`: makes a key pair on a coordinator's own computer, and opens notes sealed to it.

It needs no settings, no data directory and no network connection. The private key never leaves that computer.
"""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.crypto.envelope import PrivateKey
    from storage.crypto.private_key_file import PrivateKeyFile
    from storage.records.note_bundle import Note

sealed = typer.Typer(
    short_help="On your own computer: make a key for sealed notes, and open them.",
    help="""Sealed notes can be opened only with a private key that never touches the server.

    For coordinators and owners, on a computer of their own. docs/sealed-notes.md tells it step by step.""",
    no_args_is_help=True,
)
TRIES = 3
UNPROVEN = (
    "Who wrote this is not proven: whoever had the public keys can have written it, whoever controls the server\n"
    "among them. Before you act on it, ask a person."
)


@sealed.command(short_help="Make a key pair; the public key goes into the chat.")
def keygen(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the private key is made, such as my-key.")],
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Only where the disk itself is encrypted, or is never connected.")
    ] = False,
    new_passphrase_file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A private file to take the new passphrase from.")
    ] = None,
) -> None:
    """Make a key pair, on your own computer and not on the server.

    The private key goes into FILE, readable by you alone and protected by a passphrase. The public key is printed, and
    you paste it into the chat with the bot.
    """
    from bot.operations import unlock
    from storage.crypto import private_key_file
    from storage.crypto.master_key import MasterKeyError

    path = file.expanduser()
    if path.exists():
        raise MasterKeyError("exists", path)  # before a passphrase is chosen
    public = private_key_file.create(path, None if no_passphrase else unlock.choose(new_passphrase_file))
    print(
        f"\nThe private key is in {path}. Keep a copy of that file where only you find it: without it nobody can open"
    )
    print("what is sealed for you, and nobody can make another one.\n")
    print("Next: send /sealing to the bot, and paste this public key, all of it, as one message:\n")
    print(f"{public}\n")
    print(f"The bot then shows its fingerprint, which has to be: {public.fingerprint}")


@sealed.command(short_help="Show a public key again.")
def public(file: Annotated[Path, typer.Argument(metavar="FILE", help="The file with the private key.")]) -> None:
    """Show the public key of a private one again, and its fingerprint. It takes no passphrase."""
    key = _read(file.expanduser())
    print(key.public)
    print(f"Fingerprint: {key.public.fingerprint}", file=sys.stderr)


@sealed.command("open", short_help="Read sealed notes.")
def open_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that the bot sent you.")],
    key: Annotated[Path, typer.Option("--key", metavar="KEYFILE", help="The file with your private key.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A private file to take the passphrase from.")
    ] = None,
) -> None:
    """Read sealed notes, as far as they were sealed to this key.

    Ends with 1 where one of them could not be opened; the others are shown all the same.
    """
    envelopes = [(path, _envelopes(path)) for path in (file.expanduser() for file in files)]
    private = _opened(_read(key.expanduser()), key, passphrase_file)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # notes are in any script, whatever the locale
    shown = [_show(path, found, private) for path, found in envelopes]
    if any(opened for opened, _ in shown):
        print(UNPROVEN)
    raise typer.Exit(any(closed for _, closed in shown))


def _show(path: Path, envelopes: Sequence[bytes], key: "PrivateKey") -> tuple[int, int]:
    """Prints the notes that open, and for the others why they do not. Returns how many of each there are."""
    from storage.crypto.envelope import SealError
    from storage.records import note_bundle

    opened = 0
    for number, envelope in enumerate(envelopes, 1):
        try:
            print(_note_text(note_bundle.open_(envelope, key)), flush=True)
            opened += 1
        except SealError as error:
            print(f"{path}, note {number} of {len(envelopes)}: {_CLOSED[error.reason]}", file=sys.stderr)
    return opened, len(envelopes) - opened


def _note_text(note: "Note") -> str:
    """Returns a note for the terminal: without control characters, and each line of its text behind a margin."""
    from bot.language.normalize import one_line, tidy

    kinds = {"vetting": "a coordinator's note", "contact": "left by themselves for an emergency"}
    heading = f"About {one_line(note.about)}: {kinds[note.kind]}, {note.written_at:%Y-%m-%d %H:%M} UTC"
    return "\n".join([heading, *(f"  | {line}" for line in tidy(note.text).splitlines()), ""])


_CLOSED = {
    "not-for-this-key": "it was not sealed to this key. Perhaps to an earlier one of yours, or before you had one.",
    "damaged": "it is damaged, or was changed.",
    "newer": "it was sealed by a newer version of Halqa. Install that one.",
}
_FILES = {
    "no-notes": "{path} holds no sealed notes. The bot sends them as a file, by /notes.",
    "damaged": "{path} is damaged or incomplete. Save it from the chat again.",
    "newer": "{path} was made by a newer version of Halqa. Install that one.",
}
_KEYS = {
    "damaged": "{path} is no private key of `halqa sealed keygen`, or it is damaged. Look for your copy of it.",
    "newer": "{path} was made by a newer version of Halqa. Install that one.",
    "wrong-passphrase": "The passphrase is not the one that opens {path}, or the file was changed.",
}


def _envelopes(path: Path) -> list[bytes]:
    """Reads a file of sealed notes. Raises `Declined` where it is not one."""
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto.envelope import SealError
    from storage.records import note_bundle

    try:
        with path.open("rb") as file:
            return note_bundle.unpack(file.read(note_bundle.LARGEST_BYTES + 1))
    except SealError as error:
        raise Declined(REPAIR, _FILES[error.reason].format(path=path)) from None


def _read(path: Path) -> "PrivateKeyFile":
    """Reads a file with a private key, which stays encrypted. Raises `Declined`."""
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto.envelope import SealError
    from storage.crypto.private_key_file import PrivateKeyFile

    try:
        return PrivateKeyFile(path)
    except SealError as error:
        raise Declined(REPAIR, _KEYS[error.reason].format(path=path)) from None


def _opened(key: "PrivateKeyFile", path: Path, passphrase_file: Path | None) -> "PrivateKey":
    """Opens the private key. At a terminal a wrong passphrase may be typed again, `TRIES` times in all."""
    from bot.operations.failures import REPAIR, Declined
    from storage.crypto.envelope import SealError

    tries = TRIES if key.needs_passphrase and passphrase_file is None else 1
    while True:
        tries -= 1
        try:
            return key.open(_passphrase(passphrase_file) if key.needs_passphrase else None)
        except SealError as error:
            if error.reason != "wrong-passphrase" or not tries:
                raise Declined(REPAIR, _KEYS[error.reason].format(path=path)) from None
        print("This passphrase does not open the key. Please try again.", file=sys.stderr)


def _passphrase(file: Path | None) -> str:
    from bot.operations import unlock
    from bot.operations.failures import CONFIGURATION, Declined

    if file is not None:
        return unlock.from_file(file)
    if not unlock.at_terminal():
        raise Declined(CONFIGURATION, "Nobody is at a terminal to type the passphrase: --passphrase-file may name one.")
    return unlock.normalize(unlock.type_hidden("Passphrase of the private key: "))
