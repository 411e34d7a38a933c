"""Who approves an announcement: a coordinator of another host, and only what she has read."""

from datetime import timedelta

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records import audit
from storage.records.people import members
from tests.support.announcement_steps import (
    WORDS,
    approve,
    ask_approval,
    encoded_id,
    knocks,
    only_announcement,
    pass_delay,
    words,
    write,
    write_and_approve,
)
from tests.support.cast import Cast
from tests.support.member_steps import coordinator


async def test_its_author_never_approves_it_and_neither_does_her_own_host(cast: Cast) -> None:
    lina = await colleague(cast)
    await write(cast.nour)
    await ask_approval(cast.nour)
    await cast.awa.sees("knock")
    await cast.stage.settle()
    assert await knocks(lina) == 0
    found = await only_announcement(cast.stage)
    press = f"annapprove:{encoded_id(found.id)}:{encoded_id(found.fingerprint)}"
    for person in (cast.nour, lina):
        await person.says("/help")
        await person.sees_words("/help")
        await cast.stage.forge(person.person, press)
        await cast.stage.settle()
        assert (await only_announcement(cast.stage)).state == "asked"
    await person.sees("announcement-gone")


async def colleague(cast: Cast) -> Actor:
    """A second coordinator of Nour's host."""
    lina = await cast.member("Lina", "en", "Beirut")
    await steps.appoint(cast.olena, "Lina", "coordinator")
    await lina.presses("button-open")
    await lina.sees("your-role", role="coordinator")
    return lina


async def test_where_one_host_has_all_coordinators_a_second_one_approves(cast: Cast) -> None:
    lina = await colleague(cast)
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        await tx.execute("UPDATE members SET host_id = ? WHERE role <> 'member'", nour.host_id)
    await write(cast.nour)
    await cast.nour.presses("button-ask-approval")
    await cast.nour.sees("announcement-asked", elsewhere="no")
    await approve(lina)
    await pass_delay(cast)
    await cast.stage.pass_time(timedelta(minutes=1))
    assert (await only_announcement(cast.stage)).state == "sent"


async def test_who_is_alone_is_told_that_nobody_can_approve(cast: Cast) -> None:
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute("UPDATE members SET role = 'member' WHERE role = 'coordinator'")
    await write(cast.olena)
    await cast.olena.sees("announcement-nobody-approves")
    labels = [label for row in (await cast.olena.person.last()).buttons for label in row]
    assert cast.olena.texts.plain("button-ask-approval") not in labels


async def test_an_edit_takes_the_approval_back_and_an_old_screen_approves_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await write(cast.nour)
    await ask_approval(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.nour.presses("button-make-urgent")
    await cast.nour.sees("announcement-voided")
    await ask_approval(cast.nour)
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees("announcement-changed")
    assert (await only_announcement(cast.stage)).state == "asked"
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees_words(words(cast.awa, "announcement-approved"))
    await cast.nour.presses("button-open")
    await cast.nour.presses("button-see-words")
    await cast.nour.presses("button-change-words")
    await cast.nour.says("Other words.")
    await cast.nour.sees("announcement-voided")
    await pass_delay(cast, timedelta(days=1))
    assert (await only_announcement(cast.stage)).state == "draft"
    assert await knocks(salma) == 0


async def test_she_who_approves_may_send_it_back_instead(cast: Cast) -> None:
    await write(cast.nour)
    await ask_approval(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.presses("button-send-back")
    await cast.awa.sees("announcement-sent-back", name=coordinator("Nour"))
    await cast.nour.presses("button-open")
    await cast.nour.sees("announcement-returned", name=coordinator("Awa"))
    await cast.nour.presses("button-ask-approval")
    await cast.nour.sees("announcement-asked", elsewhere="yes")


async def test_whoever_loses_the_role_in_the_ten_minutes_announces_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await write_and_approve(cast)
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name=coordinator("Nour"), role="coordinator")
    await cast.olena.presses("button-make-member")
    await cast.olena.presses("button-role-yes", name="Nour")
    await cast.olena.sees("role-set", name="Nour", role="member")
    await pass_delay(cast)
    assert await knocks(salma) == 0
    assert (await only_announcement(cast.stage)).state == "halted"


async def test_what_was_decided_stands_in_the_audit(cast: Cast) -> None:
    await write_and_approve(cast)
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    await cast.awa.presses("button-go-on")
    await pass_delay(cast)
    async with cast.stage.halqa.store.transaction() as tx:
        actions = [entry.action for entry in await audit.last(tx, 5)]
        assert await audit.verify(tx) is None
    assert actions == [
        "announced",
        "announcement-resumed",
        "announcement-halted",
        "announcement-approved",
        "announcement-asked",
    ]
    await cast.awa.says("/audit")
    await cast.awa.sees_words(words(cast.awa, "action-announcement-halted"))


async def test_too_long_a_text_is_refused_with_its_rest(cast: Cast) -> None:
    await cast.nour.says("/announce الجميع")
    await cast.nour.says("x" * 3500)
    await cast.nour.sees("announcement-too-long", length=3500, most=3000)
    await cast.nour.says("and the rest of it")
    await cast.nour.sees("announcement-too-long", length=0, most=3000)
    await cast.stage.pass_time(timedelta(seconds=6))
    await cast.nour.says("x" * 3000)
    await cast.nour.sees("announcement-draft")
