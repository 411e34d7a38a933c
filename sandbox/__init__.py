"""A Telegram of our own on the loopback interface, for the demonstration and for tests.

It answers the Bot API over HTTP as strictly as Telegram does and in Telegram's words. Besides, a control API
adds people who talk to the bot, a clock that can be moved, and faults on demand. It imports neither `bot` nor
`storage`.

`telegram/` is the model and imports neither of the other folders; `bot_api/` answers the bot; `control/` answers the
page and the drivers of tests; `page/` is the page; `server.py` puts them together.
"""
