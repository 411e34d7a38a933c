"""The Bot API over HTTP: token, faults, the table of methods, and responses in Telegram's form."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web

from sandbox.bot_api.message_methods import MessageMethods
from sandbox.bot_api.parameters import Call
from sandbox.bot_api.profile_methods import ProfileMethods
from sandbox.bot_api.send_rate import SendRate
from sandbox.bot_api.webhook import Webhook
from sandbox.telegram.api_errors import ApiError, bad_request, conflict
from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Json

SEND_METHODS = frozenset({"sendmessage", "sendphoto", "senddocument"})
CHAT_METHODS = SEND_METHODS | {
    "editmessagetext",
    "editmessagecaption",
    "editmessagereplymarkup",
    "deletemessage",
    "deletemessages",
    "answercallbackquery",
    "sendchataction",
}
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,80}")


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, telegram: Telegram, rate: SendRate, token: str) -> None:
        self.telegram = telegram
        self.token = token
        self.webhook = Webhook(telegram)
        messages = MessageMethods(telegram, rate)
        profile = ProfileMethods(telegram, messages)
        methods: dict[str, Callable[[Call], Awaitable[Any]]] = {
            "getMe": profile.get_me,
            "sendMessage": messages.send_message,
            "sendPhoto": messages.send_photo,
            "sendDocument": messages.send_document,
            "sendChatAction": messages.send_chat_action,
            "editMessageText": messages.edit_message_text,
            "editMessageMedia": messages.edit_message_media,
            "editMessageCaption": messages.edit_message_caption,
            "editMessageReplyMarkup": messages.edit_message_reply_markup,
            "deleteMessage": messages.delete_message,
            "deleteMessages": messages.delete_messages,
            "answerCallbackQuery": messages.answer_callback_query,
            "getFile": profile.get_file,
            "getChat": profile.get_chat,
            "getChatMember": profile.get_chat_member,
            "setMyCommands": profile.set_my_commands,
            "getMyCommands": profile.get_my_commands,
            "deleteMyCommands": profile.delete_my_commands,
            **profile.texts(),
        }
        self._methods = {name.lower(): method for name, method in methods.items()}

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Execute one call and answer it, or drop the connection where a fault says so."""
        name = request.match_info["method"].lower()
        try:
            self._check_token(request)
            if self.telegram.faults.latency_ms:
                await asyncio.sleep(self.telegram.faults.latency_ms / 1000)
            if name in CHAT_METHODS and (refusal := self.telegram.faults.take_refusal()):
                raise refusal
            result, extra = await self._execute(name, request)
        except ApiError as error:
            return error_response(error)
        if name in SEND_METHODS and self.telegram.faults.take_lost_answer() and request.transport is not None:
            request.transport.abort()
        return web.json_response({"ok": True, "result": result, **extra})

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes, under the `file_path` of getFile."""
        try:
            self._check_token(request)
        except ApiError as error:
            return error_response(error)
        file = self.telegram.files.at(request.match_info["path"])
        if file is None:
            return error_response(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token == self.token:
            return
        raise ApiError(401, "Unauthorized") if _TOKEN.fullmatch(token) else ApiError(404, "Not Found")

    async def _execute(self, name: str, request: web.Request) -> tuple[Any, Json]:
        if request.method not in ("GET", "POST"):
            raise ApiError(405, "Method Not Allowed")
        try:
            call = await Call.read(request)
        except web.HTTPRequestEntityTooLarge:
            raise ApiError(413, "Request Entity Too Large") from None
        if name in self._methods:
            return await self._methods[name](call), {}
        if name == "getupdates":
            return await self._get_updates(call, request), {}
        if name == "setwebhook" and call.text("url"):
            return True, {"description": await self._set_webhook(call)}
        if name in ("deletewebhook", "setwebhook"):
            self._drop_pending(call)
            return True, {"description": await self.webhook.remove()}
        if name == "getwebhookinfo":
            return self.webhook.info(), {}
        raise ApiError(404, "Not Found: method not found")

    async def _get_updates(self, call: Call, request: web.Request) -> list[Json]:
        if self.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._set_allowed(call)
        limit = call.number("limit", 100)
        return await self.telegram.updates.poll(
            offset=call.number("offset", 0),
            limit=limit if 1 <= limit <= 100 else 100,
            seconds=max(0, call.number("timeout", 0)),
            gone=lambda: request.transport is None or request.transport.is_closing(),
        )

    async def _set_webhook(self, call: Call) -> str:
        description = await self.webhook.set(
            call.text("url"), call.text("secret_token"), call.number("max_connections", 40)
        )
        self._set_allowed(call)
        self._drop_pending(call)
        return description

    def _set_allowed(self, call: Call) -> None:
        allowed = call.structure("allowed_updates", "can't parse allowed_updates JSON object")
        if allowed is not None:
            if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
                raise bad_request("expected an Array of Strings as allowed_updates")
            self.telegram.updates.allowed = allowed

    def _drop_pending(self, call: Call) -> None:
        if call.flag("drop_pending_updates"):
            self.telegram.updates.pending.clear()


def error_response(error: ApiError) -> web.Response:
    """The response for a refused call."""
    headers = {"Retry-After": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else {}
    reason = HTTPStatus(error.code).phrase
    return web.json_response(error.as_json(), status=error.code, reason=reason, headers=headers)
