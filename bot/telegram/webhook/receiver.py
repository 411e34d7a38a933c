"""The webhook: a web server to which only Telegram delivers updates, behind a reverse proxy that terminates TLS.

An update is answered with 2xx only after it is on disk, or was quarantined; while updates cannot be written, Telegram
keeps them (503). The secret is random at each start, sent to Telegram and stored nowhere; it is in a header and not in
the address, which proxies log.
"""

import asyncio
import hmac
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from aiohttp import hdrs, web
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.messaging.update_validation import from_bytes
from bot.operations.errors import report
from bot.operations.settings import WebhookSettings as Settings
from bot.telegram.connect import patiently
from bot.telegram.fatal import BETWEEN, Refusals, Stopped
from bot.telegram.polling import WANTED, Take
from bot.telegram.webhook.bounded_server import BoundedServer

log = structlog.get_logger(__name__)
SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20  # bytes, which is the default of aiohttp; an update of Telegram has some thousands
PATIENCE = 10.0  # seconds for a body to arrive
CHECK_SECONDS = 60.0  # seconds between two checks whether Telegram still delivers here


class WebhookReceiver:
    def __init__(self, settings: Settings, bot: Bot, take: Take) -> None:
        """`take` stores a batch and returns when it is on disk. `settings.url` must be set."""
        self._settings = settings
        self._url = settings.url or ""
        self._bot = bot
        self._take = take
        self._secret = secrets.token_urlsafe(32)
        self._refusals = Refusals(bot)
        self._doubted = asyncio.Event()
        # Seconds: when Telegram last delivered or, since nobody may write for days, last said that it delivers here.
        self.last_heard = time.monotonic()

    async def run(self) -> None:
        """Receives until cancelled. Raises `Stopped` where receiving cannot succeed."""
        async with self._listening():
            if await self._elsewhere():
                raise Stopped("webhook")
            await self._set()
            log.info("webhook-set")
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._doubted.wait(), CHECK_SECONDS)
                    await asyncio.sleep(BETWEEN)  # many calls may be refused at the same time
                self._doubted.clear()
                await self._check()  # which doubts again where it is refused itself

    def doubt_token(self) -> None:
        """A call was refused as if the token were revoked: that is checked now, and not at the next check."""
        self._doubted.set()

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
        """Whether a webhook with another address is set: then another program receives, and is left to do so."""
        info = await patiently(self._bot.get_webhook_info)
        return bool(info.url) and info.url != self._url

    async def _check(self) -> None:
        """Raises `Stopped` where Telegram now delivers elsewhere, or no longer knows the token."""
        try:
            info = await self._bot.get_webhook_info()
        except (InvalidToken, Forbidden):
            await self._refusals.another()
            return
        except TelegramError as error:
            log.warning("telegram-out-of-reach", error=type(error).__name__)
            return
        self._refusals.over()
        self.last_heard = time.monotonic()
        if info.url != self._url:
            raise Stopped("webhook")

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        runner = web.ServerRunner(BoundedServer(self._answer), shutdown_timeout=5.0)
        await runner.setup()
        socket = self._settings.socket
        try:
            await self._listen(runner)
            yield
        finally:
            await runner.cleanup()
            if socket is not None:
                socket.unlink(missing_ok=True)

    async def _listen(self, runner: web.ServerRunner) -> None:
        socket = self._settings.socket
        try:
            if socket is None:
                await web.TCPSite(runner, *self._settings.address).start()
            else:
                await web.UnixSite(runner, str(socket)).start()
                socket.chmod(0o660)  # the reverse proxy runs as another user of the same group
        except OSError as error:
            report(error, event="cannot-listen")
            raise Stopped("listen") from None

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        """Only whoever knows the secret keeps a connection after the answer."""
        given = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        known = hmac.compare_digest(given, self._secret.encode())
        if request.path != self._settings.path:
            response = web.Response(status=404)
        elif request.method != hdrs.METH_POST:
            response = web.Response(status=405, headers={hdrs.ALLOW: hdrs.METH_POST})
        elif not known:
            response = web.Response(status=403)
        else:
            response = await self._receive(request)
        if not known:
            response.force_close()
        return response

    async def _receive(self, request: web.BaseRequest) -> web.Response:
        self.last_heard = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                payload = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=408)
        try:
            await self._take([from_bytes(payload)])
        except Exception as error:  # noqa: BLE001  such as a full disk, for a while
            report(error, event="update-not-kept")
            return web.Response(status=503)
        return web.Response()
