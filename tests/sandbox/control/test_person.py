"""The person of tests: what they wait for, what is not new to them, and what a failed assertion says."""

import asyncio
import time
from typing import Any

import pytest

from sandbox.control.client import Refused
from sandbox.control.people import People
from sandbox.control.person import Person
from tests.sandbox.bare_api import Api


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


async def later(api: Api, seconds: float, method: str, **parameters: Any) -> None:
    await asyncio.sleep(seconds)
    await api.result(method, **parameters)


async def test_she_sees_what_comes_later(api: Api, noor: Person) -> None:
    bot = asyncio.create_task(later(api, 0.2, "sendMessage", chat_id=noor.id, text="Welcome, Noor"))
    seen = await noor.sees("Welcome", "Noor")
    assert (seen.text, seen.by_bot) == ("Welcome, Noor", True)
    await bot


async def test_all_fragments_stand_in_one_message(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Welcome")
    await api.result("sendMessage", chat_id=noor.id, text="Noor")
    with pytest.raises(AssertionError, match="no new message with 'Welcome' and 'Noor' within"):
        await noor.sees("Welcome", "Noor", within=0.1)


async def test_what_was_there_before_she_spoke_is_not_new(api: Api, noor: Person) -> None:
    sent = await api.result("sendMessage", chat_id=noor.id, text="Welcome")
    await noor.says("hello")
    await noor.never_sees("Welcome", during=0.1)
    with pytest.raises(AssertionError):
        await noor.sees("Welcome", within=0.1)
    await api.result("editMessageText", chat_id=noor.id, message_id=sent["message_id"], text="Welcome back")
    assert (await noor.sees("Welcome")).edited
    with pytest.raises(AssertionError, match="a message with 'Welcome' is there"):
        await noor.never_sees("Welcome", during=0.1)


async def test_she_can_look_up_without_a_word(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Your digest")
    await noor.looks_up()
    await noor.never_sees("Your digest", during=0.1)


async def test_her_own_words_are_not_the_bots(noor: Person) -> None:
    await noor.says("Welcome")
    with pytest.raises(AssertionError):
        await noor.sees("Welcome", within=0.1)


async def test_a_failure_shows_the_whole_chat(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="Old")
    await noor.says("help\nme")
    await api.result(
        "sendMessage", chat_id=noor.id, text="New", protect_content=True, reply_markup=keyboard("Go", "Stop")
    )
    with pytest.raises(AssertionError) as failed:
        await noor.sees("Never said", within=0.1)
    assert str(failed.value).splitlines()[1:] == [
        "--- the chat of Noor; * is new since they last did something ---",
        "  [1] Noor: /start",
        "  [2] bot: Old",
        "  [3] Noor: help",
        "        me",
        "* [4] bot (protected): New",
        "        [Go]",
        "        [Stop]",
    ]


async def test_isolates_do_not_matter(api: Api, noor: Person) -> None:
    await api.result(
        "sendMessage", chat_id=noor.id, text="Hello \u2068نور\u2069!", reply_markup=keyboard("\u2068Go\u2069")
    )
    seen = await noor.sees("Hello نور!")
    assert seen.buttons == (("Go",),)
    await noor.sees("\u2067Hello\u2069 نور")
    await noor.presses("Go")


async def test_she_presses_a_button_that_comes_later(api: Api, noor: Person) -> None:
    bot = asyncio.create_task(later(api, 0.4, "sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard("Go")))
    await noor.presses("Go")
    await bot
    [update] = await api.result("getUpdates", offset=-1)
    assert update["callback_query"]["data"] == "go"


async def test_she_prefers_the_button_on_something_new(api: Api, noor: Person) -> None:
    for text in ("old", "older"):
        await api.result("sendMessage", chat_id=noor.id, text=text, reply_markup=keyboard("Go"))
    await noor.says("something")
    bot = asyncio.create_task(later(api, 0.1, "sendMessage", chat_id=noor.id, text="new", reply_markup=keyboard("Go")))
    await noor.presses("Go")
    await bot
    [update] = await api.result("getUpdates", offset=-1)
    assert update["callback_query"]["message"]["text"] == "new"


async def test_she_presses_an_old_button_where_there_is_no_new_one(api: Api, noor: Person) -> None:
    for text in ("older", "old"):
        await api.result("sendMessage", chat_id=noor.id, text=text, reply_markup=keyboard("Go"))
    await noor.says("something")
    begun = time.monotonic()
    await noor.presses("Go")
    assert time.monotonic() - begun < 1
    [update] = await api.result("getUpdates", offset=-1)
    assert update["callback_query"]["message"]["text"] == "old"


async def test_a_button_that_never_comes(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard("Go on"))
    with pytest.raises(AssertionError, match="no button 'Go' within"):
        await noor.presses("Go", within=0.1)


async def test_she_hears_the_answer_to_what_she_pressed(api: Api, noor: Person) -> None:
    await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard("Go"))
    for words in ("Gone", "Gone again"):
        await noor.presses("Go")
        [update] = await api.result("getUpdates", offset=-1)
        query = update["callback_query"]["id"]
        bot = asyncio.create_task(later(api, 0.1, "answerCallbackQuery", callback_query_id=query, text=words))
        assert await noor.hears("Gone") == words
        await bot
    with pytest.raises(AssertionError, match="no notice with 'Lost' within"):
        await noor.hears("Lost", within=0.1)


async def test_she_follows_a_link(api: Api, noor: Person) -> None:
    await noor.follows("https://t.me/halqa_demo_bot?start=Ab_-9")
    assert (await noor.chat())[-1].text == "/start Ab_-9"


async def test_the_last_word_of_the_bot(api: Api, noor: Person) -> None:
    with pytest.raises(AssertionError, match="the bot has said nothing"):
        await noor.last()
    await api.result("sendMessage", chat_id=noor.id, text="Welcome")
    await noor.says("thank you")
    assert (await noor.last()).text == "Welcome"


async def test_whoever_blocked_the_bot_cannot_write(noor: Person) -> None:
    await noor.blocks()
    with pytest.raises(Refused, match="unblock it first"):
        await noor.says("hello")
    await noor.unblocks()
    await noor.says("hello")


async def test_many_people_wait_at_once(api: Api, people: People) -> None:
    crowd = [await people.join(f"Member {number}") for number in range(40)]
    await asyncio.gather(*(member.says("/start") for member in crowd))
    waiting = [asyncio.create_task(member.sees("Welcome")) for member in crowd]
    await asyncio.sleep(0.1)
    for member in crowd:
        await api.result("sendMessage", chat_id=member.id, text="Welcome")
    assert len(await asyncio.gather(*waiting)) == 40


async def test_she_tries_again_when_the_button_changes_under_her_finger(
    api: Api, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await api.result("sendMessage", chat_id=noor.id, text="x", reply_markup=keyboard("Go"))
    renewed = {"inline_keyboard": [[{"text": "Go", "callback_data": "go-2"}]]}
    press = noor._do
    tries: list[str] = []

    async def slow_press(what: str, **request: Any) -> dict[str, Any]:
        if not tries:
            await api.result(
                "editMessageReplyMarkup",
                chat_id=noor.id,
                message_id=sent["message_id"],
                reply_markup=renewed,
            )
        tries.append(request["json"]["data"])
        return await press(what, **request)

    monkeypatch.setattr(noor, "_do", slow_press)
    await noor.presses("Go")
    assert tries == ["go", "go-2"]
