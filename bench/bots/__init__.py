"""The bots that are measured, one module for each library. Only the modules of a bot import what it needs.

The echo bots answer a text with the same text and do nothing else. A durable one besides writes every update into an
SQLite file before it is confirmed to Telegram, and notes there that its answer was sent (journal.py).
"""

TOKEN = "123456789:" + "a" * 35
