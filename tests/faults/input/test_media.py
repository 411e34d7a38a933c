"""Messages other than text where text is expected."""

from typing import Any

import pytest

from bot.demo import steps
from storage.records import drafts
from tests.faults.input.injected_updates import answers_to, inject, message_update
from tests.faults.input.network import Network, on_one_network, profile_of
from tests.support.cast import Cast
from tests.support.stored_rows import count_rows

MEDIA: dict[str, dict[str, Any]] = {
    "location": {"location": {"latitude": 50.45, "longitude": 30.52}},
    "contact": {"contact": {"phone_number": "+380000000000", "first_name": "Salma"}},
    "voice": {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
    "sticker": {
        "sticker": {
            "file_id": "f",
            "file_unique_id": "u",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "a picture as a file": {
        "document": {
            "file_id": "f",
            "file_unique_id": "u",
            "mime_type": "image/jpeg",
            "file_name": "me.jpg",
            "file_size": 3_000_000,
        }
    },
    "a file with a path": {"document": {"file_id": "f", "file_unique_id": "u", "file_name": "../../etc/passwd"}},
    "a file with bidi": {"document": {"file_id": "f", "file_unique_id": "u", "file_name": "x\u202egpj.exe"}},
    "2 GB": {"document": {"file_id": "f", "file_unique_id": "u", "file_size": 2 * 2**30}},
    "a picture of 2 GB": {
        "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "file_size": 2 * 2**30}]
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}


@pytest.mark.parametrize("kind", MEDIA)
@on_one_network
async def test_where_text_was_expected_anything_else_is_asked_for_again_once(network: Network, kind: str) -> None:
    stage, _, salma = network
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await stage.settle()
    files = {path.name for path in stage.data.iterdir()}
    before = await profile_of(stage, salma)
    await salma.person.looks_up()
    await inject(stage, "message", message_update(salma, "", text=None, caption="Rania", **MEDIA[kind]))
    assert await answers_to(salma) == [salma.texts.plain("cannot-take-that")]
    assert await profile_of(stage, salma) == before
    async with stage.halqa.store.transaction() as tx:
        draft = await drafts.get(tx, before)
    assert draft is not None
    assert (draft.kind, draft.body, draft.photo) == ("name", None, None)
    assert await count_rows(stage, "inbox", "payload_encrypted IS NOT NULL") == 0
    assert {path.name for path in stage.data.iterdir()} == files
    await salma.says("Salma")  # the question stands
    await salma.sees("saved")


async def test_on_the_way_in_a_voice_message_is_asked_for_again_once(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.sees("ask-name")
    await cast.stage.settle()
    await rania.person.sends("voice")
    await cast.stage.settle()
    assert await answers_to(rania) == [rania.texts.plain("cannot-take-that")]
    await rania.says("Rania")
    await rania.sees("ask-host")
