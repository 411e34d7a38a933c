"""Rows that were altered in the files: the member whose rows they are is told so, and all others are served."""

import re

import pytest
from structlog.testing import capture_logs

from bot.demo import steps
from bot.demo.stage import Stage
from storage.engine.database import Database
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import hosts, inbox, outbox
from storage.records.announcements import announcements
from storage.records.announcements.announcements import AnnouncementState
from storage.records.people import members
from tests.support import announcement_steps
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import labels
from tests.support.signed_files import sign

TOPIC = "Detention and protection"


async def alter(stage: Stage, name: str, *statements: str) -> None:
    """Stops the bot, executes statements on a file with its key, and starts the bot again."""
    await stage.settle()
    await stage.stop()
    purpose = {NETWORK_FILE: "database", KEYRING_FILE: "keyring"}[name]
    database = Database(stage.data / name, stage.master().derive(purpose))
    try:
        await database.begin()
        for statement in statements:
            await database.execute(statement)
    finally:
        await database.close()
    await sign(stage.data, stage.master())
    await stage.start()


async def key_of(stage: Stage, telegram_id: int) -> str:
    async with stage.halqa.store.transaction() as tx:
        member = await members.find(tx, telegram_id)
    assert member is not None
    return member.key_id.hex()


async def test_whoever_is_unreadable_is_told_so_in_their_language_and_everybody_else_is_served(cast: Cast) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    fatou = await cast.member("Fatou", "fr", "Dakar")
    rania = await cast.member("Rania", "en", "Cairo")
    for actor in (fatou, rania):
        await steps.follow(actor, TOPIC, "at_once")
    await steps.post(fatou, TOPIC, "What Fatou wrote.")
    await steps.post(rania, TOPIC, "What Rania wrote.")
    key = await key_of(stage, fatou.person.id)
    await alter(stage, KEYRING_FILE, f"UPDATE data_keys SET key = randomblob(32) WHERE id = x'{key}'")
    with capture_logs() as logs:
        await fatou.says("/topics")
        shown = await fatou.sees_words("Ce qui est gardé ici à votre sujet est endommagé")
        await steps.post(cast.awa, TOPIC, "What Awa wrote.")  # is for both, and reaches one
        await rania.says(f"/topics {TOPIC}")
        await rania.presses("button-read-latest")
        read = await rania.sees_words("What Awa wrote.", "What Rania wrote.")
        await cast.olena.says("/members")
        await cast.olena.sees_words("")
        listed = " ".join(await labels(cast.olena))
        await stage.settle()
    assert "What Fatou wrote." not in read
    assert "Fatou" not in listed
    assert "Rania" in listed
    [reference] = re.findall(r"[2-9A-HJ-NP-Z]{6}", shown)
    assert [entry["event"] for entry in logs if entry.get("reference") == reference] == ["member-unreadable"]
    told = [(entry["place"], entry["row"]) for entry in logs if entry["event"] == "row-unreadable"]
    assert told
    assert len(told) == len(set(told))
    assert "Fatou" not in str(logs)
    async with stage.halqa.store.transaction() as tx:
        [[failed]] = await tx.fetch("SELECT count(*) FROM outbox WHERE state = 'failed'")
        assert failed == 1
        assert await outbox.waiting(tx, stage.clock.now()) == 0


async def test_somebody_whose_key_is_gone_is_told_so_too(cast: Cast) -> None:
    salma = await cast.salma()
    key = await key_of(cast.stage, salma.person.id)
    await alter(cast.stage, KEYRING_FILE, f"DELETE FROM data_keys WHERE id = x'{key}'")
    await salma.says("/help")
    await salma.sees_words("What is kept here about you is damaged")
    await cast.nour.says("/help")
    await cast.nour.sees("help", network=cast.stage.halqa.network.name)


