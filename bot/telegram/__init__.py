"""Everything that knows Telegram: updates become requests here, and screens become messages."""

import os

# Without it python-telegram-bot warns at each flood wait that its length will one day be a timedelta, not an int.
os.environ.setdefault("PTB_TIMEDELTA", "1")
