"""The stage and the cast that the flow tests share."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.stage import Stage
from sandbox.clock import Clock
from tests.cast import HOSTS, Cast

AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday, and day in every zone of the cast


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, hosts=HOSTS, clock=Clock(AFTERNOON)) as stage:
        yield stage


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await Cast.on(stage)
