"""A member is removed: it takes two, the person is told and gets a receipt, and nothing of theirs is left."""

from datetime import timedelta

import pytest

from bot.conversation.screen import ButtonAction
from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.moderation.buttons import AskConfirmRemoval, ConfirmRemoval, OpenRemoval, RequestRemoval
from storage.records.people import removals
from storage.records.people.removals import RemovalReason
from tests.support.cast import Cast
from tests.support.member_steps import ask_removal, coordinator, suspend
from tests.support.stored_rows import count_rows, places_of, stored_member

TOPIC = "Detention and protection"
WORDS = "What Salma wrote in the hall."


@pytest.fixture
async def salma(cast: Cast) -> Actor:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, WORDS)
    return salma


async def request_id(cast: Cast) -> bytes:
    async with cast.stage.halqa.store.transaction() as tx:
        [found] = await removals.waiting(tx, cast.stage.clock.now())
    return found.id


async def presses_anew(cast: Cast, actor: Actor, action: ButtonAction) -> None:
    """Presses a button that no screen shows them, on a message that was just sent."""
    await actor.says("/help")
    await actor.sees_words("/help")
    await cast.stage.forge(actor.person, action.pack())


async def confirm(actor: Actor, name: str = "Salma") -> None:
    await actor.presses("button-open")
    await actor.presses("button-confirm-removal", name=name)
    await actor.sees("ask-confirm-removal", name=name)
    await actor.presses("button-remove-yes", name=name)


async def is_there(cast: Cast, actor: Actor) -> bool:
    found = await stored_member(cast.stage, actor)
    return found is not None and found.name is not None


async def test_two_remove_her_and_she_is_told_with_a_receipt_and_nothing_of_hers_is_left(
    cast: Cast, salma: Actor
) -> None:
    await ask_removal(cast.nour, "Salma")
    await confirm(cast.olena)
    await cast.olena.sees("removal-confirmed", name="Salma")
    assert not await places_of(cast.stage, WORDS)
    assert not await places_of(cast.stage, "Salma")
    await cast.stage.settle()
    await salma.sees("knock")
    await salma.presses("button-open")
    told = await salma.sees_words("Your membership has ended", "Receipt")
    assert "Posts: 1" in told.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert await stored_member(cast.stage, salma) is None
    assert await count_rows(cast.stage, "removal_receipts") == 0
    await salma.says("/topics")
    await salma.sees("unknown-command")
    await cast.nour.presses("button-open")
    await cast.nour.sees("audit")


async def test_who_never_reads_it_is_gone_after_a_week_all_the_same(cast: Cast, salma: Actor) -> None:
    await ask_removal(cast.nour, "Salma")
    await confirm(cast.olena)
    await cast.olena.sees("removal-confirmed", name="Salma")
    await cast.stage.pass_time(timedelta(days=7, minutes=20))
    await cast.stage.settle()
    assert await stored_member(cast.stage, salma) is None


async def test_a_screen_that_she_has_open_leaves_her_chat(cast: Cast, salma: Actor) -> None:
    await steps.post(cast.nour, TOPIC, "What others wrote.")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words("What others wrote.")
    await ask_removal(cast.nour, "Salma")
    await confirm(cast.olena)
    await cast.stage.settle()
    await salma.loses("What others wrote.")


async def test_nobody_confirms_what_they_asked_for_themselves(cast: Cast, salma: Actor) -> None:
    await ask_removal(cast.nour, "Salma")
    request = await request_id(cast)
    for action in (AskConfirmRemoval, ConfirmRemoval):
        await presses_anew(cast, cast.nour, action(request))
        await cast.nour.sees("removal-needs-another")
    assert await is_there(cast, salma)


async def test_her_own_second_account_and_the_person_herself_confirm_nothing(cast: Cast, salma: Actor) -> None:
    """The attacker coordinates, and let a second account of her own in as a member. Budget: every button there is."""
    second = await cast.member("Lina", "en", "Cairo")
    await ask_removal(cast.nour, "Salma")
    request = await request_id(cast)
    for actor in (second, salma):
        for action in (OpenRemoval, AskConfirmRemoval, ConfirmRemoval):
            await presses_anew(cast, actor, action(request))
            await actor.sees("expired")
    assert await is_there(cast, salma)


async def test_a_coordinator_whose_removal_is_asked_for_cannot_confirm_it(cast: Cast) -> None:
    lina = await cast.member("Lina", "en", "Cairo")
    await steps.appoint(cast.olena, "Lina", "coordinator")
    await ask_removal(cast.nour, coordinator("Lina"))
    request = await request_id(cast)
    for action in (OpenRemoval, AskConfirmRemoval, ConfirmRemoval):
        await presses_anew(cast, lina, action(request))
        await lina.sees("no-removal")
    assert await is_there(cast, lina)


async def test_a_coordinator_of_another_host_gets_the_answer_of_no_request(cast: Cast, salma: Actor) -> None:
    await ask_removal(cast.nour, "Salma")
    answers = set()
    for request in (await request_id(cast), bytes(16)):
        for action in (OpenRemoval, AskConfirmRemoval, ConfirmRemoval):
            await presses_anew(cast, cast.awa, action(request))
            answers.add(await cast.awa.sees("no-removal"))
    assert len(answers) == 1
    await cast.awa.says("/remove")
    await cast.awa.sees("removals", count=0)
    assert await is_there(cast, salma)


async def test_a_request_ends_after_seven_days_and_with_the_role_of_whoever_asked(cast: Cast, salma: Actor) -> None:
    await ask_removal(cast.nour, "Salma")
    first = await request_id(cast)
    await cast.stage.pass_time(timedelta(days=7))
    await presses_anew(cast, cast.olena, ConfirmRemoval(first))
    await cast.olena.sees("no-removal")
    await ask_removal(cast.nour, "Salma", "left")
    second = await request_id(cast)
    await suspend(cast.olena, coordinator("Nour"))
    await presses_anew(cast, cast.olena, ConfirmRemoval(second))
    await cast.olena.sees("no-removal")
    assert await is_there(cast, salma)


async def test_a_request_is_let_drop(cast: Cast, salma: Actor) -> None:
    await ask_removal(cast.nour, "Salma")
    await cast.olena.presses("button-open")
    await cast.olena.presses("button-withdraw-removal")
    await cast.olena.sees("removal-withdrawn", name="Salma")
    assert await count_rows(cast.stage, "removal_requests") == 0
    assert await is_there(cast, salma)


async def test_the_only_owner_cannot_be_removed(cast: Cast) -> None:
    """By a forged press of a coordinator of her own host."""
    lina = await cast.member("Lina", "en", "Cairo")
    await steps.appoint(cast.olena, "Lina", "coordinator")
    hers, olenas = await stored_member(cast.stage, lina), await stored_member(cast.stage, cast.olena)
    assert hers is not None
    assert olenas is not None
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE members SET host_id = ? WHERE id = ?", olenas.host_id, hers.id)
    await cast.stage.forge(lina.person, RequestRemoval(olenas.id, RemovalReason.CONDUCT).pack())
    await lina.sees("nobody-to-stop")
    await cast.stage.forge(cast.olena.person, RequestRemoval(olenas.id, RemovalReason.CONDUCT).pack())
    await cast.olena.sees("nobody-to-stop")
    assert await is_there(cast, cast.olena)
