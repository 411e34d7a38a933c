"""Sealed notes, from the key on a coordinator's own machine to the words on her screen, and nowhere in between."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import PATIENCE, Actor
from storage.crypto.private_key_file import PrivateKeyFile
from storage.integrity import field_search
from storage.records import audit
from storage.records.people import members
from tests.cast import HOSTS, Cast
from tests.pages import decrypted_pages

NAME = "Rania Quteish"
NOTE = "Her sister works with us; she asked not to be called at home."
CONTACT = "Salma Haddad is my real name. Call Hind, 555 0100, in Arabic."


class Machine:
    """A computer of somebody's own: a folder with a private key, and the command line; no settings and no data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def halqa(self, *arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["sealed", *arguments])
        return done.exit_code, done.output

    @property
    def key(self) -> str:
        return str(self.folder / "my-key")

    def public(self) -> str:
        if not Path(self.key).exists():
            assert self.halqa("keygen", self.key, "--no-passphrase")[0] == 0
        return str(PrivateKeyFile(Path(self.key)).public)

    @property
    def fingerprint(self) -> str:
        return PrivateKeyFile(Path(self.key)).public.fingerprint

    def reads(self, file: bytes) -> tuple[int, str]:
        path = self.folder / "sealed.txt"
        path.write_bytes(file)
        return self.halqa("open", str(path), "--key", self.key)


@pytest.fixture
def hers(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "nour's computer")


@pytest.fixture
def owners(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "olena's computer")


async def sets_key(actor: Actor, machine: Machine) -> None:
    await actor.says("/sealing")
    await actor.sees("ask-sealing-key")
    await actor.says(machine.public())
    await actor.sees("sealing")
    await actor.sees_words(machine.fingerprint)


async def applies(cast: Cast, name: str = NAME, host: str = HOSTS[0]) -> Actor:
    rania = await steps.enter(cast.stage, await cast.stage.person(name), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name=name, host=host, city="Cairo", reason="To listen.")
    return rania


async def opens(actor: Actor, name: str = NAME) -> None:
    await actor.says("/applications")
    await actor.presses_label(name)


async def notes(actor: Actor, words: str = NOTE, name: str = NAME) -> None:
    await opens(actor, name)
    await actor.presses("button-write-note")
    await actor.sees("write-note", name=name)
    await actor.says(words)
    await actor.sees("note-sealed")


async def fetched(actor: Actor, count: int) -> bytes:
    """The file behind the button of the screen on which the actor is."""
    await actor.presses("button-get-notes")
    await actor.sees("notes-file", count=count)
    sent = await actor.person.last()
    assert sent.document is not None
    return await actor.person.download(sent.document["file_id"])


async def places(stage: Stage, words: str) -> list[str]:
    async with stage.halqa.store.transaction() as tx:
        return await field_search.places_of(tx, words)


async def actions(stage: Stage) -> list[str]:
    async with stage.halqa.store.transaction() as tx:
        return [entry.action for entry in await audit.last(tx, 100)]


