"""A Bot API with a strict limit of messages per second, in a process of its own: `python -m bench.strict_api LIMIT`.

It counts calls as they arrive, in a sliding window of one second. A call above the limit is refused and starts a
penalty of three seconds, in which every call is refused and restarts the penalty. Answers take 60 to 80 ms. With a
limit of 0 nothing is refused and answers have no delay.
"""

import asyncio
import json
import random
import sys
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

LATENCY, JITTER = 0.060, 0.020  # seconds
PENALTY = 3  # seconds


class StrictApi:
    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._lately: deque[float] = deque()
        self._penalty_until = 0.0
        self._chance = random.Random(1)
        self.accepted: list[float] = []
        self.refused = 0

    async def send(self, request: web.Request) -> web.Response:
        allowed = self._count(time.monotonic())
        if self._per_second:
            await asyncio.sleep(LATENCY + self._chance.random() * JITTER)
        if not allowed:
            wait = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": PENALTY}}
            return web.json_response(wait, status=429)
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    def _count(self, now: float) -> bool:
        if self._per_second:
            while self._lately and self._lately[0] <= now - 1:
                self._lately.popleft()
            if now < self._penalty_until or len(self._lately) >= self._per_second:
                self._penalty_until = now + PENALTY
                self.refused += 1
                return False
            self._lately.append(now)
        self.accepted.append(now)
        return True

    async def report(self, _: web.Request) -> web.Response:
        """The arrival times of accepted calls (seconds) and the number of refused ones; resets both."""
        answer = web.json_response({"accepted": self.accepted, "refused": self.refused})
        self._lately, self._penalty_until = deque(), 0.0
        self.accepted, self.refused = [], 0
        return answer


async def serve(per_second: int) -> None:
    api = StrictApi(per_second)
    app = web.Application()
    app.router.add_post("/{token}/sendMessage", api.send)
    app.router.add_get("/report", api.report)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the parent process closes it
    await runner.cleanup()


@asynccontextmanager
async def listening(per_second: int) -> AsyncIterator[str]:
    """Starts the process; the address of its API, until the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.strict_api",
        str(per_second),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stdin.close()
        await process.wait()


async def report(address: str) -> tuple[list[float], int]:
    async with ClientSession() as session, session.get(f"{address}/report") as response:
        said = json.loads(await response.read())
    return said["accepted"], said["refused"]


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
