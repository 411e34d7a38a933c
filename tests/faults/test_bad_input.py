"""The table of bad input: whatever is sent, whoever seems to send it, gets the one thing that is said here.

What arrives is put into Telegram's queue as Telegram would write it, so it takes the way of every update.
"""

import statistics
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.features.onboarding import invite_throttle
from bot.language.texts import texts_in
from bot.messaging.update_validation import ValidUpdate
from bot.telegram import update_parser
from sandbox.telegram import wire
from storage.records import drafts, topics
from storage.records.people import invites, members
from storage.records.people.invites import Grants
from storage.records.people.members import Member, MemberState, Role
from tests.cast import HOSTS, Cast, Joined
from tests.faults.scale import times

TOPIC = "Detention and protection"
LONG_AGO = 1_700_000_000


# One network for all rows of the table, since making one takes longer than any of them.
on_one_network = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def network(joined: Joined, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator["Network"]:
    async with Stage(tmp_path_factory.mktemp("network"), kept=joined.kept) as stage:
        cast = joined.cast.again(stage)
        salma = await cast.salma()
        await steps.open_topic(cast.nour, TOPIC, "")
        yield Network(stage, cast.nour, salma)


class Network(NamedTuple):
    """Nour coordinates; Salma is a member."""

    stage: Stage
    nour: Actor
    salma: Actor


async def row(stage: Stage, actor: Actor) -> Member | None:
    async with stage.halqa.store.transaction() as tx:
        return await members.find(tx, actor.person.id)


async def count(stage: Stage, table: str, where: str = "1 = 1") -> int:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetchval(f"SELECT count(*) FROM {table} WHERE {where}")


def written(actor: Actor, typed: str, /, **changes: Any) -> dict[str, Any]:
    """A message in a private chat, as Telegram writes it, but for the changes."""
    command = typed.startswith("/")
    found: dict[str, Any] = {
        "message_id": 900_001,
        "date": LONG_AGO,
        "chat": {"id": actor.person.id, "type": "private", "first_name": "x"},
        "from": {"id": actor.person.id, "is_bot": False, "first_name": "x", "language_code": "en"},
        "text": typed,
    }
    if command:
        found["entities"] = [{"type": "bot_command", "offset": 0, "length": len(typed.split()[0])}]
    return {key: value for key, value in (found | changes).items() if value is not None}


async def arrives(stage: Stage, kind: str, payload: Any) -> None:
    """Puts an update into Telegram's queue, whatever is in it, and waits until it is handled."""
    stage.sandbox.telegram.updates.add(kind, -1, payload)
    await stage.settle()


async def heard(actor: Actor) -> list[str]:
    """What the bot has said since somebody last did something."""
    mark = actor.person._mark
    return [message.text for message in await actor.person.chat() if message.by_bot and message.revision > mark]


# Commands that nobody typed here: of them all none has an effect.

BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "x"}
CHANNEL = {"id": -1009876543210, "type": "channel", "title": "x"}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": LONG_AGO}}
VIA = {"via_bot": {"id": 5, "is_bot": True, "first_name": "x", "username": "another_bot"}}


