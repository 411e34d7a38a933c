"""The row of a member, as it is stored at this moment."""

from bot.demo.stage import Stage
from bot.demo.steps import Actor
from storage.records.people import members
from storage.records.people.member import Member


async def stored_member(stage: Stage, actor: Actor) -> Member | None:
    """None for a person of whom nothing is stored."""
    async with stage.halqa.store.transaction() as tx:
        return await members.find(tx, actor.person.id)
