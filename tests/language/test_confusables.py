"""Names that a reader takes for one another have one skeleton; names that she does not have their own."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.confusables import skeleton


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("Olena", "Оlena"),  # Cyrillic
        ("Olena", "Οlena"),  # Greek
        ("Olena", "0lena"),
        ("Olena", "OLENA"),
        ("Olena", "olena "),
        ("Olena", "O l e n a"),
        ("Olena", "Ólenä"),
        ("Olena", "Ｏｌｅｎａ"),
        ("Olena", "𝐎𝐥𝐞𝐧𝐚"),
        ("Paola", "Раоlа"),
        ("Ilya", "Іlya"),
        ("Lina", "Iina"),  # a small L and a capital I look alike
        ("نور", "نُور"),
        ("Nour", "Nоur"),
    ],
)
def test_these_look_alike(name: str, twin: str) -> None:
    assert name != twin
    assert skeleton(twin) == skeleton(name)


@pytest.mark.parametrize(("one", "other"), [("Olena", "Alena"), ("Nour", "Noor"), ("Awa", "Ewa"), ("نور", "نار")])
def test_these_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text())
@example("\u0e33")  # Thai sara am, which decomposes into a letter whose prototype is a mark
def test_a_skeleton_is_its_own(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)
