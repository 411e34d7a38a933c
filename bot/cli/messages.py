"""Messages for the operator: after a network is made, and with a new owner code."""

import shlex
from datetime import datetime
from pathlib import Path

from bot.cli.options import DEFAULT_CONFIG
from bot.operations.new_network import NewNetwork


def new_network(network: NewNetwork, config: Path) -> str:
    """Returns the message of `halqa init`: the files, the key, the owner code, the next step."""
    storage, about = network.settings.storage, network.settings.network
    files = {config: "the settings with the token", storage.directory: "two encrypted databases and the slot file"}
    if network.key_file is not None:
        files[network.key_file] = "the key"
    widest = max(len(str(path)) for path in files)
    return f"""\
The network is made: {about.name}
  languages  {", ".join(about.languages)}
  hosts      {", ".join(network.hosts) or "none yet; the owner adds them in the chat, by /hosts"}

Only your account on this machine can open these:
{chr(10).join(f"  {path!s:<{widest}}  {what}" for path, what in files.items())}

{_about_the_key(network)}

{owner_code(network.owner_code, network.expires, "")}

Next:
  {command("doctor", config)}   checks everything
  {_start(network, config)}"""


def owner_code(code: str, expires: datetime, link: str, not_before: datetime | None = None) -> str:
    """Returns how to become an owner: by `link`, or where that is empty by a line to send.

    `expires` and `not_before`, until which it does not work, are in UTC.
    """
    if link:
        way, line = "Open this link in Telegram", link
    else:
        way, line = "Open the chat with your bot in Telegram and send it this line", f"/start {code}"
    if not_before is not None:
        return f"""\
This network has an owner. Start the bot now: every owner is told, and any of them can revoke this code.
If none does, it works 72 hours after they were told, which is not before
{not_before:%A %d %B, %H:%M} UTC. From then on, for 72 hours: {way[0].lower()}{way[1:]}, while the bot runs:

    {line}

Whoever does so becomes an owner too, so show it to nobody else. It works once, and is not shown again."""
    return f"""\
{way}, while the bot runs:

    {line}

Whoever does so becomes the owner of the network, so show it to nobody else. It works once, until
{expires:%A %d %B, %H:%M} UTC (72 hours), and is not shown again: `halqa owner-code` makes a new one."""


def command(name: str, config: Path) -> str:
    """Returns the command line for these settings."""
    where = "" if config == DEFAULT_CONFIG.absolute() else f" --config {shlex.quote(str(config))}"
    return f"halqa {name}{where}"


def _start(network: NewNetwork, config: Path) -> str:
    if network.settings.storage.key == "credential":
        return "start the bot as a service of systemd, which alone can hand the key over: docs/operating.md"
    return f"{command('run', config)}      starts the bot"


def _about_the_key(network: NewNetwork) -> str:
    match network.settings.storage.key:
        case "passphrase":
            return """\
Keep the passphrase on paper, in a safe place. It is asked for at every start, and once nobody knows it,
nothing that was kept can be read again."""
        case "credential":
            file = shlex.quote(str(network.key_file))
            return f"""\
Copy the key to a safe place that is not this machine, hand it over to systemd, and remove it here:
  sudo mkdir -p /etc/credstore.encrypted
  sudo systemd-creds encrypt --name=halqa {file} /etc/credstore.encrypted/halqa
  shred -u {file}"""
        case _:
            return """\
Copy the key to a safe place that is not this machine: without it nothing can be read again. It protects you
when a copy or a backup of the data directory is stolen. On the same disk as the data it does not protect you
when the disk is stolen; on a stick or another volume it does (storage.key_file says where it is)."""
