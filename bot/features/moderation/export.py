"""Suspensions and removals in the file of `/mydata`: when, and why; never who decided."""

from bot.conversation.request import Request
from storage.records.people import removals, suspensions


async def decisions(request: Request) -> list[str]:
    texts, me = request.texts, request.me
    lines = []
    suspended = await suspensions.of(request.tx, me.id)
    if suspended is not None:
        lines.append(texts.plain("export-suspended", when=texts.when(suspended.suspended_at, me.zone)))
    about = await removals.about(request.tx, me.id, request.now)
    for asked, mine in ((about, "no"), *((each, "yes") for each in await removals.asked_by(request.tx, me.id))):
        if asked is not None:
            lines.append(
                texts.plain(
                    "export-removal",
                    when=texts.when(asked.asked_at, me.zone),
                    reason=texts.plain("removal-reason", reason=asked.reason),
                    mine=mine,
                )
            )
    return lines
