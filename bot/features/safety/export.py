"""Buddies, and what one wanted for accounts of others, in the file of `/mydata`."""

from bot.conversation.request import Request
from bot.features.safety.buddies import name_of
from storage.records.safety import buddies, freezes


async def lines(request: Request) -> list[str]:
    texts, tx, me, now = request.texts, request.tx, request.me, request.now
    mine = [await name_of(request, each.buddy_id) for each in await buddies.of(tx, me.id, now) if each.buddy_id]
    theirs = [await name_of(request, each.member_id) for each in await buddies.looked_after_by(tx, me.id, now)]
    return [
        *(texts.plain("export-buddy-mine", name=name) for name in mine),
        *(texts.plain("export-buddy-theirs", name=name) for name in theirs),
        *[
            texts.plain(
                "export-freeze-vote",
                when=texts.when(vote.voted_at, me.zone),
                name=await name_of(request, vote.member_id),
                wants=vote.wants,
            )
            for vote in await freezes.votes_by(tx, me.id)
        ],
    ]
