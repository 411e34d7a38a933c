"""What people type, made safe: nothing invisible stays, nothing visible is lost, and lengths are Telegram's."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.normalize import BADGE, a_name, fold, one_line, plain, tidy, units

# What turns the direction of what follows, or hides: Unicode TR36 and TR39.
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u200b\u2060\ufeff\U000e0041\U000e007f"
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and marks by their class, but nothing to see


@settings(deadline=None)
@given(st.text())
def test_nothing_turns_the_direction_of_what_stands_around_it(words: str) -> None:
    kept = tidy(words + TURNING + HIDDEN + BLANK + words)
    assert not set(kept) & set(TURNING + HIDDEN + BLANK)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in kept)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs"], exclude_characters=BLANK)))
def test_nothing_that_can_be_seen_is_lost(words: str) -> None:
    assert tidy(words) == unicodedata.normalize("NFC", words).strip()


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\u200c\u200d \u0301e"))))
def test_tidied_words_stay_as_they_are(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)
    assert one_line(one_line(words)) == one_line(words)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("  two\nlines\t ", "two\nlines"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d⚖️ 🏳️\u200d🌈", "👩🏽\u200d⚖️ 🏳️\u200d🌈"),
        ("سَلْمَى", "سَلْمَى"),
        ("e\u0301", "é"),
        ("Sal\u202ema\u202c", "Salma"),
        ("No\u200bur\ufeff", "Nour"),
        ("a\x00b\x07c\r\n", "abc"),
        ("\ud800x", "x"),
        ("\u200b\u2066\u2069", ""),
    ],
)
def test_words_are_kept_as_they_are_meant(words: str, kept: str) -> None:
    assert tidy(words) == kept


@settings(deadline=None)
@given(st.text())
def test_a_name_stands_on_one_line_with_single_spaces(words: str) -> None:
    kept = one_line(words)
    assert len(kept.splitlines()) <= 1
    assert kept == " ".join(kept.split())


def test_white_space_of_any_kind_is_one_space_in_a_name() -> None:
    assert one_line(" Salma\n\u2028 el\u00a0-\u3000Khatib\t") == "Salma el - Khatib"


@settings(deadline=None)
@given(st.text())
def test_a_length_is_counted_in_utf_16_units(words: str) -> None:
    assert units(words) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in words)


@settings(deadline=None)
@given(st.text(), st.text())
def test_lengths_add_up(one: str, other: str) -> None:
    assert units(one + other) == units(one) + units(other)


@pytest.mark.parametrize("hidden", ["\u00ad", "\u2061", "\u2062", "\u2063", "\u2064", "\u206a", "\u206f", "\ufff9"])
def test_no_other_mark_that_shows_nothing_stays(hidden: str) -> None:
    assert tidy(f"No{hidden}ur") == "Nour"


@pytest.mark.parametrize("words", ["\u200d", "\u200c\u200c", " \u200d "])
def test_a_name_of_joiners_alone_is_empty(words: str) -> None:
    assert one_line(words) == ""


def test_the_normal_form_holds_where_a_control_character_went() -> None:
    assert tidy("e\x07\u0301") == "é"


def test_an_emoji_that_is_newer_than_this_python_stays() -> None:
    assert tidy("So tired \U0001fae9") == "So tired \U0001fae9"  # face with bags under eyes, Unicode 16


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Réseau Baobab", "RESEAU  baobab"),
        ("the Hague", "Hague"),
        ("القاهرة", "قاهره"),
        ("إسلام آباد", "اسلام اباد"),
        ("Port-au-Prince", "port au prince"),
        ("Tromsø", "Tromso"),
        ("\uff21\uff57\uff41", "awa"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, another: str) -> None:
    assert fold(one) == fold(another)
    assert fold(fold(one)) == fold(one)


def test_different_names_do_not() -> None:
    assert len({fold(name) for name in ("Cairo", "Kairouan", "The", "", "عمان", "عدن")}) == 6


def test_digits_of_every_script_are_plain_and_marks_of_direction_gone() -> None:
    assert plain("٦:٣٠ \u200fم") == "6:30 م"
    assert plain("۱۸:۰۰") == "18:00"


@pytest.mark.parametrize(
    ("typed", "name"), [("  Awa\n Diop ", "Awa Diop"), ("...", ""), ("\u200f", ""), ("X Æ 12", "X Æ 12")]
)
def test_a_name_has_a_letter_or_a_digit(typed: str, name: str) -> None:
    assert a_name(typed) == name


@pytest.mark.parametrize(
    "sign", ["★", "☆", "⭐", "⭐\ufe0f", "🌟", "\u066d", "*", "＊", "⋆", "✱", "۞", "🛡", "⁂", "\u20f0", "1\ufe0f\u20e3"]
)
def test_a_name_holds_no_sign_that_could_be_taken_for_the_badge(sign: str) -> None:
    rest = "1" if sign.startswith("1") else ""
    assert a_name(f"Olena {sign}") == f"Olena {rest}".strip()
    assert a_name(f"{sign} Olena") == f"{rest} Olena".strip()
    assert a_name(sign) == rest
    assert BADGE not in a_name(f"Ole{BADGE}na")


@pytest.mark.parametrize(
    "name", ["O’Brien-Sánchez", "سلمى بنت أحمد", "Anne (Kampala)", "Ж. Иванова", "李小龍", "नमिता"]
)
def test_letters_marks_and_punctuation_stay_in_a_name(name: str) -> None:
    assert a_name(name) == name
