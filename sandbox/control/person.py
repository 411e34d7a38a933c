"""A person who talks to the bot as somebody with a phone does, over the control API and nothing else.

What a person does sets a mark; `sees`, `hears` and `never_sees` look at what the bot did after it. They wait in seconds
of real time, and raise AssertionError with the whole chat where they wait in vain.
"""

import time
from typing import Any, Literal

import aiohttp

from sandbox.control.chat_observer import ChatObserver
from sandbox.control.client import ControlClient, Refused
from sandbox.control.tiny_picture import PNG
from sandbox.control.transcript import ShownMessage, read_message


class Person:
    """One person with a phone. `mark`: the revision of the chat after which something is new to them.

    `observer` reads their chat and holds the mark.
    """

    def __init__(self, client: ControlClient, identity: int, first_name: str, mark: int = 0) -> None:
        self.id = identity
        self.first_name = first_name
        self._client = client
        self.observer = ChatObserver(client, identity, first_name, mark)

    def __repr__(self) -> str:
        return f"Person({self.first_name})"

    async def says(self, text: str) -> None:
        """Send a text."""
        self.observer.mark = (await self._do("messages", json={"text": text}))["revision"]

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
        self.observer.mark = (await self._do("messages", json={"kind": what, **fields}))["revision"]

    async def edits(self, message_id: int, text: str) -> None:
        """Edit an own message."""
        answer = await self._do("edits", json={"message_id": message_id, "text": text})
        self.observer.mark = answer["revision"]

    async def presses(self, label: str, *, within: float = 5.0) -> None:
        """Press the button of exactly that label, on the newest message that has one, as soon as there is one.

        A button on a message that is new or changed is preferred for a moment (`chat_observer.GRACE`). Where the bot
        removes the button before it is pressed, it is looked for again.
        """
        begun = time.monotonic()
        while True:
            found = await self.observer.button(label, begun, within)
            if found is None:
                raise await self._failure(f"no button {label!r} within {within} s")
            try:
                answer = await self._do("presses", json={"message_id": found[0], "data": found[1]})
            except Refused:
                if time.monotonic() - begun > within:
                    raise
                continue
            self.observer.mark = answer["revision"]
            return

    async def presses_data(self, message_id: int, data: str) -> None:
        """Press a button of one message by what it carries, such as one of an old message."""
        self.observer.mark = (await self._do("presses", json={"message_id": message_id, "data": data}))["revision"]

    async def sees(self, *fragments: str, within: float = 5.0) -> ShownMessage:
        """Wait until one message of the bot that is new or changed contains all the fragments."""
        found = await self.observer.new_message(fragments, within)
        if found is None:
            asked = " and ".join(repr(fragment) for fragment in fragments)
            raise await self._failure(f"no new message with {asked} within {within} s")
        return found

    async def never_sees(self, fragment: str, during: float = 0.5) -> None:
        """Wait for `during` and make sure that no message of the bot that is new or changed contains the fragment."""
        if await self.observer.new_message([fragment], during):
            raise await self._failure(f"a message with {fragment!r} is there")

    async def hears(self, fragment: str, within: float = 5.0) -> str:
        """Wait for a text with the fragment that answers a pressed button, and return the whole text."""
        found = await self.observer.new_toast(fragment, within)
        if found is None:
            raise await self._failure(f"no notice with {fragment!r} within {within} s")
        return found

    async def looks_up(self) -> None:
        """Set the mark to the present revision: nothing in the chat is new any more."""
        self.observer.mark = (await self.observer.chat())["revision"]

    async def chat(self) -> list[ShownMessage]:
        """All live messages, oldest first."""
        return [read_message(message) for message in (await self.observer.chat())["messages"]]

    async def last(self) -> ShownMessage:
        """The newest message of the bot."""
        mine = [message for message in await self.chat() if message.by_bot]
        if not mine:
            raise await self._failure("the bot has said nothing")
        return mine[-1]

    async def menu(self) -> list[dict[str, str]]:
        """The command menu that this person's client shows: `command` and `description` of each."""
        found: list[dict[str, str]] = (await self.observer.chat())["commands"]
        return found

    async def commands(self) -> list[str]:
        """The names in that menu."""
        return [command["command"] for command in await self.menu()]

    async def reads(self) -> None:
        """Look at the chat: nothing in it is unread any more."""
        await self._do("reads")

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
        self.observer.mark = (await self._do("messages", data=form))["revision"]

    async def _do(self, what: str, **request: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._client.call("POST", f"/people/{self.id}/{what}", **request)
        return answer

    async def _failure(self, reason: str) -> AssertionError:
        return AssertionError(f"{reason}\n{await self.observer.transcript()}")
