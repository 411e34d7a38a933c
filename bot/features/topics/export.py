"""Topics in the file of `/mydata`: those that the person follows, and the posts they wrote."""

from bot.conversation.request import Request
from storage.records import posts, subscriptions, topics


async def followed(request: Request) -> list[str]:
    titles = await _titles(request)
    return [
        request.texts.plain("topic-label", title=titles.get(topic, ""), mode=mode)
        for topic, mode in (await subscriptions.of(request.tx, request.me.id)).items()
    ]


async def written(request: Request) -> list[str]:
    texts, titles = request.texts, await _titles(request)
    return [
        texts.plain(
            "export-post",
            topic=titles.get(post.topic_id, ""),
            when=texts.when(post.written_at, request.me.zone),
            body=post.body,
            photo="yes" if post.photo else "no",
            hidden="yes" if post.hidden_at else "no",
        )
        for post in await posts.by(request.tx, request.me.id)
    ]


async def _titles(request: Request) -> dict[bytes, str]:
    return {topic.id: topic.title for topic in await topics.everything(request.tx)}
