"""Which topic somebody means."""

import pytest

from bot.features.topics.rules import LONGEST_POST, find_by_title
from tests.support.sample_records import topic

TOPICS = [
    topic("Asylum", 1),
    topic("Asylum and borders", 2),
    topic("Courts", 3),
    topic("Détention", 4),
    topic("اللجوء", 5),
]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Asylum", "Asylum"),
        ("asylum AND borders", "Asylum and borders"),
        ("asylum a", "Asylum and borders"),
        ("c", "Courts"),
        ("DÉTENTION", "Détention"),
        ("اللج", "اللجوء"),
    ],
)
def test_a_topic_is_meant_by_its_title_or_by_how_it_alone_begins(words: str, title: str) -> None:
    found = find_by_title(words, TOPICS)
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize("words", ["", "asyl", "ourts", "Courts and more", " "])
def test_what_could_mean_several_or_none_means_none(words: str) -> None:
    assert find_by_title(words, TOPICS) is None


def test_without_topics_nothing_is_meant() -> None:
    assert find_by_title("Asylum", []) is None


def test_the_longest_post_is_one_unit_below_a_message_of_telegrams() -> None:
    assert LONGEST_POST == 4096 - 1
