"""Who can see that there are sealed notes about a person, and who can open them."""

from bot.demo import steps
from storage.records.people import applications
from tests.flows.sealed_notes.sealed_note_steps import (
    NAME,
    NOTE,
    Computer,
    apply,
    audit_actions,
    fetch_notes,
    set_key,
    write_note,
)
from tests.support.cast import Cast


async def test_a_coordinator_of_another_host_gets_nothing(cast: Cast, nours_computer: Computer) -> None:
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    await write_note(cast.nour)
    async with cast.stage.halqa.store.transaction() as tx:
        [rania] = await applications.waiting(tx)
    before = await audit_actions(cast.stage)
    for code in ("notes", "writenote", "getnotes", "askrmnotes", "rmnotes"):
        for person in (rania.id, bytes(16)):
            press = cast.stage.halqa.features.routes.unpack(f"{code}:{'A' * 22}")
            await cast.awa.says("/help")
            await cast.awa.sees_words("/help")
            await cast.stage.forge(cast.awa.person, type(press)(person).pack())  # type: ignore[call-arg]
            await cast.awa.sees("no-notes")
    await cast.awa.says("/notes")
    await cast.awa.sees("notes", count=0)
    assert [action for action in await audit_actions(cast.stage) if action not in before] == []
    assert (await audit_actions(cast.stage)).count("member-read") == before.count("member-read")


async def test_a_new_coordinator_cannot_open_what_was_written_before(
    cast: Cast, nours_computer: Computer, olenas_computer: Computer
) -> None:
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    await write_note(cast.nour)
    await set_key(cast.olena, olenas_computer)
    await write_note(cast.nour, "A second one.")
    await cast.olena.says("/notes")
    await cast.olena.presses("note-line", name=NAME, number=2)
    await cast.olena.sees("note-count", count=2)
    await cast.olena.sees("notes-mine", count=1)
    code, out = olenas_computer.reads(await fetch_notes(cast.olena, 2))
    assert code == 1
    assert "A second one." in out
    assert NOTE not in out
    assert "it was not sealed to this key" in out


async def test_an_owner_sees_on_the_entry_of_a_member_that_there_are_notes(
    cast: Cast, nours_computer: Computer
) -> None:
    await set_key(cast.nour, nours_computer)
    await apply(cast)
    await write_note(cast.nour)
    await steps.approve(cast.nour, NAME)
    await cast.olena.says("/roles")
    await cast.olena.presses("member-line", name=NAME, role="member")
    await cast.olena.sees("note-count", count=1)
    await cast.olena.presses("button-notes-of")
    await cast.olena.sees("notes-mine", count=0)
