"""Posts: what is taken and what is refused, previews, photos, topics that are closed."""

from datetime import timedelta

import pytest
import telegram

from bot.demo import steps
from bot.demo.steps import Actor
from sandbox.control.tiny_picture import PNG
from tests.support.cast import Cast

DETENTION = "Detention and protection"


async def test_who_follows_at_once_gets_a_knock_unless_it_was_taken_back(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION, "at_once")
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await salma.sees("knock")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")
    await salma.presses("button-close")
    await salma.loses("Five things that helped.")
    await cast.nour.presses("button-take-back")
    await cast.nour.sees("taken-back")
    await salma.says("/digest")
    await salma.sees("digest-waiting", count=0)


async def test_nothing_arrives_in_quiet_hours(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION, "at_once")
    await cast.stage.pass_time(timedelta(hours=12))  # midnight in Cairo
    await salma.says("/help")
    await steps.post(cast.nour, DETENTION, "Late, but good news.")
    await cast.stage.settle()
    await salma.person.never_sees("something for you")
    await cast.stage.pass_time(timedelta(hours=7, minutes=30))
    await salma.sees("knock")


async def test_a_post_of_4096_units_is_refused_with_the_count_and_one_less_is_taken(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await cast.nour.says(f"/post {DETENTION}")
    long = "🌿" * 2048  # two units each
    await cast.nour.says(long)
    await cast.nour.sees("post-too-long", length=4096, most=4095)
    await cast.nour.says("and here is what the app cut off")
    await cast.nour.sees("post-too-long", length=0, most=4095)
    cast.stage.clock.move(timedelta(seconds=6))
    await cast.nour.says(long[:-1] + "x")
    await cast.nour.sees("preview-goes-on")
    await cast.nour.presses("button-send-post", title=DETENTION)
    await cast.nour.sees("posted", title=DETENTION)
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words("🌿")
    shown = (await salma.person.last()).text.count("🌿")
    while any(salma.texts.plain("button-next-page") in row for row in (await salma.person.last()).buttons):
        await salma.presses("button-next-page")
        await salma.sees_words("🌿")
        shown += (await salma.person.last()).text.count("🌿")
    assert shown == 2047


async def test_a_photo_with_a_caption_is_taken_and_shown_one_press_away(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    salma = await cast.salma()
    await steps.follow(salma, DETENTION)
    await cast.nour.says(f"/post {DETENTION}")
    await cast.nour.sees("write-post", title=DETENTION)
    await cast.nour.person.sends_photo(PNG, "The room before the meeting")
    await cast.nour.presses("button-send-post", title=DETENTION)
    await cast.nour.sees("posted", title=DETENTION)
    await salma.says("/digest")
    await salma.presses("button-read-now")
    await salma.sees_words("The room before the meeting")
    await salma.presses("button-photo", number=1)
    await salma.sees_words("Nour")
    photo = await salma.person.last()
    assert photo.photo is not None
    assert photo.protected
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(minutes=61))
    await cast.stage.settle()
    assert all(message.photo is None for message in await salma.person.chat())


async def test_what_cannot_be_taken_is_answered_with_what_can(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    await cast.nour.says(f"/post {DETENTION}")
    for what in ("document", "voice", "location", "contact", "sticker", "video"):
        await cast.nour.person.sends(what)
        await cast.nour.sees("cannot-take-that")
    await cast.nour.says("These words are still awaited.")
    await cast.nour.sees_words("These words are still awaited.")


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("olena", "as a photo and not as a file, for a file can tell where, when and with which device it was taken"),
        ("awa", "non en tant que fichier, car un fichier peut révéler où, quand et avec quel appareil"),
        ("nour", "كصورة لا كملف، فالملف قد يكشف أين ومتى وبأي جهاز التُقطت"),
    ],
)
async def test_a_picture_as_a_file_is_refused_and_why_is_said_and_no_file_is_ever_fetched(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, who: str, why: str
) -> None:
    """Telegram re-encodes a photo, but not a file, which may hold metadata; the bot stores the file id of a photo."""
    fetched: list[object] = []

    async def get_file(_: telegram.Bot, *what: object, **rest: object) -> None:
        fetched.append(what)

    monkeypatch.setattr(telegram.Bot, "get_file", get_file)
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    writer: Actor = getattr(cast, who)
    await writer.says(f"/post {DETENTION}")
    await writer.sees("write-post", title=DETENTION)
    for name in ("IMG_2031.jpg", "../../halqa.key", "room\u202egpj.exe"):
        file = {"data": PNG, "file_name": name, "mime_type": "image/jpeg", "caption": "The room"}
        await writer.person.sends("document", **file)
        await writer.sees_words(why)
    await cast.stage.settle()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE payload_encrypted IS NOT NULL") == 0
        assert await tx.fetchval("SELECT count(*) FROM drafts WHERE body_encrypted IS NOT NULL") == 0
    await writer.person.sends_photo(PNG, "The room")
    await writer.presses("button-send-post", title=DETENTION)
    await writer.sees("posted", title=DETENTION)
    assert fetched == []


