"""`/freeze`: two who look after an account freeze it, and a coordinator and a buddy thaw it.

Frozen, nothing goes out to the account any more and what waits is cancelled, its open screens leave the chat, its
invitations are over, and whoever holds it sees a member's bot in which nothing happens (bot/messaging/decoys.py).
"""

from collections.abc import Iterable

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.people import host_seen_by
from bot.conversation.request import AboutPerson, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, Menu, Screen
from bot.features.safety import account_screens as screens
from bot.features.safety import accounts, rules
from bot.features.safety.accounts import Account
from bot.language.normalize import fold
from bot.language.texts import Html
from storage.records import audit, outbox
from storage.records.people import members, preferences
from storage.records.people.member import Member, Role
from storage.records.safety import buddies, freezes, outbox_clearing
from storage.records.safety.freezes import Wants

KIND, THAWED = "freeze", "thawed"  # kinds of delivery: to who may act, and to the member whose account was thawed
MOST_FOUND = 8


async def show(request: Request) -> Screen:
    """`/freeze`: accounts that one looks after, or is asked about. `/freeze <name>`: for coordinators, any they see."""
    me, coordinates = request.me, Access.COORDINATOR.allows(request.member)
    searched = coordinates and bool(request.text.strip())
    if searched:
        wanted = fold(request.text.strip())
        await audit.record(request.tx, "members-listed", me.id, None, request.now)
        everyone = await members.everyone(request.tx, host_seen_by(me))
        found = [person for person in everyone if person.id != me.id and wanted in fold(person.name or "")]
    else:
        found = await _mine(request)
    return screens.accounts(request, found[:MOST_FOUND], searched=searched, coordinates=coordinates)


async def _mine(request: Request) -> list[Member]:
    """Those whom the reader looks after, those somebody asked about, and those whom they know to be frozen."""
    looked_after = [each.member_id for each in await buddies.looked_after_by(request.tx, request.me.id, request.now)]
    others = [
        *await freezes.asked(request.tx, request.now),
        *(each.member_id for each in await freezes.everything(request.tx)),
    ]
    found = []
    for person_id in dict.fromkeys([*looked_after, *others]):
        person = await members.find_readable(request.tx, person_id)
        account = await accounts.load(request, person) if person else None
        if account and (person_id in looked_after or account.asked or (account.freeze and account.knows(request.me))):
            found.append(account.person)
    return found


async def open_account(request: Request) -> Screen:
    return screens.account(request, await accounts.find(request, request.button(screens.OpenAccount).member))


async def ask_freeze(request: Request) -> Screen:
    account = await accounts.find(request, request.button(screens.AskFreeze).member)
    return screens.ask_freeze(request, account.person)


async def vote_freeze(request: Request) -> Screen:
    """Counts the wish; freezes the account once there are two buddies, or one and a coordinator."""
    account = await accounts.find(request, request.button(screens.VoteFreeze).member)
    first = request.me.id not in account.voters(Wants.FREEZE)
    account = await _vote(request, account, Wants.FREEZE)
    name = account.person.name or ""
    if account.freeze is not None:
        return screens.said(request, request.texts("freeze-done", name=name))
    if rules.may_freeze(account.voters(Wants.FREEZE), account.buddies, account.coordinators):
        await _freeze(request, account)
        return screens.said(request, request.texts("freeze-done", name=name))
    if first:
        await audit.record(request.tx, "freeze-asked", request.me.id, account.person.id, request.now)
        await _tell(request, account, (*account.buddies, *account.coordinators))
    return screens.said(request, request.texts("freeze-noted", name=name))


async def _freeze(request: Request, account: Account) -> None:
    person = account.person
    if not await freezes.freeze(request.tx, person.id, request.now):
        return
    await outbox_clearing.cancel_waiting(request.tx, person.id, request.now)
    await outbox_clearing.close_screens(request.tx, person.id, request.now)
    await audit.record(request.tx, "frozen", request.me.id, person.id, request.now)
    owners = [each.id for each in await members.coordinators_of(request.tx, None)]
    await _tell(request, account, (*account.voters(Wants.FREEZE), *owners))


async def _vote(request: Request, account: Account, wants: Wants) -> Account:
    await freezes.vote(request.tx, account.person.id, request.me.id, wants, request.now)
    return await accounts.find(request, account.person.id)


