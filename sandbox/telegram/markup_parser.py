"""A parser of Telegram's HTML: tags, attributes, character references.

It works on UTF-8 bytes, because Telegram's errors contain byte offsets, and accepts and refuses the same as Telegram's
own parser (Bot API, HTML style): `</>` closes the innermost open tag, an attribute may have no value, a reference may
lack its semicolon, and an unknown reference is plain text.
"""

from dataclasses import dataclass, field
from typing import Any

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "",  # a bot that may not send custom emoji sends the plain one
}
_SPACE = b" \t\n\r\v\f\0"
_TOKEN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
_REFERENCES = {b"lt": 60, b"gt": 62, b"amp": 38, b"quot": 34}
_SCHEMES = ("http://", "https://", "tg://", "ton://", "mailto:", "tel:")


class MarkupError(ValueError):
    """HTML that Telegram does not parse; the message is Telegram's."""


@dataclass(frozen=True)
class Span:
    """A formatted range of the text, from `start` to before `end`, in UTF-16 units."""

    type: str
    start: int
    end: int
    url: str = ""
    language: str = ""

    def as_entity(self) -> dict[str, Any]:
        """As a MessageEntity of the Bot API."""
        entity: dict[str, Any] = {"type": self.type, "offset": self.start, "length": self.end - self.start}
        if self.url:
            entity["url"] = self.url
        if self.language and self.type == "pre":
            entity["language"] = self.language
        return entity


@dataclass
class _Open:
    tag: str
    start: int  # UTF-16 units
    text_from: int  # bytes of the text so far
    attributes: dict[str, str] = field(default_factory=dict)


def parse(html: str) -> tuple[str, list[Span]]:
    """The plain text and its spans, in the order in which they end; raises MarkupError."""
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self.source = html.encode("utf-8", "surrogatepass")
        self.at = 0
        self.text = bytearray()
        self.units = 0
        self.open: list[_Open] = []
        self.spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        while self.at < len(self.source):
            byte = self.source[self.at]
            if byte == ord("&") and (character := self.reference()) is not None:
                self.put(chr(character).encode("utf-8", "surrogatepass"))
            elif byte != ord("<"):
                self.put(self.source[self.at : self.at + 1])
                self.at += 1
            elif self.source[self.at + 1 : self.at + 2] == b"/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        try:
            return self.text.decode(), self.spans
        except UnicodeDecodeError:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def put(self, data: bytes) -> None:
        self.text += data
        # A UTF-16 unit for every first byte of a character, and one more for those of four bytes.
        self.units += sum((byte & 0xC0 != 0x80) + (byte >= 0xF0) for byte in data)

    def peek(self) -> bytes:
        return self.source[self.at : self.at + 1]

    def take(self, allowed: bytes = b"", stop: bytes = b"") -> bytes:
        """Consume bytes as long as they are in `allowed`, or, where that is empty, not in `stop`."""
        begin = self.at
        while self.at < len(self.source) and (
            self.source[self.at] in allowed if allowed else self.source[self.at] not in stop
        ):
            self.at += 1
        return self.source[begin : self.at]

    def reference(self) -> int | None:
        """Consume a character reference and return its code point; None, and nothing consumed, where there is none."""
        begin = self.at
        self.at += 1
        code: int | None
        if self.peek() == b"#":
            self.at += 1
            hexadecimal = self.peek() == b"x"
            self.at += hexadecimal
            digits = self.take(b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789")
            code = int(digits, 16 if hexadecimal else 10) if digits and len(digits) < 20 else 0
            code = code if 0 < code < 0x10FFFF else None
        else:
            code = _REFERENCES.get(self.take(bytes(range(65, 91)) + bytes(range(97, 123))))
        if code is None:
            self.at = begin
        elif self.peek() == b";":
            self.at += 1
        return code

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self.take(stop=_SPACE + b">").decode(errors="replace").lower()
        if self.at == len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        if name not in _TYPES:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes = self.attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(name, self.units, len(self.text), attributes))

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self.take(_SPACE) is not None and self.peek() != b">":
            name = self.take(stop=_SPACE + b"=>").decode(errors="replace").lower()
            if not name and self.at < len(self.source):
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self.take(_SPACE)
            value = ""
            if self.peek() == b"=":
                self.at += 1
                self.take(_SPACE)
                if self.at == len(self.source):
                    raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
                value = self.value()
            if self.at == len(self.source):
                raise MarkupError(f"Unclosed start tag at byte offset {begin}")
            attributes[name] = value
        self.at += 1
        return attributes

    def value(self) -> str:
        quote = self.peek()
        if quote not in (b"'", b'"'):
            begin = self.at
            token = self.take(_TOKEN)
            if self.peek() not in (b">", *(bytes([space]) for space in _SPACE)):
                raise MarkupError(f"Unexpected end of name token at byte offset {begin}")
            return token.decode().lower()
        self.at += 1
        value = bytearray()
        while self.at < len(self.source) and self.peek() != quote:
            if self.peek() == b"&" and (character := self.reference()) is not None:
                value += chr(character).encode("utf-8", "surrogatepass")
            else:
                value += self.peek()
                self.at += 1
        self.at += self.at < len(self.source)
        return value.decode(errors="replace")

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self.take(stop=_SPACE + b">").decode(errors="replace").lower()
        self.take(_SPACE)
        if self.peek() != b">":
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if name not in ("", opened.tag):
            raise MarkupError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.close(opened)

    def close(self, opened: _Open) -> None:
        kind = _TYPES[opened.tag]
        if self.units == opened.start or not kind:
            return
        url = language = ""
        if kind == "text_link":
            url = _link(opened.attributes.get("href") or self.text[opened.text_from :].decode(errors="replace"))
            if not url:
                return
        elif kind == "blockquote" and "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        elif opened.tag == "code":
            language = opened.attributes.get("class", "").removeprefix("language-")
            language = language if opened.attributes.get("class", "").startswith("language-") else ""
        self.spans.append(Span(kind, opened.start, self.units, url, language))
        self.join_code()

    def join_code(self) -> None:
        """Merge `pre` and `code` over the same range into one block where either has a language."""
        if len(self.spans) < 2:
            return
        inner, outer = self.spans[-2:]
        same = (inner.start, inner.end) == (outer.start, outer.end) and {inner.type, outer.type} == {"code", "pre"}
        if same and (language := inner.language or outer.language):
            self.spans[-2:] = [Span("pre", outer.start, outer.end, language=language)]


def _link(target: str) -> str:
    """The URL as Telegram stores it; empty where the target is none."""
    target = target.strip()
    scheme = target.lower()
    if scheme.startswith(_SCHEMES):
        return target if not any(character.isspace() for character in target) else ""
    host = scheme.split("/")[0].split("?")[0]
    if "." in host and not host.startswith(".") and ":" not in host and not any(c.isspace() for c in target):
        return f"http://{target}" + ("/" if host == scheme else "")
    return ""
