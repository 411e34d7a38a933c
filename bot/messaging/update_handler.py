"""Handling one update: its route runs, and the effects and the settling of its inbox row are one transaction.

Whatever happens, the update is settled once: with the effects of its handler, with none after a refusal, or as failed
with a reference that is in the log, and that the person is shown.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.conversation import shared_screens
from bot.conversation.dispatch import load_request, respond
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request, UnreadableMember
from bot.conversation.routes import Routes
from bot.conversation.screen import Screen
from bot.language.texts import Texts, texts_in
from bot.messaging.send_result import SendResult, Sent, Uncertain
from bot.operations.errors import report
from storage.crypto.cipher import Unreadable
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import inbox, outbox
from storage.records.inbox import Received
from storage.records.people import members


@dataclass(frozen=True, slots=True)
class Answer:
    """A screen for the person who sent an update."""

    incoming: Incoming
    screen: Screen
    language: str
    commands: tuple[str, ...]  # of the person's menu, where the screen changes it
    member_id: bytes | None
    wrote: bool = True  # whether anything was written for it, so that messages may be owed to others
    made_at: float = field(default_factory=time.monotonic)  # seconds; a press is answered within some time


class AlreadyHandled(Exception):
    """The effects of this update are stored already: those of this transaction are rolled back."""


class UpdateHandler:
    def __init__(
        self,
        store: Store,
        routes: Routes,
        network: NetworkContext,
        *,
        read: Callable[[dict[str, Any]], Incoming | None],
        now: Callable[[], datetime],
    ) -> None:
        """`read` parses an update; None means that it asks nothing of the bot."""
        self._store = store
        self._routes = routes
        self._network = network
        self._read = read
        self._now = now

    async def handle(self, received: Received) -> Answer | None:
        """Runs the handler and settles the inbox row with its effects; None where there is nothing to answer."""
        if received.unreadable is not None:
            await self._fail_unreadable(received, received.unreadable)
            return None
        incoming = None
        try:
            incoming = self._read(received.update) if received.update else None
            if incoming is None:
                await self._store.group_commit(partial(inbox.answered, update_id=received.update_id))
                return None
            return await self._store.group_commit(partial(self._respond, received.update_id, incoming))
        except AlreadyHandled:
            return None
        except Refusal as refusal:
            assert incoming is not None  # only a handler refuses
            return await self._refuse(received, incoming, refusal.screen)
        except UnreadableMember as error:
            reference = report(error.__cause__ or error, event="member-unreadable")
            return await self._fail(received, incoming, reference, shared_screens.unreadable, error.language)
        except Exception as error:  # noqa: BLE001  an error of the program becomes a reference for the person
            reference = report(error, event="handler-failed")
            return await self._fail(received, incoming, reference)

    async def record_result(self, update_id: int, answer: Answer, result: SendResult, tx: Transaction) -> None:
        """Records what became of an answer; where that is uncertain, a knock is put into the outbox."""
        await inbox.answered(tx, update_id)
        if answer.member_id is None:
            return
        if isinstance(result, Uncertain):
            await outbox.put(tx, answer.member_id, "resume", due=self._now(), now=self._now())
        sent = result.message_id if isinstance(result, Sent) else None
        if sent is not None and sent != answer.incoming.message_id:
            await self._put_expiry(tx, answer.member_id, sent, answer.screen)

    async def _respond(self, update_id: int, incoming: Incoming, tx: Transaction) -> Answer:
        request = await load_request(tx, incoming, self._network, self._now())
        await _mark_reachable(request)
        screen = await respond(request, incoming, self._routes)
        wrote = tx.wrote
        # A transaction that wrote nothing has not changed the person either.
        after = await load_request(tx, incoming, self._network, request.now) if wrote else request
        if not await inbox.settle(tx, update_id):
            raise AlreadyHandled
        member_id = after.member.id if after.member else None
        if member_id is not None and incoming.message_id is not None and _replaces_message(screen):
            # In the same transaction, so that no crash leaves a screen in the chat that should expire.
            await outbox.cancel_changes(tx, member_id, incoming.message_id)  # of the screen that it showed before
            await self._put_expiry(tx, member_id, incoming.message_id, screen)
        language = after.texts.language if after.member else request.texts.language
        return Answer(incoming, screen, language, _commands(after, screen), member_id, wrote)

    async def _refuse(self, received: Received, incoming: Incoming, screen: Screen) -> Answer:
        async def settle(tx: Transaction) -> Request:
            await inbox.settle(tx, received.update_id)
            request = await load_request(tx, incoming, self._network, self._now())
            await _mark_reachable(request)
            return request

        request = await self._store.group_commit(settle)
        member_id = request.member.id if request.member else None
        return Answer(incoming, screen, request.texts.language, _commands(request, screen), member_id)

    async def _fail_unreadable(self, received: Received, error: Unreadable) -> None:
        """For an update that cannot be decrypted: its sender is sent a knock, since nobody knows what it said."""
        reference = report(error, event="update-unreadable")

        async def fail(tx: Transaction) -> None:
            await inbox.fail(tx, received.update_id, reference)
            if received.member_id is not None:
                await outbox.put(tx, received.member_id, "resume", due=self._now(), now=self._now())

        await self._store.group_commit(fail)

    async def _fail(
        self,
        received: Received,
        incoming: Incoming | None,
        reference: str,
        screen: Callable[[Texts, str], Screen] = shared_screens.went_wrong,
        language: str | None = None,
    ) -> Answer | None:
        await self._store.group_commit(partial(inbox.fail, update_id=received.update_id, reference=reference))
        if incoming is None:
            return None
        texts = texts_in(language or incoming.language_code, self._network.languages)
        return Answer(incoming, screen(texts, reference), texts.language, (), None)

    async def _put_expiry(self, tx: Transaction, member_id: bytes, message_id: int, screen: Screen) -> None:
        """Puts the expiry of a screen, where it has one, into the outbox."""
        if screen.expiry is None:
            return
        now, expiry = self._now(), screen.expiry
        await outbox.put(
            tx, member_id, expiry.kind, about=expiry.about, message_id=message_id, due=now + expiry.after, now=now
        )


def _commands(request: Request, screen: Screen) -> tuple[str, ...]:
    """The commands of the person's menu, where the screen changes it."""
    return request.commands if screen.menu is not None else ()


async def _mark_reachable(request: Request) -> None:
    """Whoever writes can be reached again: deliveries postponed until then become due, expiries among them."""
    if request.member is not None and request.member.unreachable_until is not None:
        await members.set_unreachable(request.tx, request.me.id, None)
        await outbox.bring_forward(request.tx, request.me.id, request.now, changes=True)


def _replaces_message(screen: Screen) -> bool:
    """Whether the screen replaces the message whose button was pressed."""
    return not (screen.fresh or screen.photo or screen.document)
