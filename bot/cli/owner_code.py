"""`halqa owner-code`: makes a new owner code and revokes the earlier ones."""

from bot.cli.options import DEFAULT_CONFIG, Config, PassphraseFile, load_settings


def owner_code(config: Config = DEFAULT_CONFIG, passphrase_file: PassphraseFile = None) -> None:
    """Make a new owner code; earlier ones end.

    Whoever sends it to the bot becomes an owner, so it is also the way back where no owner is left. Where there is an
    owner, all of them are told once the bot runs again, the code works 72 hours after that, and any of them can revoke
    it until then. The bot has to be stopped meanwhile.
    """
    import asyncio
    from datetime import UTC, datetime

    from bot.cli import messages
    from bot.operations import provision, unlock
    from bot.telegram import probe

    settings = load_settings(config)
    master = unlock.unlock(settings, passphrase_file)
    now = datetime.now(UTC)

    async def make() -> tuple[provision.OwnerCode, str]:
        made = await provision.new_owner_code(settings, master, now)
        return made, await probe.deep_link(settings.telegram, made.code)

    made, link = asyncio.run(make())
    print(messages.owner_code(made.code, made.expires, link, made.not_before))
