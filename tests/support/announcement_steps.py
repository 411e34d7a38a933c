"""Steps of coordinators with announcements, and queries of what was delivered."""

import base64
import re
from datetime import timedelta

from bot.demo.stage import Stage
from bot.demo.steps import Actor
from storage.records.announcements import announcement_fanout, announcements
from storage.records.announcements.announcements import Announcement
from storage.records.people import applications, members, preferences
from tests.support.cast import Cast

WORDS = "The hall in Beirut is booked for May."
DELAY = timedelta(minutes=10)


def words(actor: Actor, message: str, **values: str | int) -> str:
    """A sentence as the chat shows it, in this person's language. Without values: only what precedes the first one."""
    mark = "\ue001"
    known = values or dict.fromkeys(("name", "time", "network", "whom", "language"), mark)
    shown = actor.texts.plain(message, **known).split(mark)[0]
    return re.sub(r"<[^>]+>", "", shown).strip("\u2068\u200f ")


async def write(author: Actor, body: str = WORDS, whom: str = "") -> None:
    """Writes the first version of an announcement; `whom` names the audience, everybody by default."""
    await author.says(f"/announce {whom or author.texts.plain('announce-whom', kind='everybody', name='')}")
    await author.sees_words(words(author, "ask-announcement-words"))
    await author.says(body)
    await author.sees_words(body)


async def ask_approval(author: Actor) -> None:
    await author.presses("button-ask-approval")
    await author.sees("announcement-asked", elsewhere="yes")


async def approve(approver: Actor) -> None:
    await approver.presses("button-open")
    await approver.presses("button-approve-announcement")
    await approver.sees_words(words(approver, "announcement-as-of"))


async def write_and_approve(cast: Cast) -> int:
    """Nour's announcement to everybody, approved by Awa. Returns the id of Awa's progress message."""
    await write(cast.nour)
    await ask_approval(cast.nour)
    await approve(cast.awa)
    return (await cast.awa.person.last()).id


async def pass_delay(cast: Cast, after: timedelta = DELAY) -> None:
    await cast.stage.settle()
    await cast.stage.pass_time(after + timedelta(seconds=1))
    await cast.stage.settle()


async def only_announcement(stage: Stage) -> Announcement:
    async with stage.halqa.store.transaction() as tx:
        [found] = await announcements.recent(tx, stage.clock.now() - timedelta(days=30))
    return found


async def label_with_prefix(actor: Actor, beginning: str) -> str:
    """The first button of the last message whose label has this prefix."""
    rows = (await actor.person.last()).buttons
    return next(each for row in rows for each in row if each.startswith(beginning))


async def knocks(actor: Actor) -> int:
    return sum(message.text == actor.texts.plain("knock") for message in await actor.person.chat())


async def add_members(stage: Stage, count: int) -> list[int]:
    """Writes `count` active members straight into the tables. Returns their Telegram ids."""
    found = []
    async with stage.halqa.store.transaction() as tx:
        for number in range(count):
            person = stage.sandbox.telegram.add_person(f"Reader {number}")
            person.started = True
            member = await applications.agree(tx, person.id, "en", invited_by=None, now=stage.clock.now())
            await members.set_name(tx, member, f"Reader {number}")
            await preferences.set_zone(tx, member, "Africa/Cairo")
            await tx.execute("UPDATE members SET state = 'active', decided_at = 1 WHERE id = ?", member.id)
            found.append(person.id)
    return found


def message_counts(stage: Stage, people: list[int]) -> list[int]:
    """The number of messages in the chat of each person."""
    return [len(stage.sandbox.telegram.chats[person].messages) for person in people]


def encoded_id(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


async def allow_urgent(actor: Actor) -> None:
    await actor.says("/settings")
    await actor.presses("button-allow-urgent")
    await actor.sees("urgent-in-quiet", allowed="yes")


async def fanout_tally(stage: Stage) -> announcement_fanout.Tally:
    found = await only_announcement(stage)
    async with stage.halqa.store.transaction() as tx:
        return await announcement_fanout.tally(tx, found.id, stage.clock.now())
