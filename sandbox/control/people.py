"""People for tests and for seeding the demonstration: they talk to the bot as somebody with a phone would.

    async with People(sandbox.url) as people:
        amal = await people.join("Amal", language="ar")
        await amal.says("/start")
        await amal.sees("Welcome")
        await amal.presses("Continue")

They use the control API over HTTP and nothing else, and wait by its long polls. What a person does sets a
mark; `sees`, `hears` and `never_sees` look at what the bot did after it. Direction isolates (U+2066 to
U+2069) are dropped from both sides before anything is compared.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import aiohttp

from sandbox.control.client import ControlClient, Refused
from sandbox.control.tiny_picture import PNG
from sandbox.control.transcript import Message, plain, read_message, transcript

__all__ = ["Message", "People", "Person", "Refused"]

GRACE = 0.3  # seconds in which a button on something new is preferred to the same button on something old
T = TypeVar("T")


class People:
    """Everybody; holds the connection to the sandbox at `url`."""

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
    ) -> "Person":
        """Somebody new; their chat with the bot is empty."""
        account = {
            "first_name": first_name,
            "last_name": last_name,
            "username": username,
            "language_code": language,
            "about": about,
        }
        answer = await self._client.call("POST", "/people", json=account)
        return Person(self._client, answer["id"], first_name)

    def again(self, person: "Person") -> "Person":
        """Somebody of another sandbox whom the model here was copied with; they look on from the same mark."""
        again = Person(self._client, person.id, person.first_name)
        again._mark = person._mark
        return again


class Person:
    """One person with a phone, and the mark from which on they look."""

    def __init__(self, client: ControlClient, identity: int, first_name: str) -> None:
        self.id = identity
        self.first_name = first_name
        self._client = client
        self._mark = 0  # a revision

    def __repr__(self) -> str:
        return f"Person({self.first_name})"

    async def says(self, text: str) -> None:
        """Send a text."""
        self._mark = (await self._do("messages", json={"text": text}))["revision"]

    async def follows(self, link: str) -> None:
        """Open a deep link `https://t.me/<bot>?start=CODE` and press Start."""
        await self.says(f"/start {link.partition('?start=')[2]}".strip())

    async def sends_photo(self, data: bytes = PNG, caption: str = "") -> None:
        """Send a picture."""
        await self._send_file("photo", data, "picture.png", "image/png", caption)

    async def sends(
        self,
        what: Literal["document", "voice", "location", "contact", "sticker", "video"],
        **fields: Any,
    ) -> None:
        """Send something else. A document takes data, file_name, mime_type and caption; the others the fields
        of their object in the Bot API."""
        if what == "document":
            usual = {"data": b"a document", "file_name": "notes.txt", "mime_type": "text/plain", "caption": ""}
            fields = usual | fields
            await self._send_file(
                "document", fields["data"], fields["file_name"], fields["mime_type"], fields["caption"]
            )
            return
        self._mark = (await self._do("messages", json={"kind": what, **fields}))["revision"]

    async def edits(self, message_id: int, text: str) -> None:
        """Edit an own message."""
        answer = await self._do("edits", json={"message_id": message_id, "text": text})
        self._mark = answer["revision"]

    async def presses(self, label: str, *, within: float = 5.0) -> None:
        """Press the button of exactly that label, on the newest message that has one, as soon as there is one.

        One on a message that is new or changed since the mark is taken first; an older one after GRACE.
        """
        wanted, begun = plain(label), time.monotonic()

        def find(chat: dict[str, Any]) -> tuple[int, str] | None:
            old_ones_too = time.monotonic() - begun >= GRACE
            for message in reversed(chat["messages"]):
                if message["by_bot"] and (old_ones_too or message["revision"] > self._mark):
                    for button in (button for row in message["keyboard"] for button in row):
                        if plain(button["text"]) == wanted and "data" in button:
                            return message["id"], button["data"]
            return None

        while True:
            found = await self._until(find, min(GRACE, within))
            found = found or await self._until(find, within - (time.monotonic() - begun))
            if found is None:
                raise AssertionError(f"no button {label!r} within {within} s\n{await self._story()}")
            try:
                answer = await self._do("presses", json={"message_id": found[0], "data": found[1]})
            except Refused:
                if time.monotonic() - begun > within:
                    raise
                continue  # the bot took the button away in between
            self._mark = answer["revision"]
            return

    async def sees(self, *fragments: str, within: float = 5.0) -> Message:
        """Wait until one message of the bot, new or edited since the mark, holds all the fragments."""
        wanted = [plain(fragment) for fragment in fragments]

        def find(chat: dict[str, Any]) -> Message | None:
            for message in reversed(chat["messages"]):
                fresh = message["by_bot"] and message["revision"] > self._mark
                if fresh and all(fragment in plain(message["text"]) for fragment in wanted):
                    return read_message(message)
            return None

        found = await self._until(find, within)
        if found is None:
            asked = " and ".join(repr(fragment) for fragment in fragments)
            raise AssertionError(f"no new message with {asked} within {within} s\n{await self._story()}")
        return found

    async def never_sees(self, fragment: str, during: float = 0.5) -> None:
        """No live message of the bot since the mark holds this, for so many seconds."""
        wanted = plain(fragment)

        def find(chat: dict[str, Any]) -> bool | None:
            fresh = (m for m in chat["messages"] if m["by_bot"] and m["revision"] > self._mark)
            return any(wanted in plain(message["text"]) for message in fresh) or None

        if await self._until(find, during):
            raise AssertionError(f"a message with {fragment!r} is there\n{await self._story()}")

    async def hears(self, fragment: str, within: float = 5.0) -> str:
        """The words with which the bot answered a pressed button since the mark."""
        wanted = plain(fragment)

        def find(chat: dict[str, Any]) -> str | None:
            fresh = (toast["text"] for toast in chat["toasts"] if toast["revision"] > self._mark)
            return next((text for text in fresh if wanted in plain(text)), None)

        found = await self._until(find, within)
        if found is None:
            raise AssertionError(f"no notice with {fragment!r} within {within} s\n{await self._story()}")
        return found

    async def looks_up(self) -> None:
        """Set the mark to now: what is there already is not new any more."""
        self._mark = (await self._chat())["revision"]

    async def chat(self) -> list[Message]:
        """All live messages, oldest first."""
        return [read_message(message) for message in (await self._chat())["messages"]]

    async def last(self) -> Message:
        """The newest message of the bot."""
        mine = [message for message in await self.chat() if message.by_bot]
        if not mine:
            raise AssertionError(f"the bot has said nothing\n{await self._story()}")
        return mine[-1]

    async def menu(self) -> list[dict[str, str]]:
        """The command menu that this person's client shows: `command` and `description` of each."""
        found: list[dict[str, str]] = (await self._chat())["commands"]
        return found

    async def commands(self) -> list[str]:
        """The names in that menu."""
        return [command["command"] for command in await self.menu()]

    async def reads(self) -> None:
        """Look at the chat: nothing in it is unread any more."""
        await self._do("reads")

    async def presses_data(self, message_id: int, data: str) -> None:
        """Press a button of one message by what it carries, such as one of an old message."""
        self._mark = (await self._do("presses", json={"message_id": message_id, "data": data}))["revision"]

    async def blocks(self) -> None:
        """Block the bot."""
        await self._do("block", json={"blocked": True})

    async def unblocks(self) -> None:
        """Unblock the bot."""
        await self._do("block", json={"blocked": False})

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file in the chat."""
        return await self._client.download(file_id)

    async def _send_file(self, kind: str, data: bytes, name: str, mime_type: str, caption: str) -> None:
        form = aiohttp.FormData()
        form.add_field(kind, data, filename=name, content_type=mime_type)
        form.add_field("caption", caption)
        self._mark = (await self._do("messages", data=form))["revision"]

    async def _do(self, what: str, **request: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._client.call("POST", f"/people/{self.id}/{what}", **request)
        return answer

    async def _chat(self, after: int = -1, wait: float = 0.0) -> dict[str, Any]:
        query = {"after": str(after), "wait": f"{wait:.3f}"}
        answer: dict[str, Any] = await self._client.call("GET", f"/people/{self.id}/chat", params=query)
        return answer

    async def _until(self, find: Callable[[dict[str, Any]], T | None], seconds: float) -> T | None:
        """Look at the chat now and after each change, until something is found or the time is over."""
        deadline = time.monotonic() + seconds
        chat = await self._chat()
        while (found := find(chat)) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            chat = await self._chat(after=chat["revision"], wait=left)
        return found

    async def _story(self) -> str:
        return transcript(self.first_name, self._mark, await self._chat())
