"""The group `halqa keys`: the slots that open the network, recovery shares, and rotation of the master key."""

import typer

from bot.cli.keys.add import add
from bot.cli.keys.list_slots import list_slots
from bot.cli.keys.passphrase import passphrase
from bot.cli.keys.recover import recover
from bot.cli.keys.remove import remove
from bot.cli.keys.rotate import rotate
from bot.cli.keys.split import split

keys = typer.Typer(
    short_help="The ways to the master key: list, add, remove, passphrase, split, recover, rotate.",
    help="""The slot file holds several slots, and each opens the network: passphrases, key files, recovery shares.

    To change anything takes the key that the settings name. docs/keys.md tells it step by step.""",
    no_args_is_help=True,
)
# In the order of the help.
keys.command("list", short_help="What opens the network.")(list_slots)
keys.command(short_help="A further passphrase, or a key file.")(add)
keys.command(short_help="Take a slot away.")(remove)
keys.command(short_help="Give a slot a new passphrase.")(passphrase)
keys.command(short_help="Print shares of a recovery key.")(split)
keys.command(short_help="Open the network with shares, and set a new passphrase or key file.")(recover)
keys.command(short_help="Renew the master key, and with it every other key but the members' own.")(rotate)
