"""What members see of topics and of the posts in them."""

from collections.abc import Mapping, Sequence

from bot.conversation import shared_screens
from bot.conversation.pagination import Resembles, heading, lay_out
from bot.conversation.people import AskHide, ChoosePost
from bot.conversation.reading_screens import CloseScreen, OpenPost, page_of
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.topics.buttons import AskClose, Follow, Leave, OpenTopic, ReadLatest, Reopen, WriteIn
from bot.language.texts import Html
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic


def topics(request: Request, found: Sequence[Topic], modes: Mapping[bytes, FollowMode], coordinates: bool) -> Screen:
    """All topics, each with the reader's subscription."""
    texts = request.texts
    found, page_buttons = shared_screens.paged(request, "topics", found)
    buttons = [
        Button(
            texts.plain(
                "topic-label",
                title=topic.title,
                mode="closed" if topic.closed_at else modes.get(topic.id, "none"),
            ),
            OpenTopic(topic.id),
        )
        for topic in found
    ]
    text = texts("topics") if found else texts("no-topics")
    new = shared_screens.run(texts, "topic") if coordinates else None
    return Screen(text, column(*buttons, *page_buttons, new, shared_screens.back(request)))


def topic(request: Request, topic: Topic, mode: FollowMode | None, followers: int, coordinates: bool) -> Screen:
    texts, closed = request.texts, topic.closed_at is not None

    def follow(message: str, wanted: FollowMode) -> Button | None:
        return None if mode is wanted or closed else Button(texts.plain(message), Follow(topic.id, wanted))

    return Screen(
        texts.stack(
            texts("topic", title=topic.title),
            topic.purpose,
            texts("topic-closed") if closed else texts("topic-mode", mode=mode or "none"),
            texts("topic-followers", count=followers),
        ),
        column(
            None if closed else Button(texts.plain("button-write"), WriteIn(topic.id)),
            Button(texts.plain("button-read-latest"), ReadLatest(topic.id, 0)),
            follow("button-follow-digest", FollowMode.DIGEST),
            follow("button-follow-at-once", FollowMode.AT_ONCE),
            follow("button-mute", FollowMode.MUTED) if mode else None,
            Button(texts.plain("button-leave-topic"), Leave(topic.id)) if mode else None,
            Button(texts.plain("button-close-topic"), AskClose(topic.id)) if coordinates and not closed else None,
            Button(texts.plain("button-reopen-topic"), Reopen(topic.id)) if coordinates and closed else None,
            shared_screens.run(texts, "topics"),
            shared_screens.back(request),
        ),
    )


def gone(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("topic-gone"), column(shared_screens.run(texts, "topics"), shared_screens.back(request)))


def latest(
    request: Request,
    topic: Topic,
    posts: Sequence[Post],
    number: int,
    resembles: Resembles,
    above: Html,
    *,
    hides: bool,
) -> Screen:
    """The newest posts of a topic; the screen expires. `hides`: whether the reader may hide some of them."""
    texts = request.texts
    back = Button(texts.plain("button-back"), OpenTopic(topic.id))
    below = (Button(texts.plain("button-hide-post"), ChoosePost(topic.id, 0)), back) if hides else (back,)
    pages = lay_out(posts, {topic.id: topic.title}, texts, request.me.zone, resembles)
    if not pages:
        return Screen(texts("topic-empty", title=topic.title), column(*below))
    return page_of(
        request,
        pages,
        number,
        lambda page: ReadLatest(topic.id, page),
        *below,
        topic=topic.id,
        above=above if number == 0 else "",
    )


def post(
    request: Request, topic: Post, title: str, number: int, resembles: Resembles, above: Html, *, hides: bool
) -> Screen:
    """One post, in place of its knock."""
    texts = request.texts
    pages = lay_out([topic], {topic.topic_id: title}, texts, request.me.zone, resembles)
    open_topic = Button(texts.plain("button-open-topic"), OpenTopic(topic.topic_id))
    hide = (Button(texts.plain("button-hide-post"), AskHide(topic.id)),) if hides else ()
    return page_of(
        request,
        pages,
        number,
        lambda page: OpenPost(topic.id, page),
        *hide,
        open_topic,
        topic=topic.topic_id,
        above=above if number == 0 else "",
    )


def photo(request: Request, topic: Post, title: str, resembles: Resembles) -> Screen:
    """The photo of a post, as a message of its own that expires."""
    texts = request.texts
    close = Button(texts.plain("button-close"), CloseScreen())
    return Screen(
        texts.stack(texts("digest-topic", title=title), heading(topic, texts, request.me.zone, resembles)),
        column(close),
        photo=topic.photo,
        fresh=True,
        topic=topic.topic_id,
    )


def post_gone(request: Request) -> Screen:
    return Screen(request.texts("post-gone"), column(shared_screens.back(request)))
