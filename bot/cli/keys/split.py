"""`halqa keys split`: makes a recovery key and prints its shares."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.keys.slots import today
from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings

if TYPE_CHECKING:
    from storage.crypto.key_sources import Source

Shares = Annotated[int, typer.Option(metavar="N", help="How many people get one.")]
Threshold = Annotated[int, typer.Option(metavar="N", help="How many of them it takes.")]
Label = Annotated[str, typer.Option(metavar="TEXT", help="Who holds them; only who has a key reads it.")]


def split(
    config: Config = DEFAULT_CONFIG,
    passphrase_file: PassphraseFile = None,
    shares: Shares = 5,
    threshold: Threshold = 3,
    label: Label = "",
) -> None:
    """Make a recovery key, and print it as shares: a page of words for each of several people.

    A few of them together open the network when every passphrase and key file is lost; fewer tell nothing at all. The
    shares are shown this once and kept nowhere.
    """
    from bot.cli.keys import share_pages
    from bot.language.normalize import one_line
    from bot.operations import provision, unlock
    from bot.operations.failures import USAGE, Declined
    from storage.crypto import key_slots, recovery_shares

    most = recovery_shares.MOST_SHARES
    if not 2 <= threshold <= shares <= most:
        raise Declined(USAGE, f"It takes 2 to {most} shares, and a threshold between 2 and their number.")
    settings = load_settings(config)
    path = provision.slot_file(settings.storage)

    def add_recovery_slot(source: "Source") -> int:
        with key_slots.changing(path, source) as file:
            earlier = sum(slot.kind == "recovery" for slot in file.slots)
            key, made = recovery_shares.split(shares, threshold)
            slot_id = file.add(key, one_line(label) or f"{threshold} of {shares} shares", today())
            share_pages.show(share_pages.pages(made, threshold, slot_id, today()))
            file.save()  # only after all shares are shown, so that an interruption leaves nothing behind
            return earlier

    if unlock.by_source(settings, passphrase_file, add_recovery_slot):
        typer.echo("Shares made earlier still work. To end them: halqa keys list, halqa keys remove", err=True)
