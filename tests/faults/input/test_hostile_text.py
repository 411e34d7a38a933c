"""People and machines that mean no good, or are only unlucky: each was once a way to bring the network down or to learn
something. What is tried here has to leave everybody else served."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor
from bot.language.texts import texts_in
from bot.messaging.quiet_hours import quiet_until
from storage.crypto.cipher import Cipher, Unreadable
from storage.engine.connection import StoreError
from storage.engine.store import Store
from storage.integrity import lookup_key_rotation
from storage.records import inbox, outbox, posts
from storage.records.people import members
from storage.records.people.members import Member, MemberState
from tests.cast import HOSTS, Cast

TOPIC = "Detention and protection"


async def member(stage: Stage, actor: Actor) -> Member | None:
    async with stage.halqa.store.transaction() as tx:
        return await members.find(tx, actor.person.id)


async def test_an_update_that_cannot_be_read_holds_up_nobody(cast: Cast) -> None:
    chat = {"id": cast.nour.person.id, "type": "private"}
    cast.stage.sandbox.telegram.updates.add("message", 1, {"message_id": 1, "chat": chat, "text": "no date"})
    cast.stage.sandbox.telegram.updates.add("message", 1, {"nonsense": [1, 2, 3]})
    await cast.nour.says("/settings")
    await cast.nour.sees_words("Nour")


async def test_a_message_that_waited_60_nights_is_delivered_and_counts_no_attempt(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await salma.says("/pause")
    await salma.presses("button-pause-yes")
    await salma.sees("home-paused")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    for _ in range(60):
        await cast.stage.pass_time(timedelta(days=1))
        await cast.stage.settle()
    await salma.presses("button-unpause")
    await salma.presses("button-unpause")
    await salma.presses("button-open")
    await salma.sees_words("Five things that helped.")


async def test_a_knock_that_never_arrives_for_certain_is_given_up_and_listed(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await cast.stage.settle()
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.says("Five things that helped.")
    await cast.nour.sees_words("Five things that helped.")
    await cast.stage.settle()
    cast.stage.sandbox.telegram.faults.change({"lose_answers": 1000})
    await cast.nour.presses("button-send-post", title=TOPIC)
    for _ in range(30):
        await cast.stage.settle()
        await cast.stage.pass_time(timedelta(minutes=61))
    cast.stage.sandbox.telegram.faults.change({"lose_answers": 0})
    await cast.stage.settle()
    her = await member(cast.stage, salma)
    assert her is not None
    async with cast.stage.halqa.store.transaction() as tx:
        states = [state for kind, state, _ in await outbox.of(tx, her.id) if kind == "post"]
    assert states == ["uncertain"]


async def test_a_post_of_full_length_is_in_the_file_of_her_data(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    words = "& < " * 1000
    await steps.post(cast.nour, TOPIC, words)
    await cast.nour.says("/mydata")
    await cast.nour.presses("button-send-data")
    await cast.nour.sees("my-data")
    sent = await cast.nour.person.last()
    assert sent.document is not None
    assert words.strip() in (await cast.nour.person.download(sent.document["file_id"])).decode()


async def test_a_long_reason_full_of_markup_can_be_sent_and_read(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="<b>Rania</b>", host=HOSTS[0], city="Cairo", reason="&" * 900)
    await cast.nour.presses("button-open")
    await cast.nour.sees_words("<b>Rania</b>", "&" * 900)


def opened(cipher: Cipher, row: bytes, sealed: bytes) -> bytes | None:
    try:
        return cipher.decrypt(lookup_key_rotation.ADDRESS, row, sealed)
    except Unreadable:
        return None


async def test_an_older_copy_of_the_network_tells_nothing_of_an_erased_person(cast: Cast, tmp_path: Path) -> None:
    """With the newest keyring, nobody's Telegram id leads to a row of the older copy any more."""
    stage = cast.stage
    salma = await cast.salma()
    address = salma.person.id
    await stage.settle()
    await stage.stop()
    older = tmp_path / "older.db"
    shutil.copy(stage.data / "network.db", older)
    await stage.start()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await stage.settle()
    cipher = stage.halqa.store.cipher
    await stage.stop()

    copy = sqlcipher3.connect(str(older))
    copy.execute(f"PRAGMA key = \"x'{stage.master().derive('database').hex()}'\"")
    hashes = {row[0] for row in copy.execute("SELECT telegram_id_index FROM members")}
    assert len(hashes) == 4
    assert cipher.telegram_id_index(address) not in hashes
    addresses = [
        opened(cipher, row, sealed) for row, sealed in copy.execute("SELECT id, telegram_id_encrypted FROM members")
    ]
    assert addresses.count(None) == 1
    assert str(address).encode() not in addresses
    copy.close()
    await stage.start()


