"""Everybody who talks to the bot of one sandbox, for tests and for seeding the demonstration.

async with People(sandbox.url) as people:
    amal = await people.join("Amal", language="ar")
    await amal.says("/start")
    await amal.sees("Welcome")
    await amal.presses("Continue")
"""

from types import TracebackType
from typing import Self

from sandbox.control.client import ControlClient
from sandbox.control.person import Person


class People:
    """The people of the sandbox at `url`. Holds the one connection that all of them use."""

    def __init__(self, url: str) -> None:
        self._client = ControlClient(url)

    async def __aenter__(self) -> Self:
        await self._client.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def join(
        self,
        first_name: str,
        *,
        language: str = "en",
        last_name: str | None = None,
        username: str | None = None,
        about: str = "",
    ) -> Person:
        """Add a person, whose chat with the bot is empty."""
        account = {
            "first_name": first_name,
            "last_name": last_name,
            "username": username,
            "language_code": language,
            "about": about,
        }
        answer = await self._client.call("POST", "/people", json=account)
        return Person(self._client, answer["id"], first_name)

    def again(self, person: Person) -> Person:
        """The same person in this sandbox, whose model is a copy of theirs; what is new to them stays the same."""
        return Person(self._client, person.id, person.first_name, mark=person.observer.mark)
