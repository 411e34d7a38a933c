"""What is taken in of people without a row, and as what."""

from datetime import timedelta
from typing import Any

from bot.app import FEATURES
from bot.conversation.screen import RunCommand
from bot.features.onboarding.start_screens import ChooseLanguage
from bot.messaging import stranger_limits
from bot.messaging.stranger_limits import StrangerLimits
from bot.telegram import update_parser
from storage.engine.transaction import Transaction
from storage.records import inbox
from storage.records.inbox import Guest
from storage.records.people import invites
from storage.records.people.invites import Grants
from tests.storage.people import NOW, telegram_id

SALMA = telegram_id("Salma")


def limits() -> StrangerLimits:
    return StrangerLimits(FEATURES.routes, lambda update: update_parser.read(update, "halqa_bot"))


def typed(text: str) -> dict[str, Any]:
    length = len(text.partition(" ")[0])
    entities = [{"type": "bot_command", "offset": 0, "length": length}] if text.startswith("/") else []
    chat = {"id": SALMA, "type": "private"}
    return {"message": {"message_id": 1, "from": {"id": SALMA}, "chat": chat, "text": text, "entities": entities}}


def pressed(data: str) -> dict[str, Any]:
    return {"callback_query": {"id": "1", "from": {"id": SALMA}, "data": data}}


async def test_a_stranger_is_greeted_twice_an_hour_and_then_not_answered(tx: Transaction) -> None:
    guests = limits()
    found = [await guests.admit(tx, SALMA, typed("/start"), NOW + timedelta(minutes=n)) for n in range(4)]
    assert found == [Guest.STRANGER] * 2 + [Guest.REFUSED] * 2
    assert await guests.admit(tx, telegram_id("Nour"), typed("hello"), NOW) is Guest.STRANGER
    assert await guests.admit(tx, SALMA, typed("/start"), NOW + timedelta(hours=1)) is Guest.STRANGER


async def test_the_buttons_of_the_greeting_are_answered_for_a_while(tx: Transaction) -> None:
    guests, privacy = limits(), pressed(RunCommand("privacy").pack())
    found = [await guests.admit(tx, SALMA, privacy, NOW) for _ in range(12)]
    assert found == [Guest.STRANGER] * 10 + [Guest.REFUSED] * 2


async def test_whoever_holds_an_open_invitation_is_no_stranger_at_any_step_of_theirs(tx: Transaction) -> None:
    guests = limits()
    _, code = await invites.create(tx, Grants.APPLICATION, None, NOW)
    for _ in range(3):
        await guests.admit(tx, SALMA, typed("/start"), NOW)
    for update in (typed(f"/start {code}"), pressed(ChooseLanguage("en", code).pack())):
        assert await guests.admit(tx, SALMA, update, NOW) is Guest.INVITED
    later = NOW + invites.LIFETIME
    assert await guests.admit(tx, SALMA, typed(f"/start {code}"), later) is Guest.STRANGER


async def test_one_leaked_invitation_does_not_make_applicants_of_a_thousand_accounts(tx: Transaction) -> None:
    guests = limits()
    _, code = await invites.create(tx, Grants.APPLICATION, None, NOW)
    found = [await guests.admit(tx, 7000000000 + n, typed(f"/start {code}"), NOW) for n in range(1000)]
    assert found.count(Guest.INVITED) == stranger_limits.HOLDERS


async def test_one_invitation_does_not_carry_a_flood_of_one_account(tx: Transaction) -> None:
    guests = limits()
    _, code = await invites.create(tx, Grants.APPLICATION, None, NOW)
    found = [await guests.admit(tx, SALMA, typed(f"/start {code}"), NOW) for _ in range(1000)]
    assert found.count(Guest.INVITED) == stranger_limits.WITH_INVITATION
    assert found.count(Guest.STRANGER) == stranger_limits.GREETINGS


async def test_only_so_much_of_strangers_waits_and_what_asks_nothing_does_not(tx: Transaction) -> None:
    guests, stored = limits(), 0
    for number in range(1000):
        sender = 7000000000 + number
        guest = await guests.admit(tx, sender, typed("/start"), NOW)
        if guest is not Guest.REFUSED:
            stored += await inbox.add(tx, number, sender, {}, NOW)
    assert stored == await inbox.strangers(tx) == stranger_limits.WAITING
    assert await limits().admit(tx, SALMA, {"my_chat_member": {"from": {"id": SALMA}}}, NOW) is Guest.REFUSED


async def test_no_more_than_so_many_people_are_remembered(tx: Transaction) -> None:
    guests = limits()
    for number in range(stranger_limits.MOST_PEOPLE + 50):
        await guests.admit(tx, 7000000000 + number, typed("/start"), NOW)
    assert len(guests._counts) == stranger_limits.MOST_PEOPLE
