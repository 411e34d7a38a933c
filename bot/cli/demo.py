"""`halqa demo`: runs a network of fictional people on the sandbox."""

from typing import Annotated

import typer

Port = Annotated[int, typer.Option(metavar="N", help="Of the page, on this machine only; 0 takes a free one.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")]
Empty = Annotated[bool, typer.Option("--empty", help="Begin without people; you claim the network.")]


def demo(port: Port = 0, browser: Browser = True, empty: Empty = False) -> None:
    """Try a whole network on this machine, with made-up people and without Telegram."""
    from bot.demo import show

    show.main(port=port, browser=browser, seeded=not empty)
