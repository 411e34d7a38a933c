"""What is kept: the encrypted store, its keys, and one module per noun with a frozen record and plain functions.

Nothing in here knows Telegram or a sentence of any language; `bot` asks, `storage` answers.
"""
