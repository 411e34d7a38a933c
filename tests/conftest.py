"""The stage and the cast that the flow tests share."""

import logging
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import structlog

from bot.demo.stage import Stage
from sandbox.clock import Clock
from tests.cast import HOSTS, Cast

# Timings belong in bench/; a machine that is busy with other things must fail no property.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday, and day in every zone of the cast


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than cores, since tests also wait: for a clock, a disk, a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def quiet() -> None:
    """A failing test shows the story of its chat; what the program logged besides would bury it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        yield stage


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await Cast.on(stage)
