"""A write-ahead log that a power failure cut, and one that somebody altered: told apart, frame by frame."""

import struct
from pathlib import Path

import pytest

from storage.integrity import wal_check
from storage.integrity.wal_check import WalState

PAGE = 512
SALT, OLD_SALT = b"saltsalt", b"from-old"
FRAME = wal_check.FRAME_HEADER + PAGE


def log(*frames: tuple[int, bool], salt: bytes = SALT) -> bytes:
    """A log with these frames: the number of the page, and whether it commits."""
    start = struct.pack(">4I", wal_check.MAGIC, 3007000, PAGE, 0) + SALT
    check = wal_check._checksum(start, (0, 0), wal_check.MAGIC)
    data = start + struct.pack(">2I", *check)
    for page, commits in frames:
        head, body = struct.pack(">2I", page, page if commits else 0), bytes([page]) * PAGE
        check = wal_check._checksum(body, wal_check._checksum(head, check, wal_check.MAGIC), wal_check.MAGIC)
        data += head + salt + struct.pack(">2I", *check) + body
    return data


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "network.db"


def read(database: Path, data: bytes) -> tuple[WalState, set[int]]:
    database.with_name("network.db-wal").write_bytes(data)
    found = wal_check.read(database)
    return found.state, set(found.pages)


COMMITS = ((2, False), (3, True), (4, True), (5, False), (6, True))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def inside(frame: int) -> int:
    """A place in the page of a frame."""
    return wal_check.HEADER + frame * FRAME + wal_check.FRAME_HEADER + 100


def test_without_a_log_or_with_an_empty_one_nothing_is_missing(database: Path) -> None:
    assert wal_check.read(database).state is WalState.WHOLE
    assert read(database, b"") == (WalState.WHOLE, set())


def test_a_whole_log_names_the_pages_in_it(database: Path) -> None:
    assert read(database, log(*COMMITS)) == (WalState.WHOLE, {2, 3, 4, 5, 6})


def test_pages_of_a_commit_that_did_not_happen_do_not_count(database: Path) -> None:
    assert read(database, log((2, True), (3, False))) == (WalState.CUT, {2})


@pytest.mark.parametrize("length", [1, FRAME - 1])
def test_a_log_that_ends_in_its_last_commit_was_cut(database: Path, length: int) -> None:
    assert read(database, log(*COMMITS)[:-length]) == (WalState.CUT, {2, 3, 4})


def test_space_that_was_never_written_was_cut(database: Path) -> None:
    assert read(database, bytes(FRAME)) == (WalState.CUT, set())


def test_a_change_in_the_last_commit_may_be_a_power_failures(database: Path) -> None:
    assert read(database, flipped(log(*COMMITS), inside(4))) == (WalState.CUT, {2, 3, 4})


@pytest.mark.parametrize(("frame", "pages"), [(0, set()), (1, set()), (2, {2, 3})])
def test_a_change_with_more_than_one_commit_after_it_is_an_alteration(
    database: Path, frame: int, pages: set[int]
) -> None:
    assert read(database, flipped(log(*COMMITS), inside(frame))) == (WalState.ALTERED, pages)


@pytest.mark.parametrize("at", [0, 9, 20, wal_check.HEADER - 1])
def test_a_header_that_was_changed_is_an_alteration(database: Path, at: int) -> None:
    assert read(database, flipped(log(*COMMITS), at)) == (WalState.ALTERED, set())


def test_frames_from_before_the_log_was_restarted_do_not_count(database: Path) -> None:
    older = log((7, True), (8, True), salt=OLD_SALT)[wal_check.HEADER :]
    assert read(database, log((2, True)) + older) == (WalState.WHOLE, {2})
