"""The locale files: the same messages in every language, none unused, none missing, markup that Telegram supports."""

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.language.texts import LANGUAGES, Html, Texts, sources, texts_in

ROOT = Path(bot.__file__).parent
# Prefixes of message ids that end in a value known only at run time.
PREFIXES = (
    "button-",
    "command-",
    "ask-",
    "button-change-",
    "button-cadence-",
    "button-make-",
    "export-",
    "action-",
    "delivery-",
)


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)


def messages(language: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sources(language):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {(entry.content or '')[:80]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def variables(message: ftl.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.found


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_says_the_same_with_the_same_variables(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert sorted(english) == sorted(other)
    for name, message in english.items():
        assert variables(message) == variables(other[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_found_and_read_as_in_its_file(language: str) -> None:
    """Messages are cut out of their files and parsed one by one, so that none may refer to another."""
    texts = Texts(language)
    assert set(texts._unparsed) == set(messages(language))
    for name, message in messages(language).items():
        [entry] = FluentParser().parse(texts._unparsed[name]).body
        assert entry.equals(message, ignored_fields=["span", "comment"]), name
    with pytest.raises(LookupError):
        texts("no-such-message")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_refers_to_another(language: str) -> None:
    class References(Visitor):
        def visit_MessageReference(self, node: ftl.MessageReference) -> None:
            raise AssertionError(node.id.name)

        def visit_TermReference(self, node: ftl.TermReference) -> None:
            raise AssertionError(node.id.name)

    for message in messages(language).values():
        References().visit(message)


def _plural_selectors(message: ftl.Message) -> list[set[str]]:
    found: list[set[str]] = []

    class Selectors(Visitor):
        def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
            keys = {variant.key.name for variant in node.variants if isinstance(variant.key, ftl.Identifier)}
            if keys & {"zero", "one", "two", "few", "many"}:
                found.append(keys)
            self.generic_visit(node)

    Selectors().visit(message)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form_of_the_language(language: str) -> None:
    needed = set(texts_in(language).locale.plural_form.tags) | {"other"}
    if language == "fr":
        needed.discard("many")  # for a million and more
    for name, message in messages(language).items():
        counted = {"count", "posts"} & variables(message)
        if counted:
            for keys in _plural_selectors(message):
                missing = needed - keys - {"zero"}  # zero may be written as [0], which comes first
                assert not missing, f"{name} has no form for {missing}"
            assert _plural_selectors(message), f"{name} counts without a plural"


def _constants() -> tuple[set[str], set[str]]:
    """All string constants of the program, and those that are passed as the id of a message."""
    strings, asked = set(), set()
    for path in [*ROOT.rglob("*.py"), *(ROOT.parent / "storage").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.Call) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                first = node.args[0]
                if called in ("texts", "plain") and isinstance(first, ast.Constant):
                    asked.add(str(first.value))
    return strings, asked


def test_every_sentence_is_used_and_none_is_missing() -> None:
    strings, asked = _constants()
    english = set(messages("en"))
    assert not asked - english
    built = {prefix + suffix for prefix in PREFIXES if prefix in strings for suffix in strings}
    assert not english - strings - built


ALLOWED = re.compile(r"</?(b|i|code|blockquote)>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_what_telegram_understands_and_closed(language: str) -> None:
    for name, message in messages(language).items():
        text = "".join(element.value for element in _texts(message.value) if isinstance(element, ftl.TextElement))
        rest = ALLOWED.sub("", text)
        assert "<" not in rest, f"{name}: {rest}"
        assert ">" not in rest, f"{name}: {rest}"
        for tag in ("b", "i", "code", "blockquote"):
            assert text.count(f"<{tag}>") == text.count(f"</{tag}>"), name


def _texts(node: object) -> list[object]:
    found: list[object] = []

    class Texts(Visitor):
        def visit_TextElement(self, element: ftl.TextElement) -> None:
            found.append(element)

    Texts().visit(node)
    return found


def test_what_is_put_into_a_sentence_is_escaped_and_isolated() -> None:
    words = texts_in("en")("approved", name="<i>Salma</i> & co")
    assert "\u2068&lt;i&gt;Salma&lt;/i&gt; &amp; co\u2069" in words


def test_html_that_is_joined_is_html_and_other_text_in_it_is_escaped() -> None:
    joined = Html("\n").join([Html("<b>For</b>"), "<b>Salma</b>"])
    assert isinstance(joined, Html)
    assert texts_in("en").stack(joined) == "<b>For</b>\n&lt;b&gt;Salma&lt;/b&gt;"


@pytest.mark.parametrize("code", [None, "en-GB", "xx", ""])
def test_a_language_that_we_do_not_speak_is_answered_in_english(code: str | None) -> None:
    assert texts_in(code).language == "en"


def test_a_regional_variant_is_answered_in_its_language() -> None:
    assert texts_in("fr-CA").language == "fr"
    assert texts_in("ar").right_to_left
