"""`python -m bot` is `halqa`."""

from bot.cli import main

main()