async def gone_from_chat(actor: Actor, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(words in message.text for message in await actor.person.chat()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_the_whole_way_of_a_note(cast: Cast, hers: Machine, owners: Machine) -> None:
    stage = cast.stage
    await sets_key(cast.nour, hers)
    await sets_key(cast.olena, owners)
    rania = await applies(cast)
    await opens(cast.nour)
    await cast.nour.presses("button-write-note")
    shown = await cast.nour.sees("write-note", name=NAME)
    assert "Olena" in shown
    assert "Nour" in shown
    assert "Awa" not in shown
    await cast.nour.says(NOTE)
    await cast.nour.sees("note-sealed")
    await gone_from_chat(cast.nour, NOTE)

    await opens(cast.olena)
    await cast.olena.sees("note-count", count=1)
    await cast.olena.presses("button-notes-of")
    await cast.olena.sees("notes-mine", count=1)
    file = await fetched(cast.olena, 1)
    assert NOTE.encode() not in file
    for machine in (hers, owners):
        code, out = machine.reads(file)
        assert code == 0
        assert NOTE in out
        assert f"About {NAME}: a coordinator's note" in out
        assert "Who wrote this is not proven" in out
    found = await actions(stage)
    assert found.count("sealing-key-set") == 2
    assert "sealed-note-written" in found
    assert "sealed-notes-fetched" in found

    await stage.settle()
    assert await places(stage, "To listen.") == ["members.reason_encrypted"]  # the search does open what can be opened
    assert await places(stage, NOTE) == []
    await stage.stop()
    pages = decrypted_pages(stage)
    assert b"Between Convenings" in pages
    for words in (NOTE, "Her sister", "called at home"):
        assert words.encode() not in pages
    await stage.start()

    await rania.says("/withdraw")
    await rania.presses("button-withdraw-yes")
    await rania.sees("withdrawn")
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM sealed_notes") == 0


async def test_the_message_leaves_the_chat_even_if_telegram_fails_just_then(cast: Cast, hers: Machine) -> None:
    """The deletion is owed by the outbox in the same transaction as the note."""
    await sets_key(cast.nour, hers)
    await applies(cast)
    await opens(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("write-note", name=NAME)
    await cast.stage.settle()
    cast.stage.sandbox.telegram.faults.change({"refuse": {"status": 429, "retry_after": 1, "times": 3}})
    await cast.nour.says(NOTE)
    await gone_from_chat(cast.nour, NOTE)
    await cast.nour.sees("note-sealed")


async def test_where_nobody_has_a_key_it_says_how_and_asks_for_no_words(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.awa, hers)  # coordinates another host
    await applies(cast)
    await opens(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("note-no-key")
    await cast.nour.says(NOTE)
    await cast.nour.sees("did-not-understand")


async def test_a_long_text_that_comes_in_pieces_becomes_no_note(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    await applies(cast)
    await opens(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("write-note", name=NAME)
    await cast.nour.says("a" * 2001)
    await cast.nour.sees("sealed-too-long", length=2001, most=2000)
    await cast.nour.says("the rest of it")
    await cast.nour.sees("did-not-understand")
    await cast.nour.presses("button-write-again")
    await cast.nour.sees("write-note", name=NAME)
    await cast.nour.person.sends_photo(caption="a photo of her")
    await cast.nour.sees("sealed-words-only")
    await cast.nour.says("a" * 2000)
    await cast.nour.sees("note-sealed")


async def test_a_coordinator_of_another_host_gets_nothing(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    await applies(cast)
    await notes(cast.nour)
    async with cast.stage.halqa.store.transaction() as tx:
        [rania] = await members.waiting(tx)
    before = await actions(cast.stage)
    for code in ("notes", "writenote", "getnotes", "askrmnotes", "rmnotes"):
        for person in (rania.id, bytes(16)):
            press = cast.stage.halqa.features.routes.unpack(f"{code}:{'A' * 22}")
            await cast.awa.says("/help")
            await cast.awa.sees_words("/help")
            await cast.stage.forge(cast.awa.person, type(press)(person).pack())  # type: ignore[call-arg]
            await cast.awa.sees("no-notes")
    await cast.awa.says("/notes")
    await cast.awa.sees("notes", count=0)
    assert [action for action in await actions(cast.stage) if action not in before] == []
    assert (await actions(cast.stage)).count("member-read") == before.count("member-read")


async def test_a_new_coordinator_cannot_open_what_was_written_before(
    cast: Cast, hers: Machine, owners: Machine
) -> None:
    await sets_key(cast.nour, hers)
    await applies(cast)
    await notes(cast.nour)
    await sets_key(cast.olena, owners)
    await notes(cast.nour, "A second one.")
    await cast.olena.says("/notes")
    await cast.olena.presses("note-line", name=NAME, number=2)
    await cast.olena.sees("note-count", count=2)
    await cast.olena.sees("notes-mine", count=1)
    code, out = owners.reads(await fetched(cast.olena, 2))
    assert code == 1
    assert "A second one." in out
    assert NOTE not in out
    assert "it was not sealed to this key" in out


async def test_a_key_that_is_cut_or_mistyped_is_refused_and_another_one_has_to_be_confirmed(
    cast: Cast, hers: Machine, owners: Machine
) -> None:
    text = hers.public()
    await cast.nour.says("/sealing")
    await cast.nour.sees("ask-sealing-key")
    for words, why in ((text[:1000], "cut"), (f"{text[:700]}A{text[700:-1]}", "mistyped"), ("my key", "no-key")):
        await cast.nour.says(words)
        await cast.nour.sees("sealing-key-unreadable", why=why)
    await cast.nour.says("\n".join(text[at : at + 70] for at in range(0, len(text), 70)))
    await cast.nour.sees_words(hers.fingerprint)

    await cast.nour.says(f"/sealing {owners.public()}")
    await cast.nour.sees("ask-replace-key", before=hers.fingerprint, after=owners.fingerprint)
    await cast.nour.says("/sealing")
    await cast.nour.sees_words(hers.fingerprint)  # not replaced yet
    await cast.nour.presses("button-replace-key")
    await cast.nour.sees("ask-sealing-key")
    await cast.nour.says(owners.public())
    await cast.nour.presses("button-replace-key-yes")
    await cast.nour.sees("saved")
    await cast.nour.sees_words(owners.fingerprint)

    await cast.nour.presses("button-remove-key")
    await cast.nour.sees("ask-remove-key")
    await cast.nour.presses("button-remove-key-yes")
    await cast.nour.sees("sealing-none")
    found = await actions(cast.stage)
    assert (found.count("sealing-key-set"), found.count("sealing-key-removed")) == (2, 1)


async def test_what_stands_about_keys_leaves_the_chat_again(cast: Cast, hers: Machine, owners: Machine) -> None:
    await sets_key(cast.nour, hers)
    await cast.nour.says(f"/sealing {owners.public()}")
    await cast.nour.sees("ask-replace-key", before=hers.fingerprint, after=owners.fingerprint)
    await cast.nour.says("/sealing")
    await cast.nour.presses("button-remove-key")
    await cast.nour.sees("ask-remove-key")
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(hours=1, minutes=1))
    await cast.stage.settle()
    left = [message.text for message in await cast.nour.person.chat() if message.by_bot]
    asked = cast.nour.texts.plain("ask-remove-key").splitlines()[0]
    for words in (hers.fingerprint, owners.fingerprint, asked):
        assert not [text for text in left if words in text]


async def test_the_key_is_among_what_is_held_about_her(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.awa, hers)
    await cast.awa.says("/mydata")
    await cast.awa.presses("button-send-data")
    await cast.awa.sees("my-data")
    sent = await cast.awa.person.last()
    assert sent.document is not None
    assert hers.fingerprint in (await cast.awa.person.download(sent.document["file_id"])).decode("utf-8-sig")


async def test_an_old_button_does_not_replace_a_key(cast: Cast, hers: Machine, owners: Machine) -> None:
    await sets_key(cast.nour, hers)
    await cast.nour.says(owners.public())
    await cast.nour.sees("did-not-understand")
    await cast.nour.says(f"/sealing {owners.public()}")
    await cast.nour.sees("ask-replace-key", before=hers.fingerprint, after=owners.fingerprint)
    await cast.nour.says("/cancel")
    await cast.nour.sees("cancelled")
    await cast.nour.presses("button-replace-key-yes")
    await cast.nour.sees("expired")
    await cast.nour.says("/sealing")
    await cast.nour.sees_words(hers.fingerprint)


async def test_whoever_wrote_notes_can_remove_them_and_no_others(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    await applies(cast)
    for actor, words in ((cast.nour, NOTE), (cast.nour, "Another one."), (cast.olena, "The owner’s.")):
        await notes(actor, words)
    await cast.nour.says("/notes")
    await cast.nour.presses("note-line", name=NAME, number=3)
    await cast.nour.presses("button-remove-notes")
    await cast.nour.sees("ask-remove-notes", name=NAME, count=2)
    await cast.nour.presses("button-remove-notes-yes")
    await cast.nour.sees("note-count", count=1)
    code, out = hers.reads(await fetched(cast.nour, 1))
    assert code == 0
    assert "The owner’s." in out
    assert (await actions(cast.stage)).count("sealed-notes-removed") == 1


async def test_what_a_member_leaves_for_an_emergency(cast: Cast, hers: Machine) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.sees("contact-not-set-up")
    await sets_key(cast.nour, hers)
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.sees("contact-readers", count=1)
    await salma.presses("button-write-contact")
    await salma.sees("ask-contact")
    await salma.says("An earlier one.")
    await salma.sees("contact-sealed")
    await salma.presses("button-replace-contact")
    await salma.says(CONTACT)
    await salma.sees("contact-sealed")
    await gone_from_chat(salma, CONTACT)
    assert await places(stage, CONTACT) == []
    assert "Hind" not in "\n".join(message.text for message in await salma.person.chat())

    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    sent = await salma.person.last()
    assert sent.document is not None
    data = (await salma.person.download(sent.document["file_id"])).decode("utf-8-sig")
    assert "what you left for an emergency" in data
    assert "Hind" not in data

    await cast.nour.says("/members")
    await cast.nour.presses("button-notes")
    await cast.nour.presses("note-line", name="Salma", number=1)
    code, out = hers.reads(await fetched(cast.nour, 1))
    assert code == 0
    assert CONTACT in out
    assert "left by themselves for an emergency" in out
    assert "An earlier one." not in out

    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-remove-contact")
    await salma.presses("button-remove-contact-yes")
    await salma.sees("contact-removed")
    await cast.nour.says("/notes")
    await cast.nour.sees("notes", count=0)


async def test_whoever_leaves_takes_what_is_sealed_about_them_along(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-write-contact")
    await salma.says(CONTACT)
    await salma.sees("contact-sealed")
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    told = await salma.sees("goodbye")
    assert "Sealed notes about you: 1" in told.replace("\u2068", "").replace("\u2069", "")
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM sealed_notes") == 0


async def test_somebody_is_found_by_a_part_of_the_name(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    for name in ("Zeina", NAME):
        await applies(cast, name)
        await notes(cast.nour, name=name)
    await cast.nour.says("/notes")
    await cast.nour.sees("notes", count=2)
    await cast.nour.says("/notes QUTEISH")
    await cast.nour.sees("notes", count=1)
    await cast.nour.presses("note-line", name=NAME, number=1)
    await cast.nour.sees("notes-of", name=NAME)
    await cast.nour.says("/notes nobody")
    await cast.nour.sees("notes", count=0)


async def test_an_owner_sees_on_the_entry_of_a_member_that_there_are_notes(cast: Cast, hers: Machine) -> None:
    await sets_key(cast.nour, hers)
    await applies(cast)
    await notes(cast.nour)
    await steps.approve(cast.nour, NAME)
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name=NAME, role="member")
    await cast.olena.sees("note-count", count=1)
    await cast.olena.presses("button-notes-of")
    await cast.olena.sees("notes-mine", count=0)
