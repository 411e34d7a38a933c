"""Real updates, mutated at random: each is handled or quarantined, and the bot still answers.

Pass figure (HALQA_LONG=1): of 100,000 mutated updates, 0 crashes and 0 left pending; a stranger is answered afterwards.
"""

import copy
import json
import logging
import random
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import steps
from bot.messaging import update_validation
from bot.messaging.update_validation import InvalidUpdate, ReceivedUpdate
from bot.telegram import update_parser
from sandbox.telegram.updates import Updates
from storage.records.inbox import Guest
from tests.faults.long_run import short_or_long
from tests.support.cast import Cast

NASTY: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 2**80, 1.5, float("nan"), float("inf")),
    *("", " ", "x" * 5000, "\x00", "\ud800", "\u202e", "/", "/start", "/start@", "/forget", "/lock", "/audit verify"),
    *("@", ":", "run:start:0", "forget", "7100104729", "private", "supergroup", "channel", 777000, 1087968824),
    *([], {}, [[]], [None], {"id": 1}, {"": None}),
]
KEYS = (
    *("message", "edited_message", "callback_query", "my_chat_member", "channel_post", "from", "chat", "id", "is_bot"),
    *("type", "text", "caption", "entities", "offset", "length", "photo", "document", "date", "data", "message_id"),
    *("sender_chat", "forward_origin", "via_bot", "reply_to_message", "inline_message_id", "language_code"),
    *("username", "update_id"),
)
JSON = st.recursive(
    st.sampled_from(NASTY) | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=30,
)


