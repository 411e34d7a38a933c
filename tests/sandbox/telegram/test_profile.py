"""What the bot says about itself: a text per language, and the command menu that a person's client shows."""

from sandbox.telegram.profile import DEFAULT, PRIVATE, Profile
from sandbox.telegram.records import Json, Person

HELP: list[Json] = [{"command": "help", "description": "Help"}]
AIDE: list[Json] = [{"command": "help", "description": "Aide"}]
OWN: list[Json] = [{"command": "audit", "description": "Audit"}]


def test_a_text_falls_back_to_the_one_for_all_languages() -> None:
    profile = Profile("Halqa")
    profile.descriptions |= {"": "A circle.", "fr": "Un cercle."}
    assert [profile.description(language) for language in ("fr", "ar")] == ["Un cercle.", "A circle."]
    assert (profile.name("fr"), profile.short_description("fr")) == ("Halqa", "")


def test_the_nearest_menu_is_shown() -> None:
    profile = Profile("Halqa")
    noor = Person(id=5, first_name="Noor", language_code="fr-CA")
    assert profile.menu_for(noor) == []
    profile.set_menu(DEFAULT, "", HELP)
    assert profile.menu_for(noor) == HELP
    profile.set_menu(DEFAULT, "fr", AIDE)
    assert profile.menu_for(noor) == AIDE
    profile.set_menu(PRIVATE, "", HELP)
    assert profile.menu_for(noor) == HELP
    profile.set_menu(("chat", 5), "", OWN)
    assert profile.menu_for(noor) == OWN
    assert profile.menu_for(Person(id=6, first_name="Salma")) == HELP


def test_an_empty_menu_is_taken_away() -> None:
    profile = Profile("Halqa")
    profile.set_menu(DEFAULT, "", HELP)
    profile.set_menu(PRIVATE, "", OWN)
    profile.set_menu(PRIVATE, "", [])
    assert profile.menu_for(Person(id=6, first_name="Salma")) == HELP
    profile.set_menu(PRIVATE, "", [])
    assert profile.menu(PRIVATE, "") == []
