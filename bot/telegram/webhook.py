"""Telegram delivers, instead of being asked: a web server for it alone, behind a reverse proxy that speaks TLS.

What it promises: 2xx only for what is on disk, or was noted as strange; whatever cannot be written down stays with
Telegram (503). The secret is drawn at each start, told to Telegram, and kept nowhere; it travels in a header and not in
the address, which proxies write down.
"""

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.messaging.update_validation import from_bytes
from bot.operations.errors import report
from bot.operations.settings import WebhookSettings as Settings
from bot.telegram.connect import patiently
from bot.telegram.fatal import Refusals, Stopped
from bot.telegram.polling import WANTED, Take

log = structlog.get_logger(__name__)
SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20  # bytes; Telegram's updates have some thousands
PATIENCE = 30.0  # seconds for a body to arrive
LOOKS = 60.0  # seconds between two looks at whether Telegram still delivers here


class WebhookReceiver:
    def __init__(self, settings: Settings, bot: Bot, take: Take) -> None:
        """`take` returns when a batch is on disk. `settings.url` is set."""
        self._settings = settings
        self._url = settings.url or ""
        self._bot = bot
        self._take = take
        self._secret = secrets.token_urlsafe(32)
        self._refusals = Refusals(bot)

    async def run(self) -> None:
        """Receives until cancelled. Raises `Stopped` where going on makes no sense."""
        async with self._listening():
            if await self._elsewhere():
                raise Stopped("webhook")
            await self._set()
            log.info("webhook-set")
            while True:
                await asyncio.sleep(LOOKS)
                await self._look()

    async def _set(self) -> None:
        try:
            await patiently(
                lambda: self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=WANTED,
                    max_connections=self._settings.connections,
                ),
                BadRequest,
            )
        except BadRequest as error:
            report(error, event="webhook-refused")
            raise Stopped("address") from None

    async def _elsewhere(self) -> bool:
        """Whether a webhook is set that is not ours: then another program receives, and is not to be robbed."""
        info = await patiently(self._bot.get_webhook_info)
        return bool(info.url) and info.url != self._url

    async def _look(self) -> None:
        """Raises `Stopped` where Telegram delivers elsewhere by now, or does not know the token any more."""
        try:
            info = await self._bot.get_webhook_info()
        except (InvalidToken, Forbidden):
            await self._refusals.another()
            return
        except TelegramError as error:
            log.warning("telegram-out-of-reach", error=type(error).__name__)
            return
        self._refusals.over()
        if info.url != self._url:
            raise Stopped("webhook")

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(self._settings.path, self._receive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await runner.setup()
        socket = self._settings.socket
        try:
            await self._listen(runner)
            yield
        finally:
            await runner.cleanup()
            if socket is not None:
                socket.unlink(missing_ok=True)

    async def _listen(self, runner: web.AppRunner) -> None:
        socket = self._settings.socket
        try:
            if socket is None:
                await web.TCPSite(runner, *self._settings.address).start()
            else:
                await web.UnixSite(runner, str(socket)).start()
                socket.chmod(0o660)  # the reverse proxy is another account, of the same group
        except OSError as error:
            report(error, event="cannot-listen")
            raise Stopped("listen") from None

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(PATIENCE):
                payload = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=408)
        try:
            await self._take([from_bytes(payload)])
        except Exception as error:  # noqa: BLE001  such as a full disk, which somebody may be clearing just now
            report(error, event="update-not-kept")
            return web.Response(status=503)
        return web.Response()
