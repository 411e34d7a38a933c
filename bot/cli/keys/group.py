"""`halqa keys`: the ways to the master key, shares for the day on which all of them are lost, and a new master key."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import HERE, Config, PassphraseFile, settings_in

if TYPE_CHECKING:
    from bot.operations.settings import Settings
    from storage.crypto.key_slots import Slot
    from storage.crypto.master_key import Source

keys = typer.Typer(
    short_help="The ways to the master key: list, add, remove, passphrase, split, recover, rotate.",
    help="""The slot file holds several slots, and each opens the network: passphrases, key files, recovery shares.

    To change anything takes the key that the settings name. docs/keys.md tells it step by step.""",
    no_args_is_help=True,
)
NewPassphraseFile = Annotated[
    Path | None,
    typer.Option("--new-passphrase-file", metavar="PATH", help="A private file to take the new passphrase from."),
]
NewKeyFile = Annotated[
    Path | None,
    typer.Option("--key-file", metavar="PATH", help="A key file instead of a passphrase; made where there is none."),
]


@keys.command("list", short_help="What opens the network.")
def show(config: Config = HERE, passphrase_file: PassphraseFile = None) -> None:
    """What opens the network: each slot by its id, its kind, the day it was made, and its label."""
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = settings_in(config)
    path = provision.slot_file(settings.storage)
    file = unlock.by_source(settings, passphrase_file, lambda source: key_slots.read(path, source))
    for slot in file.slots:
        print(_line(slot) + ("  (this one was used just now)" if slot.id == file.opened else ""))


@keys.command(short_help="A further passphrase, or a key file.")
def add(
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    label: Annotated[
        str, typer.Option(metavar="TEXT", help="Whose it is, or where; only who has a key reads it.")
    ] = "",
    key_file: NewKeyFile = None,
    new_passphrase_file: NewPassphraseFile = None,
) -> None:
    """Add a further passphrase, or a key file, that opens the network as well."""
    from bot.language.normalize import one_line
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = settings_in(config)
    path, words = provision.slot_file(settings.storage), one_line(label)

    def work(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            slot_id = file.add(_new_source(settings, key_file, new_passphrase_file), words, _today())
            file.save()
            return slot_id

    print(f"Added slot {unlock.by_source(settings, passphrase_file, work)}. What was there still opens the network.")


@keys.command(short_help="Take a slot away.")
def remove(
    slot: Annotated[str, typer.Argument(metavar="ID", help="As `halqa keys list` tells it.")],
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether it is meant.")] = False,
) -> None:
    """Take a slot away. The last one stays."""
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = settings_in(config)
    path = provision.slot_file(settings.storage)

    def work(source: "Source") -> "Slot":
        with key_slots.changing(path, source) as file:
            found = file.get(slot)
            file.remove(slot)
            if not yes:
                used = " It is the one that you used just now." if slot == file.opened else ""
                typer.confirm(f"{_line(found)}\nRemove this slot?{used}", abort=True)
            file.save()
            return found

    unlock.by_source(settings, passphrase_file, work)
    print(
        f"Slot {slot} is removed. Who has an older copy of the slot file can still use it there: destroy those copies."
    )


@keys.command(short_help="Give a slot a new passphrase.")
def passphrase(
    slot: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which slot; the one of the passphrase typed, if left out.")
    ] = None,
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
) -> None:
    """Give a slot a new passphrase. The old one opens it no more; everything else stays as it is."""
    from bot.operations import provision, unlock
    from bot.operations.failures import TYPED_WRONGLY, Declined
    from storage.crypto import key_slots
    from storage.crypto.master_key import PassphraseSource

    settings = settings_in(config)
    path = provision.slot_file(settings.storage)

    def work(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            changed = file.get(slot or file.opened)
            if changed.kind != PassphraseSource.kind:
                said = f"Slot {changed.id} is of the kind {changed.kind} and has no passphrase."
                raise Declined(TYPED_WRONGLY, said, "Name another one: halqa keys list tells them.")
            file.replace(changed.id, PassphraseSource(unlock.choose(new_passphrase_file)), _today())
            file.save()
            return changed.id

    print(f"The passphrase of slot {unlock.by_source(settings, passphrase_file, work)} is changed.")
    print("Whoever has the old one together with an older copy of the slot file can still open the data with them.")


@keys.command(short_help="Print shares of a recovery key.")
def split(
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    shares: Annotated[int, typer.Option(metavar="N", help="How many people get one.")] = 5,
    threshold: Annotated[int, typer.Option(metavar="N", help="How many of them it takes.")] = 3,
    label: Annotated[str, typer.Option(metavar="TEXT", help="Who holds them; only who has a key reads it.")] = "",
) -> None:
    """Make a recovery key, and print it as shares: a page of words for each of several people.

    A few of them together open the network when every passphrase and key file is lost; fewer tell nothing at all. The
    shares are shown this once and kept nowhere.
    """
    from bot.cli.keys import share_prompts
    from bot.language.normalize import one_line
    from bot.operations import provision, unlock
    from bot.operations.failures import TYPED_WRONGLY, Declined
    from storage.crypto import key_slots
    from storage.crypto import recovery_shares as sharing

    if not 2 <= threshold <= shares <= sharing.MOST_SHARES:
        said = f"It takes 2 to {sharing.MOST_SHARES} shares, and a threshold between 2 and their number."
        raise Declined(TYPED_WRONGLY, said)
    settings = settings_in(config)
    path = provision.slot_file(settings.storage)

    def work(source: "Source") -> int:
        with key_slots.changing(path, source) as file:
            before = sum(slot.kind == "recovery" for slot in file.slots)
            key, made = sharing.split(shares, threshold)
            slot_id = file.add(key, one_line(label) or f"{threshold} of {shares} shares", _today())
            share_prompts.show(share_prompts.pages(made, threshold, slot_id, _today()))
            file.save()  # after they were shown: until then an interruption leaves nothing behind
            return before

    if unlock.by_source(settings, passphrase_file, work):
        typer.echo("Shares made earlier still work. To end them: halqa keys list, halqa keys remove", err=True)


@keys.command(short_help="Open the network with shares, and set a new passphrase or key file.")
def recover(config: Config = HERE, key_file: NewKeyFile = None, new_passphrase_file: NewPassphraseFile = None) -> None:
    """Open the network with recovery shares, and set a new passphrase or key file.

    Asks for the shares one by one, as lines of words, and says what is wrong with one.
    """
    from bot.cli.keys import share_prompts
    from bot.operations import provision
    from storage.crypto import key_slots

    settings = settings_in(config)
    path = provision.slot_file(settings.storage)
    share_prompts.check(settings, key_file)
    file = share_prompts.opened(path, share_prompts.gather())
    print("\nThe shares open the network.")
    new = _new_source(settings, share_prompts.key_file(settings, key_file), new_passphrase_file)
    with key_slots.alone(path):
        file = key_slots.with_master(path, file.master)
        slot_id = file.add(new, "recovered", _today())
        file.save()
    print(f"Added slot {slot_id}. Slots whose passphrase or key file is lost are of no more use: halqa keys list,")
    print("halqa keys remove. The shares still work; if strangers have seen enough of them, remove their slot as well.")


@keys.command(short_help="Renew the master key, and with it every other key but the members' own.")
def rotate(
    config: Config = HERE,
    passphrase_file: PassphraseFile = None,
    without_backups: Annotated[
        bool,
        typer.Option(
            "--without-backups", help="Leave the backups of the settings under the old keys, unreachable or not."
        ),
    ] = False,
) -> None:
    """Renew the master key and all that derives from it; the bot has to be stopped.

    Every passphrase, key file and share stays as it is. Afterwards a copy of the slot file from before opens nothing
    here and nothing in backup.directory; it still opens copies elsewhere. Open invitations end, owner codes too. If it
    is interrupted, this command, or the next start, goes on with it.
    """
    import asyncio

    from bot.cli.keys.rotation_report import rotate as rotate_master_key
    from bot.operations import provision, unlock
    from storage.crypto import key_slots

    settings = settings_in(config)
    path = provision.slot_file(settings.storage)

    def work(source: "Source") -> str:
        with key_slots.changing(path, source) as file:
            return asyncio.run(
                rotate_master_key(file, settings.backup.directory, not without_backups, datetime.now(UTC))
            )

    print(unlock.by_source(settings, passphrase_file, work))


def _new_source(settings: "Settings", key_file: Path | None, passphrase_file: Path | None) -> "Source":
    """What a new slot is opened by: the key file, made where there is none, or else a new passphrase."""
    from bot.operations import unlock
    from bot.operations.failures import TYPED_WRONGLY, Declined
    from storage.crypto.master_key import KeyFileSource, PassphraseSource, create_key_file

    if key_file is None:
        return PassphraseSource(unlock.choose(passphrase_file))
    path = key_file.expanduser().absolute()
    if path.is_relative_to(settings.storage.directory):
        raise Declined(TYPED_WRONGLY, "A key file inside storage.directory would be taken together with the data.")
    if not path.exists():
        create_key_file(path)
        print(f"Made the key file {path}. Keep a copy of it away from this machine.")
    return KeyFileSource(path)


def _line(slot: "Slot") -> str:
    made = slot.made.isoformat() if slot.made else "long ago"
    return f"{slot.id}  {slot.kind:<11} {made:<11} {slot.label}".rstrip()


def _today() -> date:
    return datetime.now(UTC).date()
