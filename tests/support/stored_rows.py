"""What is stored in the databases of a stage at this moment."""

from bot.demo.stage import Stage
from bot.demo.steps import Actor
from storage.integrity import field_search
from storage.records.people import members
from storage.records.people.member import Member


async def stored_member(stage: Stage, actor: Actor) -> Member | None:
    """None for a person of whom nothing is stored."""
    async with stage.halqa.store.transaction() as tx:
        return await members.find(tx, actor.person.id)


async def count_rows(stage: Stage, table: str, where: str = "1 = 1") -> int:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetchval(f"SELECT count(*) FROM {table} WHERE {where}")


async def places_of(stage: Stage, text: str) -> list[str]:
    """The columns, as table.column, in which a text is found with all keys."""
    async with stage.halqa.store.transaction() as tx:
        return await field_search.places_of(tx, text)
