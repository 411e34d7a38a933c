"""The sandbox's one server: the Bot API, the control API and the page, on this machine only.

    async with Sandbox(clock=Clock()) as sandbox:
        bot = telegram.Bot(sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.file_url)

It listens on a loopback address only, and refuses requests for another host name or from another site's page.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.bot_api.http import BotApi, error_response
from sandbox.bot_api.send_rate import Limits, SendRate
from sandbox.bot_api.webhook import is_loopback
from sandbox.control.api import ControlApi
from sandbox.control.requests import Handler, error_responses, problem
from sandbox.telegram.api_errors import ApiError
from sandbox.telegram.clock import Clock
from sandbox.telegram.faults import Faults
from sandbox.telegram.model import Telegram

__all__ = ["TOKEN", "Limits", "Sandbox"]

TOKEN = "7000000001:sandbox-token-that-opens-nothing-00"
LARGEST_BODY = 50 * 1024 * 1024 + 64 * 1024  # bytes: the largest file, and a form around it
PAGE = Path(__file__).parent / "page"
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Sandbox:
    """A Telegram with one bot. `telegram` is the model.

    `limits`, `directory`, `search_with_key`, `next_due` and `clock_moved` (control/api.py) may be changed as it runs.
    """

    clock_moved: Callable[[], Awaitable[None]] | None = None

    def __init__(
        self,
        *,
        clock: Clock,
        token: str = TOKEN,
        bot_name: str = "Halqa",
        bot_username: str = "halqa_demo_bot",
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
        directory: Path | None = None,
        search_with_key: Callable[[str], Awaitable[list[str]]] | None = None,
        next_due: Callable[[], Awaitable[datetime | None]] | None = None,
        telegram: Telegram | None = None,
    ) -> None:
        """`telegram`: an existing model, such as a copy of another sandbox's (`Telegram.copied`), given with its clock.

        Raises ValueError where `host` is not a loopback address, the token has no bot id before its colon, or the model
        has another clock or another bot.
        """
        if not is_loopback(host):
            raise ValueError("the sandbox listens on loopback only")
        bot_id = token.split(":")[0]
        if not bot_id.isdecimal() or ":" not in token:
            raise ValueError("the token needs the form <id>:<secret>")
        if telegram is not None and (telegram.clock is not clock or telegram.bot_id != int(bot_id)):
            raise ValueError("the model has another clock or another bot")
        self.clock = clock
        self.token = token
        self.directory = directory
        self.search_with_key = search_with_key
        self.next_due = next_due
        self.telegram = telegram or Telegram(
            clock=clock, faults=Faults(), bot_id=int(bot_id), bot_name=bot_name, bot_username=bot_username
        )
        self._rate = SendRate(limits or Limits())
        self._api = BotApi(self.telegram, self._rate, token)
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def limits(self) -> Limits:
        """How many messages the bot may send per second."""
        return self._rate.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._rate.limits = limits

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def base_url(self) -> str:
        """The address of the Bot API, to which a client appends the token."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """The address of downloads, to which a client appends the token."""
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        """Start to listen; raises OSError where the port is taken."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._check_origin, error_responses])
        app.add_routes(self._api.routes())
        app.add_routes(ControlApi(self).routes())
        app.add_routes([web.get("/", _index), web.static("/page", PAGE)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.telegram.close()
        await self._api.webhook.remove()
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _check_origin(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse other host names (DNS rebinding) and other sites' pages, with 403; set the headers of each answer."""
        ours = {f"{name}:{self._port}" for name in ("127.0.0.1", "localhost", "[::1]", self._host)}
        origin = request.headers.get("Origin")
        if request.host not in ours or (origin is not None and origin.removeprefix("http://") not in ours):
            raise problem("this server answers its own page and programs on this machine only", status=403)
        try:
            response = await handler(request)
        except web.HTTPNotFound:
            if request.path.startswith(("/bot", "/file/")):
                return error_response(ApiError(404, "Not Found"))
            raise
        if request.path == "/" or request.path.startswith("/page/"):
            response.headers["Content-Security-Policy"] = PAGE_POLICY
            # Without a copy in the cache there is no conditional request: browsers fail on a compressed 304.
            response.headers["Cache-Control"] = "no-store"
            response.enable_compression()
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


async def _index(request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")
