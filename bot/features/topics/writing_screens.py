"""What a member sees while writing a post, and after it is sent."""

from collections.abc import Sequence

from bot.conversation import shared_screens
from bot.conversation.pagination import split
from bot.conversation.people import shown_name
from bot.conversation.request import Request
from bot.conversation.screen import Button, Screen, column
from bot.features.topics.buttons import OpenTopic, SendPost, TakeBack, WriteIn
from bot.language.texts import Html, verbatim
from storage.records.drafts import Draft
from storage.records.topics import Topic

PREVIEW_UNITS = 3500  # UTF-16 units of a message's 4,096
CAPTION_UNITS = 700  # UTF-16 units of a caption's 1,024


def choose_topic(request: Request, found: Sequence[Topic]) -> Screen:
    texts = request.texts
    if not found:
        return Screen(texts("no-topics"), column(shared_screens.back(request)))
    found, page_buttons = shared_screens.paged(request, "post", found)
    return Screen(
        texts("choose-topic"),
        column(
            *(Button(topic.title, WriteIn(topic.id)) for topic in found), *page_buttons, shared_screens.back(request)
        ),
    )


def write(request: Request, topic: Topic, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("write-post", title=topic.title)),
        column(shared_screens.run(texts, "cancel")),
    )


def too_long(request: Request, length: int, most: int) -> Html:
    """For a post that is too long, or the rest of one that came in several messages."""
    return request.texts("post-too-long", length=length if length > most else 0, most=most)


def preview(request: Request, topic: Topic, draft: Draft, readers: int, *, replaces: bool) -> Screen:
    """The post as it will look. One that is too long for a preview is shown in part, and says so."""
    texts = request.texts
    most = CAPTION_UNITS if draft.photo else PREVIEW_UNITS
    beginning = next(split(draft.body or "", most), "")
    return Screen(
        texts.stack(
            texts("preview-replaces") if replaces else "",
            texts("preview", title=topic.title, name=shown_name(request.me), count=readers),
            Html(f"<blockquote>{verbatim(beginning)}</blockquote>") if beginning else "",
            texts("preview-goes-on") if beginning != (draft.body or "") else "",
        ),
        column(
            send_button(request, topic, draft),
            Button(texts.plain("button-write-again"), WriteIn(topic.id)),
            shared_screens.run(texts, "cancel"),
        ),
        photo=draft.photo,
    )


def send_button(request: Request, topic: Topic, draft: Draft) -> Button:
    return Button(request.texts.plain("button-send-post", title=topic.title), SendPost(topic.id, draft.version))


def posted(request: Request, topic: Topic, post_id: bytes) -> Screen:
    texts = request.texts
    return Screen(
        texts("posted", title=topic.title),
        column(
            Button(texts.plain("button-take-back"), TakeBack(post_id)),
            Button(texts.plain("button-open-topic"), OpenTopic(topic.id)),
            shared_screens.back(request),
        ),
    )


def taken_back(request: Request) -> Screen:
    return Screen(request.texts("taken-back"), column(shared_screens.back(request)))
