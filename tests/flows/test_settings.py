"""A member's settings, drafts and questions that end, help and privacy."""

from bot.demo import steps
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from storage.records.people import members
from storage.records.people.member import Member
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def row(cast: Cast, actor: Actor) -> Member:
    async with cast.stage.halqa.store.transaction() as tx:
        member = await members.find(tx, actor.person.id)
    assert member is not None
    return member


async def test_she_changes_her_language_and_the_menu_changes_with_it(cast: Cast) -> None:
    salma = await cast.salma("en")
    await salma.says("/language")
    await salma.presses_label("العربية")
    arabic = Actor(salma.person, texts_in("ar"))
    await arabic.sees("home", network=cast.stage.halqa.network.name)
    await cast.stage.settle()
    shown = {command["command"]: command["description"] for command in await salma.person.menu()}
    assert shown["digest"] == texts_in("ar").plain("command-digest")


async def test_she_changes_her_name_by_words(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.says("  Umm\u202e Leila \u200b ")
    await salma.sees_words("Saved.", "Umm Leila")
    assert (await row(cast, salma)).name == "Umm Leila"


async def test_she_moves_to_another_time_by_typing_a_city(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-zone")
    await salma.says("Nowhere")
    await salma.sees_words("I do not know this city")
    await salma.says("نيروبي")
    await salma.sees_words("Saved.", "Nairobi")
    assert (await row(cast, salma)).zone == "Africa/Nairobi"


async def test_she_sets_her_quiet_hours_by_typing_them(cast: Cast) -> None:
    salma = await cast.salma("ar")
    await salma.says("/settings")
    await salma.presses("button-change-quiet")
    await salma.says("whenever")
    await salma.sees("quiet-not-understood")
    await salma.says("٢١:٣٠ - ٦")
    await salma.sees("saved")
    assert ((await row(cast, salma)).preferences.quiet_from, (await row(cast, salma)).preferences.quiet_until) == (
        21 * 60 + 30,
        6 * 60,
    )
    await salma.presses("button-change-quiet")
    await salma.says("ايقاف")
    await salma.sees("quiet-none")


async def test_going_elsewhere_ends_a_question_so_that_words_are_not_taken_for_its_answer(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await salma.presses("button-back")
    await salma.sees_words("Your settings")
    await salma.says("Is anybody there?")
    await salma.sees("did-not-understand")
    assert (await row(cast, salma)).name == "Salma"


async def test_cancel_throws_away_what_was_half_written(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says("Half a thought")
    await cast.nour.sees_words("Half a thought")
    await cast.nour.says("/cancel")
    await cast.nour.sees("cancelled")
    await cast.nour.says("/cancel")
    await cast.nour.sees("nothing-to-cancel")


async def test_what_was_written_is_kept_while_she_looks_something_up(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says("A whole thought")
    await cast.nour.sees_words("A whole thought")
    preview = await cast.nour.person.last()
    await cast.nour.says("/privacy")
    await cast.nour.sees_words("/forget")
    await cast.nour.person.presses_data(preview.id, next(d for d in preview.data.values() if d.startswith("send:")))
    await cast.nour.sees("posted", title=TOPIC)


async def test_an_edited_message_is_answered_and_not_taken(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/help")
    await salma.sees_words("/help")
    mine = next(message for message in reversed(await salma.person.chat()) if not message.by_bot)
    await salma.person.edits(mine.id, "/forget")
    await salma.sees("edits-are-not-seen")


async def test_privacy_and_help_are_there_for_everybody(cast: Cast) -> None:
    for language in ("en", "fr", "ar"):
        stranger = Actor(await cast.stage.person("Stranger", language), texts_in(language))
        await stranger.says("/privacy")
        await stranger.sees("privacy")
        await stranger.says("/help")
        await stranger.sees("help-outside")
