"""Several slots for one master key: each opens it, each goes its own way, and nobody slips one in."""

import json
import os
import resource
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage import files
from storage.crypto import hpke, key_slots, key_sources, private_files, slot_format
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, RecoverySource
from storage.crypto.master_key import MasterKey, MasterKeyError

TODAY = date(2026, 3, 2)
NOUR, OLENA = PassphraseSource("eleven quiet cedars by the lake"), PassphraseSource("olives under a wide blue morning")
RECOVERY = RecoverySource(bytes(range(32)))
# Written by the first version: a slot in which the passphrase "eleven quiet cedars by the lake" wraps the master key.
FIRST_VERSION = Path(__file__).with_name("first_slot_file.json")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost: what it costs is not what is tested here."""
    monkeypatch.setattr(key_sources, "ARGON2", {"memory_kib": 8, "iterations": 1, "lanes": 1})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / files.SLOT_FILE


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(MasterKeyError) as caught:
        work()
    return caught.value.reason


def add(path: Path, source: key_sources.Source, new: key_sources.Source, label: str = "") -> str:
    with key_slots.changing(path, source) as file:
        slot_id = file.add(new, label, TODAY)
        file.save()
    return slot_id


def rewrite(path: Path, change: Callable[[Any], object]) -> None:
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content))


def test_every_slot_opens_the_same_master_key(path: Path, tmp_path: Path) -> None:
    master = key_slots.create(path, NOUR, "Nour", today=TODAY)
    private_files.create_key_file(tmp_path / "key")
    others: list[key_sources.Source] = [OLENA, KeyFileSource(tmp_path / "key"), RECOVERY]
    for source in others:
        add(path, NOUR, source)
    assert {key_slots.unlock(path, source) for source in (NOUR, *others)} == {master}
    assert refused(lambda: key_slots.unlock(path, PassphraseSource("neither of the two"))) == "wrong"


def test_a_slot_is_known_by_its_id_its_label_and_its_day(path: Path) -> None:
    key_slots.create(path, NOUR, "Nour", today=TODAY)
    slot_id = add(path, NOUR, OLENA, "Olena's, on paper")
    first, second = key_slots.read(path, OLENA).slots
    assert (first.kind, first.label, first.made) == ("passphrase", "Nour", TODAY)
    assert (second.id, second.label) == (slot_id, "Olena's, on paper")
    assert key_slots.read(path, OLENA).opened == slot_id != first.id


def test_labels_may_name_people_so_they_are_not_readable_in_the_file(path: Path) -> None:
    key_slots.create(path, NOUR, "Nour", today=TODAY)
    add(path, NOUR, OLENA, "Olena's, on paper")
    for word in (b"Nour", b"Olena", b"paper", b"2026"):
        assert word not in path.read_bytes()


def test_a_removed_slot_opens_nothing_and_the_last_one_stays(path: Path) -> None:
    key_slots.create(path, NOUR)
    slot_id = add(path, NOUR, OLENA)
    with key_slots.changing(path, NOUR) as file:
        assert refused(lambda: file.remove("nobody")) == "unknown"
        file.remove(slot_id)
        assert refused(lambda: file.remove(file.opened)) == "last"
        file.save()
    assert refused(lambda: key_slots.unlock(path, OLENA)) == "wrong"
    key_slots.unlock(path, NOUR)


def test_a_new_passphrase_comes_with_a_new_key_pair(path: Path) -> None:
    """Whoever has an old copy of the file and the old passphrase has the old private key: it must be worth nothing."""
    master = key_slots.create(path, NOUR, "Nour", today=TODAY)
    before = json.loads(path.read_bytes())["slots"][0]
    with key_slots.changing(path, NOUR) as file:
        file.replace(file.opened, OLENA, TODAY)
        file.save()
    after = json.loads(path.read_bytes())["slots"][0]
    assert (before["id"], before["public"] != after["public"]) == (after["id"], True)
    assert key_slots.unlock(path, OLENA) == master
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "wrong"
    assert key_slots.read(path, OLENA).slots[0].label == "Nour"


def test_there_is_an_end_to_the_number_of_slots(path: Path) -> None:
    key_slots.create(path, RECOVERY)
    with key_slots.changing(path, RECOVERY) as file:
        for number in range(slot_format.MOST_SLOTS - 1):
            file.add(RecoverySource(bytes([number] * 32)), "", TODAY)
        assert refused(lambda: file.add(NOUR, "", TODAY)) == "full"
        file.save()
    assert len(key_slots.read(path, RECOVERY).slots) == slot_format.MOST_SLOTS
    assert path.stat().st_size < slot_format.LARGEST_BYTES


def test_a_file_of_the_first_version_opens_and_becomes_one_of_the_second(path: Path) -> None:
    private_files.write_private(path, FIRST_VERSION.read_bytes())
    master = key_slots.unlock(path, NOUR)
    assert master == MasterKey(bytes(range(100, 132)))
    assert path.read_bytes() == FIRST_VERSION.read_bytes()
    slot_id = key_slots.read(path, NOUR).opened
    add(path, NOUR, OLENA)
    assert [key_slots.unlock(path, source) for source in (NOUR, OLENA)] == [master, master]
    assert key_slots.read(path, NOUR).opened == slot_id
    with key_slots.changing(path, OLENA) as file:
        file.begin_renewal({})  # refused as old-slots, were one of them still of the first version


def test_a_slot_that_somebody_slipped_in_is_noticed(path: Path, tmp_path: Path) -> None:
    """At the next renewal the master key would be sealed to it."""
    key_slots.create(path, NOUR)
    key_slots.create(tmp_path / "mine", RECOVERY)
    [mine] = json.loads((tmp_path / "mine").read_bytes())["slots"]
    whole = path.read_bytes()
    for change in (lambda content: content["slots"].append(mine), lambda content: content["slots"].insert(0, mine)):
        path.write_bytes(whole)
        rewrite(path, change)
        assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"
    private_files.replace_private(path, FIRST_VERSION.read_bytes())
    rewrite(path, lambda content: content["slots"].append(mine))
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"


def test_a_master_key_of_somebody_elses_is_noticed(path: Path) -> None:
    """Sealing to a public key needs no secret; the proof beside it does."""
    key_slots.create(path, NOUR)
    [raw] = json.loads(path.read_bytes())["slots"]
    forged = hpke.SUITE.encrypt(bytes(32), hpke.sealer(slot_format.to_bytes(raw["public"])), slot_format.hpke_info(raw))

    def put_in(content: Any) -> None:
        content["slots"][0]["sealed"] = slot_format.to_text(
            forged + slot_format.to_bytes(raw["sealed"])[-slot_format.TAG_BYTES :]
        )

    rewrite(path, put_in)
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"


def test_a_file_of_a_newer_version_is_said_to_be_one(path: Path) -> None:
    key_slots.create(path, NOUR)
    rewrite(path, lambda content: content.update(version=3))
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "newer"


@pytest.mark.parametrize(("name", "cost"), [("memory_kib", 100 * 1024 * 1024), ("iterations", 10**6), ("lanes", 4096)])
def test_a_hostile_file_costs_neither_memory_nor_time(path: Path, name: str, cost: int) -> None:
    key_slots.create(path, NOUR)
    rewrite(path, lambda content: content["slots"][0].update({name: cost}))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB


def test_a_hostile_file_is_not_read_for_ever(path: Path) -> None:
    key_slots.create(path, NOUR)
    rewrite(path, lambda content: content.update(slots=content["slots"] * (slot_format.MOST_SLOTS + 1)))
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"
    path.write_bytes(b"[" * 500_000)
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"
    path.write_bytes(b" " * (slot_format.LARGEST_BYTES + 1))
    assert refused(lambda: key_slots.unlock(path, NOUR)) == "damaged"


def test_one_derivation_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once would take twice the memory that the machine was said to have."""
    under_way: list[int] = []
    most = []

    class Slow:
        def __init__(self, **_: object) -> None:
            pass

        def derive(self, _: bytes) -> bytes:
            under_way.append(1)
            most.append(len(under_way))
            time.sleep(0.02)
            under_way.pop()
            return bytes(32)

    monkeypatch.setattr(key_sources, "Argon2id", Slow)
    threads = [threading.Thread(target=NOUR.wrapping_key, args=(key_sources.ARGON2, bytes(16))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


@pytest.mark.parametrize("crash", ["write_private", "sync_folder"])
def test_a_crash_while_it_is_written_leaves_the_old_file_or_the_new(
    path: Path, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    master = key_slots.create(path, NOUR)
    with monkeypatch.context() as broken:

        def half(*_: object) -> None:
            if crash == "write_private":
                path.with_name(path.name + ".new").write_bytes(b"half of i")
            raise OSError("crash")

        broken.setattr(private_files, crash, half)
        with pytest.raises(OSError, match="crash"):
            add(path, NOUR, OLENA)
    assert key_slots.unlock(path, NOUR) == master
    add(path, NOUR, RECOVERY)
    assert key_slots.unlock(path, RECOVERY) == master
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="the lock is POSIX")
def test_of_two_who_change_it_at_once_the_second_is_refused(path: Path) -> None:
    key_slots.create(path, NOUR)
    with key_slots.changing(path, NOUR):
        assert refused(lambda: add(path, NOUR, OLENA)) == "busy"
        key_slots.unlock(path, NOUR)
    add(path, NOUR, OLENA)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a file of root")
def test_a_credential_of_systemd_may_be_readable_by_the_group_of_root(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    handed_over = KeyFileSource(folder / "halqa")
    private_files.create_key_file(handed_over.path)
    key_slots.create(path, handed_over)
    handed_over.path.chmod(0o440)
    assert refused(lambda: key_slots.unlock(path, handed_over)) == "exposed"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    key_slots.unlock(path, handed_over)
    for mode in (0o444, 0o460, 0o450, 0o441):
        handed_over.path.chmod(mode)
        assert refused(lambda: key_slots.unlock(path, handed_over)) == "exposed"
    handed_over.path.chmod(0o440)
    os.chown(handed_over.path, 1000, -1)
    assert refused(lambda: key_slots.unlock(path, handed_over)) == "exposed"
    path.chmod(0o440)
    assert refused(lambda: key_slots.unlock(path, handed_over)) == "exposed"


def test_nothing_of_a_slot_shows_itself(path: Path) -> None:
    key_slots.create(path, RECOVERY, "Nour", today=TODAY)
    file = key_slots.read(path, RECOVERY)
    for shown in (repr(file), repr(RECOVERY), repr(MasterKey(b"K" * 32, before=MasterKey(b"K" * 32)))):
        assert "KKK" not in shown
        assert "Nour" not in shown
        assert "\\x01\\x02" not in shown
