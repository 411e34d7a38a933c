"""What people do in a network, step by step, as by hand: by text and buttons in their own language."""

import asyncio
import re
from dataclasses import dataclass

from bot.conversation.people import badged
from bot.demo.stage import Stage
from bot.language.texts import Texts, texts_in
from sandbox.control.person import Person
from storage.records.people.member import Role

PATIENCE = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of the sandbox together with the language they chose, so that buttons are found by what they say."""

    person: Person
    texts: Texts

    async def says(self, text: str) -> None:
        await self.person.says(text)

    async def presses(self, message: str, **values: str | int) -> None:
        """Presses the button that says this message in their language."""
        await self.person.presses(self.texts.plain(message, **values), within=PATIENCE)

    async def presses_label(self, label: str) -> None:
        await self.person.presses(label, within=PATIENCE)

    async def sees(self, message: str, **values: str | int) -> str:
        """Waits for a message with the first words of this sentence; the text of the whole message."""
        whole = re.sub(r"<[^>]+>", "", self.texts(message, **values))
        seen = await self.person.sees(*[line.strip() for line in whole.splitlines() if line.strip()], within=PATIENCE)
        return seen.text

    async def loses(self, fragment: str) -> None:
        """Waits until no message in the chat holds these words any more."""
        async with asyncio.timeout(PATIENCE):
            while any(fragment in message.text for message in await self.person.chat()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def sees_words(self, *fragments: str) -> str:
        return (await self.person.sees(*fragments, within=PATIENCE)).text


async def enter(stage: Stage, person: Person, code: str, language: str) -> Actor:
    """Opens an invitation, chooses a language and agrees to the notice."""
    actor = Actor(person, texts_in(language))
    await actor.says(f"/start {code}")
    await actor.presses_label({"en": "English", "fr": "Français", "ar": "العربية"}[language])
    await actor.presses("button-agree")
    return actor


async def answer(actor: Actor, *, name: str, host: str | None, city: str, reason: str | None) -> None:
    """Answers the questions of the way in; `reason` None is for the first owner, who is not asked."""
    await actor.sees("ask-name")
    await actor.says(name)
    await actor.sees("ask-host")
    if host is None:
        await actor.presses("button-no-host")
    else:
        await actor.presses_label(host)
    await actor.sees("ask-zone")
    await actor.says(city)
    if reason is not None:
        await actor.sees("ask-reason")
        await actor.says(reason)
        await actor.presses("button-send-application")
        await actor.sees("application-waiting")


async def claim(stage: Stage, person: Person, language: str, *, name: str, host: str | None, city: str) -> Actor:
    """The first owner claims the network."""
    actor = await enter(stage, person, stage.owner_code, language)
    await answer(actor, name=name, host=host, city=city, reason=None)
    await actor.sees("owner-welcome", network=stage.halqa.network.name)
    return actor


async def invite(coordinator: Actor) -> str:
    """A coordinator makes an invitation; its code."""
    await coordinator.says("/invite")
    text = await coordinator.sees_words("https://t.me/")
    found = re.search(r"start=([\w-]+)", text)
    assert found is not None
    return found[1]


async def approve(coordinator: Actor, name: str) -> None:
    await coordinator.says("/applications")
    await coordinator.presses_label(name)
    await coordinator.presses("button-approve", name=name)
    await coordinator.presses("button-approve-yes", name=name)
    await coordinator.sees("approved", name=name)


async def join(
    stage: Stage,
    person: Person,
    language: str,
    *,
    invited_by: Actor,
    approved_by: Actor,
    name: str,
    host: str | None,
    city: str,
    reason: str,
) -> Actor:
    """Joins the network, from the invitation to the home screen."""
    actor = await enter(stage, person, await invite(invited_by), language)
    await answer(actor, name=name, host=host, city=city, reason=reason)
    await approve(approved_by, name)
    await actor.presses("button-open")
    await actor.sees("welcome", name=name, network=stage.halqa.network.name)
    return actor


async def appoint(owner: Actor, name: str, role: str) -> None:
    await owner.says("/roles")
    await owner.presses("member-line", name=name, role="member")
    await owner.presses("button-make-" + role)
    await owner.presses("button-role-yes", name=name)
    await owner.sees("role-set", name=badged(name, Role(role)), role=role)


async def open_topic(coordinator: Actor, title: str, purpose: str) -> None:
    await coordinator.says(f"/topic {title}")
    await coordinator.sees("ask-topic-purpose", title=title)
    if purpose:
        await coordinator.says(purpose)
    else:
        await coordinator.presses("button-no-purpose")
    await coordinator.sees("topic-opened", title=title)


BUTTONS = {"digest": "button-follow-digest", "at_once": "button-follow-at-once", "muted": "button-mute"}


async def follow(actor: Actor, title: str, mode: str = "digest") -> None:
    await actor.says(f"/topics {title}")
    await actor.presses(BUTTONS[mode])
    await actor.sees("topic-mode", mode=mode)


async def post(actor: Actor, title: str, text: str) -> None:
    await actor.says(f"/post {title}")
    await actor.sees("write-post", title=title)
    await actor.says(text)
    await actor.presses("button-send-post", title=title)
    await actor.sees("posted", title=title)