async def test_a_host_whose_name_does_not_open_is_called_so_and_the_others_are_listed(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    async with stage.halqa.store.transaction() as tx:
        found = await hosts.everyone(tx)
        [cedar] = [host for host in found if host.name == HOSTS[0]]
        [row] = await tx.fetch("SELECT key_id FROM hosts WHERE id = ?", cedar.id)
    await alter(stage, KEYRING_FILE, f"DELETE FROM data_keys WHERE id = x'{row[0].hex()}'")
    await salma.says("/settings")
    await salma.sees_words(salma.texts.plain("unreadable-host"))
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await cast.olena.says("/hosts")
    listed = await cast.olena.sees_words(*HOSTS[1:])
    assert HOSTS[0] not in listed
    await cast.olena.says(f"/hosts {HOSTS[0]}")
    await cast.olena.sees("host-added", name=HOSTS[0])


async def test_an_update_that_does_not_open_holds_up_nobody_and_its_sender_is_asked_to_go_on(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        await inbox.add(tx, 1, salma.person.id, {"message": {"text": "lost"}}, stage.clock.now())
        await tx.execute("UPDATE inbox SET payload_encrypted = randomblob(120) WHERE update_id = 1")
    await salma.says("/help")
    await salma.sees("help", network=stage.halqa.network.name)
    await salma.sees("resume")
    async with stage.halqa.store.transaction() as tx:
        assert await tx.fetch(
            "SELECT state, payload_encrypted IS NULL, reference IS NULL FROM inbox WHERE update_id = 1"
        ) == [("failed", 1, 0)]


async def test_a_draft_that_does_not_open_keeps_nobody_from_going_on(cast: Cast) -> None:
    stage, salma = cast.stage, await cast.salma()
    await steps.open_topic(cast.nour, TOPIC, "")
    await salma.says(f"/post {TOPIC}")
    await salma.sees("write-post", title=TOPIC)
    await salma.says("Words that are damaged.")
    await salma.sees_words("Words that are damaged.")
    await alter(stage, NETWORK_FILE, "UPDATE drafts SET body_encrypted = randomblob(120)")
    await steps.post(salma, TOPIC, "Words that are whole.")


async def test_a_coordinator_who_is_unreadable_takes_nothing_else_along(cast: Cast) -> None:
    """Her name is shown beside an application, in the audit, and on an announcement that is about to go out."""
    stage = cast.stage
    rania = await steps.enter(stage, await stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="Rania", host=HOSTS[0], city="Cairo", reason="To listen.")
    for author, approver in ((cast.awa, cast.olena), (cast.nour, cast.olena)):
        await announcement_steps.write(author)
        await announcement_steps.ask_approval(author)
        await announcement_steps.approve(approver)
    key = await key_of(stage, cast.awa.person.id)
    await alter(
        stage,
        NETWORK_FILE,
        f"UPDATE members SET name_encrypted = randomblob(200), unreachable_until = 1 WHERE key_id = x'{key}'",
    )
    with capture_logs() as logs:
        await cast.nour.says("/applications")
        await cast.nour.presses_label("Rania")
        await cast.nour.sees_words("Rania", "To listen.")
        await cast.olena.says("/audit")
        await cast.olena.sees_words(cast.olena.texts.plain("action-announcement-approved"))
        await announcement_steps.pass_delay(cast)
        await cast.olena.presses("button-open")
        await cast.olena.sees_words(announcement_steps.WORDS)
        await cast.olena.says("/halt")
        await cast.olena.sees_words(announcement_steps.words(cast.olena, "announcement-halted"))
    events = {entry["event"] for entry in logs}
    assert "row-unreadable" in events
    assert not events & {"handler-failed", "job-failed"}
    async with stage.halqa.store.transaction() as tx:
        stopped_by = {each.halted_by for each in await announcements.in_state(tx, AnnouncementState.HALTED)}
        olena = await members.find(tx, cast.olena.person.id)
    assert olena is not None
    assert stopped_by == {None, olena.id}  # her own never began


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("damage", ["row", "key"])
async def test_an_announcement_is_stopped_although_its_author_is_unreadable(
    cast: Cast, begun: bool, damage: str
) -> None:
    """Within the ten minutes, and while a recipient is pending; by those who could before, and by nobody else."""
    stage, salma, fatou = cast.stage, await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    async with stage.halqa.store.transaction() as tx:
        hers = await members.find(tx, cast.awa.person.id)
        colleague = await members.find(tx, fatou.person.id)
        assert hers is not None
        assert colleague is not None
        await members.set_host(tx, colleague, hers.host_id, independent=False)
    for waiting in (salma, fatou):
        await waiting.says("/pause")
        await waiting.presses("button-pause-yes")
    for whom in ("", HOSTS[2]):  # for everybody, and for her own host, of which Nour is not
        await announcement_steps.write(cast.awa, whom=whom)
        await announcement_steps.ask_approval(cast.awa)
        await announcement_steps.approve(cast.olena)
    if begun:
        await announcement_steps.pass_delay(cast)
    key = await key_of(stage, cast.awa.person.id)
    if damage == "row":
        await alter(stage, NETWORK_FILE, f"UPDATE members SET name_encrypted = randomblob(200) WHERE key_id = x'{key}'")
    else:
        await alter(stage, KEYRING_FILE, f"UPDATE data_keys SET key = randomblob(32) WHERE id = x'{key}'")
    with capture_logs() as logs:
        await cast.nour.says("/announce")
        await cast.nour.sees("announcements")
        await cast.nour.says("/halt")
        await cast.nour.sees("announcement-halted" if begun else "announcement-halted-early")
        async with stage.halqa.store.transaction() as tx:
            [halted] = await announcements.in_state(tx, AnnouncementState.HALTED)
            nour = await members.find(tx, cast.nour.person.id)
        assert nour is not None
        assert (halted.audience.kind, halted.halted_by) == ("everybody", nour.id)
        await cast.nour.says("/halt")
        await cast.nour.sees("nothing-to-halt")
        await cast.olena.says("/announce")
        await cast.olena.sees("announcements")
        await cast.olena.presses_label(
            await announcement_steps.label_with_prefix(cast.olena, "Sent, some wait" if begun else "About to go out")
        )
        await cast.olena.presses("button-stop-announcement")
        await cast.olena.sees("announcement-halted" if begun else "announcement-halted-early")
    assert "handler-failed" not in {entry["event"] for entry in logs}
    for waiting in (salma, fatou):
        await waiting.says("/pause")
        await waiting.presses("button-unpause")
    await announcement_steps.pass_delay(cast)
    assert [await announcement_steps.knocks(waiting) for waiting in (salma, fatou)] == [0, 0]
