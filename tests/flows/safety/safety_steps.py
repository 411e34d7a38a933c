"""What buddies, coordinators and a seized account do, step by step."""

import re
from datetime import timedelta

from bot.demo.steps import Actor
from storage.records.people import members
from storage.records.people.member import Member
from tests.support.cast import Cast


async def row(cast: Cast, actor: Actor) -> Member:
    async with cast.stage.halqa.store.transaction() as tx:
        found = await members.find(tx, actor.person.id)
    assert found is not None
    return found


async def link(actor: Actor) -> str:
    """A member makes a link for a buddy; what it sends."""
    await actor.says("/buddies")
    await actor.presses("button-name-buddy")
    text = await actor.sees_words("https://t.me/")
    found = re.search(r"start=([\w-]+)", text)
    assert found is not None
    return found[1]


async def become_buddies(member: Actor, name: str, *others: Actor) -> None:
    """Others become buddies of a member, who is told."""
    for other in others:
        code = await link(member)
        await other.says(f"/start {code}")
        await other.sees("ask-be-buddy", name=name)
        await other.presses("button-be-buddy", name=name)
        await other.sees("buddy-agreed", name=name)


async def opens_account(actor: Actor, name: str, *, search: bool = False) -> None:
    await actor.says(f"/freeze {name}" if search else "/freeze")
    await actor.presses("freeze-line", name=name)
    await actor.sees("account", name=name)


async def freezes(actor: Actor, name: str, *, search: bool = False, done: bool) -> None:
    """Asks to freeze an account; `done`: whether it is frozen by that."""
    await opens_account(actor, name, search=search)
    await actor.presses("button-freeze")
    await actor.presses("button-freeze-yes", name=name)
    await actor.sees("freeze-done" if done else "freeze-noted", name=name)


async def thaws(actor: Actor, name: str, *, search: bool = False, done: bool) -> None:
    await opens_account(actor, name, search=search)
    await actor.presses("button-thaw")
    await actor.presses("button-thaw-yes", name=name)
    await actor.sees("thaw-done" if done else "thaw-noted", name=name)


HOUR = timedelta(hours=1)
