"""`/hide`: a coordinator of its author's host, or an owner, hides a post, and can show it again; its author is told.

A hidden post is in no topic, digest, cache or open screen. Its author keeps it, in /mydata and to be erased.
"""

from collections.abc import Sequence

from bot.conversation import shared_screens
from bot.conversation.delivery import DeliveryKind
from bot.conversation.pagination import heading, split
from bot.conversation.people import AskHide, ChoosePost, badged, host_seen_by, may_stop
from bot.conversation.request import Refusal, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, RunCommand, Screen, column
from bot.features.moderation.buttons import Hide, ReadHidden, ShowAgain
from bot.language.normalize import one_line
from bot.language.texts import Html, verbatim
from storage.records import audit, digests, outbox, posts, topics
from storage.records.people import chat_messages, members
from storage.records.people.member import Role
from storage.records.posts import Post
from storage.records.topics import Topic

LATEST = 50  # posts of a topic that are listed
ON_A_PAGE = 10
BEGINNING = 24  # UTF-16 units of a post on a button
SHOWN = 1500  # UTF-16 units of a post on a screen


async def choose_topic(request: Request) -> Screen:
    """`/hide`: the topics, in each of which the latest posts can be looked at."""
    texts = request.texts
    on_page, page_buttons = shared_screens.paged(request, "hide", await topics.everything(request.tx))
    return Screen(
        texts("hide-in-which-topic"),
        column(
            *(Button(topic.title, ChoosePost(topic.id, 0)) for topic in on_page),
            *page_buttons,
            shared_screens.back(request),
        ),
    )


async def choose_post(request: Request) -> Screen:
    """The latest posts of a topic whose authors the reader looks after, the hidden ones among them."""
    button = request.button(ChoosePost)
    topic = await topics.get(request.tx, button.topic)
    if topic is None:
        raise Refusal(_gone(request))
    me = request.me
    found = [
        post
        for post in await posts.latest_of_host(request.tx, topic.id, host_seen_by(me), LATEST)
        if post.author_id != me.id and (me.role is Role.OWNER or post.author_role is not Role.OWNER)
    ]
    return _list(request, topic, found, button.page)


def _list(request: Request, topic: Topic, found: Sequence[Post], page: int) -> Screen:
    texts = request.texts
    last = max(0, (len(found) - 1) // ON_A_PAGE)
    page = min(max(page, 0), last)
    on_page = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    return Screen(
        texts("hide-which-post", title=topic.title) if found else texts("nothing-to-hide", title=topic.title),
        column(
            *(Button(_label(request, post), AskHide(post.id)) for post in on_page),
            Button(texts.plain("button-next-page"), ChoosePost(topic.id, page + 1)) if page < last else None,
            Button(texts.plain("button-previous-page"), ChoosePost(topic.id, page - 1)) if page else None,
            Button(texts.plain("button-back"), RunCommand("hide")),
            shared_screens.back(request),
        ),
        topic=topic.id,
    )


def _label(request: Request, post: Post) -> str:
    return request.texts.plain(
        "hide-line",
        name=badged(post.author_name, post.author_role),
        when=request.texts.when_short(post.written_at, request.me.zone),
        words=next(split(one_line(post.body), BEGINNING), ""),
        hidden="yes" if post.hidden_at else "no",
    )


async def _post(request: Request, post_id: bytes) -> Post:
    """A post that the reader may hide. Raises the same `Refusal` for one of another host's author and for none."""
    post = await posts.get_any(request.tx, post_id)
    author = await members.find_readable(request.tx, post.author_id) if post else None
    if post is None or author is None or not may_stop(request.me, author):
        raise Refusal(_gone(request))
    return post


async def ask_hide(request: Request) -> Screen:
    return await _ask(request, await _post(request, request.button(AskHide).post))


async def _ask(request: Request, post: Post, above: Html | str = "") -> Screen:
    texts, hidden = request.texts, post.hidden_at is not None
    topic = await topics.get(request.tx, post.topic_id)
    title = topic.title if topic else ""
    name = badged(post.author_name, post.author_role)
    return Screen(
        texts.stack(
            above,
            texts("post-is-hidden", title=title) if hidden else texts("ask-hide", name=name, title=title),
            heading(post, texts, request.me.zone),
            _quoted(post),
        ),
        column(
            Button(texts.plain("button-show-again"), ShowAgain(post.id))
            if hidden
            else Button(texts.plain("button-hide-yes", name=name), Hide(post.id)),
            Button(texts.plain("button-back"), ChoosePost(post.topic_id, 0)),
            shared_screens.back(request),
        ),
        topic=post.topic_id,
    )


def _quoted(post: Post) -> Html | str:
    beginning = next(split(post.body, SHOWN), "")
    return Html(f"<blockquote>{verbatim(beginning)}</blockquote>") if beginning else ""


async def hide(request: Request) -> Screen:
    """Hides the post; screens on which others have it open leave their chats."""
    post = await _post(request, request.button(Hide).post)
    if await posts.set_hidden(request.tx, post.id, request.now):
        request.network.memory.forget_texts()
        await digests.close_open(request.tx, post.id, request.now)
        await chat_messages.topic_due(request.tx, post.topic_id, request.now)
        await audit.record(request.tx, "post-hidden", request.me.id, post.author_id, request.now)
        await outbox.put(request.tx, post.author_id, "post-hidden", about=post.id, due=request.now, now=request.now)
    return await _ask(request, await _post(request, post.id), request.texts("hidden-now"))


async def show_again(request: Request) -> Screen:
    post = await _post(request, request.button(ShowAgain).post)
    if await posts.set_hidden(request.tx, post.id, None):
        request.network.memory.forget_texts()
        await audit.record(request.tx, "post-shown-again", request.me.id, post.author_id, request.now)
        await outbox.put(request.tx, post.author_id, "post-hidden", about=post.id, due=request.now, now=request.now)
    return await _ask(request, await _post(request, post.id), request.texts("shown-again-now"))


async def read_hidden(request: Request) -> Screen:
    """For the author: which post was hidden, or is shown again."""
    post = await posts.get_any(request.tx, request.button(ReadHidden).post)
    if post is None or post.author_id != request.me.id:
        raise Refusal(_gone(request))
    texts, topic = request.texts, await topics.get(request.tx, post.topic_id)
    title = topic.title if topic else ""
    return Screen(
        texts.stack(
            texts("your-post-hidden" if post.hidden_at else "your-post-shown", title=title),
            heading(post, texts, request.me.zone),
            _quoted(post),
        ),
        column(shared_screens.back(request)),
    )


async def render_hidden(request: Request) -> Screen | None:
    post = await posts.get_any(request.tx, request.about or b"")
    if post is None or post.author_id != request.me.id:
        return None
    return shared_screens.knock(request, open_with=Button(request.texts.plain("button-open"), ReadHidden(post.id)))


def _gone(request: Request) -> Screen:
    texts = request.texts
    return Screen(texts("post-gone"), column(shared_screens.back(request)))


ROUTES = [
    Route(Command("hide"), Access.COORDINATOR, choose_topic),
    Route(ChoosePost, Access.COORDINATOR, choose_post),
    Route(AskHide, Access.COORDINATOR, ask_hide),
    Route(Hide, Access.COORDINATOR, hide),
    Route(ShowAgain, Access.COORDINATOR, show_again),
    Route(ReadHidden, Access.MEMBER, read_hidden),
]
DELIVERIES = {"post-hidden": DeliveryKind(render_hidden)}
