"""Sealed notes: written in the chat, sealed before they are stored, opened on a coordinator's own computer."""

from tests.flows.sealed_notes.sealed_note_steps import (
    NAME,
    NOTE,
    Computer,
    apply,
    audit_actions,
    fetch_notes,
    open_application,
    set_key,
    wait_until_gone,
    write_note,
)
from tests.support.cast import Cast
from tests.support.database_pages import decrypted_pages
from tests.support.stored_rows import places_of


async def test_the_whole_way_of_a_note(cast: Cast, nours_computer: Computer, olenas_computer: Computer) -> None:
    stage = cast.stage
    await set_key(cast.nour, nours_computer)
    await set_key(cast.olena, olenas_computer)
    rania = await apply(cast)
    await open_application(cast.nour)
    await cast.nour.presses("button-write-note")
    shown = await cast.nour.sees("write-note", name=NAME)
    assert "Olena" in shown
    assert "Nour" in shown
    assert "Awa" not in shown
    await cast.nour.says(NOTE)
    await cast.nour.sees("note-sealed")
    await wait_until_gone(cast.nour, NOTE)

    await open_application(cast.olena)
    await cast.olena.sees("note-count", count=1)
    await cast.olena.presses("button-notes-of")
    await cast.olena.sees("notes-mine", count=1)
    file = await fetch_notes(cast.olena, 1)
    assert NOTE.encode() not in file
    for computer in (nours_computer, olenas_computer):
        code, out = computer.reads(file)
        assert code == 0
        assert NOTE in out
        assert f"About {NAME}: a coordinator's note" in out
        assert "Who wrote this is not proven" in out
    found = await audit_actions(stage)
    assert found.count("sealing-key-set") == 2
    assert "sealed-note-written" in found
    assert "sealed-notes-fetched" in found

    await stage.settle()
    # The search finds what can be decrypted.
    assert await places_of(stage, "To listen.") == ["members.reason_encrypted"]
    assert await places_of(stage, NOTE) == []
    await stage.stop()
    pages = decrypted_pages(stage)
    assert b"Between Convenings" in pages
    for words in (NOTE, "Her sister", "called at home"):
        assert words.encode() not in pages
    await stage.start()

    await rania.says("/withdraw")
    await rania.presses("button-withdraw-yes")
    await rania.sees("withdrawn")
    await stage.settle()
    async with stage.halqa.store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM sealed_notes") == 0


async def test_the_message_leaves_the_chat_even_if_telegram_fails_just_then(
    cast: Cast, nours_computer: Computer
) -> None:
    """The deletion is put into the outbox in the transaction that stores the note."""
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    await open_application(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("write-note", name=NAME)
    await cast.stage.settle()
    cast.stage.sandbox.telegram.faults.change({"refuse": {"status": 429, "retry_after": 1, "times": 3}})
    await cast.nour.says(NOTE)
    await wait_until_gone(cast.nour, NOTE)
    await cast.nour.sees("note-sealed")


async def test_where_nobody_has_a_key_it_says_how_and_asks_for_no_words(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.awa, nours_computer)  # coordinates another host
    await apply(cast)
    await open_application(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("note-no-key")
    await cast.nour.says(NOTE)
    await cast.nour.sees("did-not-understand")


async def test_a_long_text_that_comes_in_pieces_becomes_no_note(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    await open_application(cast.nour)
    await cast.nour.presses("button-write-note")
    await cast.nour.sees("write-note", name=NAME)
    await cast.nour.says("a" * 2001)
    await cast.nour.sees("sealed-too-long", length=2001, most=2000)
    await cast.nour.says("the rest of it")
    await cast.nour.sees("did-not-understand")
    await cast.nour.presses("button-write-again")
    await cast.nour.sees("write-note", name=NAME)
    await cast.nour.person.sends_photo(caption="a photo of her")
    await cast.nour.sees("sealed-words-only")
    await cast.nour.says("a" * 2000)
    await cast.nour.sees("note-sealed")


async def test_whoever_wrote_notes_can_remove_them_and_no_others(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    for actor, words in ((cast.nour, NOTE), (cast.nour, "Another one."), (cast.olena, "The owner’s.")):
        await write_note(actor, words)
    await cast.nour.says("/notes")
    await cast.nour.presses("note-line", name=NAME, number=3)
    await cast.nour.presses("button-remove-notes")
    await cast.nour.sees("ask-remove-notes", name=NAME, count=2)
    await cast.nour.presses("button-remove-notes-yes")
    await cast.nour.sees("note-count", count=1)
    code, out = nours_computer.reads(await fetch_notes(cast.nour, 1))
    assert code == 0
    assert "The owner’s." in out
    assert (await audit_actions(cast.stage)).count("sealed-notes-removed") == 1


async def test_somebody_is_found_by_a_part_of_the_name(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.nour, nours_computer)
    for name in ("Zeina", NAME):
        await apply(cast, name)
        await write_note(cast.nour, name=name)
    await cast.nour.says("/notes")
    await cast.nour.sees("notes", count=2)
    await cast.nour.says("/notes QUTEISH")
    await cast.nour.sees("notes", count=1)
    await cast.nour.presses("note-line", name=NAME, number=1)
    await cast.nour.sees("notes-of", name=NAME)
    await cast.nour.says("/notes nobody")
    await cast.nour.sees("notes", count=0)
