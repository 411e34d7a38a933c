"""Markup that a reader would see as such: tags and character references within a text, a label or a notice."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.bot_api import content
from sandbox.telegram import entities

MARKUP = re.compile(r"</?(?:b|i|u|s|a|code|pre|blockquote|span|tg-spoiler)(?: [^>]*)?>|&(?:lt|gt|amp|quot|#\d+);")


class LiteralMarkup:
    """Reads along what the sandbox accepts from the bot, and keeps each text and label that has markup in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0  # texts
        self.found: list[str] = []
        monkeypatch.setattr(content, "from_html", self._texts(entities.from_html))
        monkeypatch.setattr(content, "keyboard", self._labels(content.keyboard))

    def _note(self, shown: str) -> None:
        self.read += 1
        if MARKUP.search(shown):
            self.found.append(shown)

    def _texts(self, from_html: Callable[[str], Any]) -> Callable[[str], Any]:
        def reading(html: str) -> Any:
            text, entities = from_html(html)
            self._note(text)
            return text, entities

        return reading

    def _labels(self, keyboard: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def reading(call: Any) -> Any:
            rows = keyboard(call)
            for button in (button for row in rows for button in row):
                self._note(button["text"])
            return rows

        return reading
