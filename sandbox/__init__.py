"""A Telegram of our own on 127.0.0.1, for the demonstration and for tests.

It speaks the Bot API over HTTP as strictly as Telegram does and in Telegram's wording, and it adds what
Telegram has no call for: people who talk to the bot, a clock that can be moved, and faults on demand.
It knows nothing about the bot that talks to it and imports neither `bot` nor `storage`.
"""
