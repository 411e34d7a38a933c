"""Salma, a member, and her two buddies, who are of her host and of none."""

import pytest

from bot.demo.steps import Actor
from tests.flows.safety.safety_steps import become_buddies
from tests.support.cast import Cast


@pytest.fixture
async def salma(cast: Cast) -> Actor:
    return await cast.salma()


@pytest.fixture
async def yara(cast: Cast, salma: Actor) -> Actor:
    yara = await cast.member("Yara", "en", "Cairo")
    await become_buddies(salma, "Salma", yara)
    return yara


@pytest.fixture
async def rania(cast: Cast, salma: Actor) -> Actor:
    rania = await cast.member("Rania", "en", "Cairo")
    await become_buddies(salma, "Salma", rania)
    return rania
