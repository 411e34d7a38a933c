"""Who is told of a new role: the owners, and those whose sealed notes that person may read from now on."""

from bot.conversation.request import Request
from storage.records import outbox, sealed_notes
from storage.records.people import members
from storage.records.people.member import Member, Role

KIND = "role-news"


async def tell(request: Request, person: Member, before: Role) -> None:
    """Tells everybody but the person and whoever asked for it; `person` has the new role, and had the one `before`."""
    tx, now, silent = request.tx, request.now, {person.id, request.me.id}
    everywhere = Role.OWNER in (person.role, before)
    deciding = await members.all_coordinators(tx) if everywhere else await members.coordinators_of(tx, person.host_id)
    for reader in deciding:
        if reader.id not in silent:
            await outbox.put(tx, reader.id, KIND, about=person.id, due=now, now=now)
    if person.role is not Role.MEMBER and await sealed_notes.key_of(tx, person) is not None:
        for author in await sealed_notes.contact_authors(tx, person):
            if author not in silent:
                await outbox.put(tx, author, "sealing-key", about=person.id, due=now, now=now)
