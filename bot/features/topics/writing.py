"""Writing a post: its topic, its text or photo, a preview, sending it, taking it back."""

from datetime import timedelta

from bot.conversation import shared_screens
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route, TypedText
from bot.conversation.screen import Screen
from bot.features.topics import buttons, quota, reading, reading_screens
from bot.features.topics import writing_screens as screens
from bot.features.topics.rules import LONGEST_POST, find_by_title
from bot.language.normalize import one_line, tidy, units
from storage.records import audit, drafts, outbox, post_quota, posts, subscriptions, topics
from storage.records.topics import Topic

JUST_NOW = timedelta(minutes=1)  # a button that is pressed twice within this time
SAME_PASTE = timedelta(seconds=5)  # between the messages into which Telegram's apps split a long text


async def post(request: Request) -> Screen:
    """`/post`, or `/post <title>`: begins a post."""
    found = [topic for topic in await topics.everything(request.tx) if topic.closed_at is None]
    if request.text:
        topic = find_by_title(one_line(request.text), found)
        if topic is None:
            raise Refusal(reading_screens.gone(request))
        return await _ask_text(request, topic)
    return screens.choose_topic(request, found)


async def write_in(request: Request) -> Screen:
    return await _ask_text(request, await reading.get_topic(request, request.button(buttons.WriteIn).topic))


async def _ask_text(request: Request, topic: Topic) -> Screen:
    if topic.closed_at is not None:
        raise Refusal(reading_screens.gone(request))
    await quota.refuse_where_full(request)
    await drafts.put(request.tx, request.me, "post", about=topic.id, now=request.now)
    return screens.write(request, topic)


async def write(request: Request) -> Screen:
    """Stores the text or the photo of a post as a draft and shows the post as it will look."""
    assert request.draft is not None
    topic = await reading.get_topic(request, request.draft.about or b"")
    body = tidy(request.text)
    if units(body) > LONGEST_POST or _is_rest_of_paste(request):
        await drafts.put(request.tx, request.me, "post-too-long", about=topic.id, now=request.now)
        return screens.write(request, topic, screens.too_long(request, units(body), LONGEST_POST))
    if not body and request.photo is None:
        raise Refusal(screens.write(request, topic, request.texts("answer-empty")))
    replaces = request.draft.body is not None
    await drafts.put(request.tx, request.me, "post", about=topic.id, body=body, photo=request.photo, now=request.now)
    return await _preview(request, topic, replaces=replaces)


def _is_rest_of_paste(request: Request) -> bool:
    """Whether the message directly follows a too long one: Telegram's apps split a long text into several messages."""
    draft = request.draft
    return draft is not None and draft.kind == "post-too-long" and request.now - draft.started_at < SAME_PASTE


async def _preview(request: Request, topic: Topic, *, replaces: bool = False) -> Screen:
    draft = await drafts.get(request.tx, request.me)
    assert draft is not None
    return screens.preview(request, topic, draft, await reading.followers_of(request, topic), replaces=replaces)


async def send(request: Request) -> Screen:
    """Sends the post: into the topic, and as a knock to those who follow the topic at once."""
    button, draft = request.button(buttons.SendPost), request.draft
    topic = await reading.get_topic(request, button.topic)
    if draft is None or draft.kind != "post" or draft.about != topic.id or draft.body is None:
        last = await posts.last_by(request.tx, request.me.id, topic.id)
        if last is not None and request.now - last.written_at < JUST_NOW:
            return screens.posted(request, topic, last.id)  # pressed twice
        raise Refusal(shared_screens.expired(request))
    if topic.closed_at is not None:
        raise Refusal(reading_screens.gone(request))
    if draft.version != button.version:
        return await _preview(request, topic)
    await quota.refuse_where_full(request, screens.send_button(request, topic, draft))
    post_id = await posts.write(request.tx, request.me, topic.id, draft.body, draft.photo, request.now)
    await post_quota.add(request.tx, request.me.id, request.now)
    await drafts.drop(request.tx, request.me)
    await audit.record(request.tx, "posted", request.me.id, post_id, request.now)
    for reader in await subscriptions.at_once(request.tx, topic.id):
        if reader != request.me.id:
            await outbox.put(request.tx, reader, "post", about=post_id, due=request.now, now=request.now)
    return screens.posted(request, topic, post_id)


async def take_back(request: Request) -> Screen:
    post_id = request.button(buttons.TakeBack).post
    if not await posts.delete(request.tx, post_id, request.me.id):
        raise Refusal(reading_screens.post_gone(request))
    request.network.memory.forget_texts()
    await audit.record(request.tx, "post-taken-back", request.me.id, post_id, request.now)
    return screens.taken_back(request)


ROUTES = [
    Route(Command("post"), Access.MEMBER, post),
    Route(TypedText("post"), Access.MEMBER, write),
    Route(TypedText("post-too-long"), Access.MEMBER, write),
    Route(buttons.WriteIn, Access.MEMBER, write_in),
    Route(buttons.SendPost, Access.MEMBER, send),
    Route(buttons.TakeBack, Access.MEMBER, take_back),
]
