"""Reading: the topics, following them, their latest posts, one post that a knock leads to."""

from collections.abc import Sequence

from bot.conversation import rounding, shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.look_alikes import look_alikes
from bot.conversation.pagination import Resembles
from bot.conversation.people import may_stop
from bot.conversation.reading_screens import OpenPhoto, OpenPost
from bot.conversation.rename_notices import rename_notices
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, Screen
from bot.features.topics import buttons
from bot.features.topics import reading_screens as screens
from bot.features.topics.rules import find_by_title
from bot.language.normalize import one_line
from bot.language.texts import Html
from storage.records import posts, subscriptions, topics
from storage.records.people import members
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic

LATEST = 20  # posts


async def show_topics(request: Request) -> Screen:
    """`/topics`, or `/topics <title>` for one of them."""
    found = await topics.everything(request.tx)
    if request.text:
        topic = find_by_title(one_line(request.text), found)
        if topic is None:
            raise Refusal(screens.gone(request))
        return await show_topic(request, topic)
    modes = await subscriptions.of(request.tx, request.me.id)
    return screens.topics(request, found, modes, _coordinates(request))


async def get_topic(request: Request, topic_id: bytes) -> Topic:
    topic = await topics.get(request.tx, topic_id)
    if topic is None:
        raise Refusal(screens.gone(request))
    return topic


async def show_topic(request: Request, topic: Topic) -> Screen:
    mode = (await subscriptions.of(request.tx, request.me.id)).get(topic.id)
    followers = await followers_of(request, topic)
    return screens.topic(request, topic, mode, followers, _coordinates(request))


async def followers_of(request: Request, topic: Topic) -> int:
    """About how many follow a topic without having muted it (rounding.py)."""
    return await rounding.count(request, ("topic", topic.id), lambda: subscriptions.followers(request.tx, topic.id))


def _coordinates(request: Request) -> bool:
    return Access.COORDINATOR.allows(request.member)


async def open_topic(request: Request) -> Screen:
    return await show_topic(request, await get_topic(request, request.button(buttons.OpenTopic).topic))


async def follow(request: Request) -> Screen:
    button = request.button(buttons.Follow)
    topic = await get_topic(request, button.topic)
    await subscriptions.follow(request.tx, request.me.id, topic.id, button.mode)
    return await show_topic(request, topic)


async def leave(request: Request) -> Screen:
    topic = await get_topic(request, request.button(buttons.Leave).topic)
    await subscriptions.leave(request.tx, request.me.id, topic.id)
    return await show_topic(request, topic)


async def read_latest(request: Request) -> Screen:
    button = request.button(buttons.ReadLatest)
    topic = await get_topic(request, button.topic)
    found = await posts.latest(request.tx, topic.id, LATEST)
    alike, above = await _about_authors(request, found)
    return screens.latest(request, topic, found, button.page, alike, above, hides=_coordinates(request))


async def _about_authors(request: Request, found: Sequence[Post]) -> tuple[Resembles, Html]:
    """Whose name looks like a coordinator's, and a sentence about each author whose name the reader knew otherwise."""
    above = await rename_notices(request, 0, await posts.newest(request.tx), {post.author_id for post in found})
    return (await look_alikes(request)).names_another, above


async def open_post(request: Request) -> Screen:
    button = request.button(OpenPost)
    found, title = await _post_and_title(request, button.post)
    alike, above = await _about_authors(request, [found])
    author = await members.find_readable(request.tx, found.author_id)
    hides = _coordinates(request) and author is not None and may_stop(request.me, author)
    return screens.post(request, found, title, button.page, alike, above, hides=hides)


async def open_photo(request: Request) -> Screen:
    found, title = await _post_and_title(request, request.button(OpenPhoto).post)
    if found.photo is None:
        raise Refusal(screens.post_gone(request))
    return screens.photo(request, found, title, (await look_alikes(request)).names_another)


async def _post_and_title(request: Request, post_id: bytes) -> tuple[Post, str]:
    found = await posts.get(request.tx, post_id)
    if found is None:
        raise Refusal(screens.post_gone(request))
    return found, (await get_topic(request, found.topic_id)).title


async def render_post(request: Request) -> Screen | None:
    """The knock for a post; None where it was withdrawn, or the reader no longer follows its topic at once."""
    found = await posts.get(request.tx, request.about or b"")
    if found is None or found.topic_id not in (modes := await subscriptions.of(request.tx, request.me.id)):
        return None
    if modes[found.topic_id] is not FollowMode.AT_ONCE:
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenPost(found.id, 0)))


ROUTES = [
    Route(Command("topics"), Access.MEMBER, show_topics),
    Route(buttons.OpenTopic, Access.MEMBER, open_topic),
    Route(buttons.Follow, Access.MEMBER, follow),
    Route(buttons.Leave, Access.MEMBER, leave),
    Route(buttons.ReadLatest, Access.MEMBER, read_latest),
    Route(OpenPost, Access.MEMBER, open_post),
    Route(OpenPhoto, Access.MEMBER, open_photo),
]
DELIVERIES = {"post": DeliveryKind(render_post)}
