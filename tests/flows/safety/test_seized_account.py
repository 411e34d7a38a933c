"""The attacker holds Salma's unlocked phone, knows the bot, and tries everything; her account is frozen.

The measure is what they can tell, and what they change: words of the network shown, rows changed, and screens that
differ from those of a member of a network in which nothing happens. Each has to be 0.
"""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records import posts
from storage.records.people.member import MemberState, Role
from storage.records.safety import freezes as freeze_rows
from tests.flows.safety.safety_steps import freezes, link, row
from tests.support.cast import Cast
from tests.support.stored_rows import places_of

TOPIC = "Detention and protection"
WORDS = "Five things that helped."
TABLES = ("members", "topics", "posts", "subscriptions", "digests", "invites", "drafts", "buddies", "audit", "hosts")


async def held(cast: Cast) -> list[Any]:
    async with cast.stage.halqa.store.transaction() as tx:
        return [await tx.fetch(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


@pytest.fixture
async def seized(cast: Cast, salma: Actor, yara: Actor, rania: Actor) -> Actor:
    """She follows a topic, wrote in it, and has buttons of it in her chat."""
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(salma, TOPIC, "A sentence of hers.")
    await steps.post(cast.nour, TOPIC, WORDS)
    await cast.stage.settle()
    await freezes(yara, "Salma", done=False)
    await freezes(rania, "Salma", done=True)
    await cast.stage.settle()
    return salma


async def test_every_command_answers_as_in_a_network_in_which_nothing_happens(cast: Cast, seized: Actor) -> None:
    commands = await seized.person.commands()
    assert {"topics", "post", "digest", "settings", "mydata", "forget"} <= set(commands)
    before = await held(cast)
    for command in commands:
        await seized.says(f"/{command}")
        await cast.stage.settle()
        seen = (await seized.person.last()).text
        assert seen, command
        for word in (TOPIC, WORDS, "Yara", "Rania", "Nour", "froz"):
            assert word not in seen, command
        await seized.person.never_sees(seized.texts.plain("unknown-command"), during=0)
    for says, sees in (("/topics", "no-topics"), ("/digest", "digest-schedule"), ("/start", "home")):
        await seized.says(says)
        values = {"cadence": "daily", "time": "8:00 AM", "weekday": "", "network": "Between Convenings"}
        assert seized.texts.plain(sees, **values).split("\n")[0][:20].replace("<b>", "") in await seized.sees_words("")
    assert await held(cast) == before


async def test_old_buttons_open_nothing(cast: Cast, seized: Actor) -> None:
    """Every button that a screen of hers had, and the knock of a post: all of them are answered, none shows a word."""
    nour = await row(cast, cast.nour)
    async with cast.stage.halqa.store.transaction() as tx:
        [post] = await posts.by(tx, nour.id)
    before = await held(cast)
    for press in (f"post:{_packed(post.id)}:0", f"photo:{_packed(post.id)}", "readnow", f"takeback:{_packed(post.id)}"):
        await seized.says("/help")
        await seized.sees_words("/help")
        await cast.stage.forge(seized.person, press)
        await cast.stage.settle()
        assert WORDS not in "".join(message.text for message in await seized.person.chat())
    assert await held(cast) == before


def _packed(id: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(id).decode().rstrip("=")


async def test_what_is_typed_is_kept_nowhere_and_settings_seem_to_be(cast: Cast, seized: Actor) -> None:
    before = await held(cast)
    await seized.says("/settings")
    await seized.presses("button-change-name")
    await seized.sees("ask-name")
    await seized.says("Somebody Else")
    await seized.sees("saved")
    await seized.says("/settings")
    assert "Somebody Else" in await seized.sees_words("Your settings")
    await seized.says("who is in this network")
    await seized.sees("did-not-understand")
    await cast.stage.settle()
    assert await held(cast) == before
    for words in ("Somebody Else", "who is in this network"):
        assert not await places_of(cast.stage, words)


async def test_her_data_are_those_of_somebody_to_whom_nothing_happened(cast: Cast, seized: Actor) -> None:
    await seized.says("/mydata")
    await seized.presses("button-send-data")
    await seized.sees("my-data")
    sent = await seized.person.last()
    assert sent.document is not None
    text = (await seized.person.download(sent.document["file_id"])).decode("utf-8-sig")
    assert "Salma" in text
    for word in ("A sentence of hers.", TOPIC, "Yara", "Rania", "froz"):
        assert word not in text


async def test_an_erasure_by_whoever_holds_it_erases_nothing_and_seems_to(
    cast: Cast, seized: Actor, yara: Actor
) -> None:
    before = (await row(cast, seized)).id
    await seized.says("/forget")
    await seized.presses("button-forget-yes")
    await seized.sees_words("Your key: erased")
    await cast.stage.restart()
    await seized.says("/start")
    await seized.sees("greeting")
    assert (await row(cast, seized)).id == before
    assert await places_of(cast.stage, "A sentence of hers.")
    await yara.says("/freeze")
    await yara.presses("freeze-line", name="Salma")
    assert "Nothing was erased" in await yara.sees("account", name="Salma")


async def test_a_seized_coordinator_has_her_commands_and_reaches_nobody(cast: Cast) -> None:
    """Nour's account: she cannot lock the network, let anybody in, or see a member."""
    await freezes_nour(cast)
    assert (await row(cast, cast.nour)).state is MemberState.FROZEN
    assert (await row(cast, cast.nour)).role is Role.COORDINATOR
    before = await held(cast)
    await cast.nour.says("/members")
    assert "Awa" not in await cast.nour.sees("members", count=1)
    await cast.nour.says("/lock")
    await cast.nour.sees("not-lockable")
    code = await steps.invite(cast.nour)
    assert await held(cast) == before
    stranger = await cast.stage.person("Stranger")
    await stranger.says(f"/start {code}")
    await stranger.sees("This invitation does not work")


async def freezes_nour(cast: Cast) -> None:
    code = await link(cast.nour)
    await cast.awa.says(f"/start {code}")
    await cast.awa.presses("button-be-buddy", name="Nour")
    await cast.awa.sees("buddy-agreed", name="Nour")
    await freezes(cast.awa, "Nour", done=False)
    await freezes(cast.olena, "Nour", search=True, done=True)
    await cast.stage.settle()


async def test_an_invitation_that_she_made_before_is_over(cast: Cast) -> None:
    code = await steps.invite(cast.nour)
    await freezes_nour(cast)
    stranger = await cast.stage.person("Stranger")
    await stranger.says(f"/start {code}")
    await stranger.sees("This invitation does not work")


async def test_after_a_restart_she_sees_the_same_and_the_freeze_holds(cast: Cast, seized: Actor) -> None:
    await cast.stage.restart()
    await cast.stage.pass_time(timedelta(days=5))
    await seized.says("/topics")
    await seized.sees("no-topics")
    async with cast.stage.halqa.store.transaction() as tx:
        [freeze] = await freeze_rows.everything(tx)
        assert len(await freeze_rows.votes(tx, freeze.member_id, cast.stage.clock.now())) == 2
