"""`halqa owner-code`: makes a new owner code and revokes the earlier ones."""

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings


def owner_code(config: Config = DEFAULT_CONFIG, passphrase_file: PassphraseFile = None) -> None:
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

    settings = load_settings(config)
    master = unlock.unlock(settings, passphrase_file)
    now = datetime.now(UTC)

    async def make() -> tuple[str, str]:
        code = await provision.new_owner_code(settings, master, now)
        return code, await probe.deep_link(settings.telegram, code)

    code, link = asyncio.run(make())
    print(messages.owner_code(code, now + LIFETIME, link))
