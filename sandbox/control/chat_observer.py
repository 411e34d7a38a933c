"""Reads one person's chat over the control API, and waits until something in it is found.

What the person does sets a mark, a revision of the chat. What came or changed after the mark is new. Waiting uses the
long polls of the control API. Direction isolates (U+2066 to U+2069) are dropped before texts are compared.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sandbox.control.client import ControlClient
from sandbox.control.transcript import ShownMessage, plain, read_message, transcript

GRACE = 0.3  # seconds in which a button on a new message is preferred to the same button on an older one
Json = dict[str, Any]
T = TypeVar("T")


class ChatObserver:
    """One person's view of their chat. All times are in seconds."""

    def __init__(self, client: ControlClient, person_id: int, first_name: str, mark: int) -> None:
        self.mark = mark
        self._client = client
        self._person_id = person_id
        self._first_name = first_name

    async def chat(self, after: int = -1, wait: float = 0.0) -> Json:
        """The chat as the control API has it, as soon as its revision is greater than `after` or `wait` is over."""
        query = {"after": str(after), "wait": f"{wait:.3f}"}
        answer: Json = await self._client.call("GET", f"/people/{self._person_id}/chat", params=query)
        return answer

    async def until(self, find: Callable[[Json], T | None], seconds: float) -> T | None:
        """Call `find` with the chat, now and after each change, until it finds something; None after `seconds`."""
        deadline = time.monotonic() + seconds
        chat = await self.chat()
        while (found := find(chat)) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            chat = await self.chat(after=chat["revision"], wait=left)
        return found

    async def new_message(self, fragments: Iterable[str], seconds: float) -> ShownMessage | None:
        """The newest message of the bot, sent or edited after the mark, whose text contains all the fragments."""
        wanted = [plain(fragment) for fragment in fragments]

        def find(chat: Json) -> ShownMessage | None:
            for message in reversed(chat["messages"]):
                if self._is_new(message) and all(fragment in plain(message["text"]) for fragment in wanted):
                    return read_message(message)
            return None

        return await self.until(find, seconds)

    async def new_toast(self, fragment: str, seconds: float) -> str | None:
        """The first text after the mark with which the bot answered a pressed button and that contains the fragment."""
        wanted = plain(fragment)

        def find(chat: Json) -> str | None:
            fresh = (toast["text"] for toast in chat["toasts"] if toast["revision"] > self.mark)
            return next((text for text in fresh if wanted in plain(text)), None)

        return await self.until(find, seconds)

    async def button(self, label: str, begun: float, within: float) -> tuple[int, str] | None:
        """Message id and callback data of the button with exactly that label, on the newest message that has one.

        `begun`: when the person began to look for it (`time.monotonic`). Until GRACE after that only messages that are
        new count, afterwards older ones too; None once `within` is over.
        """
        wanted = plain(label)

        def find(chat: Json) -> tuple[int, str] | None:
            old_ones_too = time.monotonic() - begun >= GRACE
            for message in reversed(chat["messages"]):
                if self._is_new(message) or (message["by_bot"] and old_ones_too):
                    for button in (button for row in message["keyboard"] for button in row):
                        if plain(button["text"]) == wanted and "data" in button:
                            return message["id"], button["data"]
            return None

        found = await self.until(find, min(GRACE, within))
        return found or await self.until(find, within - (time.monotonic() - begun))

    async def transcript(self) -> str:
        """The whole chat as text, for the message of a failed assertion."""
        return transcript(self._first_name, self.mark, await self.chat())

    def _is_new(self, message: Json) -> bool:
        return bool(message["by_bot"] and message["revision"] > self.mark)
