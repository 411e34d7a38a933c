"""Unsolicited messages reveal nothing, and all messages are protected and have no link previews.

The story contains every kind of delivery; a new kind fails this test until it is part of the story.
"""

from datetime import timedelta

import pytest

from bot.app import FEATURES
from bot.conversation.screen import Screen
from bot.demo import steps
from bot.language.texts import texts_in
from bot.messaging.outbox_worker import OutboxWorker
from storage.records.outbox import OutboxMessage
from storage.records.people.member import Member
from tests.support import announcement_steps, member_steps
from tests.support.cast import Cast

TOPIC = "Detention and protection"
# Fixed sentences other than the knock, without names, topics or texts of members.
FIXED = ("resume", "alarm", "delete-yourself")
# These change or remove a message; the alarm is sent only as the program ends (test_receiver_shutdown.py).
ELSEWHERE = {"digest-close", "announcement-close", "announcement-progress", "alarm"}


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What the outbox sends as new messages: kind, language, text."""
    found: list[tuple[str, str, str]] = []
    render = OutboxWorker._render

    async def watched(delivery: OutboxWorker, owed: OutboxMessage) -> tuple[Member, Screen] | None:
        ready = await render(delivery, owed)
        if ready is not None and owed.message_id is None:
            found.append((owed.kind, ready[0].language, ready[1].text))
        return ready

    monkeypatch.setattr(OutboxWorker, "_render", watched)
    return found


async def moderation(cast: Cast) -> None:
    """A post is hidden; a member is suspended, restored, and removed by two."""
    yara = await cast.member("Yara", "en", "Cairo")
    await steps.post(yara, TOPIC, "What Yara wrote.")
    await cast.nour.says("/hide")
    await cast.nour.presses_label(TOPIC)
    await cast.nour.sees("hide-which-post", title=TOPIC)
    await cast.nour.presses_label((await cast.nour.person.last()).buttons[0][0])
    await cast.nour.presses("button-hide-yes", name="Yara")
    await cast.stage.settle()
    await member_steps.suspend(cast.nour, "Yara")
    await cast.nour.says("/restore Yara")
    await cast.nour.presses("button-restore-yes", name="Yara")
    await cast.nour.sees("restored-now", name="Yara")
    await cast.stage.settle()
    await member_steps.ask_removal(cast.nour, "Yara")
    await cast.stage.settle()
    await cast.olena.says("/remove")
    await cast.olena.presses_label("Yara")
    await cast.olena.presses("button-confirm-removal", name="Yara")
    await cast.olena.presses("button-remove-yes", name="Yara")
    await cast.olena.sees("removal-confirmed", name="Yara")


async def everything(cast: Cast) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, fatou = await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    await steps.follow(salma, TOPIC, "at_once")
    await steps.follow(fatou, TOPIC)
    await steps.post(cast.nour, TOPIC, "Five things that helped: https://example.org/five")
    await announcement_steps.write(cast.nour)
    await announcement_steps.ask_approval(cast.nour)
    await announcement_steps.approve(cast.awa)
    await announcement_steps.pass_delay(cast)
    await steps.appoint(cast.olena, "Fatou", "coordinator")
    await moderation(cast)
    await stage.settle()
    stage.sandbox.telegram.faults.change({"lose_answers": 1})
    await salma.says("/settings")
    await salma.sees("resume")
    await salma.says(f"/topics {TOPIC}")
    await salma.presses("button-read-latest")
    await stage.settle()
    await stage.halqa.tick()
    await stage.pass_time(timedelta(days=1))
    await stage.settle()
    await salma.says("/help")
    await stage.settle()
    await salma.person.blocks()
    await steps.post(cast.nour, TOPIC, "One thing more.")
    await stage.settle()
    await stage.pass_time(timedelta(days=30, minutes=1))
    await stage.settle()
    await salma.person.unblocks()
    await salma.says("/help")  # what she wrote before she blocked the bot is too old by now
    await stage.settle()


async def test_what_comes_unasked_names_nobody_and_nothing_and_everything_is_protected(
    cast: Cast, unasked: list[tuple[str, str, str]]
) -> None:
    await everything(cast)
    assert {kind for kind, _, _ in unasked} == set(FEATURES.deliveries) - ELSEWHERE
    for kind, language, words in unasked:
        assert words == texts_in(language)(kind if kind in FIXED else "knock"), kind

    shown = [message for chat in cast.stage.sandbox.telegram.chats.values() for message in chat.messages.values()]
    by_bot = [message for message in shown if message.by_bot]
    # Only an invitation may be forwarded.
    assert [message.text for message in by_bot if not message.protected and "https://t.me/" not in message.text] == []
    assert any(message.protected for message in by_bot)
    assert not any(message.previews for message in by_bot if not message.has_media)
