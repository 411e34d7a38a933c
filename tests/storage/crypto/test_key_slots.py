"""Several slots for one master key: each opens it, each goes its own way, and nobody slips one in."""

import json
import os
from pathlib import Path

import pytest

from storage.crypto import key_slots, key_sources, private_files, slot_format
from storage.crypto.key_sources import KeyFileSource, PassphraseSource, RecoverySource
from storage.crypto.master_key import MasterKey
from tests.storage.crypto.slot_changes import FIRST_VERSION, NOUR, OLENA, RECOVERY, TODAY, add, refused

pytestmark = pytest.mark.usefixtures("cheap")


def test_every_slot_opens_the_same_master_key(slots: Path, tmp_path: Path) -> None:
    master = key_slots.create(slots, NOUR, "Nour", today=TODAY)
    private_files.create_key_file(tmp_path / "key")
    others: list[key_sources.Source] = [OLENA, KeyFileSource(tmp_path / "key"), RECOVERY]
    for source in others:
        add(slots, NOUR, source)
    assert {key_slots.unlock(slots, source) for source in (NOUR, *others)} == {master}
    assert refused(lambda: key_slots.unlock(slots, PassphraseSource("neither of the two"))) == "wrong"


def test_a_slot_is_known_by_its_id_its_label_and_its_day(slots: Path) -> None:
    key_slots.create(slots, NOUR, "Nour", today=TODAY)
    slot_id = add(slots, NOUR, OLENA, "Olena's, on paper")
    first, second = key_slots.read(slots, OLENA).slots
    assert (first.kind, first.label, first.made) == ("passphrase", "Nour", TODAY)
    assert (second.id, second.label) == (slot_id, "Olena's, on paper")
    assert key_slots.read(slots, OLENA).opened == slot_id != first.id


def test_labels_may_name_people_so_they_are_not_readable_in_the_file(slots: Path) -> None:
    key_slots.create(slots, NOUR, "Nour", today=TODAY)
    add(slots, NOUR, OLENA, "Olena's, on paper")
    for word in (b"Nour", b"Olena", b"paper", b"2026"):
        assert word not in slots.read_bytes()


def test_a_removed_slot_opens_nothing_and_the_last_one_stays(slots: Path) -> None:
    key_slots.create(slots, NOUR)
    slot_id = add(slots, NOUR, OLENA)
    with key_slots.changing(slots, NOUR) as file:
        assert refused(lambda: file.remove("nobody")) == "unknown"
        file.remove(slot_id)
        assert refused(lambda: file.remove(file.opened)) == "last"
        file.save()
    assert refused(lambda: key_slots.unlock(slots, OLENA)) == "wrong"
    key_slots.unlock(slots, NOUR)


def test_a_new_passphrase_comes_with_a_new_key_pair(slots: Path) -> None:
    """Whoever has an old copy of the file and the old passphrase has the old private key: it must be worth nothing."""
    master = key_slots.create(slots, NOUR, "Nour", today=TODAY)
    before = json.loads(slots.read_bytes())["slots"][0]
    with key_slots.changing(slots, NOUR) as file:
        file.replace(file.opened, OLENA, TODAY)
        file.save()
    after = json.loads(slots.read_bytes())["slots"][0]
    assert (before["id"], before["public"] != after["public"]) == (after["id"], True)
    assert key_slots.unlock(slots, OLENA) == master
    assert refused(lambda: key_slots.unlock(slots, NOUR)) == "wrong"
    assert key_slots.read(slots, OLENA).slots[0].label == "Nour"


def test_there_is_an_end_to_the_number_of_slots(slots: Path) -> None:
    key_slots.create(slots, RECOVERY)
    with key_slots.changing(slots, RECOVERY) as file:
        for number in range(slot_format.MOST_SLOTS - 1):
            file.add(RecoverySource(bytes([number] * 32)), "", TODAY)
        assert refused(lambda: file.add(NOUR, "", TODAY)) == "full"
        file.save()
    assert len(key_slots.read(slots, RECOVERY).slots) == slot_format.MOST_SLOTS
    assert slots.stat().st_size < slot_format.LARGEST_BYTES


def test_a_file_of_the_first_version_opens_and_becomes_one_of_the_second(slots: Path) -> None:
    private_files.write_private(slots, FIRST_VERSION.read_bytes())
    master = key_slots.unlock(slots, NOUR)
    assert master == MasterKey(bytes(range(100, 132)))
    assert slots.read_bytes() == FIRST_VERSION.read_bytes()
    slot_id = key_slots.read(slots, NOUR).opened
    add(slots, NOUR, OLENA)
    assert [key_slots.unlock(slots, source) for source in (NOUR, OLENA)] == [master, master]
    assert key_slots.read(slots, NOUR).opened == slot_id
    with key_slots.changing(slots, OLENA) as file:
        file.begin_renewal({})  # refused as old-slots, were one of them still of the first version


@pytest.mark.skipif(os.name != "posix", reason="the lock is POSIX")
def test_of_two_who_change_it_at_once_the_second_is_refused(slots: Path) -> None:
    key_slots.create(slots, NOUR)
    with key_slots.changing(slots, NOUR):
        assert refused(lambda: add(slots, NOUR, OLENA)) == "busy"
        key_slots.unlock(slots, NOUR)
    add(slots, NOUR, OLENA)


def test_nothing_of_a_slot_shows_itself(slots: Path) -> None:
    key_slots.create(slots, RECOVERY, "Nour", today=TODAY)
    file = key_slots.read(slots, RECOVERY)
    for shown in (repr(file), repr(RECOVERY), repr(MasterKey(b"K" * 32, before=MasterKey(b"K" * 32)))):
        assert "KKK" not in shown
        assert "Nour" not in shown
        assert "\\x01\\x02" not in shown
