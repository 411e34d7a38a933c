"""Announcements: written by one coordinator, approved by one of another host, read by those they are for, stopped."""

import asyncio
import re
import time
from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.announcements import progress, send
from bot.language.texts import texts_in
from storage.records import audit
from storage.records.announcements import announcement_fanout, announcements
from storage.records.people import members
from tests.announcing import (
    TO_THINK,
    WORDS,
    agree,
    allow_urgent,
    approve,
    ask,
    code,
    counted,
    crowd,
    go_out,
    knocks,
    label,
    received,
    the_one,
    words,
    write,
)
from tests.cast import HOSTS, Cast

MOTS = "La salle de Beyrouth est réservée pour mai."
NETWORK = "Between Convenings"
AN_HOUR = timedelta(hours=1)  # after which screens close
NIGHT = timedelta(hours=9)  # from two in the afternoon UTC: quiet hours in Cairo, Dakar, Beirut and Kyiv
NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}


async def test_everybody_reads_it_in_their_language_after_another_host_has_approved_it(cast: Cast) -> None:
    """Nour writes in Arabic and adds French; English readers get the first words."""
    readers = [
        (await cast.member("Salma", "en", "Cairo"), "تم حجز القاعة."),
        (await cast.member("Fatou", "fr", "Dakar"), MOTS),
        (await cast.member("Huda", "ar", "Cairo"), "تم حجز القاعة."),
    ]
    await write(cast.nour, "تم حجز القاعة.")
    await cast.nour.presses("button-add-version", language=NAMES["fr"])
    await cast.nour.says(MOTS)
    await cast.nour.sees_words("Annonce · ", MOTS)
    await cast.nour.presses("button-show-version", language=NAMES["ar"])
    await cast.nour.sees_words("إعلان · ", "تم حجز القاعة.", cast.nour.texts.plain("announcement-reaches", count=0))
    await ask(cast.nour)
    await approve(cast.awa)
    for reader, _ in readers:
        assert await knocks(reader) == 0
    await go_out(cast)
    for reader, expected in readers:
        await reader.sees("knock")
        assert expected not in (await reader.person.last()).text
        await reader.presses("button-open")
        await reader.sees_words(words(reader, "announcement-heading", network=NETWORK, urgent="no"), expected)
        assert (await reader.person.last()).protected
    await go_out(cast, timedelta(hours=2))
    for reader, expected in readers:
        await reader.loses(expected)
        await reader.presses("button-open")
        await reader.sees_words(expected)


