"""A new role and a new sealing key are told to owners and to those who seal."""

from bot.demo import steps
from storage.records import outbox
from tests.flows.safety.safety_steps import row
from tests.flows.sealed_notes.sealed_note_steps import Computer, set_key
from tests.support.cast import Cast

pytest_plugins = ["tests.flows.sealed_notes.conftest"]


async def kinds(cast: Cast, *people: object) -> list[list[str]]:
    found = []
    for actor in people:
        me = await row(cast, actor)  # type: ignore[arg-type]
        async with cast.stage.halqa.store.transaction() as tx:
            found.append([kind for kind, _, _ in await outbox.of(tx, me.id)])
    return found


async def test_a_new_coordinator_is_told_to_the_owners_and_the_coordinators_of_her_host(cast: Cast) -> None:
    salma = await cast.salma()
    await steps.appoint(cast.olena, "Salma", "coordinator")
    nour, awa, olena = await kinds(cast, cast.nour, cast.awa, cast.olena)
    assert "role-news" in nour
    assert "role-news" not in awa
    assert "role-news" not in olena  # she did it herself
    assert "role" in (await kinds(cast, salma))[0]
    await cast.stage.settle()
    await cast.nour.presses("button-open")
    assert "Salma" in await cast.nour.sees_words("Salma")


async def test_a_new_owner_is_told_to_every_coordinator(cast: Cast) -> None:
    await cast.salma()
    await steps.appoint(cast.olena, "Salma", "owner")
    nour, awa = await kinds(cast, cast.nour, cast.awa)
    assert "role-news" in nour
    assert "role-news" in awa


async def test_a_new_key_is_told_to_owners_to_who_coordinates_the_host_and_to_who_left_a_contact(
    cast: Cast, nours_computer: Computer, olenas_computer: Computer
) -> None:
    salma, yara = await cast.salma(), await cast.member("Yara", "en", "Cairo")
    await set_key(cast.olena, olenas_computer)
    await salma.says("/settings")
    await salma.presses("button-contact")
    await salma.presses("button-write-contact")
    await salma.says("Call my sister.")
    await salma.sees("contact-sealed")
    await set_key(cast.nour, nours_computer)
    olena, awa, hers, yaras = await kinds(cast, cast.olena, cast.awa, salma, yara)
    assert "sealing-key" in olena
    assert "sealing-key" in hers
    assert "sealing-key" not in yaras
    assert awa.count("sealing-key") == 1  # of Olena's key, which opens notes of every host
    await cast.stage.settle()
    await salma.presses("button-open")
    seen = await salma.sees_words(nours_computer.fingerprint)
    assert "Nour" in seen
