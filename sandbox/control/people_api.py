"""The control API's requests about people: somebody joins, writes, presses a button, reads, blocks the bot."""

from aiohttp import web

from sandbox.bot_api.content import LONGEST_CAPTION, LONGEST_TEXT
from sandbox.control import views
from sandbox.control.requests import Handler, long_poll, problem, text
from sandbox.control.requests import body as read_body
from sandbox.telegram.attachments import KINDS, attachment
from sandbox.telegram.entities import units
from sandbox.telegram.files import Upload
from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Chat, Json, Message


class PeopleApi:
    """Answers everything under `/sandbox/people`."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        one = "/sandbox/people/{id:[0-9]+}"
        table: list[tuple[str, str, Handler]] = [
            ("POST", "/sandbox/people", self.join),
            ("GET", f"{one}/chat", self.chat),
            ("DELETE", f"{one}/chat", self.clear),
            ("POST", f"{one}/messages", self.write),
            ("POST", f"{one}/edits", self.edit),
            ("POST", f"{one}/presses", self.press),
            ("POST", f"{one}/reads", self.read),
            ("POST", f"{one}/block", self.block),
        ]
        return [web.route(method, path, handler) for method, path, handler in table]

    async def join(self, request: web.Request) -> web.Response:
        """Add a person, who has not opened the chat yet."""
        body = await read_body(request)
        first_name = text(body, "first_name").strip()
        if not first_name:
            raise problem("a person needs a first name")
        details = {
            name: text(body, name) or None
            for name in ("last_name", "username", "language_code")
            if body.get(name) is not None
        }
        person = self.telegram.add_person(first_name, about=text(body, "about"), **details)
        return web.json_response(views.person(self.telegram.chats[person.id]))

    async def chat(self, request: web.Request) -> web.Response:
        """The chat as the person sees it, at once or after a change."""
        chat = self._chat(request)
        await chat.changes.wait_past(*long_poll(request))
        return web.json_response(views.chat(self.telegram, chat))

    async def clear(self, request: web.Request) -> web.Response:
        """The person clears the chat on their side."""
        self.telegram.clear(self._chat(request))
        return web.json_response({})

    async def write(self, request: web.Request) -> web.Response:
        """The person sends a message. A text that is too long is sent in pieces; the answer is the first of them."""
        chat = self._chat(request)
        if request.content_type == "multipart/form-data":
            return web.json_response(views.message(await self._write_file(chat, request)))
        body = await read_body(request)
        kind = body.pop("kind", None)
        if kind is None:
            pieces = _pieces(text(body, "text"))
            if not pieces:
                raise problem("a message needs words")
            message, *_ = [self.telegram.write(chat, piece) for piece in pieces]
        elif kind in KINDS:
            extra = attachment(kind, body, chat.person, self.telegram.files)
            message = self.telegram.write(chat, "", kind=kind, extra=extra)
        else:
            raise problem(f"no such kind; there are {', '.join(KINDS)}")
        return web.json_response(views.message(message))

    async def _write_file(self, chat: Chat, request: web.Request) -> Message:
        form = await request.post()
        caption = str(form.get("caption", ""))
        if units(caption) > LONGEST_CAPTION:
            raise problem("a caption has at most 1,024 characters")
        for kind in ("photo", "document"):
            field = form.get(kind)
            if isinstance(field, web.FileField):
                upload = Upload(field.filename, field.content_type, field.file.read())
                return self.telegram.write(chat, caption, **{kind: self.telegram.files.add(kind, upload)})
        raise problem("a field photo or document is missing")

    async def edit(self, request: web.Request) -> web.Response:
        """The person edits a message of theirs."""
        chat, body = self._chat(request), await read_body(request)
        message = _message(chat, body)
        self.telegram.rewrite(chat, message, text(body, "text"))
        return web.json_response(views.message(message))

    async def press(self, request: web.Request) -> web.Response:
        """The person presses a button. The `revision` of the answer is the chat's before the bot can react."""
        chat, body = self._chat(request), await read_body(request)
        press = self.telegram.press(chat, _message(chat, body), text(body, "data"))
        return web.json_response({"id": press.id, "revision": chat.changes.revision})

    async def read(self, request: web.Request) -> web.Response:
        """The person opens the chat: nothing is unread any more."""
        self.telegram.read(self._chat(request))
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        """The person blocks or unblocks the bot."""
        chat, body = self._chat(request), await read_body(request)
        if not isinstance(body.get("blocked"), bool):
            raise problem("blocked is true or false")
        self.telegram.block(chat, body["blocked"])
        return web.json_response(views.person(chat))

    def _chat(self, request: web.Request) -> Chat:
        chat = self.telegram.chats.get(int(request.match_info["id"]))
        if chat is None:
            raise problem("no such person", status=404)
        return chat


def _message(chat: Chat, body: Json) -> Message:
    identity = body.get("message_id")
    message = chat.messages.get(identity) if isinstance(identity, int) else None
    if message is None or message.cleared:
        raise problem("no such message in this chat")
    return message


def _pieces(text: str) -> list[str]:
    """The messages that Telegram's clients make of a long text: cut at white space where there is any."""
    pieces, text = [], text.strip()
    while units(text) > LONGEST_TEXT:
        fitting = text.encode("utf-16-le")[: LONGEST_TEXT * 2].decode("utf-16-le", errors="ignore")
        space = max(fitting.rfind(" "), fitting.rfind("\n"))
        cut = space if space > 0 else len(fitting)
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*pieces, text] if text else pieces
