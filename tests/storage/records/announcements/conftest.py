"""Who writes and who approves."""

import pytest

from storage.engine.transaction import Transaction
from storage.records.people.member import Member, Role
from tests.storage.people import HOSTS, enter


@pytest.fixture
async def nour(tx: Transaction) -> Member:
    return await enter(tx, "Nour", role=Role.COORDINATOR)


@pytest.fixture
async def awa(tx: Transaction, nour: Member) -> Member:
    return await enter(tx, "Awa", role=Role.COORDINATOR, host=HOSTS[1])
