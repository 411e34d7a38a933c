"""Joining: invitations, applications, decisions."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from storage.records import posts
from storage.records.people import members
from storage.records.people.member import Member
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import coordinator as with_badge
from tests.support.stored_rows import count_rows


async def everybody(stage: Stage) -> list[Member]:
    async with stage.halqa.store.transaction() as tx:
        return await members.everyone(tx)


async def test_the_owner_claims_the_network_with_the_code(stage: Stage) -> None:
    olena = await steps.claim(
        stage, await stage.person("Olena"), "en", name="Olena", host="Lake Justice Forum", city="Kyiv"
    )
    await olena.says("/help")
    await olena.sees_words("/roles")
    assert "roles" in await olena.person.commands()


async def test_an_invited_person_is_approved_and_lands_at_home(cast: Cast) -> None:
    salma = await cast.salma("ar")
    await salma.says("/topics")
    await salma.sees("no-topics")
    assert "post" in await salma.person.commands()


async def test_a_stranger_without_an_invitation_learns_nothing_of_the_network(cast: Cast) -> None:
    for words in ("/start", "/topics", "/invite", "hello", "/forget"):
        stranger = await cast.stage.person("Rania")  # another one each time: a stranger is greeted twice an hour
        await stranger.says(words)
        seen = await stranger.sees("Hello" if words in ("/start", "hello") else "I do not know")
        assert cast.stage.halqa.network.name not in seen.text
    assert await stranger.commands() == ["start", "language", "help", "privacy", "cancel"]


async def test_a_stranger_who_goes_on_is_not_answered_until_the_hour_is_over_or_they_are_invited(cast: Cast) -> None:
    stranger = Actor(await cast.stage.person("Rania"), texts_in("en"))
    for _ in range(2):
        await stranger.says("hello")
        await stranger.sees("greeting")
    await stranger.says("hello?")
    await cast.stage.settle()
    assert (await stranger.person.chat())[-1].text == "hello?"
    entered = await steps.enter(cast.stage, stranger.person, await steps.invite(cast.nour), "en")
    await entered.sees("ask-name")


async def test_used_unknown_and_expired_invitations_are_answered_alike(cast: Cast) -> None:
    used = await steps.invite(cast.nour)
    await steps.enter(cast.stage, await cast.stage.person("Salma"), used, "en")
    revoked = await steps.invite(cast.nour)
    await cast.nour.presses("button-revoke-invite")
    await cast.nour.sees("invite-revoked")
    answers = set()
    for code in (used, revoked, "A" * 22, "x", "x" * 64):
        stranger = await cast.stage.person("Rania")
        await stranger.says(f"/start {code}")
        answers.add((await stranger.sees("This invitation does not work")).text)
    assert len(answers) == 1


async def test_an_invitation_ends_after_72_hours(cast: Cast) -> None:
    code = await steps.invite(cast.nour)
    cast.stage.clock.move(timedelta(hours=72))
    stranger = await cast.stage.person("Rania")
    await stranger.says(f"/start {code}")
    await stranger.sees("This invitation does not work")


async def test_whoever_does_not_agree_leaves_nothing_and_the_invitation_stays_open(cast: Cast) -> None:
    code = await steps.invite(cast.nour)
    rania = steps.Actor(await cast.stage.person("Rania"), texts_in("fr"))
    before = await count_rows(cast.stage, "members")
    await rania.says(f"/start {code}")
    await rania.presses_label("Français")
    await rania.sees("notice", network=cast.stage.halqa.network.name)
    await rania.presses("button-disagree")
    await rania.sees("not-agreed")
    assert await count_rows(cast.stage, "members") == before
    await steps.enter(cast.stage, rania.person, code, "fr")
    await rania.sees("ask-name")


async def test_a_declined_applicant_is_told_and_erased(cast: Cast) -> None:
    person = await cast.stage.person("Rania")
    rania = await steps.enter(cast.stage, person, await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Cairo", reason="I would like to see.")
    await cast.nour.presses("button-open")
    await cast.nour.sees_words("Rania Q", "I would like to see.")
    await cast.nour.presses("button-decline", name="Rania Q")
    await cast.nour.presses("button-decline-yes", name="Rania Q")
    await cast.nour.sees("application-declined", name="Rania Q")
    before = await count_rows(cast.stage, "members")
    await rania.presses("button-open")
    await rania.sees("declined")
    assert await count_rows(cast.stage, "members") == before - 1
    await rania.says("/start")
    await rania.sees("greeting")


async def test_of_two_coordinators_who_decide_the_second_hears_who_was_faster(cast: Cast) -> None:
    second = await cast.member("Yara", "en", "Cairo")
    await steps.appoint(cast.olena, "Yara", "coordinator")
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Cairo", reason="I would like to see.")
    for coordinator in (cast.nour, second):
        await coordinator.says("/applications")
        await coordinator.presses_label("Rania Q")
        await coordinator.sees_words("I would like to see.")
    await cast.nour.presses("button-approve", name="Rania Q")
    await cast.nour.presses("button-approve-yes", name="Rania Q")
    await cast.nour.sees("approved", name="Rania Q")
    await second.presses("button-decline", name="Rania Q")
    await second.sees("decided-already", outcome="approved", name="Rania Q", coordinator=with_badge("Nour"))
    assert "Rania Q" in {member.name for member in await everybody(cast.stage)}


async def test_a_coordinator_of_another_host_cannot_see_the_applicant(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=HOSTS[0], city="Cairo", reason="I would like to see.")
    await cast.awa.says("/applications")
    await cast.awa.sees("applications", count=0)
    await cast.awa.person.never_sees("Rania")


async def test_an_applicant_can_change_answers_and_withdraw(cast: Cast) -> None:
    before = await count_rows(cast.stage, "members")
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.says("Rania")
    await rania.says("no such host")
    await rania.sees("unknown-host")
    await rania.presses("button-no-host")
    await rania.says("Nowhere at all")
    await rania.sees_words("I do not know this city")
    await rania.says("UTC+2")
    await rania.says("x" * 1001)
    await rania.sees("answer-too-long", length=1001, most=1000)
    await rania.says("To listen.")
    await rania.presses("button-change-name")
    await rania.sees("ask-name")
    await rania.says("Rania the second")
    await rania.sees_words("Rania the second", "To listen.")
    await rania.says("/withdraw")
    await rania.presses("button-withdraw-yes")
    await rania.sees("withdrawn")
    assert await count_rows(cast.stage, "members") == before


async def test_the_owner_decides_about_somebody_without_a_host(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania Q", host=None, city="Cairo", reason="I would like to see.")
    await cast.olena.presses("button-open")
    await cast.olena.presses("button-approve", name="Rania Q")
    await cast.olena.presses("button-approve-yes", name="Rania Q")
    await rania.presses("button-open")
    await rania.sees("welcome", name="Rania Q", network=cast.stage.halqa.network.name)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_every_step_survives_a_restart(cast: Cast, language: str) -> None:
    stage = cast.stage
    rania = steps.Actor(await stage.person("Rania"), texts_in(language))
    code = await steps.invite(cast.nour)
    await rania.says(f"/start {code}")
    await stage.settle()
    await stage.restart()
    await rania.presses_label({"en": "English", "fr": "Français", "ar": "العربية"}[language])
    await rania.sees("notice", network=stage.halqa.network.name)
    await stage.restart()
    await rania.presses("button-agree")
    await rania.sees("ask-name")
    await stage.restart()
    await rania.says("Rania")
    await rania.sees("ask-host")
    await stage.restart()
    await rania.presses_label(HOSTS[0])
    await rania.sees("ask-zone")
    await stage.restart()
    await rania.says("Cairo")
    await rania.sees("ask-reason")
    await stage.restart()
    await rania.says("To listen.")
    await rania.sees_words("To listen.")
    await stage.restart()
    await rania.presses("button-send-application")
    await rania.sees("application-waiting")
    await stage.restart()
    await cast.nour.presses("button-open")
    await stage.restart()
    await cast.nour.presses("button-approve", name="Rania")
    await stage.restart()
    await cast.nour.presses("button-approve-yes", name="Rania")
    await stage.restart()
    await rania.presses("button-open")
    await rania.sees("welcome", name="Rania", network=stage.halqa.network.name)


async def test_whoever_does_not_finish_or_does_not_read_the_answer_is_erased_in_time(cast: Cast) -> None:
    before = await count_rows(cast.stage, "members")
    await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    yara = await steps.enter(cast.stage, await cast.stage.person("Yara"), await steps.invite(cast.nour), "en")
    await steps.answer(yara, name="Yara Q", host=HOSTS[0], city="Cairo", reason="To listen.")
    await cast.nour.presses("button-open")
    await cast.nour.presses("button-decline", name="Yara Q")
    await cast.nour.presses("button-decline-yes", name="Yara Q")
    await cast.nour.sees("application-declined", name="Yara Q")
    await cast.stage.pass_time(timedelta(days=8))
    assert await count_rows(cast.stage, "members") == before + 1
    await cast.stage.pass_time(timedelta(days=23))
    assert await count_rows(cast.stage, "members") == before


async def test_a_network_that_speaks_no_english_answers_strangers_in_its_own_language(tmp_path: Path) -> None:
    async with Stage(tmp_path, hosts=HOSTS, languages=("fr", "ar")) as stage:
        stranger = steps.Actor(await stage.person("Stranger", "en"), texts_in("fr"))
        await stranger.says("/start")
        await stranger.sees("greeting")
        await stranger.says("/language")
        await stranger.sees("choose-language")
        assert all("English" not in message.text for message in await stranger.person.chat())


async def test_of_a_stranger_nothing_stays_after_the_answer(cast: Cast) -> None:
    stranger = await cast.stage.person("Rania")
    await stranger.says("/start")
    await stranger.sees("Hello")
    await cast.stage.settle()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE sender_index IS NOT NULL") == 0
        assert await posts.newest(tx) == 0
