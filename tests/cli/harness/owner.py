"""The first owner, who claims the network in the chat."""

from bot.demo.steps import Actor, answer
from bot.language.texts import texts_in
from sandbox.control.people import People
from tests.cli.harness.shell import NAME


async def claim(people: People, code: str) -> Actor:
    """Olena claims the network with the code that the operator read to her."""
    olena = Actor(await people.join("Olena"), texts_in("en"))
    await olena.says(f"/start {code}")
    await olena.presses_label("English")
    await olena.presses("button-agree")
    await answer(olena, name="Olena", host="Cedar Law Collective", city="Kyiv", reason=None)
    await olena.sees("owner-welcome", network=NAME)
    return olena
