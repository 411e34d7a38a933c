"""What a member leaves for an emergency, sealed to the coordinators."""

from tests.flows.sealed_notes.sealed_note_steps import Computer, fetch_notes, set_key, wait_until_gone
from tests.support.cast import Cast
from tests.support.stored_rows import places_of

CONTACT = "Salma Haddad is my real name. Call Hind, 555 0100, in Arabic."


async def test_what_a_member_leaves_for_an_emergency(cast: Cast, nours_computer: Computer) -> None:
    stage, salma = cast.stage, await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.sees("contact-not-set-up")
    await set_key(cast.nour, nours_computer)
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.sees("contact-readers", count=1)
    await salma.presses("button-write-contact")
    await salma.sees("ask-contact")
    await salma.says("An earlier one.")
    await salma.sees("contact-sealed")
    await salma.presses("button-replace-contact")
    await salma.says(CONTACT)
    await salma.sees("contact-sealed")
    await wait_until_gone(salma, CONTACT)
    assert await places_of(stage, CONTACT) == []
    assert "Hind" not in "\n".join(message.text for message in await salma.person.chat())

    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    sent = await salma.person.last()
    assert sent.document is not None
    data = (await salma.person.download(sent.document["file_id"])).decode("utf-8-sig")
    assert "what you left for an emergency" in data
    assert "Hind" not in data

    await cast.nour.says("/members")
    await cast.nour.presses("button-notes")
    await cast.nour.presses("note-line", name="Salma", number=1)
    code, out = nours_computer.reads(await fetch_notes(cast.nour, 1))
    assert code == 0
    assert CONTACT in out
    assert "left by themselves for an emergency" in out
    assert "An earlier one." not in out

    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-remove-contact")
    await salma.presses("button-remove-contact-yes")
    await salma.sees("contact-removed")
    await cast.nour.says("/notes")
    await cast.nour.sees("notes", count=0)


async def test_whoever_leaves_takes_what_is_sealed_about_them_along(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.nour, nours_computer)
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-write-contact")
    await salma.says(CONTACT)
    await salma.sees("contact-sealed")
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    told = await salma.sees("goodbye")
    assert "Sealed notes about you: 1" in told.replace("\u2068", "").replace("\u2069", "")
    async with cast.stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM sealed_notes") == 0
