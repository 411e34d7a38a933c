"""The control API: the page and the Python driver act through it on behalf of people, and faults are set through it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import web

from sandbox.control import disk, views
from sandbox.control.people_api import PeopleApi
from sandbox.control.requests import Handler, long_poll, problem, text
from sandbox.control.requests import body as read_body
from sandbox.telegram.model import Telegram


class Environment(Protocol):
    """What the control API reads of the server that it belongs to. It is read on each request, since it may change."""

    telegram: Telegram
    directory: Path | None  # the bot's data directory, where the sandbox may show it
    search_with_key: Callable[[str], Awaitable[list[str]]] | None  # where the opened database has a text
    next_due: Callable[[], Awaitable[datetime | None]] | None  # when the bot next has something to do
    clock_moved: Callable[[], Awaitable[None]] | None  # lets the bot do at once what is due by then


class ControlApi:
    """Answers everything under `/sandbox/`."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.telegram = environment.telegram
        self.people = PeopleApi(environment.telegram)

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/sandbox/state", self.state),
            ("GET", "/sandbox/files/{id}", self.file),
            ("POST", "/sandbox/clock", self.clock),
            ("PUT", "/sandbox/faults", self.faults),
            ("GET", "/sandbox/disk", self.disk),
            ("GET", "/sandbox/disk/search", self.search),
        ]
        return [*self.people.routes(), *(web.route(method, path, handler) for method, path, handler in table)]

    async def state(self, request: web.Request) -> web.Response:
        """The state of the sandbox, at once or after a change."""
        await self.telegram.changes.wait_past(*long_poll(request))
        environment = self.environment
        can = {
            "disk": environment.directory is not None,
            "search_with_key": environment.search_with_key is not None,
            "next_due": environment.next_due is not None,
        }
        return web.json_response(views.state(self.telegram, can))

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes. Only pictures are displayed by the browser: no file may run code in the page."""
        file = self.telegram.files.get(request.match_info["id"])
        if file is None:
            raise problem("no such file", status=404)
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
        if file.kind != "photo":
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mime_type.split(";")[0], headers=headers)

    async def clock(self, request: web.Request) -> web.Response:
        """Move the clock by seconds, to an instant, or to the next instant at which the bot has something to do."""
        body, clock = await read_body(request), self.telegram.clock
        if "seconds" in body:
            if isinstance(body["seconds"], bool) or not isinstance(body["seconds"], int | float):
                raise problem("seconds is a number")
            clock.move(timedelta(seconds=body["seconds"]))
        elif body.get("to") == "next":
            due = await self.environment.next_due() if self.environment.next_due else None
            if due is None:
                raise problem("nothing is due", status=409)
            clock.move_to(max(due, clock.now()))
        else:
            clock.move_to(datetime.fromisoformat(text(body, "to")))
        self.telegram.touch()
        if self.environment.clock_moved is not None:
            await self.environment.clock_moved()
        return web.json_response({"now": clock.now().isoformat()})

    async def faults(self, request: web.Request) -> web.Response:
        """Set the given faults; the others stay."""
        self.telegram.faults.change(await read_body(request))
        self.telegram.touch()
        return web.json_response(self.telegram.faults.as_json())

    async def disk(self, request: web.Request) -> web.Response:
        """The files of the data directory."""
        return web.json_response(await asyncio.to_thread(disk.listing, self._directory()))

    async def search(self, request: web.Request) -> web.Response:
        """Search for words on the disk, and in the opened database where the server can."""
        words = request.query.get("words", "").strip()
        found = await asyncio.to_thread(disk.search, self._directory(), words)
        look = self.environment.search_with_key
        with_key = {"places": await look(words)} if look else None
        return web.json_response({"words": words, "on_disk": found, "with_key": with_key})

    def _directory(self) -> Path:
        if self.environment.directory is None:
            raise problem("there is no data directory to look at", status=404)
        return self.environment.directory
