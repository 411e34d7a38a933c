"""Steps of coordinators with members: the list, an entry, stopping somebody; and names as the chat shows them."""

from bot.conversation.people import badged
from bot.demo.steps import Actor
from storage.records.people.member import Role


def plain(text: str) -> str:
    """A text without the invisible marks of direction."""
    return text.translate(dict.fromkeys(range(0x2066, 0x206A)))


def coordinator(name: str) -> str:
    """The name of a coordinator or owner with the badge."""
    return badged(name, Role.COORDINATOR)


async def labels(actor: Actor) -> list[str]:
    """The labels of the buttons below the newest message, without marks of direction."""
    return [plain(label) for row in (await actor.person.last()).buttons for label in row]


async def listed(actor: Actor, typed: str = "") -> list[str]:
    """The labels below the list of members; `typed`: what stands behind the command."""
    await actor.person.looks_up()
    await actor.says(f"/members {typed}".strip())
    await actor.sees_words("")
    return await labels(actor)


async def open_entry(actor: Actor, name: str, role: str = "member") -> None:
    """Opens the entry of a member on the first page of the list."""
    await actor.says("/members")
    await actor.presses("member-line", name=name, role=role)
    await actor.sees_words(name)


async def suspend(actor: Actor, name: str) -> None:
    """By the typed command; `name` as it is shown."""
    await actor.says(f"/suspend {name}")
    await actor.sees("ask-suspend", name=name)
    await actor.presses("button-suspend-yes", name=name)
    await actor.sees("suspended-now", name=name)


async def ask_removal(actor: Actor, name: str, reason: str = "impostor") -> None:
    await actor.says(f"/remove {name}")
    await actor.sees("ask-removal-reason", name=name)
    await actor.presses("removal-reason", reason=reason)
    await actor.presses("button-ask-removal-yes", name=name)
    await actor.sees("removal-asked", name=name)