async def test_its_author_never_approves_it_and_neither_does_her_own_host(cast: Cast) -> None:
    lina = await colleague(cast)
    await write(cast.nour)
    await ask(cast.nour)
    await cast.awa.sees("knock")
    await cast.stage.settle()
    assert await knocks(lina) == 0
    found = await the_one(cast.stage)
    press = f"annapprove:{code(found.id)}:{code(found.fingerprint)}"
    for person in (cast.nour, lina):
        await person.says("/help")
        await person.sees_words("/help")
        await cast.stage.forge(person.person, press)
        await cast.stage.settle()
        assert (await the_one(cast.stage)).state == "asked"
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
    await go_out(cast)
    await cast.stage.pass_time(timedelta(minutes=1))
    assert (await the_one(cast.stage)).state == "sent"


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
    await ask(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.nour.presses("button-make-urgent")
    await cast.nour.sees("announcement-voided")
    await ask(cast.nour)
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees("announcement-changed")
    assert (await the_one(cast.stage)).state == "asked"
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees_words(words(cast.awa, "announcement-approved"))
    await cast.nour.presses("button-open")
    await cast.nour.presses("button-see-words")
    await cast.nour.presses("button-change-words")
    await cast.nour.says("Other words.")
    await cast.nour.sees("announcement-voided")
    await go_out(cast, timedelta(days=1))
    assert (await the_one(cast.stage)).state == "draft"
    assert await knocks(salma) == 0


async def test_she_who_approves_may_send_it_back_instead(cast: Cast) -> None:
    await write(cast.nour)
    await ask(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.presses("button-send-back")
    await cast.awa.sees("announcement-sent-back", name="Nour")
    await cast.nour.presses("button-open")
    await cast.nour.sees("announcement-returned", name="Awa")
    await cast.nour.presses("button-ask-approval")
    await cast.nour.sees("announcement-asked", elsewhere="yes")


@pytest.mark.parametrize("who", ["nour", "awa", "olena"])
async def test_in_the_ten_minutes_author_approver_and_whoever_it_concerns_stop_it(cast: Cast, who: str) -> None:
    salma = await cast.salma()
    await agree(cast)
    await cast.stage.pass_time(timedelta(minutes=9))
    await cast.stage.settle()
    assert await knocks(salma) == 0
    stopper: Actor = getattr(cast, who)
    await stopper.says("/halt")
    await stopper.sees("announcement-halted-early")
    await go_out(cast, timedelta(minutes=30))
    assert await knocks(salma) == 0
    await stopper.presses("button-go-on")
    await go_out(cast, timedelta())
    assert await knocks(salma) == 1


async def test_an_author_does_not_overrule_somebody_else_who_stopped_it(cast: Cast) -> None:
    await agree(cast)
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    found = await the_one(cast.stage)
    await cast.stage.forge(cast.nour.person, f"anngoon:{code(found.id)}")
    await cast.nour.sees("not-resumed")
    await cast.olena.says("/announce")
    await cast.olena.sees("announcements")
    await cast.olena.presses_label(await label(cast.olena, "Stopped: "))
    await cast.olena.presses("button-go-on")
    await cast.olena.sees_words("Approved by", "Awa")


@pytest.mark.parametrize("urgent", [False, True])
async def test_in_quiet_hours_it_comes_only_where_it_is_urgent_and_allowed(cast: Cast, urgent: bool) -> None:
    allows, does_not = await cast.member("Salma", "en", "Cairo"), await cast.member("Rania", "en", "Cairo")
    await allow_urgent(allows)
    await does_not.says("/help")
    await write(cast.nour)
    if urgent:
        await cast.nour.presses("button-make-urgent")
        await cast.nour.sees_words(words(cast.nour, "announcement-heading", network=NETWORK, urgent="yes"))
    await ask(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.stage.settle()
    cast.stage.clock.move(NIGHT)
    await cast.awa.presses("button-approve-announcement")
    await go_out(cast)
    assert await knocks(allows) == int(urgent)
    assert await knocks(does_not) == 0
    await go_out(cast, timedelta(hours=8))
    assert await knocks(allows) == 1
    assert await knocks(does_not) == 1


async def test_who_takes_the_permission_back_is_left_in_peace(cast: Cast) -> None:
    salma = await cast.salma()
    await allow_urgent(salma)
    await write(cast.nour)
    await cast.nour.presses("button-make-urgent")
    await ask(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.stage.settle()
    cast.stage.clock.move(NIGHT)
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees_words(words(cast.awa, "announcement-as-of"))
    await salma.says("/settings")
    await salma.presses("button-forbid-urgent")
    await salma.sees("urgent-in-quiet", allowed="no")
    await go_out(cast)
    assert await knocks(salma) == 0


async def test_it_goes_to_those_it_is_for_as_they_are_when_it_goes_out(cast: Cast) -> None:
    """To the readers of French: Fatou changes to English in the ten minutes, Salma to French."""
    salma, fatou = await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    await write(cast.nour, whom="Français")
    await ask(cast.nour)
    await approve(cast.olena)
    for person, language in ((fatou, "English"), (salma, "Français")):
        await person.says("/language")
        await person.presses_label(language)
    await go_out(cast)
    assert await knocks(Actor(salma.person, texts_in("fr"))) == 1
    assert await knocks(Actor(fatou.person, texts_in("en"))) == 0


async def test_who_no_longer_belongs_to_them_when_her_quiet_hours_end_is_left_out(cast: Cast) -> None:
    salma, fatou = await cast.member("Salma", "fr", "Dakar"), await cast.member("Fatou", "fr", "Dakar")
    await write(cast.nour, whom="Français")
    await ask(cast.nour)
    await approve(cast.olena)
    await cast.stage.settle()
    await cast.stage.pass_time(NIGHT)
    await cast.stage.settle()
    assert (await counted(cast.stage)).later == 3  # Awa reads French as well
    await fatou.says("/language")
    await fatou.presses_label("English")
    await go_out(cast, timedelta(hours=9))
    assert await knocks(salma) == 1
    assert await knocks(Actor(fatou.person, texts_in("en"))) == 0
    assert (await counted(cast.stage)).cancelled == 1


async def test_whoever_loses_the_role_in_the_ten_minutes_announces_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await agree(cast)
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name="Nour", role="coordinator")
    await cast.olena.presses("button-make-member")
    await cast.olena.presses("button-role-yes", name="Nour")
    await cast.olena.sees("role-set", name="Nour", role="member")
    await go_out(cast)
    assert await knocks(salma) == 0
    assert (await the_one(cast.stage)).state == "halted"


async def test_a_coordinator_speaks_to_her_own_host_and_an_owner_to_any(cast: Cast) -> None:
    salma = await cast.salma()
    await cast.nour.says(f"/announce {HOSTS[2]}")
    await cast.nour.sees("whom-not-understood")
    await write(cast.olena, whom=HOSTS[0])
    await ask(cast.olena)
    await approve(cast.nour)
    await go_out(cast)
    assert await knocks(salma) == 1
    assert await knocks(cast.awa) == 1  # the question whether she approves, and no announcement
    found = await the_one(cast.stage)
    await cast.stage.forge(cast.awa.person, f"annread:{code(found.id)}")
    await cast.awa.sees("announcement-not-now")


async def test_for_whom_is_chosen_by_buttons_and_changed_later(cast: Cast) -> None:
    await steps.open_topic(cast.nour, "Detention and protection", "")
    await cast.nour.says("/announce")
    await cast.nour.presses("button-whom-region")
    await cast.nour.presses("region", region="Africa")
    await cast.nour.says(WORDS)
    await cast.nour.sees_words(WORDS, "أفريقيا")
    await cast.nour.presses("button-change-whom")
    await cast.nour.presses("button-whom-topic")
    await cast.nour.presses_label("Detention and protection")
    await cast.nour.sees_words(WORDS, "Detention and protection")
    await cast.nour.presses("button-throw-away")
    await cast.nour.presses("button-throw-away-yes")
    await cast.nour.sees("thrown-away")
    async with cast.stage.halqa.store.transaction() as tx:
        assert await announcements.recent(tx, cast.stage.clock.now()) == []
        assert await tx.fetchval("SELECT count(*) FROM announcement_words") == 0


async def test_a_halt_in_the_middle_stops_within_two_seconds_and_every_person_is_counted(cast: Cast) -> None:
    stage = cast.stage
    people = await crowd(stage, 150)
    await agree(cast)
    await stage.settle()
    stage.sandbox.telegram.faults.change({"latency_ms": 300})
    await stage.pass_time(TO_THINK + timedelta(seconds=1))
    async with asyncio.timeout(10):
        while sum(received(stage, people)) < 20:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    begun = time.monotonic()
    await cast.awa.says("/halt")
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))
    assert time.monotonic() - begun < 2
    await asyncio.sleep(max(0.0, begun + 2 - time.monotonic()))
    then = sum(received(stage, people))
    assert then < 150
    stage.sandbox.telegram.faults.change({"latency_ms": 0})
    await stage.settle()
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    assert sum(received(stage, people)) == then
    counts = await counted(stage)
    assert counts.sent + counts.failed + counts.uncertain + counts.cancelled == 150 + 2  # Olena and Awa as well
    assert counts.open == 0
    expected = cast.awa.texts.plain(
        "announcement-tally-end",
        sent=counts.sent,
        missed=counts.failed + counts.cancelled,
        uncertain=counts.uncertain,
    )
    await cast.awa.sees_words(*expected.splitlines())
    await cast.awa.presses("button-go-on")
    await stage.settle()
    assert received(stage, people) == [1] * 150


async def test_what_waits_out_a_flood_stop_does_not_leave_after_a_halt(cast: Cast) -> None:
    stage, faults = cast.stage, cast.stage.sandbox.telegram.faults
    people = await crowd(stage, 60)
    await agree(cast)
    await stage.settle()
    faults.change({"refuse": {"status": 429, "retry_after": 3, "times": 1000}})
    await stage.pass_time(TO_THINK + timedelta(seconds=1))
    begun = time.monotonic()
    await asyncio.sleep(0.5)  # those who were let go are refused, and the next ones are rendered and wait
    assert faults.refuse is not None
    assert faults.refuse.times < 1000
    faults.change({"refuse": None})
    await cast.awa.says("/halt")
    while (await the_one(stage)).state != "halted":  # noqa: ASYNC110  the answer waits out the stop as well
        await asyncio.sleep(0.01)
    assert time.monotonic() - begun < 3
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))
    await stage.settle()
    assert sum(received(stage, people)) == 0
    counts = await counted(stage)
    assert (counts.cancelled, counts.open) == (60 + 2, 0)  # Olena and Awa as well


