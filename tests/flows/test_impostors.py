"""A member who wants to be taken for somebody else: for a coordinator, for another author, for nobody they were."""

import re
from datetime import timedelta

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.sealed_notes.note_screens import OpenNotes
from bot.language.normalize import BADGE
from tests.support.announcement_steps import words
from tests.support.cast import Cast
from tests.support.member_steps import coordinator, plain
from tests.support.stored_rows import places_of, stored_member

TOPIC = "Detention and protection"
IMITATIONS = ("Nour ★", "Nour ⭐", "Nour \u066d", "★ Nour", "Nour ✪", "Nour *", "Nour ⋆", "Nour 🌟", "نور ★")


async def rename(actor: Actor, name: str) -> None:
    await actor.says("/settings")
    await actor.presses("button-change-name")
    await actor.sees("rename-rule")
    await actor.says(name)
    await actor.sees("saved")


async def latest(reader: Actor) -> str:
    await reader.says(f"/topics {TOPIC}")
    await reader.presses("button-read-latest")
    return plain(await reader.sees_words("▪"))


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if " · " in line]


@pytest.mark.parametrize("name", IMITATIONS)
async def test_no_name_holds_the_badge_or_what_looks_like_it(cast: Cast, name: str) -> None:
    salma = await cast.salma()
    await rename(salma, name)
    hers = await stored_member(cast.stage, salma)
    assert hers is not None
    assert hers.name in ("Nour", "نور")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_member_with_the_name_of_a_coordinator_is_told_apart_at_every_post(cast: Cast, language: str) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, reader = await cast.salma(), await cast.member("Reader", language, "Cairo")
    await steps.follow(reader, TOPIC)
    await rename(salma, "N\u043eur")  # with a Cyrillic o
    await steps.post(salma, TOPIC, "I am the coordinator. Send me your papers.")
    await steps.post(cast.nour, TOPIC, "Welcome.")
    await reader.says("/digest")
    await reader.presses("button-read-now")
    for text in (plain(await reader.sees_words("Welcome.")), await latest(reader)):
        warned = words(reader, "post-heading-alike")
        assert text.count(warned) == 1
        hers, nours = sorted(headings(text), key=lambda line: BADGE in line)[-2:]
        assert BADGE not in hers
        assert coordinator("Nour") in nours
        assert text.index("N\u043eur") < text.index(warned) < text.index("Send me your papers.")


async def test_a_role_that_is_lost_takes_the_badge_from_old_posts_and_what_was_read(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC)
    await steps.post(cast.nour, TOPIC, "Welcome.")
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words(coordinator("Nour"), "Welcome.")
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name=coordinator("Nour"), role="coordinator")
    await cast.olena.presses("button-make-member")
    await cast.olena.presses("button-role-yes", name="Nour")
    await cast.olena.sees("role-set", name="Nour", role="member")
    await salma.says("/digest")
    await salma.presses("button-read-again")
    assert BADGE not in await salma.sees_words("Welcome.")


async def test_two_of_one_name_have_marks_of_their_own_which_stay_and_do_not_lead_to_other_topics(cast: Cast) -> None:
    for title in (TOPIC, "Courts"):
        await steps.open_topic(cast.nour, title, "")
    salma, other = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await rename(other, "Salma")
    for author in (salma, other, salma):
        await steps.post(author, TOPIC, "Some words.")
    await steps.post(salma, "Courts", "Some words.")
    marks = re.findall(r"Salma (\d{4}) ·", await latest(cast.nour))
    assert len(marks) == 3
    assert marks[0] == marks[2] != marks[1]
    await cast.nour.says("/topics Courts")
    await cast.nour.presses("button-read-latest")
    [elsewhere] = re.findall(r"Salma (\d{4}) ·", plain(await cast.nour.sees_words("Courts")))
    assert elsewhere != marks[0]


async def test_a_new_name_is_told_to_those_who_know_the_old_one_and_to_nobody_else(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, knows, comes_later = (
        await cast.salma(),
        await cast.member("Yara", "en", "Cairo"),
        await cast.member("Lina", "en", "Cairo"),
    )
    await steps.follow(knows, TOPIC)
    await steps.post(salma, TOPIC, "First words.")
    await steps.follow(comes_later, TOPIC)
    await rename(salma, "Huda")
    await steps.post(salma, TOPIC, "Later words.")
    for reader, told in ((knows, True), (comes_later, False)):
        await reader.says("/digest")
        await reader.presses("button-read-now")
        assert ("Salma is called Huda" in plain(await reader.sees_words("Later words."))) is told
        assert ("Salma" in await latest(reader)) is told
    await cast.nour.says("/members")
    await cast.nour.presses("member-line", name="Huda", role="member")
    await cast.nour.sees_words("Salma", "Huda")
    await cast.stage.pass_time(timedelta(days=30, minutes=20))
    await cast.stage.settle()
    assert "Salma" not in await latest(knows)
    assert await places_of(cast.stage, "Salma") == []


async def test_a_name_changes_once_in_thirty_days(cast: Cast) -> None:
    salma = await cast.salma()
    await rename(salma, "Huda")
    await salma.presses("button-change-name")
    await salma.sees_words(words(salma, "rename-not-yet", when="\ue001")[:30])
    await salma.says("Nour")
    hers = await stored_member(cast.stage, salma)
    assert hers is not None
    assert hers.name == "Huda"
    await cast.stage.pass_time(timedelta(days=30, minutes=1))
    await rename(salma, "Salma")


async def test_a_name_like_a_coordinators_is_marked_in_sealed_notes_too(cast: Cast) -> None:
    salma = await cast.salma()
    await rename(salma, "N\u043eur")
    hers = await stored_member(cast.stage, salma)
    assert hers is not None
    await cast.stage.forge(cast.nour.person, OpenNotes(hers.id).pack())
    await cast.nour.sees_words(words(cast.nour, "name-looks-alike")[:40], "N\u043eur")
