"""Announcements in the file of `/mydata`: those that the person wrote, in every language."""

from bot.conversation.request import Request
from storage.records.announcements import announcements


async def written(request: Request) -> list[str]:
    texts, me = request.texts, request.me
    return [
        texts.plain(
            "export-announcement",
            when=texts.when(announcement.began_at or announcement.changed_at, me.zone),
            state=announcement.state,
            body=version.body,
        )
        for announcement in await announcements.by(request.tx, me.id)
        for version in await announcements.versions(request.tx, announcement.id)
    ]
