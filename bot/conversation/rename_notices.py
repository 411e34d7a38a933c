"""Who has another name since lately: said above posts of theirs, to readers who know the former one."""

from collections.abc import Container

from bot.conversation.request import Request
from bot.language.texts import Html
from storage.records.people import renames

MOST = 5  # sentences above one screen


async def rename_notices(request: Request, after: int, until: int, authors: Container[bytes] | None = None) -> Html:
    """Sentences about authors of posts with numbers above `after` up to `until`; only about `authors`, where given."""
    found = await renames.known_to(request.tx, request.me.id, after, until, request.now)
    texts, zone = request.texts, request.me.zone
    said = [
        texts("renamed-since", former=each.former, name=each.present, when=texts.when_short(each.renamed_at, zone))
        for each in found
        if authors is None or each.member_id in authors
    ]
    return Html("\n".join(said[:MOST]))
