"""The last look before something leaves: whether its reader was frozen while it waited for its turn."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.conversation.delivery import LOOKED_AT_LATELY
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records.people import members

Precondition = Callable[[], Awaitable[bool]]


def unless_frozen(
    store: Store,
    member_id: bytes,
    *,
    frozen_too: bool = False,
    wanted: Callable[[Transaction], Awaitable[bool]] | None = None,
) -> Precondition:
    """A precondition that looks whether the member was frozen only where a while has passed since this was called.

    `frozen_too`: it reaches a frozen account as well. `wanted`: asked in any case.
    """
    made = asyncio.get_running_loop().time()

    async def is_wanted() -> bool:
        waited = not frozen_too and asyncio.get_running_loop().time() - made >= LOOKED_AT_LATELY
        if wanted is None and not waited:
            return True
        async with store.transaction() as tx:
            if waited and await members.is_frozen(tx, member_id):
                return False
            return wanted is None or await wanted(tx)

    return is_wanted
