"""A screen stays in the chat only where it says so, and those that do hold fixed sentences: no variable, no name.

What a new feature shows leaves the chat by itself. `Screen(..., stays=True)` is the exception, and each is read here.
"""

import ast
from collections.abc import Iterator

from bot.app import FEATURES
from bot.language.texts import LANGUAGES, texts_in
from tests.support.paths import ROOT

FIXED = {"resume", "alarm", "delete-yourself", "greeting", "suspended", "knock", "blank", "choose-language"}


def staying() -> Iterator[tuple[str, ast.Call]]:
    """Every screen in the bot that stays, and where it is made."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and any(keyword.arg == "stays" for keyword in node.keywords):
                yield path.relative_to(ROOT).as_posix(), node


def test_what_stays_is_a_sentence_without_a_variable() -> None:
    used = set()
    for where, call in staying():
        texts = [
            node
            for node in ast.walk(call.args[0])
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        ]
        assert texts, where
        for text in texts:
            assert not text.keywords, f"{where}: a sentence with a variable stays in the chat"
            used.add(ast.literal_eval(text.args[0]))
    assert used == FIXED


def test_those_sentences_have_no_variable_in_any_language() -> None:
    for language in LANGUAGES:
        texts = texts_in(language)
        for sentence in FIXED:
            assert texts(sentence) == texts(sentence, name="Salma", network="Between Convenings")


def test_a_staying_screen_has_no_picture_and_no_file() -> None:
    for where, call in staying():
        assert not {"photo", "document"} & {keyword.arg for keyword in call.keywords}, where


def test_what_closes_a_screen_in_another_way_is_a_delivery_that_changes_messages() -> None:
    changing = {kind for kind, delivery in FEATURES.deliveries.items() if delivery.changes}
    assert changing == {"digest-close", "announcement-close", "announcement-progress"}
