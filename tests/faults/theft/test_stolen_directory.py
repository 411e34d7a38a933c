"""A thief who copies the data directory at any moment, without the key.

Pass figure: of canary strings in every personal field, 0 are found in any file in UTF-8, UTF-16 or base64: at rest,
after each statement and while files are being written. With HALQA_LONG=1 twenty members join and post meanwhile.
"""

import base64
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlcipher3

from bot.demo import steps
from storage.crypto.envelope import PrivateKey
from storage.engine.connection import CountingConnection, Row
from storage.integrity import field_search
from storage.records import inbox
from tests.faults.long_run import short_or_long
from tests.faults.theft.canary import canary
from tests.support import announcement_steps
from tests.support.cast import Cast


def spelled(words: str) -> Iterator[bytes]:
    """The encodings in which a file could contain a text; of base64, the part that is independent of neighbours."""
    for plain in (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")):
        yield plain
        for shift in range(3):
            encoded = base64.b64encode(bytes(shift) + plain)
            yield encoded[(0, 2, 3)[shift] : -4]


SEALED = "for an emergency"  # sealed to a coordinator: it cannot be read here even with all keys


class Thief:
    """Searches every file of a directory again and again, and records the names of those with a hit."""

    def __init__(self, directory: Path, words: list[str]) -> None:
        self._directory = directory
        self._wanted = [needle for word in words for needle in spelled(word)]
        self._longest = max(map(len, self._wanted))
        self._seen: dict[Path, bytes] = {}
        self._turn = threading.Lock()
        self.looks = 0
        self.kinds: set[str] = set()
        self.found: set[str] = set()

    def look(self) -> None:
        with self._turn:
            self.looks += 1
            for path in self._directory.rglob("*"):
                try:
                    self._read(path, path.read_bytes() if path.is_file() else b"")
                except FileNotFoundError:
                    continue  # removed in between

    def _read(self, path: Path, data: bytes) -> None:
        before = self._seen.get(path, b"")
        if not data or data == before:
            return
        self.kinds.add(path.name.rpartition("-")[2])
        # A log mostly grows at its end: what was searched before is not searched again.
        start = max(0, len(before) - self._longest) if data.startswith(before) else 0
        if any(data.find(needle, start) >= 0 for needle in self._wanted):
            self.found.add(path.name)
        self._seen[path] = data


@pytest.fixture
def secrets() -> dict[str, str]:
    fields = ("name", "new name", "reason", "post", "caption", "draft", "title", "purpose", "host", "update")
    return {field: canary(field) for field in (*fields, "announcement", SEALED)}


async def talk(cast: Cast, secrets: dict[str, str]) -> None:
    """Fills every personal field through the chat."""
    await cast.olena.says(f"/hosts {secrets['host']}")
    await cast.olena.sees("host-added", name=secrets["host"])
    await cast.nour.says(f"/topic {secrets['title']}")
    await cast.nour.says(secrets["purpose"])
    await cast.nour.sees("topic-opened", title=secrets["title"])
    salma = await cast.stage.person(canary("Salma"))
    actor = await steps.enter(cast.stage, salma, await steps.invite(cast.nour), "en")
    await steps.answer(actor, name=secrets["name"], host=secrets["host"], city="Cairo", reason=secrets["reason"])
    await steps.approve(cast.olena, secrets["name"])
    await actor.presses("button-open")
    await steps.follow(actor, secrets["title"], "at_once")
    await steps.post(actor, secrets["title"], secrets["post"])
    await steps.post(cast.nour, secrets["title"], f"{secrets['post']} again")
    await actor.says(f"/post {secrets['title']}")
    await actor.sees("write-post", title=secrets["title"])
    await salma.sends_photo(caption=secrets["caption"])
    await actor.presses("button-send-post", title=secrets["title"])
    await actor.sees("posted", title=secrets["title"])
    await actor.says("/settings")
    await actor.presses("button-change-name")
    await actor.says(secrets["new name"])
    await actor.sees("saved")
    await cast.olena.says("/sealing")
    await cast.olena.says(str(PrivateKey.generate().public))
    await cast.olena.sees("sealing")
    await actor.says("/settings")
    await actor.presses("button-contact")
    await actor.presses("button-write-contact")
    await actor.says(secrets[SEALED])
    await actor.sees("contact-sealed")
    await announcement_steps.write(cast.nour, secrets["announcement"])
    await actor.says(f"/post {secrets['title']}")
    await actor.says(secrets["draft"])
    await actor.sees_words(secrets["draft"])
    for number in range(short_or_long(1, 20)):
        await steps.post(await cast.member(canary(f"Member {number}"), "fr", "Dakar"), secrets["title"], "More words.")
    await cast.stage.settle()


async def test_a_thief_finds_no_word_of_anybody_at_any_moment(
    cast: Cast, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = cast.stage
    people = [str(actor.person.id) for actor in (cast.olena, cast.nour, cast.awa)]
    common = [stage.sandbox.token, stage.owner_code, "Between Convenings", "Lake Justice Forum", "Africa/Dakar"]
    thief = Thief(stage.data, [*secrets.values(), *people, *common])
    execute = CountingConnection.run

    def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        rows = execute(connection, sql, values)
        if not sql.startswith("SELECT"):
            thief.look()
        return rows

    ended = threading.Event()

    def at_any_moment() -> None:
        while not ended.is_set():
            thief.look()
            time.sleep(0.02)

    monkeypatch.setattr(CountingConnection, "run", watched)
    looking = threading.Thread(target=at_any_moment)
    looking.start()
    try:
        await talk(cast, secrets)
        async with stage.halqa.store.transaction() as tx:  # a pending update is stored whole
            await inbox.add(tx, 1, cast.awa.person.id, {"message": {"text": secrets["update"]}}, stage.clock.now())
        async with stage.halqa.store.transaction() as tx:
            for field, word in secrets.items():  # all are stored but for what is sealed; the old name for some weeks
                assert bool(await field_search.places_of(tx, word)) == (field != SEALED), field
            await inbox.fail(tx, 1, "REASON")
        await stage.stop()
    finally:
        ended.set()
        looking.join()
    thief.look()
    assert thief.looks > 500
    assert {"network.db", "keyring.db", "wal", "halqa.key"} <= thief.kinds
    assert thief.found == set()


def test_nothing_is_sorted_on_a_disk() -> None:
    """SQLite would sort large results in temporary files, which are not encrypted."""
    options = {row[0] for row in sqlcipher3.connect(":memory:").execute("PRAGMA compile_options")}
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_the_thief_finds_what_is_not_sealed(tmp_path: Path, encoding: str, shift: int) -> None:
    """Proves that the search can find something."""
    word = canary("سلمى")
    for name, data in (
        ("plain", b"x" * shift + word.encode(encoding)),
        ("coded", base64.b64encode(b"y" * shift + word.encode(encoding) + b"and more")),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "network.db").write_bytes(b"before ")
        thief = Thief(folder, [word])
        thief.look()
        assert not thief.found
        (folder / "network.db").write_bytes(b"before " + data)
        thief.look()
        assert thief.found == {"network.db"}
