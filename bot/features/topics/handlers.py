"""Handlers of topics: read, follow, write; and for coordinators, open and close."""

from datetime import timedelta

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.reading_screens import OpenPhoto, OpenPost
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Button, Screen
from bot.features.topics import screens
from bot.features.topics.rules import LONGEST_POST, LONGEST_PURPOSE, LONGEST_TITLE, meant
from bot.language.normalize import one_line, tidy, units
from storage.records import audit, drafts, outbox, posts, subscriptions, topics
from storage.records.posts import Post
from storage.records.subscriptions import FollowMode
from storage.records.topics import Topic

LATEST = 20  # posts
JUST_NOW = timedelta(minutes=1)
SAME_PASTE = timedelta(seconds=5)


def _coordinates(request: Request) -> bool:
    return Access.COORDINATOR.allows(request.member)


async def show_topics(request: Request) -> Screen:
    """`/topics`, or `/topics <title>` for one of them."""
    found = await topics.everything(request.tx)
    if request.text:
        topic = meant(one_line(request.text), found)
        if topic is None:
            raise Refusal(screens.gone(request))
        return await _topic(request, topic)
    modes = await subscriptions.of(request.tx, request.me.id)
    return screens.topics(request, found, modes, _coordinates(request))


async def _pressed_topic(request: Request, topic_id: bytes) -> Topic:
    topic = await topics.get(request.tx, topic_id)
    if topic is None:
        raise Refusal(screens.gone(request))
    return topic


async def _topic(request: Request, topic: Topic) -> Screen:
    mode = (await subscriptions.of(request.tx, request.me.id)).get(topic.id)
    followers = await subscriptions.followers(request.tx, topic.id)
    return screens.topic(request, topic, mode, followers, _coordinates(request))


async def open_topic(request: Request) -> Screen:
    return await _topic(request, await _pressed_topic(request, request.button(screens.OpenTopic).topic))


async def follow(request: Request) -> Screen:
    button = request.button(screens.Follow)
    topic = await _pressed_topic(request, button.topic)
    await subscriptions.follow(request.tx, request.me.id, topic.id, button.mode)
    return await _topic(request, topic)


async def leave(request: Request) -> Screen:
    topic = await _pressed_topic(request, request.button(screens.Leave).topic)
    await subscriptions.leave(request.tx, request.me.id, topic.id)
    return await _topic(request, topic)


async def read_latest(request: Request) -> Screen:
    button = request.button(screens.ReadLatest)
    topic = await _pressed_topic(request, button.topic)
    found = await posts.latest(request.tx, topic.id, LATEST)
    return screens.latest(request, topic, found, button.page)


async def post(request: Request) -> Screen:
    """`/post`, or `/post <title>`: begins a post."""
    found = [topic for topic in await topics.everything(request.tx) if topic.closed_at is None]
    if request.text:
        topic = meant(one_line(request.text), found)
        if topic is None:
            raise Refusal(screens.gone(request))
        return await _write_in(request, topic)
    return screens.choose_topic(request, found)


async def write_in(request: Request) -> Screen:
    return await _write_in(request, await _pressed_topic(request, request.button(screens.WriteIn).topic))


async def _write_in(request: Request, topic: Topic) -> Screen:
    if topic.closed_at is not None:
        raise Refusal(screens.gone(request))
    await drafts.put(request.tx, request.me, "post", about=topic.id, now=request.now)
    return screens.write(request, topic)


async def write(request: Request) -> Screen:
    """Takes the words or the photo of a post and shows it as it will stand."""
    assert request.draft is not None
    topic = await _pressed_topic(request, request.draft.about or b"")
    body = tidy(request.text)
    if units(body) > LONGEST_POST or _rest_of_a_long_text(request):
        await drafts.put(request.tx, request.me, "post-too-long", about=topic.id, now=request.now)
        return screens.write(request, topic, screens.too_long(request, units(body), LONGEST_POST))
    if not body and request.photo is None:
        raise Refusal(screens.write(request, topic, request.texts("answer-empty")))
    replaces = request.draft.body is not None
    await drafts.put(request.tx, request.me, "post", about=topic.id, body=body, photo=request.photo, now=request.now)
    return await _preview(request, topic, replaces=replaces)


