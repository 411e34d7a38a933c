"""Users of the sandbox who do random things: they ignore failures, and try again later.

They act on the sandbox's model directly, so that a hundred of them cost little, and find buttons by their action.
"""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.people import OpenApplication
from bot.conversation.reading_screens import CloseScreen, OpenPost
from bot.conversation.screen import ButtonAction
from bot.features.announcements.buttons import ApproveAnnouncement, AskApproval, OpenAnnouncement
from bot.features.announcements.read import ReadAnnouncement
from bot.features.coordination.audit import VerifyAudit
from bot.features.coordination.outbox import OpenUncertain, SendAgain
from bot.features.digests.screens import CloseDigest, OpenDigest, ReadNow
from bot.features.members.screens import AllowUrgent, AskQuiet, Forget, SendData, SetPaused, SetQuiet
from bot.features.onboarding.application_screens import Approve, AskApprove
from bot.features.onboarding.questionnaire_screens import ChooseHost, SendApplication
from bot.features.onboarding.start_screens import Agree, ChooseLanguage, ReadDecision
from bot.features.topics.buttons import Follow, ReadLatest, SendPost, TakeBack
from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Chat, Json, Message

PATIENCE = 1.5  # seconds that a user waits for an answer


@dataclass(frozen=True, slots=True)
class RandomUser:
    """One person and their chat."""

    telegram: Telegram
    chat: Chat
    chance: random.Random

    async def says(self, words: str) -> None:
        seen = self.telegram.changes.revision
        self.telegram.write(self.chat, words)
        await self._answer(seen)

    async def sends(self, kind: str, **fields: float) -> None:
        seen = self.telegram.changes.revision
        self.telegram.write(self.chat, "", kind=kind, extra=fields)
        await self._answer(seen)

    async def presses(self, *kinds: type[ButtonAction], within: float = PATIENCE) -> bool:
        """Waits for a button with one of these actions and presses the newest; False if there is none in time."""
        codes, until = {kind.code for kind in kinds}, time.monotonic() + within
        while True:
            known = self.chat.changes.revision
            for message, data in self._buttons():
                if data.partition(":")[0] in codes:
                    await self._press(message, data)
                    return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            await self.chat.changes.wait_past(known, left)

    async def _press(self, message: Message, data: str) -> None:
        seen = self.telegram.changes.revision
        self.telegram.press(self.chat, message, data)
        await self._answer(seen)

    async def presses_data(self, data: str) -> None:
        """Presses the newest button with this callback data, if there is one."""
        for message, found in self._buttons():
            if found == data:
                await self._press(message, found)
                return

    async def waits_for(self, kind: type[ButtonAction], seen: int) -> None:
        """Waits, at most twice `PATIENCE`, for a message with such a button that is newer than a revision."""
        until = time.monotonic() + 2 * PATIENCE
        while (left := until - time.monotonic()) > 0:
            for message in list(self.chat.live())[-3:]:
                if message.revision > seen and any(
                    button["callback_data"].partition(":")[0] == kind.code for button in _with_data(message)
                ):
                    return
            await self.chat.changes.wait_past(self.chat.changes.revision, left)

    def _buttons(self) -> list[tuple[Message, str]]:
        """The buttons of recent messages: the newest message first, its buttons from top to bottom."""
        recent = list(self.chat.live())[-12:]
        return [(message, button["callback_data"]) for message in reversed(recent) for button in _with_data(message)]

    async def _answer(self, seen: int) -> None:
        """Waits for a message of the bot, at most `PATIENCE`."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            recent = list(self.chat.messages.values())[-3:]
            if any(message.by_bot and message.revision > seen for message in recent):
                return
            await self.chat.changes.wait_past(self.chat.changes.revision, left)

    async def reads(self, pattern: str, seen: int) -> str | None:
        """Waits for a newer message of the bot that matches. Returns the first group, or None."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            known = self.chat.changes.revision
            for message in list(self.chat.live())[-6:]:
                found = re.search(pattern, message.text) if message.by_bot and message.revision > seen else None
                if found is not None:
                    return found[1]
            await self.chat.changes.wait_past(known, left)
        return None


def _with_data(message: Message) -> list[Json]:
    return [button for row in message.keyboard for button in row if "callback_data" in button]


Act = Callable[[RandomUser, str], Awaitable[None]]


