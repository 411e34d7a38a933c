"""The network that all inputs of a module share, and what is stored in it."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from bot.demo.stage import Stage
from bot.demo.steps import Actor
from storage.records.people.member import Member
from tests.support.stored_rows import stored_member

TOPIC = "Detention and protection"
# All tests of a module share one network and so its event loop: creating a network takes longer than a test.
on_one_network = pytest.mark.asyncio(loop_scope="module")


class Network(NamedTuple):
    """Nour coordinates; Salma is a member."""

    stage: Stage
    nour: Actor
    salma: Actor


async def profile_of(stage: Stage, actor: Actor) -> Member:
    """The stored member without the due time of the next digest, which the bot sets by itself."""
    her = await stored_member(stage, actor)
    assert her is not None
    return replace(her, digest=replace(her.digest, due_at=None))