async def test_what_was_open_leaves_the_chat_with_a_halt_and_can_be_read_again_after_it(cast: Cast) -> None:
    salma, rania = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await rania.says("/pause")
    await rania.presses("button-pause-yes")
    await agree(cast)
    await go_out(cast)
    await salma.presses("button-open")
    await salma.sees_words(WORDS)
    await cast.stage.settle()
    await cast.awa.says("/halt")
    await cast.awa.sees_words(*words(cast.awa, "announcement-tally-end", sent=3, missed=1, uncertain=0).splitlines())
    await salma.loses(WORDS)
    await salma.presses("button-open")
    await salma.sees("announcement-not-now")
    await cast.awa.presses("button-go-on")
    await cast.awa.sees_words(words(cast.awa, "announcement-as-of"))
    await cast.stage.settle()
    assert await knocks(rania) == 0
    await rania.says("/pause")
    await rania.presses("button-unpause")
    await rania.presses("button-open")
    await rania.sees_words(WORDS)


async def test_one_command_stops_several_and_each_is_accounted_for(cast: Cast) -> None:
    await crowd(cast.stage, 3)
    for whom in ("English", "everybody"):
        await write(cast.olena, whom=whom)
        await ask(cast.olena)
        await approve(cast.nour)
        await go_out(cast, TO_THINK if whom == "English" else timedelta())
        await cast.nour.person.looks_up()
    async with cast.stage.halqa.store.transaction() as tx:
        await tx.execute(
            "UPDATE announcements SET state = 'sending'"
        )  # as if somebody still waited for the end of a pause
    await cast.awa.says("/halt")
    seen = await cast.awa.sees("announcements-halted")
    english = cast.awa.texts.plain("announcement-tally-end", sent=3, missed=0, uncertain=0)
    assert english in seen
    await cast.awa.says("/halt")
    await cast.awa.sees("nothing-to-halt")


