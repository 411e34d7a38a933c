"""Everybody presses every button that they find: each screen is one that Telegram accepts, and shows no markup as such.

Measure: kinds of buttons that were pressed, by people of three roles in three languages, and texts with markup: 0.
"""

from bot.demo import steps
from bot.demo.steps import Actor
from tests.support.announcement_steps import write_and_approve
from tests.support.cast import Cast
from tests.support.literal_markup import LiteralMarkup
from tests.support.stored_rows import count_rows

TOPIC = "Courts"
ENDINGS = {"forget", "lock", "remove", "setrole"}  # of a membership, a role, or the program: the last to be pressed
MOST_ALIKE = 3  # presses of buttons of one kind by one person


async def walk(actor: Actor, cast: Cast) -> set[str]:
    """Runs each command of the menu and presses what appears, as it appears; the kinds of buttons that were pressed."""
    ahead = [f"/{command}" for command in await actor.person.commands()]
    seen: dict[str, int] = {}
    while ahead:
        step = ahead.pop()
        if step.startswith("/"):
            await actor.says(step)
        else:
            await cast.stage.forge(actor.person, step)
        await cast.stage.settle()
        found = {data for message in await actor.person.chat() for data in message.data.values()}
        for data in sorted(found):
            code, field, *_ = [*data.split(":"), ""]
            kind = f"{code}:{field}" if code == "run" else code
            if code not in ENDINGS and data not in seen and seen.get(kind, 0) < MOST_ALIKE:
                seen[kind] = seen.get(kind, 0) + 1
                seen[data] = 1
                ahead.append(data)
    return {kind.partition(":")[0] for kind in seen}


async def test_no_screen_shows_markup_to_anybody(cast: Cast, literal_markup: LiteralMarkup) -> None:
    await steps.open_topic(cast.nour, TOPIC, "What helps & what does not < 5.")
    await steps.open_topic(cast.awa, "Visas", "")
    salma = await cast.salma()
    await cast.member("Fatou", "fr", "Dakar")
    await steps.post(cast.nour, TOPIC, "5 < 6 & 7 > 6")
    await write_and_approve(cast)
    pressed: set[str] = set()
    for actor in (salma, cast.nour, cast.awa, cast.olena):
        pressed |= await walk(actor, cast)
    assert len(pressed) >= 45
    assert literal_markup.read > 500
    assert await count_rows(cast.stage, "inbox", "state = 'failed'") == 0
