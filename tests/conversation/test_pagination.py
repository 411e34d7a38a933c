"""Posts on pages: nothing of them is lost, and no page is more than Telegram takes."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation.pagination import PAGE_UNITS, Page, lay_out, split
from bot.features.topics.rules import LONGEST_POST, LONGEST_TITLE
from bot.language.normalize import one_line, tidy, units
from bot.language.texts import LANGUAGES, texts_in
from storage.records.posts import Post
from tests.support.sample_records import post

MOST_UNITS = 4096  # Bot API, sendMessage: text after entities parsing
LETTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(st.one_of(st.sampled_from(" \n\n🌿👩🏽\u200d⚖️سلمى<>&"), LETTERS), max_size=300)
LONG = st.builds(lambda piece, times: piece * times, st.text(LETTERS, min_size=1, max_size=40), st.integers(1, 200))


def plain(page: Page) -> str:
    """What a reader sees of a page, without the isolates around names."""
    return re.sub("[\u2066-\u2069\u200f]", "", unescape(re.sub(r"</?[a-z]+>", "", page.text)))


def length(page: Page) -> int:
    """As Telegram counts it, isolates included."""
    return units(unescape(re.sub(r"</?[a-z]+>", "", page.text)))


@settings(deadline=None, max_examples=200)
@given(st.one_of(TEXT, LONG), st.integers(2, 200))
@example("🌿" * 10, 3)
@example("\n" * 50, 7)
@example(" " * 50, 7)
@example("", 2)
def test_the_pieces_are_the_whole_none_too_long_none_empty_and_no_letter_cut(words: str, most: int) -> None:
    pieces = list(split(words, most))
    assert "".join(pieces) == words
    assert all(0 < units(piece) <= most for piece in pieces)
    assert all(piece.encode("utf-16-le").decode("utf-16-le") == piece for piece in pieces)
    assert (len(pieces) == 1) is (0 < units(words) <= most)


def test_a_cut_is_made_after_a_line_or_else_after_a_word() -> None:
    assert list(split("one two\nthree four", 12)) == ["one two\n", "three four"]
    assert list(split("one two three", 9)) == ["one two ", "three"]
    assert list(split("a longestwordofall", 10)) == ["a longestw", "ordofall"]  # not for a line of one letter
    assert list(split("🌿🌿🌿", 4)) == ["🌿🌿", "🌿"]
    assert list(split("🌿🌿🌿", 5)) == ["🌿🌿", "🌿"]


TOPICS = {
    bytes([number]) * 16: title for number, title in enumerate(["Asylum", "<b>Courts</b> & more", "اللجوء", "T" * 64])
}
POSTS = st.builds(
    lambda topic, body, name, photo: (topic, tidy(body), one_line(name)[:64] or "Nour", photo),
    st.sampled_from(sorted(TOPICS)),
    st.one_of(TEXT, LONG),
    st.text(LETTERS, max_size=64),
    st.booleans(),
)


def written(drawn: list[tuple[bytes, str, str, bool]]) -> list[Post]:
    """Posts in the order of a window, by topic; as long as they may be."""
    return [
        post(
            next(split(body, LONGEST_POST), ""),
            topic_id=topic,
            name=name,
            photo="file" if photo else None,
            number=number,
        )
        for number, (topic, body, name, photo) in enumerate(sorted(drawn, key=lambda each: each[0]), 1)
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(POSTS, max_size=30), st.sampled_from(sorted(LANGUAGES)))
def test_no_page_is_more_than_telegram_takes(drawn: list[tuple[bytes, str, str, bool]], language: str) -> None:
    for page in lay_out(written(drawn), TOPICS, texts_in(language), "Africa/Cairo"):
        assert 0 < length(page) <= PAGE_UNITS < MOST_UNITS
        assert len(page.photos) <= 96  # a button each, beside those that turn the page: 100 in all


@settings(deadline=None, max_examples=60)
@given(st.lists(POSTS, max_size=12), st.sampled_from(sorted(LANGUAGES)))
def test_all_words_stand_on_the_pages_in_order_and_exactly_as_they_were_written(
    drawn: list[tuple[bytes, str, str, bool]], language: str
) -> None:
    posts = written(drawn)
    shown = "\n\n".join(plain(page) for page in lay_out(posts, TOPICS, texts_in(language), None))
    at = 0
    for each in posts:
        for piece in split(each.body, PAGE_UNITS // 2):
            seen = re.sub("[\u2066-\u2069\u200f]", "", piece.strip("\n"))
            assert seen in shown[at:]
            at = shown.index(seen, at) + len(seen)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topics", [1, 60])
def test_many_posts_of_no_words_fit_too(language: str, topics: int) -> None:
    titles = {bytes([number]) * 16: "T" * (LONGEST_TITLE if topics == 1 else 1) for number in range(topics)}
    posts = [
        post("", topic_id=sorted(titles)[number * topics // 200], name="N", photo="file", number=number)
        for number in range(200)
    ]
    pages = lay_out(posts, titles, texts_in(language), "Asia/Kolkata")
    assert max(length(page) for page in pages) <= PAGE_UNITS
    assert [photo for page in pages for photo in page.photos] == [each.id for each in posts]


@pytest.mark.parametrize("body", ["🌿" * 2047, "ب" * 4095, "<&>" * 1365, "x\n" * 2047, "word " * 819])
def test_the_longest_post_goes_on_at_the_next_page_under_one_heading(body: str) -> None:
    pages = lay_out([post(body)], {b"T" * 16: "T" * LONGEST_TITLE}, texts_in("en"), None)
    assert len(pages) == 2
    assert all(length(page) <= PAGE_UNITS for page in pages)
    assert sum(plain(page).count(body[0]) for page in pages) == body.count(body[0])
    assert ["Nour" in plain(page) for page in pages] == [True, False]


def test_a_topic_is_named_once_on_a_page_and_again_on_each_that_goes_on_with_it() -> None:
    posts = [
        post("x" * 1000, topic_id=topic_id, number=number) for topic_id in sorted(TOPICS)[:2] for number in range(5)
    ]
    pages = lay_out(posts, TOPICS, texts_in("en"), None)
    assert len(pages) == 4
    titles = [TOPICS[topic_id] for topic_id in sorted(TOPICS)[:2]]
    assert [[plain(page).count(f"▪ {title}") for title in titles] for page in pages] == [[1, 0], [1, 1], [0, 1], [0, 1]]


def test_photos_are_numbered_anew_on_each_page() -> None:
    posts = [post("x" * 1500, photo="file", number=number) for number in range(1, 6)]
    pages = lay_out(posts, {b"T" * 16: "Asylum"}, texts_in("en"), None)
    assert [page.photos for page in pages] == [(posts[0].id, posts[1].id), (posts[2].id, posts[3].id), (posts[4].id,)]
    for page in pages:
        assert [f"Photo {number}" in plain(page) for number in (1, 2, 3)] == [True, len(page.photos) > 1, False]


def test_no_posts_are_no_pages() -> None:
    assert lay_out([], TOPICS, texts_in("en"), None) == []


def test_what_somebody_wrote_is_no_markup() -> None:
    [page] = lay_out([post("<b>five</b> & <a href='x'>", name="<i>Nour</i>")], {}, texts_in("en"), None)
    assert "&lt;b&gt;five&lt;/b&gt; &amp; &lt;a href='x'&gt;" in page.text
    assert "&lt;i&gt;Nour&lt;/i&gt;" in page.text


def test_a_page_does_not_show_its_words() -> None:
    [page] = lay_out([post("secret words", name="secret name")], {}, texts_in("en"), None)
    assert "secret" not in repr(page)
