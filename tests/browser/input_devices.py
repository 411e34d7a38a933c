"""Two ways to use the page of the demo: with the mouse, and with the keyboard alone."""

from typing import Protocol

from playwright.async_api import Locator, Page

MOST_STEPS = 30  # presses of an arrow key after which a control counts as unreachable
# How many times Tab must be pressed to reach a control (negative: Shift+Tab), counting visible controls.
STOPS = """(control) => {
  const within = control.closest("dialog") || document;
  const all = [...within.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const here = document.activeElement;
  const stop = (node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility();
  const stops = all.filter((node) => node === here || stop(node));
  return stops.indexOf(control) - stops.indexOf(here);
}"""

TRIES = 5  # a message that arrives meanwhile moves all controls behind it


class InputDevice(Protocol):
    """Presses a control, goes to a person in the list, takes a choice of an open menu, writes into a field, sends it,
    picks from a select element."""

    def __init__(self, page: Page) -> None: ...
    async def press(self, control: Locator) -> None: ...
    async def go_to(self, person: Locator) -> None: ...
    async def take(self, choice: Locator) -> None: ...
    async def write(self, field: Locator, words: str) -> None: ...
    async def send(self) -> None: ...
    async def pick(self, select: Locator, label: str) -> None: ...


class Mouse:
    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, control: Locator) -> None:
        await control.click()

    async def go_to(self, person: Locator) -> None:
        await person.click()

    async def take(self, choice: Locator) -> None:
        await choice.click()

    async def write(self, field: Locator, words: str) -> None:
        await field.click(click_count=3)  # selects the content, so that it is overwritten
        await self._page.keyboard.type(words)

    async def send(self) -> None:
        await self._page.locator("#send").click()

    async def pick(self, select: Locator, label: str) -> None:
        await select.select_option(label=label)  # the system draws its list, which a script cannot click


class Keyboard:
    """Tab and Shift+Tab between controls, arrows within a list, Enter; no control is focused by script."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, control: Locator) -> None:
        await self._tab_to(control)
        await self._page.keyboard.press("Enter")

    async def go_to(self, person: Locator) -> None:
        await self._tab_to(self._page.locator("#people-list button[tabindex='0']"))
        await self._step_down_to(person, "node => node === document.activeElement")
        await self._page.keyboard.press("Enter")

    async def take(self, choice: Locator) -> None:
        await self._step_down_to(choice, "node => node.ariaSelected === 'true'")
        await self._page.keyboard.press("Enter")

    async def write(self, field: Locator, words: str) -> None:
        await self._tab_to(field)
        await self._page.keyboard.press("Control+A")
        await self._page.keyboard.type(words)

    async def send(self) -> None:
        await self._page.keyboard.press("Enter")

    async def pick(self, select: Locator, label: str) -> None:
        await self._tab_to(select)
        await self._step_down_to(select, f"node => node.selectedOptions[0].label === {label!r}")

    async def _step_down_to(self, control: Locator, there: str) -> None:
        await self._page.keyboard.press("Home")
        for _ in range(MOST_STEPS):
            if await control.evaluate(there):
                return
            await self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"{control} is not reached by the arrow keys")

    async def _tab_to(self, control: Locator) -> None:
        await control.wait_for()
        for _ in range(TRIES):
            stops = int(await control.evaluate(STOPS))
            for _ in range(abs(stops)):
                await self._page.keyboard.press("Tab" if stops > 0 else "Shift+Tab")
            if await control.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"{control} is not reached by Tab")
