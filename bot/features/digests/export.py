"""Digests in the file of `/mydata`: when each was made, never what was in it."""

from bot.conversation.request import Request
from storage.records import digests


async def made(request: Request) -> list[str]:
    texts, me = request.texts, request.me
    return [texts.when(digest.created_at, me.zone) for digest in await digests.of(request.tx, me.id)]