async def read_topic(user: RandomUser, title: str) -> None:
    await user.says(f"/topics {title}")
    await user.presses(ReadLatest)
    if user.chance.random() < 0.5:  # otherwise it closes by itself
        await user.presses(CloseScreen)


async def write_post(user: RandomUser, title: str) -> None:
    await user.says(f"/post {title}")
    await user.says("What helped us last week. " * user.chance.randrange(1, 60))
    await user.presses(SendPost)
    if user.chance.random() < 0.1:
        await user.presses(TakeBack)


async def read_digest(user: RandomUser, _: str) -> None:
    await user.says("/digest")
    await user.presses(ReadNow)
    if user.chance.random() < 0.5:
        await user.presses(CloseDigest)


async def open_what_came(user: RandomUser, _: str) -> None:
    await user.presses(OpenDigest, OpenPost, ReadAnnouncement, within=0)


async def change_settings(user: RandomUser, title: str) -> None:
    await user.says("/settings")
    match user.chance.randrange(4):
        case 0:
            await user.presses(AllowUrgent)
        case 1:
            await user.presses(AskQuiet)
            await user.presses(SetQuiet)
        case 2:
            await user.says(f"/topics {title}")
            await user.presses(Follow)
        case _:
            await user.says(f"/digest daily {user.chance.randrange(16, 18)}:{user.chance.randrange(60):02}")


async def rest(user: RandomUser, _: str) -> None:
    for _turn in range(2):
        await user.says("/pause")
        await user.presses(SetPaused)


async def export(user: RandomUser, _: str) -> None:
    await user.says("/mydata")
    await user.presses(SendData)


async def talk(user: RandomUser, _: str) -> None:
    """Sends what the bot does not expect: thanks, an edit, a location."""
    await user.says("Thank you!")
    mine = [message for message in list(user.chat.live())[-6:] if not message.by_bot and message.text]
    if mine:
        user.telegram.rewrite(user.chat, mine[-1], mine[-1].text + " Thanks.")
    await user.sends("location", latitude=1.5, longitude=2.5)


async def leave_and_come_back(user: RandomUser, _: str) -> None:
    user.telegram.block(user.chat, True)
    await asyncio.sleep(1.0)
    user.telegram.block(user.chat, False)
    await user.says("/start")


ACTS: dict[Act, int] = {
    read_topic: 6,
    write_post: 4,
    read_digest: 6,
    open_what_came: 6,
    change_settings: 4,
    rest: 1,
    export: 1,
    talk: 3,
    leave_and_come_back: 1,
}


async def look_after(user: RandomUser, _: str) -> None:
    """Opens what coordinators open, and sends an uncertain message again."""
    await user.says(user.chance.choice(["/members", "/applications", "/notes", "/sealing", "/announce"]))
    await user.says("/audit")
    await user.presses(VerifyAudit)
    await user.says("/outbox")
    if await user.presses(OpenUncertain, within=0):
        await user.presses(SendAgain)


async def announce(author: RandomUser, approver: RandomUser, everybody: str) -> None:
    await author.says(f"/announce {everybody}")
    await author.says("The hall is booked for May.")
    seen = author.telegram.changes.revision
    await author.presses(AskApproval)
    await approver.waits_for(OpenAnnouncement, seen)
    await approver.presses(OpenAnnouncement)
    await approver.presses(ApproveAnnouncement)


async def come_and_go(coordinator: RandomUser, newcomer: RandomUser) -> None:
    """A newcomer joins and leaves, as far as the faults of Telegram permit."""
    seen = coordinator.telegram.changes.revision
    await coordinator.says("/invite")
    code = await coordinator.reads(r"start=([\w-]+)", seen)
    await newcomer.says(f"/start {code}")
    for press in (ChooseLanguage, Agree):
        if not await newcomer.presses(press):
            return
    await newcomer.says(f"Newcomer {newcomer.chat.person.id}")
    await newcomer.presses(ChooseHost)
    await newcomer.says("Cairo")
    await newcomer.says("I work with survivors.")
    await newcomer.presses(SendApplication)
    await coordinator.says("/applications")
    await coordinator.presses(OpenApplication)
    await coordinator.presses(AskApprove)
    seen = newcomer.telegram.changes.revision
    await coordinator.presses(Approve)
    await newcomer.waits_for(ReadDecision, seen)
    await newcomer.presses(ReadDecision)
    await newcomer.says("/forget")
    await newcomer.presses(Forget)
