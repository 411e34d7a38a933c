"""Receiving by webhook: the web server, its limits, and whether Telegram still delivers to it."""
