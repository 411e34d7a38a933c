"""Whose name looks like that of a coordinator or owner: told beside the name wherever one might be taken for the other.

The skeletons of the coordinators' names are kept in memory until one of them changes, so that a screen with names
decrypts none of theirs.
"""

from collections.abc import Hashable, Iterable

from bot.conversation.request import Request
from bot.language.confusables import skeleton
from storage.engine.transaction import Transaction
from storage.records.people import members
from storage.records.people.member import Member


class LookAlikes:
    """The names of coordinators and owners at one moment. `version` is equal for equal ones."""

    def __init__(self, coordinators: Iterable[Member], version: Hashable = None) -> None:
        self.version = version
        self._ids: dict[str, set[bytes]] = {}
        for each in coordinators:
            if each.name:
                self._ids.setdefault(skeleton(each.name), set()).add(each.id)

    def resembles(self, person: Member) -> bool:
        """Whether a person's name looks like that of another coordinator."""
        return self.names_another(person.id, person.name)

    def names_another(self, person_id: bytes, name: str | None) -> bool:
        return bool(self._ids.get(skeleton(name or ""), set()) - {person_id})


class LookAlikeCache:
    """The look-alikes of the present coordinators; a `TextCache`."""

    def __init__(self) -> None:
        self._found = LookAlikes(())

    def forget(self) -> None:
        self._found = LookAlikes(())

    async def now(self, tx: Transaction) -> LookAlikes:
        version = await members.coordinator_versions(tx)
        if self._found.version != version:
            self._found = LookAlikes(await members.all_coordinators(tx), version)
        return self._found


async def look_alikes(request: Request) -> LookAlikes:
    return await request.network.memory.of(LookAlikeCache).now(request.tx)
