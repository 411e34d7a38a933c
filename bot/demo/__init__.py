"""The demo: the real bot against a Telegram of our own, with a fictional network that is played at the start.

Only this package imports `sandbox`; a real network never loads it.
"""
