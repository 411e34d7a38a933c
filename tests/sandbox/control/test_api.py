"""The control API: the state of the sandbox, its clock, its files."""

import asyncio
import time
from datetime import datetime, timedelta

from sandbox.control.person import Person
from sandbox.server import Sandbox
from tests.sandbox.bare_api import Api


async def test_the_state_at_a_glance(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Welcome,\nNoor " + "x" * 100)
    status, state = await api.control("GET", "/state")
    assert status == 200
    assert datetime.fromisoformat(state["now"]).utcoffset() == timedelta()
    assert state["bot"] == {
        "id": 7_000_000_001,
        "name": "Halqa",
        "username": "halqa_demo_bot",
        "description": "",
        "short_description": "",
    }
    assert state["can"] == {"disk": False, "search_with_key": False, "next_due": False}
    [person] = state["people"]
    assert person["last"] == ("Welcome, Noor " + "x" * 100)[:80]
    assert (person["id"], person["unread"], person["blocked"]) == (noor.id, 1, False)
    assert (person["language_code"], person["last_name"]) == ("ar", None)


async def test_the_state_waits_for_a_change(api: Api, noor: Person) -> None:
    _, state = await api.control("GET", "/state")
    begun = time.monotonic()
    waiting = asyncio.create_task(api.control("GET", f"/state?after={state['revision']}&wait=20"))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await api.control("POST", "/clock", json={"seconds": 60})
    _, later = await waiting
    assert later["revision"] > state["revision"]
    assert time.monotonic() - begun < 5


async def test_the_clock_moves(sandbox: Sandbox, api: Api) -> None:
    before = sandbox.clock.now()
    _, answer = await api.control("POST", "/clock", json={"seconds": 3600})
    after = datetime.fromisoformat(answer["now"])
    assert timedelta(hours=1) <= after - before < timedelta(hours=1, seconds=5)
    _, answer = await api.control("POST", "/clock", json={"to": "2031-04-01T08:00:00+02:00"})
    assert answer["now"].startswith("2031-04-01T06:00:00")
    for wrong in ({"to": "2031-04-01T08:00:00"}, {"to": "soon"}, {"seconds": "1"}, {"seconds": 1e18}, {}):
        status, _ = await api.control("POST", "/clock", json=wrong)
        assert status == 400, wrong


async def test_what_is_due_is_done_before_the_clock_is_said_to_have_moved(sandbox: Sandbox, api: Api) -> None:
    seen = list[datetime]()

    async def clock_moved() -> None:
        seen.append(sandbox.clock.now())

    sandbox.clock_moved = clock_moved
    await api.control("POST", "/clock", json={"to": "2031-04-01T08:00:00Z"})
    assert [moment.year for moment in seen] == [2031]
    await api.control("POST", "/clock", json={"seconds": "1"})
    assert len(seen) == 1


async def test_the_clock_moves_to_what_is_due_next(sandbox: Sandbox, api: Api) -> None:
    status, _ = await api.control("POST", "/clock", json={"to": "next"})
    assert status == 409
    due: datetime | None = sandbox.clock.now() + timedelta(days=2)

    async def next_due() -> datetime | None:
        return due

    sandbox.next_due = next_due
    status, _ = await api.control("POST", "/clock", json={"to": "next"})
    assert status == 200
    assert due is not None
    assert timedelta() <= sandbox.clock.now() - due < timedelta(seconds=5)
    due = None
    status, answer = await api.control("POST", "/clock", json={"to": "next"})
    assert (status, answer) == (409, {"error": "nothing is due"})


async def test_a_file_somebody_sent_cannot_run_in_the_page(sandbox: Sandbox, api: Api, noor: Person) -> None:
    page = b"<script>alert(1)</script>"
    await noor.sends("document", data=page, file_name="x.html", mime_type="text/html")
    document = (await noor.chat())[-1].document
    assert document is not None
    async with api.session.get(f"{sandbox.url}/sandbox/files/{document['file_id']}") as answer:
        assert await answer.read() == page
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