def _rest_of_a_long_text(request: Request) -> bool:
    """Telegram's apps send a long text in pieces: what comes right after a piece that was too long belongs to it."""
    draft = request.draft
    return draft is not None and draft.kind == "post-too-long" and request.now - draft.started_at < SAME_PASTE


async def _preview(request: Request, topic: Topic, *, replaces: bool = False) -> Screen:
    draft = await drafts.get(request.tx, request.me)
    assert draft is not None
    return screens.preview(
        request, topic, draft, await subscriptions.followers(request.tx, topic.id), replaces=replaces
    )


async def send(request: Request) -> Screen:
    """The post goes out: into the topic, and as a knock to those who want it at once."""
    button, draft = request.button(screens.SendPost), request.draft
    topic = await _pressed_topic(request, button.topic)
    if draft is None or draft.kind != "post" or draft.about != topic.id or draft.body is None:
        last = await posts.last_by(request.tx, request.me.id, topic.id)
        if last is not None and request.now - last.written_at < JUST_NOW:
            return screens.posted(request, topic, last.id)  # pressed twice
        raise Refusal(shared_screens.expired(request))
    if topic.closed_at is not None:
        raise Refusal(screens.gone(request))
    if draft.version != button.version:
        return await _preview(request, topic)
    post_id = await posts.write(request.tx, request.me, topic.id, draft.body, draft.photo, request.now)
    await drafts.drop(request.tx, request.me)
    await audit.record(request.tx, "posted", request.me.id, post_id, request.now)
    for reader in await subscriptions.at_once(request.tx, topic.id):
        if reader != request.me.id:
            await outbox.put(request.tx, reader, "post", about=post_id, due=request.now, now=request.now)
    return screens.posted(request, topic, post_id)


async def take_back(request: Request) -> Screen:
    post_id = request.button(screens.TakeBack).post
    if not await posts.delete(request.tx, post_id, request.me.id):
        raise Refusal(screens.post_gone(request))
    request.network.memory.forget_texts()
    await audit.record(request.tx, "post-taken-back", request.me.id, post_id, request.now)
    return screens.taken_back(request)


async def _found(request: Request, post_id: bytes) -> tuple[Post, str]:
    found = await posts.get(request.tx, post_id)
    if found is None:
        raise Refusal(screens.post_gone(request))
    return found, (await _pressed_topic(request, found.topic_id)).title


async def open_post(request: Request) -> Screen:
    button = request.button(OpenPost)
    return screens.post(request, *await _found(request, button.post), button.page)


async def open_photo(request: Request) -> Screen:
    found, title = await _found(request, request.button(OpenPhoto).post)
    if found.photo is None:
        raise Refusal(screens.post_gone(request))
    return screens.photo(request, found, title)


async def topic(request: Request) -> Screen:
    """`/topic`, or `/topic <title>`: opens a new topic."""
    if request.text:
        return await title(request)
    await drafts.put(request.tx, request.me, "topic-title", now=request.now)
    return screens.ask_title(request)


async def title(request: Request) -> Screen:
    words = one_line(request.text)
    if not words:
        raise Refusal(screens.ask_title(request, request.texts("answer-empty")))
    if units(words) > LONGEST_TITLE:
        complaint = request.texts("answer-too-long", length=units(words), most=LONGEST_TITLE)
        raise Refusal(screens.ask_title(request, complaint))
    if await topics.titled(request.tx, words) is not None:
        raise Refusal(screens.ask_title(request, request.texts("topic-exists", title=words)))
    await drafts.put(request.tx, request.me, "topic-purpose", body=words, now=request.now)
    return screens.ask_purpose(request, words)