async def withdraw(request: Request) -> Screen:
    """Takes back what the speaker wanted, as long as the account is not frozen."""
    account = await accounts.find(request, request.button(screens.Withdraw).member)
    if account.freeze is None:
        await freezes.withdraw(request.tx, account.person.id, request.me.id)
    return screens.account(request, await accounts.find(request, account.person.id), request.texts("saved"))


async def ask_thaw(request: Request) -> Screen:
    account = await accounts.find(request, request.button(screens.AskThaw).member)
    return screens.ask_thaw(request, account.person)


async def vote_thaw(request: Request) -> Screen:
    """Counts the wish; thaws the account once a coordinator and a buddy want it. Not frozen: the same answer."""
    account = await accounts.find(request, request.button(screens.VoteThaw).member)
    name, first = account.person.name or "", request.me.id not in account.voters(Wants.THAW)
    if account.freeze is None:
        return screens.said(request, request.texts("thaw-noted", name=name))
    account = await _vote(request, account, Wants.THAW)
    if rules.may_thaw(account.voters(Wants.THAW), account.buddies, account.coordinators):
        await _thaw(request, account)
        return screens.said(request, request.texts("thaw-done", name=name))
    if first:
        await audit.record(request.tx, "thaw-asked", request.me.id, account.person.id, request.now)
        await _tell(request, account, await _knowing(request, account))
    return screens.said(request, request.texts("thaw-noted", name=name))


async def _knowing(request: Request, account: Account) -> list[bytes]:
    owners = [each.id for each in await members.coordinators_of(request.tx, None)]
    return [*account.voters(Wants.FREEZE), *owners]


async def _thaw(request: Request, account: Account) -> None:
    person, now = account.person, request.now
    knowing = await _knowing(request, account)
    await freezes.thaw(request.tx, person.id)
    await audit.record(request.tx, "thawed", request.me.id, person.id, now)
    await outbox.put(request.tx, person.id, THAWED, due=now, now=now)
    await _tell(request, account, knowing)


async def _tell(request: Request, account: Account, readers: Iterable[bytes]) -> None:
    for reader in dict.fromkeys(readers):
        if reader not in (request.me.id, account.person.id):
            await outbox.put(request.tx, reader, KIND, about=account.person.id, due=request.now, now=request.now)


async def render(request: Request) -> Screen | None:
    """The knock; None where the reader may do nothing about the account any more."""
    person = await members.find_readable(request.tx, request.about)
    if person is None or await accounts.load(request, person) is None:
        return None
    label = request.texts.plain("button-open")
    return shared_screens.knock(request, open_with=Button(label, screens.OpenAccount(person.id)))


async def breaks_quiet(request: Request) -> bool:
    return request.me.preferences.urgent_in_quiet


async def read_thawed(request: Request) -> Screen:
    return screens.thawed(request)


async def render_thawed(request: Request) -> Screen | None:
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), screens.ReadThawed()))


async def go_on(request: Request) -> Screen:
    """The member answers that it is them: the pause ends."""
    if await preferences.set_paused(request.tx, request.me, False):
        await outbox.bring_forward(request.tx, request.me.id, request.now)
    me = await members.get(request.tx, request.me.id)
    return shared_screens.home(request.replace(member=me), request.texts("saved"), menu=Menu.OWN)


async def about_person(request: Request, person: Member) -> AboutPerson:
    """For owners, on the entry of a member."""
    if request.me.role is not Role.OWNER or not person.is_listed or person.id == request.me.id:
        return AboutPerson()
    found = await freezes.get(request.tx, person.id)
    when = request.texts.when(found.frozen_at, request.me.zone) if found else ""
    text = request.texts("account-frozen", when=when) if found else Html()
    return AboutPerson(text, buttons=(Button(request.texts.plain("button-account"), screens.OpenAccount(person.id)),))


ROUTES = [
    Route(Command("freeze"), Access.MEMBER, show),
    Route(screens.OpenAccount, Access.MEMBER, open_account),
    Route(screens.AskFreeze, Access.MEMBER, ask_freeze),
    Route(screens.VoteFreeze, Access.MEMBER, vote_freeze),
    Route(screens.Withdraw, Access.MEMBER, withdraw),
    Route(screens.AskThaw, Access.MEMBER, ask_thaw),
    Route(screens.VoteThaw, Access.MEMBER, vote_thaw),
    Route(screens.ReadThawed, Access.MEMBER, read_thawed),
    Route(screens.GoOn, Access.MEMBER, go_on),
]
DELIVERIES = {
    KIND: DeliveryKind(render, breaks_quiet=breaks_quiet),
    THAWED: DeliveryKind(render_thawed, pauses=False),
}
