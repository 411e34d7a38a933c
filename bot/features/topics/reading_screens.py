"""What members see of topics and of the posts in them."""

from collections.abc import Mapping, Sequence

from bot.conversation import shared_screens
from bot.conversation.pagination import lay_out
from bot.conversation.reading_screens import CloseScreen, OpenPost, closing, page_of
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.topics.buttons import AskClose, Follow, Leave, OpenTopic, ReadLatest, Reopen, WriteIn
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic


def topics(request: Request, found: Sequence[Topic], modes: Mapping[bytes, FollowMode], coordinates: bool) -> Screen:
    """All topics, each with how the reader follows it."""
    texts = request.texts
    found, turn = shared_screens.paged(request, "topics", found)
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
    words = texts("topics") if found else texts("no-topics")
    new = shared_screens.run(texts, "topic") if coordinates else None
    return Screen(words, column(*buttons, *turn, new, shared_screens.back(request)))


def topic(request: Request, shown: Topic, mode: FollowMode | None, followers: int, coordinates: bool) -> Screen:
    texts, closed = request.texts, shown.closed_at is not None

    def follow(message: str, wanted: FollowMode) -> Button | None:
        return None if mode is wanted or closed else Button(texts.plain(message), Follow(shown.id, wanted))

    return Screen(
        texts.stack(
            texts("topic", title=shown.title),
            shown.purpose,
            texts("topic-closed") if closed else texts("topic-mode", mode=mode or "none"),
            texts("topic-followers", count=followers),
        ),
        column(
            None if closed else Button(texts.plain("button-write"), WriteIn(shown.id)),
            Button(texts.plain("button-read-latest"), ReadLatest(shown.id, 0)),
            follow("button-follow-digest", FollowMode.DIGEST),
            follow("button-follow-at-once", FollowMode.AT_ONCE),
            follow("button-mute", FollowMode.MUTED) if mode else None,
            Button(texts.plain("button-leave-topic"), Leave(shown.id)) if mode else None,
            Button(texts.plain("button-close-topic"), AskClose(shown.id)) if coordinates and not closed else None,
            Button(texts.plain("button-reopen-topic"), Reopen(shown.id)) if coordinates and closed else None,
            shared_screens.run(texts, "topics"),
            shared_screens.back(request),
        ),
    )


def gone(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("topic-gone"), column(shared_screens.run(texts, "topics"), shared_screens.back(request)))


def latest(request: Request, shown: Topic, posts: Sequence[Post], number: int) -> Screen:
    """The newest posts of a topic; it leaves the chat again after a while."""
    texts = request.texts
    back = Button(texts.plain("button-back"), OpenTopic(shown.id))
    pages = lay_out(posts, {shown.id: shown.title}, texts, request.me.zone)
    if not pages:
        return Screen(texts("topic-empty", title=shown.title), column(back))
    return page_of(request, pages, number, lambda page: ReadLatest(shown.id, page), back)


def post(request: Request, shown: Post, title: str, number: int) -> Screen:
    """One post, in the place of the knock that told of it."""
    texts = request.texts
    pages = lay_out([shown], {shown.topic_id: title}, texts, request.me.zone)
    open_topic = Button(texts.plain("button-open-topic"), OpenTopic(shown.topic_id))
    return page_of(request, pages, number, lambda page: OpenPost(shown.id, page), open_topic)


def photo(request: Request, shown: Post, title: str) -> Screen:
    """The photo of a post, as a message of its own that leaves again."""
    texts = request.texts
    heading = texts("post-heading", name=shown.author_name, when=texts.when_short(shown.written_at, request.me.zone))
    close = Button(texts.plain("button-close"), CloseScreen())
    return Screen(
        texts.stack(texts("digest-topic", title=title), heading),
        column(close),
        photo=shown.photo,
        fresh=True,
        expiry=closing(request),
    )


def post_gone(request: Request) -> Screen:
    return Screen(request.texts("post-gone"), column(shared_screens.back(request)))
