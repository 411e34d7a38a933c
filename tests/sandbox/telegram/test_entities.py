"""Telegram's HTML: the entities that it becomes, and the words in which it is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import finish, from_html, to_html, units
from sandbox.telegram.markup_parser import MarkupError, parse


def spans(html: str) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in from_html(html)[1]]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("\U0001f33f &lt;<bold", "Unclosed start tag at byte offset 9"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<p>Dear all</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b  =x>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b>never closed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<i   x  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x=y,z>", "Unexpected end of name token at byte offset 5"),
        ('<a href="https://example.org>link</a>', "Unclosed start tag at byte offset 0"),
        ("</", "Unexpected end tag at byte offset 0"),
        ("over</b>", "Unexpected end tag at byte offset 4"),
        ("<b></b></b>", "Unexpected end tag at byte offset 7"),
        ("<i>x</i  ", "Unclosed end tag at byte offset 4"),
        ("<b>é</strong>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</strong>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_html_that_does_not_parse_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse(html)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&nbsp;&copy; &c &", "&nbsp;&copy; &c &"),
        ("&lt no semicolon", "< no semicolon"),
        ("&#1581;&#x644;", "حل"),
        ("&#12345678; &#; &#x;", "&#12345678; &#; &#x;"),
    ],
)
def test_only_four_named_references_are_known(html: str, text: str) -> None:
    assert from_html(html) == (text, [])


def test_offsets_are_utf16_units() -> None:
    assert spans("\U0001f33f<b>\U0001f33f</b> <i>حلقة</i>") == [("bold", 2, 2), ("italic", 5, 4)]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_every_tag_has_its_entity(tag: str, kind: str) -> None:
    assert spans(f"<{tag}>word</{tag}>") == [(kind, 0, 4)]
    assert spans(f"<{tag}>word</>") == [(kind, 0, 4)]
    assert spans(f"<{tag}></{tag}>") == []


def test_a_spoiler_can_be_a_span() -> None:
    assert spans('<span class="tg-spoiler">x</span>') == [("spoiler", 0, 1)]


def test_a_quote_can_be_expandable() -> None:
    assert spans("<blockquote expandable>x</blockquote>") == [("expandable_blockquote", 0, 1)]


def test_a_block_of_code_has_its_language() -> None:
    assert from_html('<pre><code class="language-python">x = 1</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 5, "language": "python"}
    ]
    assert spans("<pre><code>x</code></pre>") == [("pre", 0, 1)]


def test_styles_give_way_to_code() -> None:
    assert spans("<b>see <code>x</code> there</b>") == [("bold", 0, 4), ("code", 4, 1), ("bold", 5, 6)]


def test_touching_styles_become_one() -> None:
    assert spans("<b>one</b><strong>two</strong>") == [("bold", 0, 6)]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<a href="https://example.org/a?b=1&amp;c=2">x</a>', "https://example.org/a?b=1&c=2"),
        ("<a href='tg://user?id=1'>x</a>", "tg://user?id=1"),
        ('<a href="example.org">x</a>', "http://example.org/"),
        ("<a>https://example.org/here</a>", "https://example.org/here"),
    ],
)
def test_a_link_has_its_address(html: str, url: str) -> None:
    assert [entity["url"] for entity in from_html(html)[1]] == [url]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "#top", "no address", ""])
def test_what_is_no_address_is_plain_text(href: str) -> None:
    assert from_html(f'<a href="{href}">words</a>') == ("words", [])


def test_white_space_around_the_text_goes_and_entities_move_along() -> None:
    assert finish(*from_html("  \n<b> Hello</b> \n")) == (
        "Hello",
        [{"type": "bold", "offset": 0, "length": 5}],
    )


def test_old_direction_marks_are_taken_out_and_isolates_stay() -> None:
    text, entities = finish(*from_html("\u202b<b>a\u202cb</b> \u2068حلقة\u2069\r\n."))
    assert text == "ab \u2068حلقة\u2069\n."
    assert entities == [{"type": "bold", "offset": 0, "length": 2}]


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\u2068\u2069", "\u202a\ufeff"])
def test_a_text_in_which_nothing_can_be_seen_is_empty(text: str) -> None:
    assert finish(text, []) == ("", [])


def test_commands_and_addresses_are_found() -> None:
    text, entities = finish("/start now, see https://example.org/start. and/or /help", [])
    found = [(e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in entities]
    assert found == [
        ("bot_command", "/start"),
        ("url", "https://example.org/start"),
        ("bot_command", "/help"),
    ]


def test_nothing_is_found_in_code() -> None:
    assert finish(*from_html("<code>/start</code>"))[1] == [{"type": "code", "offset": 0, "length": 6}]


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(words)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert from_html(escaped) == (text, [])


@given(st.text("<>/ab&;=\"' \U0001f33f", max_size=30))
def test_any_text_either_parses_or_is_refused(text: str) -> None:
    try:
        plain, entities = from_html(text)
    except MarkupError:
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= units(plain) for e in entities)


nested = st.recursive(
    st.text("ab \U0001f33fح", min_size=1, max_size=4),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["b", "i", "u", "s", "code", "blockquote", "tg-spoiler"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(nested)
def test_html_made_from_entities_means_the_same(html: str) -> None:
    text, entities = from_html(html)

    def covered(found: list[dict[str, Any]]) -> set[tuple[str, int]]:
        return {(e["type"], i) for e in found for i in range(e["offset"], e["offset"] + e["length"])}

    again, entities_again = from_html(to_html(text, entities))
    assert again == text
    assert covered(entities_again) == covered(entities)


def test_quotes_and_code_become_html_again() -> None:
    entities = [
        {"type": "blockquote", "offset": 0, "length": 3},
        {"type": "pre", "offset": 4, "length": 1, "language": "py"},
        {"type": "pre", "offset": 6, "length": 1},
    ]
    assert to_html("a<b x y", entities) == (
        '<blockquote>a&lt;b</blockquote> <pre><code class="language-py">x</code></pre> <pre>y</pre>'
    )
