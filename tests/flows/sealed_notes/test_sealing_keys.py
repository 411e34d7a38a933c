"""A coordinator's public key: read from the chat, confirmed, replaced, removed."""

from datetime import timedelta

from tests.flows.sealed_notes.sealed_note_steps import Computer, audit_actions, set_key
from tests.support.cast import Cast


async def test_a_key_that_is_cut_or_mistyped_is_refused_and_another_one_has_to_be_confirmed(
    cast: Cast, nours_computer: Computer, olenas_computer: Computer
) -> None:
    text = nours_computer.public()
    await cast.nour.says("/sealing")
    await cast.nour.sees("ask-sealing-key")
    for words, why in ((text[:1000], "cut"), (f"{text[:700]}A{text[700:-1]}", "mistyped"), ("my key", "no-key")):
        await cast.nour.says(words)
        await cast.nour.sees("sealing-key-unreadable", why=why)
    await cast.nour.says("\n".join(text[at : at + 70] for at in range(0, len(text), 70)))
    await cast.nour.sees_words(nours_computer.fingerprint)

    await cast.nour.says(f"/sealing {olenas_computer.public()}")
    await cast.nour.sees("ask-replace-key", before=nours_computer.fingerprint, after=olenas_computer.fingerprint)
    await cast.nour.says("/sealing")
    await cast.nour.sees_words(nours_computer.fingerprint)  # not replaced yet
    await cast.nour.presses("button-replace-key")
    await cast.nour.sees("ask-sealing-key")
    await cast.nour.says(olenas_computer.public())
    await cast.nour.presses("button-replace-key-yes")
    await cast.nour.sees("saved")
    await cast.nour.sees_words(olenas_computer.fingerprint)

    await cast.nour.presses("button-remove-key")
    await cast.nour.sees("ask-remove-key")
    await cast.nour.presses("button-remove-key-yes")
    await cast.nour.sees("sealing-none")
    found = await audit_actions(cast.stage)
    assert (found.count("sealing-key-set"), found.count("sealing-key-removed")) == (2, 1)


async def test_what_stands_about_keys_leaves_the_chat_again(
    cast: Cast, nours_computer: Computer, olenas_computer: Computer
) -> None:
    await set_key(cast.nour, nours_computer)
    await cast.nour.says(f"/sealing {olenas_computer.public()}")
    await cast.nour.sees("ask-replace-key", before=nours_computer.fingerprint, after=olenas_computer.fingerprint)
    await cast.nour.says("/sealing")
    await cast.nour.presses("button-remove-key")
    await cast.nour.sees("ask-remove-key")
    await cast.stage.settle()
    await cast.stage.pass_time(timedelta(hours=1, minutes=1))
    await cast.stage.settle()
    left = [message.text for message in await cast.nour.person.chat() if message.by_bot]
    asked = cast.nour.texts.plain("ask-remove-key").splitlines()[0]
    for words in (nours_computer.fingerprint, olenas_computer.fingerprint, asked):
        assert not [text for text in left if words in text]


async def test_the_key_is_among_what_is_held_about_her(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.awa, nours_computer)
    await cast.awa.says("/mydata")
    await cast.awa.presses("button-send-data")
    await cast.awa.sees("my-data")
    sent = await cast.awa.person.last()
    assert sent.document is not None
    assert nours_computer.fingerprint in (await cast.awa.person.download(sent.document["file_id"])).decode("utf-8-sig")


async def test_an_old_button_does_not_replace_a_key(
    cast: Cast, nours_computer: Computer, olenas_computer: Computer
) -> None:
    await set_key(cast.nour, nours_computer)
    await cast.nour.says(olenas_computer.public())
    await cast.nour.sees("did-not-understand")
    await cast.nour.says(f"/sealing {olenas_computer.public()}")
    await cast.nour.sees("ask-replace-key", before=nours_computer.fingerprint, after=olenas_computer.fingerprint)
    await cast.nour.says("/cancel")
    await cast.nour.sees("cancelled")
    await cast.nour.presses("button-replace-key-yes")
    await cast.nour.sees("expired")
    await cast.nour.says("/sealing")
    await cast.nour.sees_words(nours_computer.fingerprint)
