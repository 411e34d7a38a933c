"""Who receives an announcement, in which language, and when."""

from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.announcements import send
from bot.language.texts import texts_in
from storage.records.announcements import announcement_fanout, announcements
from tests.support.announcement_steps import (
    DELAY,
    WORDS,
    add_members,
    allow_urgent,
    approve,
    ask_approval,
    encoded_id,
    fanout_tally,
    knocks,
    message_counts,
    only_announcement,
    pass_delay,
    words,
    write,
    write_and_approve,
)
from tests.support.cast import HOSTS, Cast

MOTS = "La salle de Beyrouth est réservée pour mai."
NETWORK = "Between Convenings"
NIGHT = timedelta(hours=9)  # from two in the afternoon UTC: quiet hours in Cairo, Dakar, Beirut and Kyiv
NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}


async def test_everybody_reads_it_in_their_language_after_another_host_has_approved_it(cast: Cast) -> None:
    """Nour writes in Arabic and adds French; readers of English get the first version."""
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
    await ask_approval(cast.nour)
    await approve(cast.awa)
    for reader, _ in readers:
        assert await knocks(reader) == 0
    await pass_delay(cast)
    for reader, expected in readers:
        await reader.sees("knock")
        assert expected not in (await reader.person.last()).text
        await reader.presses("button-open")
        await reader.sees_words(words(reader, "announcement-heading", network=NETWORK, urgent="no"), expected)
        assert (await reader.person.last()).protected
    await pass_delay(cast, timedelta(hours=2))
    for reader, expected in readers:
        await reader.loses(expected)
        await reader.presses("button-open-again")
        await reader.sees_words(expected)


@pytest.mark.parametrize("urgent", [False, True])
async def test_in_quiet_hours_it_comes_only_where_it_is_urgent_and_allowed(cast: Cast, urgent: bool) -> None:
    allows, does_not = await cast.member("Salma", "en", "Cairo"), await cast.member("Rania", "en", "Cairo")
    await allow_urgent(allows)
    await does_not.says("/help")
    await write(cast.nour)
    if urgent:
        await cast.nour.presses("button-make-urgent")
        await cast.nour.sees_words(words(cast.nour, "announcement-heading", network=NETWORK, urgent="yes"))
    await ask_approval(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.stage.settle()
    cast.stage.clock.move(NIGHT)
    await cast.awa.presses("button-approve-announcement")
    await pass_delay(cast)
    assert await knocks(allows) == int(urgent)
    assert await knocks(does_not) == 0
    await pass_delay(cast, timedelta(hours=8))
    assert await knocks(allows) == 1
    assert await knocks(does_not) == 1


async def test_who_takes_the_permission_back_is_left_in_peace(cast: Cast) -> None:
    salma = await cast.salma()
    await allow_urgent(salma)
    await write(cast.nour)
    await cast.nour.presses("button-make-urgent")
    await ask_approval(cast.nour)
    await cast.awa.presses("button-open")
    await cast.awa.sees_words(WORDS)
    await cast.stage.settle()
    cast.stage.clock.move(NIGHT)
    await cast.awa.presses("button-approve-announcement")
    await cast.awa.sees_words(words(cast.awa, "announcement-as-of"))
    await salma.says("/settings")
    await salma.presses("button-forbid-urgent")
    await salma.sees("urgent-in-quiet", allowed="no")
    await pass_delay(cast)
    assert await knocks(salma) == 0


async def test_recipients_are_chosen_when_it_goes_out(cast: Cast) -> None:
    """For readers of French: within the ten minutes Fatou changes to English, Salma to French."""
    salma, fatou = await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    await write(cast.nour, whom="Français")
    await ask_approval(cast.nour)
    await approve(cast.olena)
    for person, language in ((fatou, "English"), (salma, "Français")):
        await person.says("/language")
        await person.presses_label(language)
    await pass_delay(cast)
    assert await knocks(Actor(salma.person, texts_in("fr"))) == 1
    assert await knocks(Actor(fatou.person, texts_in("en"))) == 0


async def test_whoever_leaves_the_audience_before_her_quiet_hours_end_is_left_out(cast: Cast) -> None:
    salma, fatou = await cast.member("Salma", "fr", "Dakar"), await cast.member("Fatou", "fr", "Dakar")
    await write(cast.nour, whom="Français")
    await ask_approval(cast.nour)
    await approve(cast.olena)
    await cast.stage.settle()
    await cast.stage.pass_time(NIGHT)
    await cast.stage.settle()
    assert (await fanout_tally(cast.stage)).later == 3  # Awa reads French as well
    await fatou.says("/language")
    await fatou.presses_label("English")
    await pass_delay(cast, timedelta(hours=9))
    assert await knocks(salma) == 1
    assert await knocks(Actor(fatou.person, texts_in("en"))) == 0
    assert (await fanout_tally(cast.stage)).cancelled == 1


async def test_a_coordinator_speaks_to_her_own_host_and_an_owner_to_any(cast: Cast) -> None:
    salma = await cast.salma()
    await cast.nour.says(f"/announce {HOSTS[2]}")
    await cast.nour.sees("whom-not-understood")
    await write(cast.olena, whom=HOSTS[0])
    await ask_approval(cast.olena)
    await approve(cast.nour)
    await pass_delay(cast)
    assert await knocks(salma) == 1
    assert await knocks(cast.awa) == 1  # the request for approval, not the announcement
    found = await only_announcement(cast.stage)
    await cast.stage.forge(cast.awa.person, f"annread:{encoded_id(found.id)}")
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


async def test_a_crash_between_batches_leaves_nobody_out_and_nobody_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = cast.stage
    monkeypatch.setattr(send, "BATCH", 7)
    people = await add_members(stage, 40)
    await write_and_approve(cast)
    await stage.settle()
    put, batches = announcement_fanout.put, 0

    async def dies(*args: object) -> None:
        nonlocal batches
        batches += 1
        await put(*args)  # type: ignore[arg-type]
        if batches % 2 == 0:
            raise KeyboardInterrupt  # between the rows of a batch and its commit

    monkeypatch.setattr(announcement_fanout, "put", dies)
    stage.clock.move(DELAY + timedelta(seconds=1))
    for _ in range(20):
        try:
            await send.send_out(stage.halqa.store, stage.clock.now())
            break
        except KeyboardInterrupt:
            await stage.restart()
    assert batches > 6
    await stage.settle()
    assert message_counts(stage, people) == [1] * 40
    assert (await fanout_tally(stage)).sent == 42


async def test_erasing_its_author_takes_it_out_of_every_chat(cast: Cast) -> None:
    salma, rania = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await write_and_approve(cast)
    await pass_delay(cast)
    await salma.presses("button-open")
    await salma.sees_words(WORDS)
    await cast.stage.settle()
    await cast.nour.says("/forget")
    await cast.nour.presses("button-forget-yes")
    await cast.nour.sees("goodbye")
    await cast.stage.pass_time(timedelta(seconds=1))
    await salma.loses(WORDS)
    await rania.presses("button-open")
    await rania.sees("nothing-waits")
