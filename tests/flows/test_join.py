"""The way in."""

from bot.demo import steps
from bot.demo.stage import Stage
from tests.cast import HOSTS, Cast


async def test_the_owner_claims_the_network_with_the_code(stage: Stage) -> None:
    olena = await steps.claim(
        stage, await stage.person("Olena"), "en", name="Olena", host="Lake Justice Forum", city="Kyiv"
    )
    await olena.says("/help")
    await olena.sees_words("/roles")


async def test_an_invited_person_is_approved_and_lands_at_home(cast: Cast) -> None:
    salma = await cast.salma("ar")
    await salma.says("/topics")
    await salma.sees("no-topics")
