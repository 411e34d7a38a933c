"""An older copy of the data that was put in place and accepted by the operator."""

from datetime import datetime

from storage.engine.store import Store
from storage.records import audit


async def accept(store: Store, now: datetime) -> None:
    """Begins a new audit chain where that of an accepted older copy is broken, and records that in it."""
    async with store.transaction() as tx:
        holds = await audit.verify(tx) is None
    if not holds:
        await store.begin_audit()
        async with store.transaction() as tx:
            await audit.record(tx, "audit-begun", None, None, now)
