"""The notice of a new sealing key: to the owners, and to those whose notes are sealed to it from now on.

So nobody slips a key of their own in between unseen: whoever seals can compare the fingerprint with its holder by
another way than this chat.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Route
from bot.conversation.screen import Button, ButtonAction, Screen, column
from storage.records import outbox, sealed_notes
from storage.records.people import members
from storage.records.people.member import Member, Role

KIND = "sealing-key"


@dataclass(frozen=True, slots=True)
class OpenKeyNews(ButtonAction):
    code: ClassVar[str] = "keynews"
    member: bytes


async def tell(request: Request) -> None:
    """Tells whoever seals to the key that the speaker has just set."""
    tx, me, now = request.tx, request.me, request.now
    deciding = await (
        members.all_coordinators(tx) if me.role is Role.OWNER else members.coordinators_of(tx, me.host_id)
    )
    readers = {each.id: None for each in deciding} | dict.fromkeys(await sealed_notes.contact_authors(tx, me))
    for reader in readers:
        if reader != me.id:
            await outbox.put(tx, reader, KIND, about=me.id, due=now, now=now)


def _seals_to(reader: Member, holder: Member) -> bool:
    """Whether a note of the reader, or one of theirs for an emergency, may be sealed to the holder's key."""
    same_host = holder.host_id is not None and holder.host_id == reader.host_id
    if holder.role is Role.OWNER or reader.role is Role.OWNER:
        return holder.role is not Role.MEMBER
    return holder.role is Role.COORDINATOR and same_host


async def _holder(request: Request, member_id: bytes | None) -> Member | None:
    holder = await members.find_readable(request.tx, member_id)
    return holder if holder is not None and holder.is_in and _seals_to(request.me, holder) else None


async def open_news(request: Request) -> Screen:
    """The fingerprint as it is now. The same `Refusal` for a key that is gone, and for one that is not the reader's."""
    texts = request.texts
    holder = await _holder(request, request.button(OpenKeyNews).member)
    key = await sealed_notes.key_of(request.tx, holder) if holder else None
    if holder is None or key is None:
        raise Refusal(Screen(texts("key-news-over"), column(shared_screens.back(request))))
    said = texts("key-news", name=holder.name or "", fingerprint=key.public.fingerprint)
    return Screen(said, column(shared_screens.back(request)))


async def render(request: Request) -> Screen | None:
    holder = await _holder(request, request.about)
    if holder is None or await sealed_notes.key_of(request.tx, holder) is None:
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenKeyNews(holder.id)))


ROUTES = [Route(OpenKeyNews, Access.MEMBER, open_news)]
DELIVERIES = {KIND: DeliveryKind(render)}
