"""How fast a bot may send."""

import asyncio

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.server import Limits, Sandbox
from tests.sandbox.bare_api import Api


async def test_one_message_a_second_to_one_chat(sandbox: Sandbox, api: Api, noor: Person) -> None:
    sandbox.limits = Limits(per_second=0, per_chat_per_second=1)
    sent = await api.result("sendMessage", chat_id=noor.id, text="one")
    assert await api.call("sendMessage", chat_id=noor.id, text="two") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await api.result("editMessageText", chat_id=noor.id, message_id=sent["message_id"], text="an edit")
    await asyncio.sleep(1.01)
    await api.result("sendMessage", chat_id=noor.id, text="two")


async def test_thirty_messages_a_second_in_all(sandbox: Sandbox, api: Api, people: People) -> None:
    sandbox.limits = Limits()
    crowd = [await people.join(f"Member {number}") for number in range(31)]
    for member in crowd:
        await member.says("/start")
    answers = await asyncio.gather(*(api.call("sendMessage", chat_id=member.id, text="to all") for member in crowd))
    assert sorted(answer["ok"] for answer in answers) == [False] + [True] * 30


async def test_a_refused_send_is_not_counted(sandbox: Sandbox, api: Api, noor: Person) -> None:
    sandbox.limits = Limits(per_second=1, per_chat_per_second=1)
    await api.refusal("sendMessage", chat_id=noor.id, text="")
    await api.refusal("sendMessage", chat_id=noor.id, text="<b", parse_mode="HTML")
    await api.result("sendMessage", chat_id=noor.id, text="one")
