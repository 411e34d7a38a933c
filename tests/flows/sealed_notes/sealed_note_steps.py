"""Steps of coordinators with sealed notes, and the computer on which they open them."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.main import app
from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import PATIENCE, Actor
from storage.crypto.private_key_file import PrivateKeyFile
from storage.records import audit
from tests.support.cast import HOSTS, Cast

NAME = "Rania Quteish"
NOTE = "Her sister works with us; she asked not to be called at home."


class Computer:
    """A coordinator's own computer: the command line and a folder with a private key, without settings or data."""

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


async def set_key(actor: Actor, computer: Computer) -> None:
    await actor.says("/sealing")
    await actor.sees("ask-sealing-key")
    await actor.says(computer.public())
    await actor.sees("sealing")
    await actor.sees_words(computer.fingerprint)


async def apply(cast: Cast, name: str = NAME, host: str = HOSTS[0]) -> Actor:
    rania = await steps.enter(cast.stage, await cast.stage.person(name), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name=name, host=host, city="Cairo", reason="To listen.")
    return rania


async def open_application(actor: Actor, name: str = NAME) -> None:
    await actor.says("/applications")
    await actor.presses_label(name)


async def write_note(actor: Actor, words: str = NOTE, name: str = NAME) -> None:
    await open_application(actor, name)
    await actor.presses("button-write-note")
    await actor.sees("write-note", name=name)
    await actor.says(words)
    await actor.sees("note-sealed")


async def fetch_notes(actor: Actor, count: int) -> bytes:
    """Presses the button of the current screen that sends the notes as a file. Returns its content."""
    await actor.presses("button-get-notes")
    await actor.sees("notes-file", count=count)
    sent = await actor.person.last()
    assert sent.document is not None
    return await actor.person.download(sent.document["file_id"])


async def audit_actions(stage: Stage) -> list[str]:
    async with stage.halqa.store.transaction() as tx:
        return [entry.action for entry in await audit.last(tx, 100)]


async def wait_until_gone(actor: Actor, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(words in message.text for message in await actor.person.chat()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
