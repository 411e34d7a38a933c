"""A visitor of the demo's page, who acts and reads as any person of the network.

`bot.demo.steps` work with such a person as with any other. The state of a chat on the server tells what to wait for;
what is tested is that the page shows it, and that a control of the page does it.
"""

from typing import Any

from playwright.async_api import Locator, Page, expect

from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from sandbox.control.chat_observer import GRACE
from sandbox.control.client import ControlClient
from sandbox.control.person import Person
from sandbox.control.transcript import ShownMessage, plain, read_message
from tests.browser.input_devices import InputDevice

SAYS = """([id, fragments]) => {
  const message = document.querySelector(`[data-message-id="${id}"]`);
  const words = message ? message.textContent.replace(/[\\u2066-\\u2069]/g, "") : "";
  return fragments.every((fragment) => words.includes(fragment));
}"""


class Visitor:
    """Uses one page with one input device."""

    def __init__(self, page: Page, device: InputDevice, stage: Stage, client: ControlClient) -> None:
        self.page = page
        self.device = device
        self._stage = stage
        self._client = client
        self._current = ""  # the first name of the person they act as

    def plays(self, first_name: str, language: str) -> Actor:
        """This person, who has joined the sandbox before, acting through the page."""
        chats = self._stage.sandbox.telegram.chats.values()
        identity = next(chat.person.id for chat in chats if chat.person.first_name == first_name)
        return Actor(OnThePage(self, self._client, identity, first_name), texts_in(language))

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def newest(self, by: str) -> Locator:
        """The newest message on the page, `by` the "bot" or the "person"."""
        return self.at(f"#messages .from-{by}").last

    async def press(self, selector: str) -> None:
        await self.device.press(self.at(selector))

    async def write(self, selector: str, words: str) -> None:
        await self.device.write(self.at(selector), words)

    async def pick(self, selector: str, label: str) -> None:
        await self.device.pick(self.at(selector), label)

    async def choose(self, menu: str, words: str) -> None:
        await self.device.take(self.at(menu).get_by_role("option").filter(has_text=words))

    async def become(self, first_name: str) -> None:
        """Chooses this person in the list."""
        if self._current == first_name:
            return
        await self.device.go_to(self.at(f"[data-person='{first_name}']"))
        await expect(self.at("#chat-title")).to_contain_text(first_name)
        self._current = first_name


class OnThePage(Person):
    """One person whose actions go through the page."""

    def __init__(self, visitor: Visitor, client: ControlClient, identity: int, first_name: str) -> None:
        super().__init__(client, identity, first_name)
        self._visitor = visitor

    async def says(self, text: str) -> None:
        await self._visitor.become(self.first_name)
        await self.looks_up()
        await self._visitor.write("#compose", text)
        await self._visitor.device.send()

    async def presses(self, label: str, *, within: float = 5.0) -> None:
        await self._visitor.become(self.first_name)
        message = await self._with_button(plain(label), within)
        labels = [each for row in message.buttons for each in row]
        key = self.shown(message).locator("button.key").nth(labels.index(plain(label)))
        await self.looks_up()
        await self._visitor.device.press(key)

    async def sees(self, *fragments: str, within: float = 5.0) -> ShownMessage:
        await self._visitor.become(self.first_name)
        message = await super().sees(*fragments, within=within)
        await self._visitor.page.wait_for_function(SAYS, arg=[message.id, [plain(each) for each in fragments]])
        return message

    def shown(self, message: ShownMessage) -> Locator:
        """The message on the page."""
        return self._visitor.at(f"[data-message-id='{message.id}']")

    async def _with_button(self, label: str, within: float) -> ShownMessage:
        def newest(chat: dict[str, Any], after: int) -> ShownMessage | None:
            messages = map(read_message, reversed(chat["messages"]))
            return next((each for each in messages if each.revision > after and label in sum(each.buttons, ())), None)

        found = await self.observer.until(lambda chat: newest(chat, self.observer.mark), GRACE)
        found = found or await self.observer.until(lambda chat: newest(chat, 0), within)
        if found is None:
            raise AssertionError(f"no button {label!r} within {within} s\n{await self.observer.transcript()}")
        return found