async def test_her_one_message_follows_how_it_goes_out(cast: Cast) -> None:
    stage = cast.stage
    await crowd(stage, 40)
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await agree(cast)
    await cast.nour.presses("button-open")
    await cast.nour.sees_words(words(cast.nour, "announcement-as-of"))
    followed = (await cast.nour.person.last()).id
    await go_out(cast)
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    tally = cast.nour.texts.plain("announcement-tally", sent=42, due=0, later=1, missed=0, uncertain=0)
    await cast.nour.sees_words(words(cast.nour, "announcement-waiting"), *tally.splitlines())
    assert (await cast.nour.person.last()).id == followed
    await salma.says("/pause")
    await salma.presses("button-unpause")
    await salma.sees("knock")
    await stage.settle()
    await go_out(cast, timedelta(days=1))
    end = cast.nour.texts.plain("announcement-tally-end", sent=43, missed=0, uncertain=0)
    await cast.nour.sees_words(words(cast.nour, "announcement-sent"), *end.splitlines())


async def leaves(actor: Actor, message: int) -> bool:
    return all(each.id != message for each in await actor.person.chat())


async def test_what_coordinators_see_of_announcements_leaves_the_chat_again(cast: Cast) -> None:
    """The list, the question for the words, and how it goes out: this only a while after it is over."""
    stage, shown = cast.stage, []
    followed = await agree(cast)
    await cast.awa.says("/announce")
    await cast.awa.sees("announcements")
    shown.append((await cast.awa.person.last()).id)
    await cast.awa.says("/announce English")
    await cast.awa.sees_words(words(cast.awa, "ask-announcement-words"))
    shown.append((await cast.awa.person.last()).id)
    await go_out(cast)
    await stage.pass_time(progress.RENEWED + timedelta(seconds=1))
    await stage.settle()
    await stage.pass_time(AN_HOUR - TO_THINK)
    await stage.settle()
    assert [await leaves(cast.awa, message) for message in shown] == [True, True]
    assert not await leaves(cast.awa, followed)
    await stage.pass_time(TO_THINK)
    await stage.settle()
    assert await leaves(cast.awa, followed)


