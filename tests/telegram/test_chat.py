"""The chat: an answer ends the waiting of a button, clears messages and sets the menu, once Telegram has taken it."""

import asyncio
from typing import Any

import pytest

from bot.conversation.delivery import Priority
from bot.conversation.request import Incoming
from bot.conversation.screen import Menu, Screen
from bot.language.texts import Html
from bot.messaging.send_result import SendResult, Sent, Uncertain, Wait
from bot.messaging.update_handler import Answer
from bot.telegram import chat as chats
from bot.telegram.chat import Chat
from tests.support.sample_records import member
from tests.support.virtual_time import run

PRESSED = Incoming("press", 7000000001, message_id=5, callback_id="77")


class FakeSender:
    """Records its calls; `show` returns `result`."""

    def __init__(self, result: SendResult) -> None:
        self.result = result
        self.calls: list[tuple[Any, ...]] = []

    async def show(self, chat: int, screen: Screen, **options: Any) -> SendResult:
        self.calls.append(("show", chat, options))
        return self.result

    def __getattr__(self, name: str) -> Any:
        async def call(*values: Any) -> None:
            self.calls.append((name, *values))

        return call


def answered(
    screen: Screen, result: SendResult, incoming: Incoming = PRESSED, member_id: bytes | None = b"S" * 16
) -> list[tuple[Any, ...]]:
    sender: Any = FakeSender(result)
    answer = Answer(incoming, screen, "en", ("help",), member_id)
    assert run(Chat(sender, sender, None).answer(answer)) == result
    calls: list[tuple[Any, ...]] = sender.calls
    return calls


SCREEN = Screen(Html("Saved."), toast="Saved", menu=Menu.OWN, delete_messages=(3, 4))
SHOWN = ("show", 7000000001, {"priority": Priority.ANSWERS, "message_id": 5, "or_anew": True, "precondition": None})


@pytest.mark.parametrize("result", [Sent(5), Uncertain()])
def test_after_the_screen_the_button_the_other_messages_and_the_menu(result: SendResult) -> None:
    assert answered(SCREEN, result) == [
        SHOWN,
        ("answer_callback", "77", "Saved"),
        ("delete", 7000000001, (3, 4), Priority.ANSWERS),
        ("menu", 7000000001, Menu.OWN, "en", ("help",)),
    ]


def test_an_answer_that_has_to_wait_changes_nothing_yet() -> None:
    assert answered(SCREEN, Wait(3.0)) == [SHOWN]


def test_a_typed_text_has_no_button_to_end_and_no_menu_without_a_change() -> None:
    calls = answered(Screen(Html("Hello.")), Sent(6), Incoming("words", 7000000001))
    options = {"priority": Priority.ANSWERS, "message_id": None, "or_anew": True, "precondition": None}
    assert calls == [("show", 7000000001, options)]


def test_a_secret_of_somebody_of_whom_nothing_is_stored_is_deleted_at_once() -> None:
    screen, typed = Screen(Html("Choose."), forget_typed=True), Incoming("command", 7000000001, typed_id=4)
    assert answered(screen, Sent(6), typed, None)[1:] == [("delete", 7000000001, (4,), Priority.ANSWERS)]
    assert answered(screen, Sent(6), typed)[1:] == []  # a member's is planned in the database


def test_a_stranger_is_answered_last() -> None:
    sender: Any = FakeSender(Sent(6))
    answer = Answer(PRESSED, SCREEN, "en", (), None, stranger=True)
    run(Chat(sender, sender, None).answer(answer))
    assert sender.calls[0][2]["priority"] is Priority.STRANGERS


def test_a_lock_comes_after_the_answer_and_only_where_there_is_one() -> None:
    async def story(screen: Screen) -> list[float]:
        loop, locked = asyncio.get_running_loop(), list[float]()
        sender: Any = FakeSender(Sent(5))
        begun = loop.time()
        await Chat(sender, sender, lambda: locked.append(loop.time() - begun)).answer(
            Answer(PRESSED, screen, "en", (), None)
        )
        assert locked == []
        await asyncio.sleep(chats.LOCKS_AFTER + 1)
        return locked

    assert run(story(Screen(Html("Locking."), locks=True))) == pytest.approx([chats.LOCKS_AFTER], abs=0.01)
    assert run(story(Screen(Html("Hello.")))) == []


def test_a_delivery_goes_to_the_member_with_its_priority_and_precondition() -> None:
    async def wanted() -> bool:
        return True

    sender: Any = FakeSender(Sent(9))
    chat = Chat(sender, sender, None)
    assert run(chat.deliver(member(), SCREEN, Priority.NOTICES, 5, wanted)) == Sent(9)
    options = {"priority": Priority.NOTICES, "message_id": 5, "precondition": wanted}
    assert sender.calls == [("show", 7000000001, options)]
