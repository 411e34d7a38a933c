"""Unexpected errors: what the log gets of one, and how long a loop waits after it."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.operations.errors import ALPHABET, MAX_DELAY, Backoff, report

SECRET = "zanzibar-7731"


def failing() -> None:
    raise ValueError(SECRET)


async def fail() -> str:
    failing()
    return "never"


async def succeed() -> str:
    return "done"


def test_the_log_gets_the_type_and_the_frames_and_not_the_message() -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        failing()
    with capture_logs() as lines:
        reference = report(caught.value, event="broken")
    assert len(reference) == 6
    assert set(reference) <= set(ALPHABET)
    [line] = lines
    assert (line["event"], line["reference"], line["error"]) == ("broken", reference, "ValueError")
    assert line["frames"][-1].startswith("failing:")
    assert SECRET not in str(lines)


async def test_a_loop_waits_longer_after_each_error_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    delays: list[float] = []

    async def sleep(seconds: float) -> None:
        delays.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    backoff = Backoff("failed")
    with capture_logs() as lines:
        for _ in range(8):
            assert await backoff.guard(fail()) is None
        assert await backoff.guard(succeed()) == "done"
        assert await backoff.guard(fail()) is None
    assert delays == [0.5, 1, 2, 4, 8, 16, MAX_DELAY, MAX_DELAY, 0.5]
    assert {line["event"] for line in lines} == {"failed"}