@pytest.mark.parametrize(
    ("kind", "changes", "answer"),
    [
        ("message", {"from": BOT, "chat": GROUP, "sender_chat": GROUP}, None),  # an anonymous admin
        ("message", {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": CHANNEL}, None),
        ("message", {"from": SERVICE, "chat": GROUP, "sender_chat": CHANNEL, "is_automatic_forward": True}, None),
        ("message", {"from": SERVICE}, None),
        ("message", {"sender_chat": CHANNEL}, None),
        ("message", {"chat": CHANNEL, "sender_chat": CHANNEL}, None),
        ("channel_post", {"chat": CHANNEL, "from": None, "sender_chat": CHANNEL}, None),
        ("edited_channel_post", {"chat": CHANNEL, "from": None}, None),
        ("business_message", {"business_connection_id": "x"}, None),
        ("message", {"chat": GROUP}, "only-in-private"),
        ("message", FORWARDED, "only-first-hand"),
        ("message", VIA, "only-first-hand"),
        ("edited_message", {"edit_date": LONG_AGO}, "edits-are-not-seen"),
    ],
)
@pytest.mark.parametrize("command", ["/invite", "/start x"])
@on_one_network
async def test_a_command_that_nobody_typed_here_does_nothing(
    network: Network, kind: str, changes: dict[str, Any], answer: str | None, command: str
) -> None:
    stage, nour = network.stage, network.nour
    await nour.person.looks_up()
    stage.sandbox.telegram.updates.allowed = []
    before = await count(stage, "invites"), await count(stage, "audit")
    await arrives(stage, kind, written(nour, command, **changes))
    assert await heard(nour) == ([nour.texts.plain(answer)] if answer else [])
    asked = update_parser.read({"update_id": 1, kind: written(nour, command, **changes)}, "halqa_demo_bot")
    assert (asked is None) == (answer is None)  # nor is anybody else answered
    assert (await count(stage, "invites"), await count(stage, "audit")) == before


@pytest.mark.parametrize("addressed", ["/invite@another_bot", "/invite@halqa_demo_bot_", "/invite@@halqa_demo_bot"])
@on_one_network
async def test_a_command_for_another_bot_is_not_heard(network: Network, addressed: str) -> None:
    stage, nour = network.stage, network.nour
    before = await count(stage, "invites")
    await nour.person.looks_up()
    await arrives(stage, "message", written(nour, addressed))
    assert await count(stage, "invites") == before
    assert await heard(nour) == []
    await arrives(stage, "message", written(nour, "/invite@HALQA_demo_bot"))
    assert await count(stage, "invites") == before + 1


# Buttons.


def forgeries() -> Iterator[str]:
    yield from (
        "",
        ":",
        "x",
        "run",
        "run:",
        "run:start",
        "run:start:0:0",
        "run:start:x",
        "run:start:1.0",
        "run:start:-",
    )
    yield from ("run:start:1_0", "run:start:+1", "run:start: 1", "run:start:٣", "run:start:" + "9" * 60)
    yield from ("run:start:" + "9" * 5000, "digest:" + "A" * 22 + ":99999999999999999999", "askrole:x:owner")
    yield from ("approve:AAAA=", "approve:a b", "approve:" + "A" * 400, "setrole:AAAA:emperor", "lang:en", "lang:tlh:")
    yield from ("lang:en:\ud800", "setzone:\x00", "minute:1e3", "minute:-1", "minute:1440", "minute:9007199254740993")
    yield from (
        "setquiet:-1:99999",
        "weekday:7",
        "weekday:-1",
        "follow:AAAA:loudly",
        "sendpost:AAAA:0",
        "'; DROP TABLE x;",
    )


@pytest.mark.parametrize("data", [*forgeries()])
@on_one_network
async def test_a_forged_button_has_expired(network: Network, data: str) -> None:
    stage, nour = network.stage, network.nour
    await nour.says("/settings")
    await nour.sees_words("Nour")
    before = await kept_of(stage, nour)
    await stage.forge(nour.person, data)
    await stage.settle()
    assert await heard(nour) == [nour.texts.plain("expired")]
    assert await kept_of(stage, nour) == before


async def kept_of(stage: Stage, actor: Actor) -> Member:
    """Her row, but for what the program plans by itself."""
    her = await row(stage, actor)
    assert her is not None
    return replace(her, digest_due_at=None)


async def test_a_button_that_was_used_has_expired(cast: Cast) -> None:
    """A client can send what a button carried again and again."""
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania", host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    data = (await rania.person.last()).data[texts_in("en").plain("button-withdraw")]
    await steps.approve(cast.nour, "Rania")
    await rania.presses("button-open")
    await rania.sees("welcome", name="Rania", network=cast.stage.halqa.network.name)
    for replayed in ("apply", "withdraw", "agree:en:x", "host:", "redo:name", data):
        await cast.stage.forge(rania.person, replayed)
        await cast.stage.settle()
        [said] = await heard(rania)
        assert said in (rania.texts.plain("expired"), rania.texts.plain("unknown-command")) or "Between" in said
    her = await row(cast.stage, rania)
    assert her is not None
    assert (her.state, her.name) == (MemberState.ACTIVE, "Rania")


async def test_a_confirmation_that_was_left_for_a_day_has_expired(cast: Cast) -> None:
    salma = await cast.salma()
    await salma.says("/forget")
    await salma.sees("ask-forget", name="Salma", posts=0)
    await cast.stage.pass_time(timedelta(hours=24, seconds=2))
    await salma.presses("button-forget-yes")
    await salma.sees("expired")
    assert await row(cast.stage, salma) is not None
    await salma.says("/forget")
    await cast.stage.pass_time(timedelta(hours=23))
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")


async def test_a_button_of_a_message_that_telegram_lost_confirms_nothing(cast: Cast) -> None:
    salma = await cast.salma()
    await cast.stage.settle()
    await salma.person.looks_up()
    query = {
        "id": "77",
        "from": wire.user(cast.stage.sandbox.telegram.chats[salma.person.id].person),
        "message": {"message_id": 5, "date": 0, "chat": {"id": salma.person.id, "type": "private"}},
        "chat_instance": "1",
        "data": "forget",
    }
    await arrives(cast.stage, "callback_query", query)
    assert await heard(salma) == [salma.texts.plain("expired")]
    query["message"] = {"message_id": 5, "date": 0, "chat": GROUP}
    await salma.person.looks_up()
    await arrives(cast.stage, "callback_query", query)
    assert await heard(salma) == []
    assert await row(cast.stage, salma) is not None


async def test_a_role_that_was_lost_since_confirms_nothing(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania", host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    await cast.nour.says("/applications")
    await cast.nour.presses_label("Rania")
    await cast.nour.presses("button-approve", name="Rania")
    await cast.nour.sees("ask-approve", name="Rania")
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        await members.set_role(tx, nour, Role.MEMBER)
    await cast.nour.presses("button-approve-yes", name="Rania")
    await cast.nour.sees("expired")
    her = await row(cast.stage, rania)
    assert her is not None
    assert her.state is MemberState.APPLICANT
    await cast.nour.says("/applications")
    await cast.nour.sees("unknown-command")


# Invitations.


async def stranger_in(stage: Stage) -> Actor:
    """Somebody who has pressed Start, without which no bot may speak to them."""
    stranger = Actor(await stage.person("Rania"), texts_in("en"))
    await stranger.says("/start")
    await stranger.sees("greeting")
    return stranger


async def codes(cast: Cast) -> dict[str, str]:
    """One of each kind that admits nobody."""
    stage, now = cast.stage, cast.stage.clock.now()
    async with stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        made = {}
        for kind in ("used", "expired", "revoked"):
            then = now - timedelta(hours=73) if kind == "expired" else now
            invite, made[kind] = await invites.create(tx, Grants.APPLICATION, nour.id, then)
            if kind == "used":
                assert await invites.redeem(tx, made[kind], now)
            if kind == "revoked":
                assert await invites.revoke(tx, invite.id, nour.id, now)
    return made | {
        "random": "AAAAAAAAAAAAAAAAAAAAAA",
        "long": "a" * 65,
        "empty": "-",
        "sql": "' OR 1=1 --",
        "half": "x\ud83d",
    }


async def test_invitations_that_admit_nobody_are_told_apart_by_nobody(cast: Cast) -> None:
    answers, stage = set(), cast.stage
    stranger = await stranger_in(stage)
    for code in (await codes(cast)).values():
        await stranger.person.looks_up()
        await arrives(stage, "message", written(stranger, f"/start {code}"))
        [said] = await heard(stranger)
        answers.add(said)
    assert answers == {texts_in("en").plain("bad-invite")}
    assert await row(stage, stranger) is None


async def test_and_take_as_long_as_each_other(cast: Cast) -> None:
    """Medians of looking a code up, in turns; what a person sees of it is drowned by the way over the network."""
    found = await codes(cast)
    took: dict[str, list[float]] = {kind: [] for kind in ("random", "used", "expired", "revoked", "long")}
    async with cast.stage.halqa.store.transaction() as tx:
        for _ in range(150):
            for kind, measured in took.items():
                begun = time.perf_counter()
                assert not await invites.is_open(tx, found[kind], cast.stage.clock.now())
                measured.append(time.perf_counter() - begun)
    medians = [statistics.median(measured) for measured in took.values()]
    assert max(medians) - min(medians) < 0.001


async def test_a_thousand_guesses_are_slowed_and_nobody_else_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, looked, is_open = cast.stage, 0, invites.is_open

    async def counted(*args: Any) -> bool:
        nonlocal looked
        looked += 1
        return await is_open(*args)

    stranger, salma = await stranger_in(stage), await stage.person("Salma")
    right, for_another = await steps.invite(cast.nour), await steps.invite(cast.nour)
    await stage.settle()
    monkeypatch.setattr(invites, "is_open", counted)
    monkeypatch.setattr(invite_throttle, "FIRST", timedelta(minutes=1))  # longer than this takes
    first = max(update_id for [update_id] in await ids(stage)) + 1_000_000
    guessed = [written(stranger, f"/start guess{number}") for number in range(times(150, 1000))]
    await stage.halqa.inbox_worker.take(
        [
            ValidUpdate(first + number, {"update_id": first + number, "message": guess})
            for number, guess in enumerate(guessed)
        ]
    )
    entered = await steps.enter(stage, salma, for_another, "en")
    await entered.sees("ask-name")
    await stage.settle()
    assert looked < 10 + 5  # the stranger's, and the few of Salma's
    said = {message.text for message in await stranger.person.chat() if message.by_bot}
    assert said - {texts_in("en").plain("greeting")} == {texts_in("en").plain("bad-invite")}
    await stranger.says(f"/start {right}")
    await stranger.sees("bad-invite")
    await stage.pass_time(timedelta(hours=1))
    await stranger.says(f"/start {right}")
    await stranger.sees("choose-language")


async def ids(stage: Stage) -> Any:
    async with stage.halqa.store.transaction() as tx:
        return await tx.fetch("SELECT update_id FROM inbox")


# Words.

HOSTILE = {
    "markup": ("<b>Salma</b> <a href='x'>", "<b>Salma</b> <a href='x'>"),
    "entity": ("&lt;Salma&amp;", "&lt;Salma&amp;"),
    "bidi": ("Salma\u202egnp.\u2066x\u2069", "Salmagnp.x"),
    "zero width": ("Sal\u200bma\ufeff\u2060", "Salma"),
    "tags": ("Salma\U000e0041\U000e0042\U000e007f", "Salma"),
    "half a letter": ("Salma\ud83d", "Salma\ufffd"),
    "nul": ("Sal\x00ma\x1b[31m\x07", "Salma[31m"),
    "variables": ("{ $network } Salma", "{ $network } Salma"),
    "sql": ("Salma'); DROP TABLE members; --", "Salma'); DROP TABLE members; --"),
    "formula": ("=HYPERLINK(0)Salma", "=HYPERLINK(0)Salma"),
    "path": ("../../etc/Salma", "../../etc/Salma"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@on_one_network
async def test_a_hostile_name_and_post_are_shown_harmless(network: Network, kind: str) -> None:
    """As text, all of it, and without what cannot be seen; the coordinator sees it, and so do the readers."""
    typed, shown = HOSTILE[kind]
    stage, nour, salma = network
    people = await count(stage, "members")
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await arrives(stage, "message", written(salma, typed))
    assert (await kept_of(stage, salma)).name == shown
    await nour.says("/members")
    await nour.sees_words(shown)
    await salma.says(f"/post {TOPIC}")
    await salma.sees("write-post", title=TOPIC)
    await arrives(stage, "message", written(salma, typed))
    await salma.presses("button-send-post", title=TOPIC)
    await salma.sees("posted", title=TOPIC)
    await nour.says(f"/topics {TOPIC}")
    await nour.presses("button-read-latest")
    text = await nour.sees_words(shown)
    assert not set(text) & set("\u202e\u200b\ufeff\x00\x1b\ud83d\U000e0041")
    assert await count(stage, "members") == people


@pytest.mark.parametrize(("name", "marked"), [("Оlena", True), ("N o u r", True), ("AWA", True), ("Rania", False)])
@on_one_network
async def test_a_name_that_looks_like_a_coordinators_is_marked(network: Network, name: str, marked: bool) -> None:
    """The first O is Cyrillic. Nour sees it of Olena and Awa too, who coordinate for others."""
    stage, nour, _ = network
    rania = await steps.enter(stage, await stage.person("Rania"), await steps.invite(nour), "en")
    await steps.answer(rania, name=name, host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    await nour.says("/applications")
    await nour.presses_label(name)
    said = await nour.sees_words("I work with survivors.")
    assert (nour.texts.plain("name-looks-alike").partition("</b>")[0].partition("<b>")[2] in said) is marked


@pytest.mark.parametrize("words", ["' OR 1=1 --", "%", "\\", '"; DELETE FROM topics; --', "a\x00b"])
@on_one_network
async def test_sql_is_text_wherever_words_are_looked_for(network: Network, words: str) -> None:
    stage, nour, _ = network
    for command in ("/topics", "/post", "/digest", "/audit", "/topic"):
        await nour.person.looks_up()
        await arrives(stage, "message", written(nour, f"{command} {words}"))
        assert await heard(nour)
    async with stage.halqa.store.transaction() as tx:
        assert TOPIC in [topic.title for topic in await topics.everything(tx)]
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0


# What is no text.

MEDIA: dict[str, dict[str, Any]] = {
    "location": {"location": {"latitude": 50.45, "longitude": 30.52}},
    "contact": {"contact": {"phone_number": "+380000000000", "first_name": "Salma"}},
    "voice": {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
    "sticker": {
        "sticker": {
            "file_id": "f",
            "file_unique_id": "u",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "a picture as a file": {
        "document": {
            "file_id": "f",
            "file_unique_id": "u",
            "mime_type": "image/jpeg",
            "file_name": "me.jpg",
            "file_size": 3_000_000,
        }
    },
    "a file with a path": {"document": {"file_id": "f", "file_unique_id": "u", "file_name": "../../etc/passwd"}},
    "a file with bidi": {"document": {"file_id": "f", "file_unique_id": "u", "file_name": "x\u202egpj.exe"}},
    "2 GB": {"document": {"file_id": "f", "file_unique_id": "u", "file_size": 2 * 2**30}},
    "a picture of 2 GB": {
        "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "file_size": 2 * 2**30}]
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}


@pytest.mark.parametrize("kind", MEDIA)
@on_one_network
async def test_where_text_was_expected_anything_else_is_asked_for_again_once(network: Network, kind: str) -> None:
    stage, _, salma = network
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await stage.settle()
    files = {path.name for path in stage.data.iterdir()}
    before = await kept_of(stage, salma)
    await salma.person.looks_up()
    await arrives(stage, "message", written(salma, "", text=None, caption="Rania", **MEDIA[kind]))
    assert await heard(salma) == [salma.texts.plain("cannot-take-that")]
    assert await kept_of(stage, salma) == before
    async with stage.halqa.store.transaction() as tx:
        draft = await drafts.get(tx, before)
    assert draft is not None
    assert (draft.kind, draft.body, draft.photo) == ("name", None, None)
    assert await count(stage, "inbox", "payload_encrypted IS NOT NULL") == 0
    assert {path.name for path in stage.data.iterdir()} == files
    await salma.says("Salma")  # the question stands
    await salma.sees("saved")


async def test_on_the_way_in_a_voice_message_is_asked_for_again_once(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.sees("ask-name")
    await cast.stage.settle()
    await rania.person.sends("voice")
    await cast.stage.settle()
    assert await heard(rania) == [rania.texts.plain("cannot-take-that")]
    await rania.says("Rania")
    await rania.sees("ask-host")
