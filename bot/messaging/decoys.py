"""Answers to a frozen account: its requests run as everybody's do, on an empty network in memory of its own.

Whoever holds the account sees a member's bot in which nothing happens, by the same handlers, screens and buttons. One
exception: it cannot lock the network. The empty networks are kept for the accounts that wrote last, until a restart.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.dispatch import load_request, respond
from bot.conversation.process_memory import ProcessMemory
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request
from bot.conversation.routes import Routes
from bot.conversation.screen import Screen
from storage.engine.memory_store import MemoryStore
from storage.records.safety import decoys, freezes

MOST = 8  # empty networks at once, each some 2 MB


@dataclass(frozen=True, slots=True)
class _Decoy:
    store: MemoryStore
    network: NetworkContext
    frozen_at: datetime


class Decoys:
    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._kept: OrderedDict[bytes, _Decoy] = OrderedDict()  # by member

    async def respond(self, request: Request, incoming: Incoming) -> tuple[Request, Screen]:
        """What answers a frozen account: the person after that, and the screen.

        Nothing is written into the real network, but for when the account seems to have erased itself.
        """
        decoy = await self._of(request)
        screen, after = None, request
        try:
            async with decoy.store.transaction() as tx:
                asked = await load_request(tx, incoming, decoy.network, request.now)
                screen = await respond(asked, incoming, self._routes)
                after = await load_request(tx, incoming, decoy.network, request.now)
                after = after if after.member is not None else after.replace(texts=asked.texts)
        except Refusal as refusal:
            screen = refusal.screen
            async with decoy.store.transaction() as tx:
                after = await load_request(tx, incoming, decoy.network, request.now)
        if not await decoys.is_there(decoy.store, request.me):
            await freezes.set_left(request.tx, request.me.id, request.now)
        return after, _harmless(screen)

    async def close(self) -> None:
        while self._kept:
            _, decoy = self._kept.popitem()
            await decoy.store.close()

    async def _of(self, request: Request) -> _Decoy:
        freeze = await freezes.get(request.tx, request.me.id)
        assert freeze is not None  # in the same transaction as the state
        decoy = self._kept.pop(request.me.id, None)
        if decoy is not None and decoy.frozen_at != freeze.frozen_at:  # of an earlier freeze
            await decoy.store.close()
            decoy = None
        if decoy is None:
            network = replace(request.network, memory=ProcessMemory(), lockable=False)
            was = freeze.was if freeze.left_at is None else None
            store = await decoys.open_for(request.tx, network.name, request.me, was, request.now)
            decoy = _Decoy(store, network, freeze.frozen_at)
        self._kept[request.me.id] = decoy
        if len(self._kept) > MOST:
            _, oldest = self._kept.popitem(last=False)
            await oldest.store.close()
        return decoy


def _harmless(screen: Screen) -> Screen:
    """The screen without what would reach beyond the chat; at its expiry it is removed, whatever it would become."""
    open_for = screen.expiry.after if screen.expiry else screen.open_for
    return replace(screen, expiry=None, open_for=open_for, locks=False)