class Mutator:
    """Mutates updates; equal seeds give equal mutations."""

    def __init__(self, seed: int, real: list[dict[str, Any]]) -> None:
        self.chance = random.Random(seed)
        self.real = real
        self.next_id = 10_000_000

    def payload(self) -> bytes:
        update = copy.deepcopy(self.chance.choice(self.real))
        self.next_id += 1
        update["update_id"] = self.next_id
        for _ in range(self.chance.randrange(1, 4)):
            self._break(update)
        payload = json.dumps(update).encode()
        if self.chance.random() < 0.1:
            payload = self._broken_bytes(payload)
        return payload

    def _break(self, update: dict[str, Any]) -> None:
        places = _places(update)
        if not places:
            return
        holder, key = self.chance.choice(places)
        match self.chance.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[self.chance.choice(KEYS)] = holder[key]
            case 2:
                other = self.chance.choice(_places(self.chance.choice(self.real)))
                holder[key] = copy.deepcopy(other[0][other[1]])
            case 3:
                holder[key] = [holder[key]] * self.chance.choice((0, 1, 200))
            case 4 if isinstance(holder[key], str):
                at = self.chance.randrange(len(holder[key]) + 1)
                holder[key] = holder[key][:at] + str(self.chance.choice(NASTY)) + holder[key][at:]
            case _:
                holder[key] = copy.deepcopy(self.chance.choice(NASTY))

    def _broken_bytes(self, payload: bytes) -> bytes:
        at = self.chance.randrange(len(payload))
        return self.chance.choice(
            (
                payload[:at],
                payload[:at] + self.chance.randbytes(3) + payload[at:],
                payload[:at] + b"[" * 3000 + payload[at:],
                payload.replace(b'"', b"'", 1),
                payload + payload,
            )
        )


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a structure, as its container and its key or index."""
    found: list[tuple[Any, Any]] = []
    level = [value]
    while level:
        holder = level.pop()
        for key in [*holder] if isinstance(holder, dict) else range(len(holder)):
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                level.append(holder[key])
    return found


async def test_broken_updates_are_handled_or_quarantined(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    stage, real = cast.stage, []
    add = Updates.add

    def recorded(self: Updates, kind: str, lane: int, payload: dict[str, Any]) -> None:
        real.append({"update_id": 1, kind: payload})
        add(self, kind, lane, payload)

    monkeypatch.setattr(Updates, "add", recorded)
    await _a_day_of_theirs(cast)
    monkeypatch.setattr(Updates, "add", add)
    monkeypatch.setattr(stage.halqa.inbox_worker, "_admit", everybody)
    mutator, many = Mutator(20260302, real), short_or_long(1000, 100_000)
    async with stage.halqa.store.transaction() as tx:
        before = await tx.fetchval("SELECT count(*) FROM inbox")
    seen, strange, left = set(), set(), many
    while left:
        batch: list[ReceivedUpdate] = [update_validation.from_bytes(mutator.payload()) for _ in range(min(left, 100))]
        left -= len(batch)
        strange |= {arrival.content for arrival in batch if isinstance(arrival, InvalidUpdate)}
        seen |= {arrival.update_id for arrival in batch if not isinstance(arrival, InvalidUpdate)}
        await stage.halqa.inbox_worker.take(batch)
        await stage.settle()
        assert not stage.task.done()
    async with stage.halqa.store.transaction() as tx:
        rows = await tx.fetch("SELECT update_id, state, reference, payload_encrypted FROM inbox")
        assert len(rows) - before == len(seen) + len(strange)
        assert {state for _, state, _, _ in rows} <= {"answered", "failed"}
        assert all(bool(reference) == (state == "failed") for _, state, reference, _ in rows)
        assert {payload for _, _, _, payload in rows} == {None}
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE state = 'answered'") > many // 4
    rania = await stage.person("Rania")
    await rania.says("/start")
    await rania.sees("members only")


async def everybody(*_: object) -> Guest:
    """Takes in all that strangers send, however much."""
    return Guest.STRANGER


async def _a_day_of_theirs(cast: Cast) -> None:
    """Plays a day of the cast, for real updates of every kind."""
    salma = await cast.salma()
    await steps.open_topic(cast.nour, "Detention", "")
    await steps.follow(salma, "Detention", "at_once")
    await steps.post(salma, "Detention", "Five things that helped.")
    await salma.person.sends_photo(caption="a picture")
    for what in ("voice", "location", "contact", "sticker", "document"):
        await salma.person.sends(what)
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.says("Salma el-Khatib")
    [*_, mine] = [message.id for message in await salma.person.chat() if message.text == "Salma el-Khatib"]
    await salma.person.edits(mine, "Salma")
    await salma.person.blocks()
    await salma.person.unblocks()
    await cast.stage.settle()


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3))
def test_parsed_updates_have_the_declared_types_whatever_they_contain(update: dict[str, Any]) -> None:
    arrival = update_validation.from_object({"update_id": 7, **update} | {"update_id": 7})
    if isinstance(arrival, InvalidUpdate):
        return
    try:
        asked = update_parser.read(arrival.update, "halqa_demo_bot")
        update_parser.sender(arrival.update)
    except Exception:  # noqa: BLE001  an update that cannot be parsed fails, and the inbox worker quarantines it
        return
    if asked is None:
        return
    assert 0 < asked.telegram_id <= update_validation.MOST_ID
    assert asked.message_id is None or 0 < asked.message_id <= update_validation.MOST_ID
    for words in (asked.command, asked.text, asked.language_code or "", asked.callback_id or ""):
        words.encode()
    assert isinstance(asked.callback_data, str)


def test_the_same_seed_breaks_updates_in_the_same_way() -> None:
    real = [{"update_id": 1, "message": {"text": "hello", "from": {"id": 5}}}]
    one, other = Mutator(7, real), Mutator(7, real)
    assert [one.payload() for _ in range(50)] == [other.payload() for _ in range(50)]


async def test_an_update_that_cannot_be_read_holds_up_nobody(cast: Cast) -> None:
    chat = {"id": cast.nour.person.id, "type": "private"}
    cast.stage.sandbox.telegram.updates.add("message", 1, {"message_id": 1, "chat": chat, "text": "no date"})
    cast.stage.sandbox.telegram.updates.add("message", 1, {"nonsense": [1, 2, 3]})
    await cast.nour.says("/settings")
    await cast.nour.sees_words("Nour")
