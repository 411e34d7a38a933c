"""A member takes a name that looks like a coordinator's: it is marked in the lists of members and of roles."""

import pytest

from bot.demo.steps import Actor
from tests.support.announcement_steps import words
from tests.support.cast import Cast
from tests.support.member_steps import coordinator, listed


async def rename(actor: Actor, name: str) -> None:
    await actor.says("/settings")
    await actor.presses("button-change-name")
    await actor.sees("ask-name")
    await actor.says(name)
    await actor.sees("saved")


def line(reader: Actor, name: str, role: str = "member", *, alike: bool = False) -> str:
    plain = reader.texts.plain("member-line", name=name, role=role)
    return shown(reader.texts.plain("member-line-alike", member=plain) if alike else plain)


def shown(text: str) -> str:
    """A text without the invisible marks of direction."""
    return text.translate(dict.fromkeys(range(0x2066, 0x206A)))


@pytest.mark.parametrize("name", ["Оlena", "N o u r"])  # the first O is Cyrillic
async def test_who_takes_a_name_like_a_coordinators_is_marked_among_the_members_and_the_roles(
    cast: Cast, name: str
) -> None:
    """The mark is in the reader's language; the names of this member and of all others are shown as before."""
    salma, rania = await cast.salma(), await cast.member("Rania", "en", "Cairo")
    await rename(salma, name)
    found = await listed(cast.nour)
    for expected in (
        line(cast.nour, name, alike=True),
        line(cast.nour, rania.person.first_name),
        line(cast.nour, coordinator("Nour"), "coordinator"),
    ):
        assert expected in found
    await cast.olena.says("/roles")
    await cast.olena.sees("roles")
    labels = {shown(label) for row in (await cast.olena.person.last()).buttons for label in row}
    assert {
        line(cast.olena, name, alike=True),
        line(cast.olena, "Rania"),
        line(cast.olena, coordinator("Olena"), "owner"),
    } <= labels
    await cast.olena.presses_label(line(cast.olena, name, alike=True))
    await cast.olena.sees_words(words(cast.olena, "name-looks-alike")[:40], name)
    await cast.olena.says("/roles")
    await cast.olena.presses_label(line(cast.olena, "Rania"))
    text = await cast.olena.sees("role-of", name="Rania", role="member")
    assert words(cast.olena, "name-looks-alike")[:40] not in text


async def test_two_coordinators_of_one_name_are_both_marked(cast: Cast) -> None:
    await rename(cast.awa, "NOUR")
    found = await listed(cast.olena)
    for name in ("Nour", "NOUR"):
        assert line(cast.olena, coordinator(name), "coordinator", alike=True) in found