async def purpose(request: Request) -> Screen:
    assert request.draft is not None
    words = tidy(request.text)
    if units(words) > LONGEST_PURPOSE:
        complaint = request.texts("answer-too-long", length=units(words), most=LONGEST_PURPOSE)
        raise Refusal(screens.ask_purpose(request, request.draft.body or "", complaint))
    return await _open(request, words)


async def no_purpose(request: Request) -> Screen:
    if request.draft is None or request.draft.kind != "topic-purpose":
        raise Refusal(shared_screens.expired(request))
    return await _open(request, "")


async def _open(request: Request, purpose: str) -> Screen:
    assert request.draft is not None
    words = request.draft.body or ""
    if await topics.titled(request.tx, words) is not None:
        raise Refusal(screens.ask_title(request, request.texts("topic-exists", title=words)))
    opened = await topics.create(request.tx, words, purpose, request.me.id, request.now)
    await drafts.drop(request.tx, request.me)
    await subscriptions.follow(request.tx, request.me.id, opened.id, FollowMode.DIGEST)
    await audit.record(request.tx, "topic-opened", request.me.id, opened.id, request.now)
    return screens.opened(request, opened)


async def ask_close(request: Request) -> Screen:
    return screens.ask_close(request, await _pressed_topic(request, request.button(screens.AskClose).topic))


async def close(request: Request) -> Screen:
    topic_id = request.button(screens.Close).topic
    if await topics.set_closed(request.tx, topic_id, request.now):
        await audit.record(request.tx, "topic-closed", request.me.id, topic_id, request.now)
    return await _topic(request, await _pressed_topic(request, topic_id))


async def reopen(request: Request) -> Screen:
    topic_id = request.button(screens.Reopen).topic
    if await topics.set_closed(request.tx, topic_id, None):
        await audit.record(request.tx, "topic-reopened", request.me.id, topic_id, request.now)
    return await _topic(request, await _pressed_topic(request, topic_id))


async def render_post(request: Request) -> Screen | None:
    """The knock for a post; none where it was taken back, or the reader no longer wants it at once."""
    found = await posts.get(request.tx, request.about or b"")
    if found is None or found.topic_id not in (modes := await subscriptions.of(request.tx, request.me.id)):
        return None
    if modes[found.topic_id] is not FollowMode.AT_ONCE:
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), OpenPost(found.id, 0)))


ROUTES = [
    Route(Command("topics"), Access.MEMBER, show_topics),
    Route(Command("post"), Access.MEMBER, post),
    Route(Command("topic"), Access.COORDINATOR, topic),
    Route(TypedText("post"), Access.MEMBER, write),
    Route(TypedText("post-too-long"), Access.MEMBER, write),
    Route(TypedText("topic-title"), Access.COORDINATOR, title),
    Route(TypedText("topic-purpose"), Access.COORDINATOR, purpose),
    Route(screens.OpenTopic, Access.MEMBER, open_topic),
    Route(screens.Follow, Access.MEMBER, follow),
    Route(screens.Leave, Access.MEMBER, leave),
    Route(screens.ReadLatest, Access.MEMBER, read_latest),
    Route(screens.WriteIn, Access.MEMBER, write_in),
    Route(screens.SendPost, Access.MEMBER, send),
    Route(screens.TakeBack, Access.MEMBER, take_back),
    Route(OpenPost, Access.MEMBER, open_post),
    Route(OpenPhoto, Access.MEMBER, open_photo),
    Route(screens.NoPurpose, Access.COORDINATOR, no_purpose, answers_draft=True),
    Route(screens.AskClose, Access.COORDINATOR, ask_close),
    Route(screens.Close, Access.COORDINATOR, close),
    Route(screens.Reopen, Access.COORDINATOR, reopen),
]
KINDS = {"post": DeliveryKind(render_post)}
