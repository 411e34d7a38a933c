"""An account as one of those sees it who may freeze or thaw it: what they may know, and what they may do.

Only the owners and those who froze an account are told that it is frozen. Everybody else who may act sees the same
entry and gets the same answers as if it were not, so an account is told apart by nobody who merely looks.
"""

from dataclasses import dataclass

from bot.conversation import shared_screens
from bot.conversation.people import may_see
from bot.conversation.request import Refusal, Request
from bot.conversation.screen import Screen, column
from storage.records.people import members
from storage.records.people.member import Member, Role
from storage.records.safety import buddies, freezes
from storage.records.safety.freezes import Freeze, Vote, Wants


@dataclass(frozen=True, slots=True)
class Account:
    person: Member
    buddies: tuple[bytes, ...]  # who can freeze it as buddies
    coordinators: tuple[bytes, ...]  # who can as coordinators
    votes: tuple[Vote, ...]
    freeze: Freeze | None

    def voters(self, wants: Wants) -> list[bytes]:
        return [vote.voter_id for vote in self.votes if vote.wants is wants]

    def knows(self, reader: Member) -> bool:
        """Whether this reader is told if the account is frozen."""
        return reader.role is Role.OWNER or reader.id in self.voters(Wants.FREEZE)

    @property
    def asked(self) -> Vote | None:
        """The oldest wish to freeze it, while it is not."""
        found = [vote for vote in self.votes if vote.wants is Wants.FREEZE]
        return found[0] if found and self.freeze is None else None

    @property
    def panic(self) -> Vote | None:
        return next((vote for vote in self.votes if vote.wants is Wants.HELP), None)


async def load(request: Request, person: Member) -> Account | None:
    """None where the reader may do nothing about this account."""
    tx, me, now = request.tx, request.me, request.now
    chosen = tuple(await buddies.counting(tx, person.id, now))
    may = person.is_listed and person.id != me.id and (me.id in chosen or may_see(me, person))
    if not may:
        return None
    deciding = await members.coordinators_of(tx, person.host_id)
    return Account(
        person,
        chosen,
        tuple(each.id for each in deciding if each.id != person.id),
        tuple(await freezes.votes(tx, person.id, now)),
        await freezes.get(tx, person.id),
    )


async def find(request: Request, person_id: bytes | None) -> Account:
    """The same `Refusal` for an account that is not the reader's business, and for none."""
    person = await members.find_readable(request.tx, person_id)
    account = await load(request, person) if person is not None else None
    if account is None:
        texts = request.texts
        buttons = column(shared_screens.run(texts, "freeze"), shared_screens.back(request))
        raise Refusal(Screen(texts("no-account"), buttons))
    return account