async def test_an_old_preview_cannot_send_what_was_written_later(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    await cast.nour.says(f"/post {DETENTION}")
    await cast.nour.says("First thought.")
    await cast.nour.sees_words("First thought.")
    first = await cast.nour.person.last()
    cast.stage.clock.move(timedelta(seconds=5))
    await cast.nour.says("Second thought.")
    await cast.nour.sees_words("Second thought.")
    send = next(data for data in first.data.values() if data.startswith("send:"))
    await cast.nour.person.presses_data(first.id, send)
    await cast.nour.sees_words("Second thought.")
    await cast.nour.says(f"/topics {DETENTION}")
    await cast.nour.presses("button-read-latest")
    await cast.nour.sees("topic-empty", title=DETENTION)


async def test_a_closed_topic_can_be_read_but_not_written_in(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    await steps.post(cast.nour, DETENTION, "Five things that helped.")
    await cast.nour.says(f"/topics {DETENTION}")
    await cast.nour.presses("button-close-topic")
    await cast.nour.presses("button-close-topic-yes", title=DETENTION)
    await cast.nour.sees("topic-closed")
    await cast.nour.says(f"/post {DETENTION}")
    await cast.nour.sees("topic-gone")
    await cast.nour.says(f"/topics {DETENTION}")
    await cast.nour.presses("button-read-latest")
    await cast.nour.sees_words("Five things that helped.")
    await cast.nour.says(f"/topics {DETENTION}")
    await cast.nour.presses("button-reopen-topic")
    await cast.nour.sees("topic-mode", mode="digest")


async def test_pressing_send_twice_says_twice_that_it_was_sent(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    await cast.nour.says(f"/post {DETENTION}")
    await cast.nour.says("Five things that helped.")
    await cast.nour.sees_words("Five things that helped.")
    preview = await cast.nour.person.last()
    send = next(data for data in preview.data.values() if data.startswith("send:"))
    await cast.stage.forge(cast.nour.person, send)
    await cast.nour.sees("posted", title=DETENTION)
    await cast.nour.says("/help")
    await cast.nour.sees_words("/help")
    await cast.stage.forge(cast.nour.person, send)
    await cast.nour.sees("posted", title=DETENTION)
    await cast.nour.says(f"/topics {DETENTION}")
    await cast.nour.presses("button-read-latest")
    assert (await cast.nour.sees_words("Five things")).count("Five things that helped.") == 1


async def test_words_that_come_much_later_are_not_taken_for_an_answer(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await salma.person.looks_up()
    await cast.stage.pass_time(timedelta(hours=3))
    await salma.says("Thank you all!")
    await salma.sees("did-not-understand")


async def test_a_new_draft_says_that_it_takes_the_place_of_the_old(cast: Cast) -> None:
    await steps.open_topic(cast.nour, DETENTION, "What helps, and what does not.")
    await cast.nour.says(f"/post {DETENTION}")
    await cast.nour.says("First thought.")
    await cast.nour.sees_words("First thought.")
    await cast.nour.says("Second thought.")
    await cast.nour.sees("preview-replaces")
