"""Handling one update: its route runs, and the effects and the settling of its inbox row are one transaction.

Whatever happens, the update is settled once: with the effects of its handler, with none after a refusal, or as failed
with a reference that is in the log, and that the person is shown. An update without effects of somebody without a row
is settled only when it is answered: after a crash it is handled again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.conversation import shared_screens
from bot.conversation.delivery import LOOKED_AT_LATELY
from bot.conversation.dispatch import load_request, respond
from bot.conversation.request import Incoming, NetworkContext, Refusal, Request, UnreadableMember
from bot.conversation.routes import Routes
from bot.conversation.screen import Screen
from bot.language.texts import Texts, texts_in
from bot.messaging import chat_plan
from bot.messaging.decoys import Decoys
from bot.messaging.send_result import SendResult, Sent, Uncertain
from bot.operations.errors import report
from storage.crypto.cipher import Unreadable
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import inbox, outbox
from storage.records.inbox import Received
from storage.records.people import chat_messages, members
from storage.records.people.member import MemberState


@dataclass(frozen=True, slots=True)
class Answer:
    """A screen for the person who sent an update."""

    incoming: Incoming
    screen: Screen
    language: str
    commands: tuple[str, ...]  # of the person's menu, where the screen changes it
    member_id: bytes | None
    wrote: bool = True  # whether anything was written for it, so that messages may be owed to others
    repeats: bool = False  # whether it may be sent again: to somebody without a row, and it tells of no effect
    stranger: bool = False  # whether it is sent last
    # Called just before it is sent, which may be long after it was made: False where the person was frozen since.
    precondition: Callable[[], Awaitable[bool]] | None = None


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
        self.decoys = Decoys(routes)

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
            return await self._store.group_commit(partial(self._respond, received, incoming))
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
        if not isinstance(result, Sent):
            return
        before, now = answer.incoming.message_id, self._now()
        if before is not None and answer.screen.removes:
            await chat_messages.drop(tx, answer.member_id, before)
        elif result.message_id is not None and result.message_id != before:
            await chat_plan.shown(tx, answer.member_id, result.message_id, answer.screen, self._network, now)
            if answer.precondition is not None and await members.is_frozen(tx, answer.member_id):
                # It was on its way when the person was frozen.
                await chat_messages.note(
                    tx, answer.member_id, result.message_id, by_bot=True, sent_at=now, due=now, now=now
                )

    async def _respond(self, received: Received, incoming: Incoming, tx: Transaction) -> Answer:
        request = await load_request(tx, incoming, self._network, self._now())
        await _mark_reachable(request)
        frozen = _is_frozen(request)
        if frozen:
            after, screen = await self.decoys.respond(request, incoming)
            wrote, member = True, request.member
        else:
            screen = await respond(request, incoming, self._routes)
            wrote = tx.wrote
            # A transaction that wrote nothing has not changed the person either.
            after = await load_request(tx, incoming, self._network, request.now) if wrote else request
            member = after.member
        repeats = member is None and not wrote
        if not repeats and not await inbox.settle(tx, received.update_id):
            raise AlreadyHandled
        member_id = member.id if member else None
        # In the same transaction, so that no crash leaves anything in the chat that should leave it.
        await chat_plan.after_handling(request, request if frozen else after, incoming, screen)
        language = after.texts.language if after.member else request.texts.language
        commands, stranger = _commands(after, screen), received.stranger and member is None
        precondition = None if frozen or member_id is None else self._unless_frozen(member_id)
        return Answer(incoming, screen, language, commands, member_id, wrote, repeats, stranger, precondition)

    def _unless_frozen(self, member_id: bytes) -> Callable[[], Awaitable[bool]]:
        """A precondition that looks only where the answer has waited."""
        made = asyncio.get_running_loop().time()

        async def is_wanted() -> bool:
            if asyncio.get_running_loop().time() - made < LOOKED_AT_LATELY:
                return True
            async with self._store.transaction() as tx:
                return not await members.is_frozen(tx, member_id)

        return is_wanted

    async def current(self, answer: Answer) -> Answer:
        """The answer that is to be sent after a wait: an empty one, where the person was frozen since."""
        if answer.precondition is None:
            return answer

        async def look(tx: Transaction) -> Answer:
            request = await load_request(tx, answer.incoming, self._network, self._now())
            if not _is_frozen(request):
                return answer
            home = replace(answer.incoming, kind="command", command="start", text="")
            after, screen = await self.decoys.respond(request, home)
            return replace(answer, screen=screen, commands=_commands(after, screen), precondition=None)

        return await self._store.group_commit(look)

    async def _refuse(self, received: Received, incoming: Incoming, screen: Screen) -> Answer:
        async def settle(tx: Transaction) -> Request:
            request = await load_request(tx, incoming, self._network, self._now())
            if request.member is not None:
                await inbox.settle(tx, received.update_id)
            await _mark_reachable(request)
            await chat_plan.after_handling(request, request, incoming, screen)
            return request

        request = await self._store.group_commit(settle)
        commands, unknown = _commands(request, screen), request.member is None
        member_id = request.member.id if request.member else None
        stranger = unknown and received.stranger
        return Answer(incoming, screen, request.texts.language, commands, member_id, repeats=unknown, stranger=stranger)

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

        async def fail(tx: Transaction) -> None:
            await inbox.fail(tx, received.update_id, reference)
            if incoming is not None and received.member_id is not None:
                await chat_plan.typed(tx, received.member_id, incoming, self._network, self._now())

        await self._store.group_commit(fail)
        if incoming is None:
            return None
        texts = texts_in(language or incoming.language_code, self._network.languages)
        return Answer(incoming, screen(texts, reference), texts.language, (), received.member_id)


def _is_frozen(request: Request) -> bool:
    return request.member is not None and request.member.state is MemberState.FROZEN


def _commands(request: Request, screen: Screen) -> tuple[str, ...]:
    """The commands of the person's menu, where the screen changes it."""
    return request.commands if screen.menu is not None else ()


async def _mark_reachable(request: Request) -> None:
    """Whoever writes can be reached again: deliveries postponed until then become due, expiries among them."""
    if request.member is not None and request.member.unreachable_until is not None:
        await members.set_unreachable(request.tx, request.me.id, None)
        await outbox.bring_forward(request.tx, request.me.id, request.now, changes=True)