async def test_an_older_network_put_back_erases_again_and_serves_the_others(cast: Cast, tmp_path: Path) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, "words of somebody who will leave")
    await stage.settle()
    await stage.stop()
    for name in ("network.db", "network.db-wal"):
        if (stage.data / name).exists():
            shutil.copy(stage.data / name, tmp_path / name)
    await stage.start()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await stage.settle()
    await stage.stop()
    for name in ("network.db", "network.db-wal"):
        (stage.data / name).unlink(missing_ok=True)
        if (tmp_path / name).exists():
            shutil.copy(tmp_path / name, stage.data / name)
    with pytest.raises(StoreError, match="network-older"):
        await stage.start()
    await stage.start(accept_rollback=True)
    await stage.halqa.tick()
    await salma.says("hello?")
    await salma.sees("greeting")
    await cast.olena.says("/members")
    await cast.olena.sees("members", count=3)
    await cast.olena.says("/audit verify")
    await cast.olena.sees("audit-holds")
    await cast.nour.says(f"/topics {TOPIC}")
    await cast.nour.presses("button-read-latest")
    await cast.nour.sees("topic-empty", title=TOPIC)


async def test_what_was_open_leaves_the_chat_of_somebody_who_leaves(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.settle()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await salma.loses("Five things that helped.")


async def test_what_was_opened_closes_even_if_the_answer_was_lost(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.sees("topic", title=TOPIC)
    await cast.stage.settle()
    her = await member(cast.stage, salma)
    assert her is not None
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.stop()  # as a crash would: nothing after the commit is waited for
    await cast.stage.start()
    await cast.stage.pass_time(timedelta(minutes=61))
    await salma.loses("Five things that helped.")


async def test_what_could_not_be_deleted_in_time_loses_its_words(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await salma.sees_words("Five things that helped.")
    await cast.stage.settle()
    await cast.stage.stop()
    cast.stage.clock.move(timedelta(hours=50))
    await cast.stage.start()
    await cast.stage.halqa.tick()
    await salma.loses("Five things that helped.")


def test_quiet_hours_end_in_the_future_on_the_night_clocks_go_back() -> None:
    """In Amsterdam 02:15 comes twice on 25 October 2026; quiet until 02:30 ends after the second."""
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert quiet_until(second, "Europe/Amsterdam", 22 * 60, 2 * 60 + 30) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


async def test_an_error_of_the_database_is_survived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, failures = outbox.claim, 3

    async def failing(*args: Any) -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise sqlcipher3.OperationalError("database or disk is full")
        return await claim(*args)

    monkeypatch.setattr(outbox, "claim", failing)
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC, "at_once")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await salma.sees("knock")
    assert failures < 0


async def test_stray_words_of_a_coordinator_do_not_become_a_topic(cast: Cast) -> None:
    await cast.nour.says("/topic Detention")
    await cast.nour.sees("ask-topic-purpose", title="Detention")
    await cast.nour.says("/applications")
    await cast.nour.sees("applications", count=0)
    await cast.nour.says("Rania is in danger, call me")
    await cast.nour.sees("did-not-understand")
    await cast.nour.says("/topics")
    await cast.nour.sees("no-topics")


async def test_strangers_do_not_hold_up_members(cast: Cast) -> None:
    strangers = [await cast.stage.person(f"Stranger {number}") for number in range(40)]
    cast.stage.sandbox.telegram.faults.change({"latency_ms": 200})
    for _ in range(3):
        await asyncio.gather(*(stranger.says("/start") for stranger in strangers))
    begun = cast.stage.clock.now()
    await cast.nour.says("/settings")
    await cast.nour.sees_words("Nour")
    waited = cast.stage.clock.now() - begun
    cast.stage.sandbox.telegram.faults.change({"latency_ms": 0})
    await cast.stage.settle()
    # 120 answers at 200 ms by 16 workers take 1.5 s at the very least; a member waits for none of those in the queue.
    assert waited < timedelta(seconds=1.5)


async def test_a_clock_that_ran_ahead_for_a_while_does_not_silence_digests(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.follow(salma, TOPIC)
    await cast.stage.pass_time(timedelta(days=365))
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(days=-365))
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.settle()
    await cast.stage.halqa.tick()
    await salma.person.looks_up()
    await cast.stage.pass_time(timedelta(days=1))
    await salma.sees("knock")


async def test_words_that_begin_with_a_slash_are_words(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.sees("write-post", title=TOPIC)
    await cast.nour.says("/ 7 March, Kampala: we met")
    await cast.nour.sees_words("/ 7 March, Kampala: we met")


@pytest.mark.parametrize("name", ["\u200d\u200d", "\u3164", "\u2800", "\u00ad", "…"])
async def test_a_name_that_nobody_can_see_is_refused(cast: Cast, name: str) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await salma.says(name)
    await salma.person.sees("")
    her = await member(cast.stage, salma)
    assert her is not None
    assert her.name == "Salma"


async def test_an_invitation_of_somebody_who_may_no_longer_invite_is_closed(cast: Cast) -> None:
    code = await steps.invite(cast.nour)
    async with cast.stage.halqa.store.transaction() as tx:
        nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", nour.id)
    stranger = Actor(await cast.stage.person("Rania"), texts_in("en"))
    await stranger.says(f"/start {code}")
    await stranger.sees("bad-invite")


async def test_somebody_suspended_is_told_so_whatever_they_do(cast: Cast) -> None:
    salma = await cast.salma()
    async with cast.stage.halqa.store.transaction() as tx:
        her = await members.find(tx, salma.person.id)
        assert her is not None
        await tx.execute("UPDATE members SET state = ? WHERE id = ?", MemberState.SUSPENDED, her.id)
    await salma.says("/language")
    await salma.presses_label("English")
    await salma.sees("suspended")
    await salma.says("hello")
    await salma.sees("suspended")


async def test_an_erasure_that_could_not_end_ends_with_the_next_tick(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = await cast.salma()
    store = cast.stage.halqa.store
    keys = len(store.keyring)
    run = store._keys.fetch

    async def failing(sql: str, values: Any = ()) -> Any:
        if sql.startswith("DELETE FROM member_keys"):
            raise sqlcipher3.OperationalError("disk I/O error")
        return await run(sql, values)

    monkeypatch.setattr(store._keys, "fetch", failing)
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await cast.stage.settle()
    monkeypatch.undo()
    assert len(store.keyring) == keys
    await cast.stage.halqa.tick()
    assert len(store.keyring) == keys - 1


async def test_of_a_stranger_nothing_stays_after_the_answer(cast: Cast) -> None:
    stranger = await cast.stage.person("Rania")
    await stranger.says("/start")
    await stranger.sees("Hello")
    await cast.stage.settle()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE sender_index IS NOT NULL") == 0
        assert await posts.newest(tx) == 0


async def test_a_second_process_on_the_same_files_is_refused(cast: Cast) -> None:
    with pytest.raises(Exception, match="in-use"):
        await Store.open(cast.stage.data, cast.stage.master())


async def test_an_update_that_is_handed_out_twice_has_its_effect_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when an erasure changes what its sender looks like while it is being handled."""
    taken = inbox.next_pending

    async def twice(tx: Any, busy: Any, limit: int, strangers: int) -> list[inbox.Received]:
        found = await taken(tx, busy, limit, strangers)
        return [*found, *found]

    monkeypatch.setattr(inbox, "next_pending", twice)
    async with cast.stage.halqa.store.transaction() as tx:
        before = await tx.fetchval("SELECT count(*) FROM invites")
    await steps.invite(cast.nour)
    await cast.stage.settle()
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM invites") == before + 1
