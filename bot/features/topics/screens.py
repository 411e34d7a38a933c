"""What members see of topics, and a post before and after it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.pagination import lay_out, split
from bot.conversation.reading_screens import CloseScreen, OpenPost, closing, page_of
from bot.conversation.request import Request
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen, column
from bot.language.texts import Html, verbatim
from storage.records.drafts import Draft
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic


@dataclass(frozen=True, slots=True)
class OpenTopic(ButtonAction):
    code: ClassVar[str] = "topic"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Follow(ButtonAction):
    code: ClassVar[str] = "follow"
    topic: bytes
    mode: FollowMode


@dataclass(frozen=True, slots=True)
class Leave(ButtonAction):
    code: ClassVar[str] = "leave"
    topic: bytes


@dataclass(frozen=True, slots=True)
class ReadLatest(ButtonAction):
    code: ClassVar[str] = "latest"
    topic: bytes
    page: int


@dataclass(frozen=True, slots=True)
class WriteIn(ButtonAction):
    code: ClassVar[str] = "write"
    topic: bytes


@dataclass(frozen=True, slots=True)
class SendPost(ButtonAction):
    code: ClassVar[str] = "send"
    topic: bytes
    version: bytes  # which draft was shown: a later one has to be seen first


@dataclass(frozen=True, slots=True)
class TakeBack(ButtonAction):
    code: ClassVar[str] = "takeback"
    post: bytes


@dataclass(frozen=True, slots=True)
class NoPurpose(ButtonAction):
    code: ClassVar[str] = "nopurpose"


@dataclass(frozen=True, slots=True)
class AskClose(ButtonAction):
    code: ClassVar[str] = "askclose"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Close(ButtonAction):
    code: ClassVar[str] = "closetop"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Reopen(ButtonAction):
    code: ClassVar[str] = "reopen"
    topic: bytes


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


def ask_close(request: Request, shown: Topic) -> Screen:
    texts = request.texts
    return Screen(
        texts("ask-close-topic", title=shown.title),
        column(
            Button(texts.plain("button-close-topic-yes", title=shown.title), Close(shown.id)),
            Button(texts.plain("button-back"), OpenTopic(shown.id)),
        ),
    )


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


def choose_topic(request: Request, found: Sequence[Topic]) -> Screen:
    texts = request.texts
    if not found:
        return Screen(texts("no-topics"), column(shared_screens.back(request)))
    found, turn = shared_screens.paged(request, "post", found)
    return Screen(
        texts("choose-topic"),
        column(*(Button(topic.title, WriteIn(topic.id)) for topic in found), *turn, shared_screens.back(request)),
    )


def write(request: Request, shown: Topic, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("write-post", title=shown.title)),
        column(shared_screens.run(texts, "cancel")),
    )


def too_long(request: Request, length: int, most: int) -> Html:
    """For a post that is too long, or the rest of one that came in pieces."""
    return request.texts("post-too-long", length=length if length > most else 0, most=most)


PREVIEW_UNITS = 3500  # of a message's 4,096
CAPTION_UNITS = 700  # of a caption's 1,024


def preview(request: Request, shown: Topic, draft: Draft, readers: int, *, replaces: bool) -> Screen:
    """The post as it will stand, before it goes out. One too long for a preview is shown in part and says so."""
    texts = request.texts
    most = CAPTION_UNITS if draft.photo else PREVIEW_UNITS
    beginning = next(split(draft.body or "", most), "")
    return Screen(
        texts.stack(
            texts("preview-replaces") if replaces else "",
            texts("preview", title=shown.title, name=request.me.name or "", count=readers),
            Html(f"<blockquote>{verbatim(beginning)}</blockquote>") if beginning else "",
            texts("preview-goes-on") if beginning != (draft.body or "") else "",
        ),
        column(
            Button(texts.plain("button-send-post", title=shown.title), SendPost(shown.id, draft.version)),
            Button(texts.plain("button-write-again"), WriteIn(shown.id)),
            shared_screens.run(texts, "cancel"),
        ),
        photo=draft.photo,
    )


def posted(request: Request, shown: Topic, post_id: bytes) -> Screen:
    texts = request.texts
    return Screen(
        texts("posted", title=shown.title),
        column(
            Button(texts.plain("button-take-back"), TakeBack(post_id)),
            Button(texts.plain("button-open-topic"), OpenTopic(shown.id)),
            shared_screens.back(request),
        ),
    )


def taken_back(request: Request) -> Screen:
    return Screen(request.texts("taken-back"), column(shared_screens.back(request)))


def ask_title(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(texts.stack(complaint or "", texts("ask-topic-title")), column(shared_screens.run(texts, "cancel")))


def ask_purpose(request: Request, title: str, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-topic-purpose", title=title)),
        column(
            Button(texts.plain("button-no-purpose"), NoPurpose()),
            Button(texts.plain("button-cancel"), RunCommand("cancel")),
        ),
    )


def opened(request: Request, shown: Topic) -> Screen:
    texts = request.texts
    return Screen(
        texts("topic-opened", title=shown.title),
        column(Button(texts.plain("button-open-topic"), OpenTopic(shown.id)), shared_screens.back(request)),
    )
