"""People of the sandbox who do things without looking closely: what Telegram lost, they try again later.

They act on the sandbox's model itself, so that a hundred of them cost little, and find buttons by what these do.
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

PATIENCE = 1.5  # seconds in which somebody waits for an answer


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody with a phone."""

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
        """Presses the newest button that does one of these, once there is one; False where there is none."""
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
            await self.chat.changes.past(known, left)

    async def _press(self, message: Message, data: str) -> None:
        seen = self.telegram.changes.revision
        self.telegram.press(self.chat, message, data)
        await self._answer(seen)

    async def presses_data(self, data: str) -> None:
        """Presses the button of the newest message that has this one."""
        for message, found in self._buttons():
            if found == data:
                await self._press(message, found)
                return

    async def waits_for(self, kind: type[ButtonAction], seen: int) -> None:
        """Waits for a message with such a button that came after a revision, as long as people have patience."""
        until = time.monotonic() + 2 * PATIENCE
        while (left := until - time.monotonic()) > 0:
            for message in list(self.chat.live())[-3:]:
                if message.revision > seen and any(
                    button["callback_data"].partition(":")[0] == kind.code for button in _with_data(message)
                ):
                    return
            await self.chat.changes.past(self.chat.changes.revision, left)

    def _buttons(self) -> list[tuple[Message, str]]:
        """The newest message first, and on it from above."""
        recent = list(self.chat.live())[-12:]
        return [(message, button["callback_data"]) for message in reversed(recent) for button in _with_data(message)]

    async def _answer(self, seen: int) -> None:
        """Waits for something of the bot's, at most `PATIENCE`."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            recent = list(self.chat.messages.values())[-3:]
            if any(message.by_bot and message.revision > seen for message in recent):
                return
            await self.chat.changes.past(self.chat.changes.revision, left)

    async def reads(self, pattern: str, seen: int) -> str | None:
        """The first group of what matches in a message of the bot's that came after a revision; waits for it."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            known = self.chat.changes.revision
            for message in list(self.chat.live())[-6:]:
                found = re.search(pattern, message.text) if message.by_bot and message.revision > seen else None
                if found is not None:
                    return found[1]
            await self.chat.changes.past(known, left)
        return None


def _with_data(message: Message) -> list[Json]:
    return [button for row in message.keyboard for button in row if "callback_data" in button]


Act = Callable[[Hand, str], Awaitable[None]]


async def read_topic(hand: Hand, title: str) -> None:
    await hand.says(f"/topics {title}")
    await hand.presses(ReadLatest)
    if hand.chance.random() < 0.5:  # else it closes by itself
        await hand.presses(CloseScreen)


async def write_post(hand: Hand, title: str) -> None:
    await hand.says(f"/post {title}")
    await hand.says("What helped us last week. " * hand.chance.randrange(1, 60))
    await hand.presses(SendPost)
    if hand.chance.random() < 0.1:
        await hand.presses(TakeBack)


async def read_digest(hand: Hand, _: str) -> None:
    await hand.says("/digest")
    await hand.presses(ReadNow)
    if hand.chance.random() < 0.5:
        await hand.presses(CloseDigest)


async def open_what_came(hand: Hand, _: str) -> None:
    await hand.presses(OpenDigest, OpenPost, ReadAnnouncement, within=0)


async def change_settings(hand: Hand, title: str) -> None:
    await hand.says("/settings")
    match hand.chance.randrange(4):
        case 0:
            await hand.presses(AllowUrgent)
        case 1:
            await hand.presses(AskQuiet)
            await hand.presses(SetQuiet)
        case 2:
            await hand.says(f"/topics {title}")
            await hand.presses(Follow)
        case _:
            await hand.says(f"/digest daily {hand.chance.randrange(16, 18)}:{hand.chance.randrange(60):02}")


async def rest(hand: Hand, _: str) -> None:
    for _turn in range(2):
        await hand.says("/pause")
        await hand.presses(SetPaused)


async def export(hand: Hand, _: str) -> None:
    await hand.says("/mydata")
    await hand.presses(SendData)


async def talk(hand: Hand, _: str) -> None:
    """What the bot has no use for."""
    await hand.says("Thank you!")
    mine = [message for message in list(hand.chat.live())[-6:] if not message.by_bot and message.text]
    if mine:
        hand.telegram.rewrite(hand.chat, mine[-1], mine[-1].text + " Thanks.")
    await hand.sends("location", latitude=1.5, longitude=2.5)


async def leave_and_come_back(hand: Hand, _: str) -> None:
    hand.telegram.block(hand.chat, True)
    await asyncio.sleep(1.0)
    hand.telegram.block(hand.chat, False)
    await hand.says("/start")


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


async def look_after(hand: Hand, _: str) -> None:
    """What a coordinator looks at."""
    await hand.says(hand.chance.choice(["/members", "/applications", "/notes", "/sealing", "/announce"]))
    await hand.says("/audit")
    await hand.presses(VerifyAudit)
    await hand.says("/outbox")
    if await hand.presses(OpenUncertain, within=0):
        await hand.presses(SendAgain)


async def announce(author: Hand, approver: Hand, everybody: str) -> None:
    await author.says(f"/announce {everybody}")
    await author.says("The hall is booked for May.")
    seen = author.telegram.changes.revision
    await author.presses(AskApproval)
    await approver.waits_for(OpenAnnouncement, seen)
    await approver.presses(OpenAnnouncement)
    await approver.presses(ApproveAnnouncement)


async def come_and_go(coordinator: Hand, newcomer: Hand) -> None:
    """The whole way in, and out again, as far as Telegram lets them."""
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
