"""The audit and the outbox in the file of `/mydata`: actions, kinds and times, never names."""

from collections.abc import Sequence

from bot.conversation.request import Request
from storage.records import audit, outbox
from storage.records.audit import Entry


async def acts(request: Request) -> list[str]:
    """What the person did."""
    return _lines(request, await audit.by(request.tx, request.me.id))


async def done_about(request: Request) -> list[str]:
    """What others did about the person."""
    return _lines(request, await audit.about(request.tx, request.me.id))


def _lines(request: Request, entries: Sequence[Entry]) -> list[str]:
    texts = request.texts
    return [
        texts.plain(
            "export-action",
            when=texts.when(entry.at, request.me.zone),
            what=request.network.catalog.action(texts, entry.action),
        )
        for entry in entries
    ]


async def notices(request: Request) -> list[str]:
    """Messages to the person, without those that only change an earlier message."""
    texts, catalog = request.texts, request.network.catalog
    return [
        texts.plain(
            "export-notice", when=texts.when(due, request.me.zone), what=catalog.delivery(texts, kind), state=state
        )
        for kind, state, due in await outbox.of(request.tx, request.me.id)
        if not catalog.changes_message(kind)
    ]
