"""In which state the pages of a file may be found, and in which they are not the newest."""

import pytest

from storage.integrity import page_guard
from storage.integrity.page_guard import PageState
from storage.integrity.page_tags import PageTags
from storage.integrity.wal_check import Frame, WalContent, WalState

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))
NO_LOG = WalContent(WalState.WHOLE)


def frame(page: int, tag: bytes, size: int = 0) -> Frame:
    return Frame(page, size, tag, ours=True, fits=True)


LOG = WalContent(WalState.WHOLE, (frame(1, NEW), frame(2, NEW, size=2)))
BEFORE, BETWEEN, AFTER = PageTags(OLD + OLD), PageTags(NEW + OLD), PageTags(NEW + NEW)
TORN, SPLICED = PageTags(NEW + OTHER), PageTags(OTHER + OLD + OLD)
MOVING = PageState(BEFORE.digest, moving_to=AFTER.digest, frames=2)


@pytest.mark.parametrize("state", [PageState(BEFORE.digest), PageState(BEFORE.digest, closed=True), MOVING])
def test_a_state_is_read_as_it_was_written(state: PageState) -> None:
    assert PageState.parse(str(state)) == state


@pytest.mark.parametrize("text", ["", "open", "open:a:b", "open:a::many", "open:a::1:2"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PageState.parse(text)


def test_a_closed_file_has_the_pages_of_its_stop_and_no_log() -> None:
    state = PageState(BEFORE.digest, closed=True)
    assert state.mismatch(BEFORE, NO_LOG) is None
    assert state.mismatch(BEFORE, WalContent(WalState.CUT)) is None  # a log in which nothing counts
    assert state.mismatch(BETWEEN, NO_LOG) == "pages-older"
    assert state.mismatch(BEFORE, LOG) == "wal-added"
    assert state.mismatch(BEFORE, WalContent(WalState.ALTERED)) == "wal-added"


def test_an_open_file_has_the_pages_of_its_last_checkpoint_whatever_its_log() -> None:
    state = PageState(BEFORE.digest)
    assert [state.mismatch(BEFORE, log) for log in (NO_LOG, LOG)] == [None, None]
    assert [state.mismatch(BETWEEN, log) for log in (NO_LOG, LOG)] == ["pages-older"] * 2


def test_a_checkpoint_that_is_interrupted_leaves_pages_that_the_log_completes() -> None:
    assert [MOVING.mismatch(found, LOG) for found in (BEFORE, BETWEEN, TORN, AFTER)] == [None] * 4
    assert MOVING.mismatch(AFTER, NO_LOG) is None  # the log was emptied, and the record of it is missing
    assert [MOVING.mismatch(found, NO_LOG) for found in (BETWEEN, TORN)] == ["pages-older"] * 2
    assert PageState(BEFORE.digest, moving_to=AFTER.digest, frames=2).mismatch(SPLICED, NO_LOG) == "pages-older"


def test_of_a_log_that_went_on_after_a_failed_checkpoint_only_the_frames_of_that_time_count() -> None:
    later = WalContent(WalState.WHOLE, (*LOG.frames, frame(2, OTHER, size=3)))
    assert MOVING.mismatch(BETWEEN, later) is None
    assert MOVING.mismatch(BETWEEN, WalContent(WalState.WHOLE, (frame(2, OTHER, size=2),))) == "pages-older"


def test_a_page_outside_the_log_cannot_be_replaced_while_a_checkpoint_is_under_way() -> None:
    three = PageTags(OLD + OLD + OLD)
    log = WalContent(WalState.WHOLE, (frame(1, NEW, size=3),))
    state = PageState(three.digest, moving_to=page_guard.with_log(three, log.frames).digest, frames=1)
    assert state.mismatch(PageTags(NEW + OLD + OLD), log) is None
    assert state.mismatch(PageTags(NEW + OLD + OTHER), log) == "pages-older"
