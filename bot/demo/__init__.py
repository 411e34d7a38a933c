"""The demo: the real bot against a Telegram of our own, with a fictional network that talks its way into being.

Only this package knows `sandbox`; whoever runs a real network never loads it.
"""
