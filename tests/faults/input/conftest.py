"""The network that the tests of a module share."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.demo import steps
from bot.demo.stage import Stage
from tests.faults.input.network import TOPIC, Network
from tests.support.cast import Joined


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def network(joined: Joined, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Network]:
    async with Stage(tmp_path_factory.mktemp("network"), kept=joined.kept) as stage:
        cast = joined.cast.again(stage)
        salma = await cast.salma()
        await steps.open_topic(cast.nour, TOPIC, "")
        yield Network(stage, cast.nour, salma)
