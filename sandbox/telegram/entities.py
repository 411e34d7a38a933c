"""Conversion of Telegram's HTML to text with entities, and back.

Offsets and lengths are UTF-16 code units (Bot API, MessageEntity); byte offsets in errors refer to the UTF-8 text, as
with Telegram. The parser (markup_parser.py) is as strict as Telegram's and has the same error texts.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from sandbox.telegram.markup_parser import Span, parse

Entity = dict[str, Any]

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE = ("code", "pre")
_ORDER = ("blockquote", "expandable_blockquote", "text_link", *CODE, *STYLES)
KNOWN = frozenset(_ORDER) | {"url", "bot_command"}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]}])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
)
# Telegram removes carriage returns, line separators and the embedding direction marks (but not isolates), and replaces
# every other control character by a space.
_REMOVED = re.compile("[\\r\u2028-\u202e]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")
_VISIBLE = re.compile("[^\\s\u00ad\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff]")
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def from_html(html: str) -> tuple[str, list[Entity]]:
    """Text and entities of HTML, not trimmed; raises MarkupError where Telegram would refuse it."""
    text, spans = parse(html)
    return text, _settle(spans)


def finish(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The last step before a message is stored: normalised characters, trimmed, with links and commands detected.

    A text without a visible character becomes empty.
    """
    text, entities = _cleaned(text, entities)
    if not _VISIBLE.search(text):
        return "", []
    shift = units(text) - units(text.lstrip())
    text = text.strip()
    kept = _clipped(entities, -shift, units(text))
    return text, _ordered(kept + _found(text, kept))


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """HTML for a text with entities. Tags are closed in the reverse order of their opening, and reopened as needed."""
    wide = text.encode("utf-16-le")
    shown = [entity for entity in _ordered(entities) if _tags(entity) is not None]
    cuts = sorted({0, len(wide) // 2, *(e["offset"] for e in shown), *(_end(e) for e in shown)})
    out: list[str] = []
    opened: list[Entity] = []
    for at, until in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        wanted = [entity for entity in shown if entity["offset"] <= at < _end(entity)]
        while opened and opened != wanted[: len(opened)]:
            out.append(_tags(opened.pop())[1])  # type: ignore[index]
        for entity in wanted[len(opened) :]:
            opened.append(entity)
            out.append(_tags(entity)[0])  # type: ignore[index]
        out.append(escape(wide[at * 2 : until * 2].decode("utf-16-le"), quote=False))
    return "".join(out)


def _tags(entity: Entity) -> tuple[str, str] | None:
    if entity["type"] == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if entity["type"] == "pre":
        if "language" in entity:
            return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
        return "<pre>", "</pre>"
    return _TAGS.get(entity["type"])


def _settle(spans: list[Span]) -> list[Entity]:
    """Spans as Telegram keeps them: styles merge where they touch and give way to code, quotes do not nest."""
    code = _without_nested([span for span in spans if span.type in CODE])
    settled: list[Span] = list(code)
    for style in STYLES:
        for start, end in _merged((span.start, span.end) for span in spans if span.type == style):
            settled += [Span(style, a, b) for a, b in _outside(start, end, code)]
    for link in (span for span in spans if span.type == "text_link"):
        settled += [Span(link.type, a, b, url=link.url) for a, b in _outside(link.start, link.end, code)]
    settled += _without_nested([span for span in spans if span.type.endswith("blockquote")])
    return _ordered(span.as_entity() for span in settled)


def _without_nested(spans: list[Span]) -> list[Span]:
    outer: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end, s.type != "pre")):
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _outside(start: int, end: int, holes: list[Span]) -> list[tuple[int, int]]:
    pieces = []
    for hole in holes:
        if hole.end <= start or hole.start >= end:
            continue
        if hole.start > start:
            pieces.append((start, hole.start))
        start = hole.end
    if start < end:
        pieces.append((start, end))
    return pieces


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = _CONTROL.sub(" ", text)
    for match in reversed(list(_REMOVED.finditer(text))):
        at = units(text[: match.start()])
        text = text[: match.start()] + text[match.end() :]
        entities = [
            {
                **entity,
                "offset": entity["offset"] - (at < entity["offset"]),
                "length": entity["length"] - (entity["offset"] <= at < _end(entity)),
            }
            for entity in entities
        ]
    return text, entities


def _clipped(entities: list[Entity], shift: int, end: int) -> list[Entity]:
    clipped = []
    for entity in entities:
        start, stop = max(0, entity["offset"] + shift), min(end, _end(entity) + shift)
        if stop > start:
            clipped.append({**entity, "offset": start, "length": stop - start})
    return clipped


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    """URLs and commands in the text, outside code, links and entities that exist already."""
    closed = [entity for entity in taken if entity["type"] in (*CODE, "text_link", "url", "bot_command")]
    found = []
    for match in _FOUND.finditer(text):
        start = units(text[: match.start()])
        entity: Entity = {"type": match.lastgroup, "offset": start, "length": units(match.group())}
        if not any(entity["offset"] < _end(other) and other["offset"] < _end(entity) for other in closed):
            found.append(entity)
    return found


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _ordered(entities: Iterable[Entity]) -> list[Entity]:
    def key(entity: Entity) -> tuple[int, int, int]:
        order = _ORDER.index(entity["type"]) if entity["type"] in _ORDER else len(_ORDER)
        return entity["offset"], -entity["length"], order

    return sorted(entities, key=key)
