"""Long polling: offsets, a second poller, the kinds that are allowed, updates that expire."""

import asyncio
import time
from datetime import timedelta

from sandbox.control.person import Person
from sandbox.server import Sandbox
from tests.sandbox.bare_api import Api


async def test_an_update_stays_until_its_offset_confirms_it(api: Api, noor: Person) -> None:
    await noor.says("one")
    await noor.says("two")
    start, one, two = await api.result("getUpdates")
    assert [u["message"]["text"] for u in (start, one, two)] == ["/start", "one", "two"]
    assert one["update_id"] == start["update_id"] + 1
    assert await api.result("getUpdates") == [start, one, two]
    assert await api.result("getUpdates", limit=2) == [start, one]
    assert await api.result("getUpdates", offset=two["update_id"]) == [two]
    assert await api.result("getUpdates", offset=two["update_id"] + 1) == []
    assert await api.result("getUpdates", offset=0) == []


async def test_ids_can_begin_again_lower_and_an_offset_from_before_confirms_nothing(
    api: Api, noor: Person, sandbox: Sandbox
) -> None:
    offset = await api.confirmed()
    sandbox.telegram.updates.restart_ids(17)
    await noor.says("after a long pause")
    for _ in range(2):
        [update] = await api.result("getUpdates", offset=offset)
        assert (update["update_id"], update["message"]["text"]) == (17, "after a long pause")
    assert await api.result("getUpdates", offset=18) == []


async def test_a_negative_offset_keeps_only_the_end(api: Api, noor: Person) -> None:
    for word in ("one", "two", "three"):
        await noor.says(word)
    newest = await api.result("getUpdates", offset=-2)
    assert [update["message"]["text"] for update in newest] == ["two", "three"]
    assert await api.result("getUpdates") == newest


async def test_a_long_poll_ends_with_the_first_update(api: Api, noor: Person) -> None:
    await api.result("getUpdates", offset=-1)
    [start] = await api.result("getUpdates")
    begun = time.monotonic()
    poll = asyncio.create_task(api.result("getUpdates", offset=start["update_id"] + 1, timeout=20))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await noor.says("here I am")
    [update] = await poll
    assert update["message"]["text"] == "here I am"
    assert time.monotonic() - begun < 5


async def test_a_long_poll_ends_with_its_time(api: Api) -> None:
    begun = time.monotonic()
    assert await api.result("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 3


async def test_a_second_poller_ends_the_first(api: Api, noor: Person) -> None:
    offset = await api.confirmed()
    first = asyncio.create_task(api.call("getUpdates", offset=offset, timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(api.result("getUpdates", timeout=20))
    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    assert not second.done()
    await noor.says("still there?")
    assert (await second)[0]["message"]["text"] == "still there?"


async def test_the_bot_gets_only_the_kinds_it_wants(api: Api, noor: Person) -> None:
    await api.result("getUpdates", offset=await api.confirmed(), allowed_updates=["callback_query"])
    await noor.says("not wanted")
    assert await api.result("getUpdates") == []
    await api.result("getUpdates", allowed_updates=[])
    await noor.says("wanted")
    assert [u["message"]["text"] for u in await api.result("getUpdates")] == ["wanted"]


async def test_updates_nobody_fetches_are_gone_after_a_day(sandbox: Sandbox, api: Api, noor: Person) -> None:
    sandbox.clock.move(timedelta(hours=23))
    assert len(await api.result("getUpdates")) == 1
    sandbox.clock.move(timedelta(hours=2))
    assert await api.result("getUpdates") == []


async def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await api.call("getUpdates") == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    }
    await api.result("deleteWebhook")
    assert await api.result("getUpdates") == []


async def test_setting_a_webhook_ends_the_poll_under_way(api: Api) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_an_update_fetched_by_somebody_who_hung_up_is_not_lost(api: Api, noor: Person) -> None:
    await api.confirmed()
    poll = asyncio.create_task(api.result("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await noor.says("after the restart")
    assert [u["message"]["text"] for u in await api.result("getUpdates")] == ["after the restart"]


async def test_a_repeated_update_comes_again_after_it_was_confirmed(api: Api, noor: Person) -> None:
    [start] = await api.result("getUpdates")
    await api.control("PUT", "/faults", json={"repeat_updates": 1})
    await noor.says("twice")
    await noor.says("once")
    twice, once = await api.result("getUpdates", offset=start["update_id"] + 1)
    again = await api.result("getUpdates", offset=once["update_id"] + 1)
    assert again == [twice]
    assert await api.result("getUpdates", offset=once["update_id"] + 1) == []
