"""Managing topics: a coordinator opens, closes and reopens one."""

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, RunCommand, Screen, column
from bot.features.topics import reading
from bot.features.topics.buttons import AskClose, Close, NoPurpose, OpenTopic, Reopen
from bot.features.topics.rules import LONGEST_PURPOSE, LONGEST_TITLE
from bot.language.normalize import one_line, tidy, units
from bot.language.texts import Html
from storage.records import audit, drafts, subscriptions, topics
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic


async def topic(request: Request) -> Screen:
    """`/topic`, or `/topic <title>`: opens a new topic."""
    if request.text:
        return await title(request)
    await drafts.put(request.tx, request.me, "topic-title", now=request.now)
    return _ask_title(request)


async def title(request: Request) -> Screen:
    text = one_line(request.text)
    if not text:
        raise Refusal(_ask_title(request, request.texts("answer-empty")))
    if units(text) > LONGEST_TITLE:
        complaint = request.texts("answer-too-long", length=units(text), most=LONGEST_TITLE)
        raise Refusal(_ask_title(request, complaint))
    if await topics.titled(request.tx, text) is not None:
        raise Refusal(_ask_title(request, request.texts("topic-exists", title=text)))
    await drafts.put(request.tx, request.me, "topic-purpose", body=text, now=request.now)
    return _ask_purpose(request, text)


async def purpose(request: Request) -> Screen:
    assert request.draft is not None
    text = tidy(request.text)
    if units(text) > LONGEST_PURPOSE:
        complaint = request.texts("answer-too-long", length=units(text), most=LONGEST_PURPOSE)
        raise Refusal(_ask_purpose(request, request.draft.body or "", complaint))
    return await _open(request, text)


async def no_purpose(request: Request) -> Screen:
    if request.draft is None or request.draft.kind != "topic-purpose":
        raise Refusal(shared_screens.expired(request))
    return await _open(request, "")


async def _open(request: Request, purpose: str) -> Screen:
    assert request.draft is not None
    text = request.draft.body or ""
    if await topics.titled(request.tx, text) is not None:
        raise Refusal(_ask_title(request, request.texts("topic-exists", title=text)))
    opened = await topics.create(request.tx, text, purpose, request.me.id, request.now)
    await drafts.drop(request.tx, request.me)
    await subscriptions.follow(request.tx, request.me.id, opened.id, FollowMode.DIGEST)
    await audit.record(request.tx, "topic-opened", request.me.id, opened.id, request.now)
    return _opened(request, opened)


async def ask_close(request: Request) -> Screen:
    texts, topic = request.texts, await reading.get_topic(request, request.button(AskClose).topic)
    return Screen(
        texts("ask-close-topic", title=topic.title),
        column(
            Button(texts.plain("button-close-topic-yes", title=topic.title), Close(topic.id)),
            Button(texts.plain("button-back"), OpenTopic(topic.id)),
        ),
    )


async def close(request: Request) -> Screen:
    topic_id = request.button(Close).topic
    if await topics.set_closed(request.tx, topic_id, request.now):
        await audit.record(request.tx, "topic-closed", request.me.id, topic_id, request.now)
    return await reading.show_topic(request, await reading.get_topic(request, topic_id))


async def reopen(request: Request) -> Screen:
    topic_id = request.button(Reopen).topic
    if await topics.set_closed(request.tx, topic_id, None):
        await audit.record(request.tx, "topic-reopened", request.me.id, topic_id, request.now)
    return await reading.show_topic(request, await reading.get_topic(request, topic_id))


def _ask_title(request: Request, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(texts.stack(complaint or "", texts("ask-topic-title")), column(shared_screens.run(texts, "cancel")))


def _ask_purpose(request: Request, title: str, complaint: Html | None = None) -> Screen:
    texts = request.texts
    return Screen(
        texts.stack(complaint or "", texts("ask-topic-purpose", title=title)),
        column(
            Button(texts.plain("button-no-purpose"), NoPurpose()),
            Button(texts.plain("button-cancel"), RunCommand("cancel")),
        ),
    )


def _opened(request: Request, topic: Topic) -> Screen:
    texts = request.texts
    return Screen(
        texts("topic-opened", title=topic.title),
        column(Button(texts.plain("button-open-topic"), OpenTopic(topic.id)), shared_screens.back(request)),
    )


ROUTES = [
    Route(Command("topic"), Access.COORDINATOR, topic),
    Route(TypedText("topic-title"), Access.COORDINATOR, title),
    Route(TypedText("topic-purpose"), Access.COORDINATOR, purpose),
    Route(NoPurpose, Access.COORDINATOR, no_purpose, answers_draft=True),
    Route(AskClose, Access.COORDINATOR, ask_close),
    Route(Close, Access.COORDINATOR, close),
    Route(Reopen, Access.COORDINATOR, reopen),
]
