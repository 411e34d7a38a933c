"""`python -m bot` is `halqa`."""

from bot.cli.main import main

main()