async def test_who_blocked_the_bot_and_came_back_holds_up_no_message_in_which_it_is_followed(cast: Cast) -> None:
    """What she is owed waits for thirty days, or until she writes; so long nobody is to wait for the end."""
    salma = await cast.salma()
    followed = await agree(cast)
    await cast.stage.settle()
    await salma.person.blocks()
    await go_out(cast)
    await go_out(cast, timedelta(minutes=1))
    await salma.person.unblocks()
    await salma.says("/help")
    await salma.sees("knock")
    await go_out(cast, timedelta(minutes=1))
    await cast.awa.sees_words(words(cast.awa, "announcement-sent"))
    await go_out(cast, AN_HOUR)
    assert await leaves(cast.awa, followed)


async def test_whoever_follows_it_sees_at_once_that_somebody_stopped_it(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await agree(cast)
    await go_out(cast)
    await go_out(cast, timedelta(minutes=1))
    await cast.awa.person.looks_up()
    await cast.olena.says("/halt")
    await cast.olena.sees_words(words(cast.olena, "announcement-halted"))
    await cast.awa.sees_words(words(cast.awa, "announcement-halted"))


async def test_for_somebody_who_never_comes_back_it_is_followed_for_two_weeks_and_no_longer(cast: Cast) -> None:
    salma = await cast.salma()
    followed = await agree(cast)
    await cast.stage.settle()
    await salma.person.blocks()
    await go_out(cast)
    for after in (timedelta(minutes=1), progress.FOLLOWED, AN_HOUR):
        await go_out(cast, after)
    # After two days Telegram deletes no message, so its words are taken out instead.
    [left] = [message.text for message in await cast.awa.person.chat() if message.id == followed]
    assert left == cast.awa.texts.plain("knock")


async def test_a_look_that_telegram_refuses_does_not_become_several(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    followed = await agree(cast)
    await stage.settle()
    refused = {"status": 500, "times": 1}
    for after in (TO_THINK, *[timedelta(days=1)] * 4):  # Salma's pause is looked at once a day
        await stage.pass_time(after)
        await stage.settle()
        stage.sandbox.telegram.faults.change({"refuse": refused})
        for _ in range(3):
            await stage.pass_time(timedelta(seconds=30))
            await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        looks = await tx.fetchval(
            "SELECT count(*) FROM outbox WHERE kind = ? AND message_id = ? AND state = 'pending'",
            announcement_fanout.PROGRESS,
            followed,
        )
    assert looks == 1


async def test_while_somebody_still_waits_for_it_the_message_in_which_it_is_followed_stays(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    followed = await agree(cast)
    await go_out(cast)
    await go_out(cast, 3 * AN_HOUR)
    assert not await leaves(cast.awa, followed)
    await salma.says("/pause")
    await salma.presses("button-unpause")
    await salma.sees("knock")
    await go_out(cast, timedelta(days=1))
    assert not await leaves(cast.awa, followed)  # it has just said that this was the last one
    await go_out(cast, AN_HOUR)
    assert await leaves(cast.awa, followed)


async def test_who_follows_it_in_a_new_message_is_not_left_with_the_old_one(cast: Cast) -> None:
    await agree(cast)
    before = (await cast.awa.person.last()).id
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    await cast.stage.settle()
    halted = (await cast.awa.person.last()).id
    assert halted != before
    await go_out(cast, AN_HOUR)
    assert [await leaves(cast.awa, message) for message in (before, halted)] == [True, True]


async def test_the_numbers_change_while_it_goes_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = cast.stage
    monkeypatch.setattr(progress, "RENEWED", timedelta(seconds=1))
    await crowd(stage, 200)
    await write(cast.olena)
    await ask(cast.olena)
    await approve(cast.awa)
    await cast.olena.presses("button-open")
    await cast.olena.sees_words("It goes out at")
    await stage.settle()
    stage.sandbox.telegram.faults.change({"latency_ms": 400})
    followed, seen = (await cast.olena.person.last()).id, set[int]()
    await stage.pass_time(TO_THINK + timedelta(seconds=1))
    async with asyncio.timeout(30):
        while max(seen, default=0) < 202:
            [message] = [each for each in await cast.olena.person.chat() if each.id == followed]
            seen.update(int(number) for number in re.findall(r"Delivered: \D?(\d+)", message.text))
            await asyncio.sleep(0.05)
    assert len(seen - {0, 202}) >= 2


async def test_a_crash_between_batches_leaves_nobody_out_and_nobody_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = cast.stage
    monkeypatch.setattr(send, "BATCH", 7)
    people = await crowd(stage, 40)
    await agree(cast)
    await stage.settle()
    put, batches = announcement_fanout.put, 0

    async def dies(*args: object) -> None:
        nonlocal batches
        batches += 1
        await put(*args)  # type: ignore[arg-type]
        if batches % 2 == 0:
            raise KeyboardInterrupt  # after the rows of a batch, before its commit

    monkeypatch.setattr(announcement_fanout, "put", dies)
    stage.clock.move(TO_THINK + timedelta(seconds=1))
    for _ in range(20):
        try:
            await send.send_out(stage.halqa.store, stage.clock.now())
            break
        except KeyboardInterrupt:
            await stage.restart()
    assert batches > 6
    await stage.settle()
    assert received(stage, people) == [1] * 40
    assert (await counted(stage)).sent == 42


async def test_erasing_its_author_takes_it_out_of_every_chat(cast: Cast) -> None:
    salma, rania = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await agree(cast)
    await go_out(cast)
    await salma.presses("button-open")
    await salma.sees_words(WORDS)
    await cast.stage.settle()
    await cast.nour.says("/forget")
    await cast.nour.presses("button-forget-yes")
    await cast.nour.sees("goodbye")
    await cast.stage.pass_time(timedelta(seconds=1))
    await salma.loses(WORDS)
    await rania.presses("button-open")
    await rania.sees("announcement-not-now")


async def test_what_was_decided_stands_in_the_audit(cast: Cast) -> None:
    await agree(cast)
    await cast.awa.says("/halt")
    await cast.awa.sees("announcement-halted-early")
    await cast.awa.presses("button-go-on")
    await go_out(cast)
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
