"""Sentences in the reader's language, from the Fluent files in `locales/` here and in each feature.

`Texts("ar")("welcome", name=name)` returns Telegram HTML: values are escaped, unless they are `Html`, and isolated, so
that a name of the other writing direction does not reorder the sentence. Dates are formatted by Babel.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}
Value = str | int
LONGEST_VALUE = 1000  # characters
MARK = "\ue000"  # of the private use area, which no sentence uses
# A message of a Fluent file, up to the next one or a comment: lines that continue it begin with no letter.
_ENTRY = re.compile(r"^([A-Za-z][\w-]*) *=.*?(?=^[A-Za-z#-]|\Z)", re.MULTILINE | re.DOTALL)


class Html(str):
    """Telegram HTML, safe to send as it is. Joined it is HTML again; parts that are not are escaped."""

    __slots__ = ()

    def join(self, parts: Iterable[str], /) -> "Html":
        return Html(super().join(str(_escaped(part)) for part in parts))


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._bundle = FluentBundle([language])
        self._unparsed = {entry[1]: entry[0] for path in sources(language) for entry in _entries(path)}
        self._constant: dict[str, str] = {}  # formatted sentences without variables

    @property
    def right_to_left(self) -> bool:
        return self.locale.text_direction == "rtl"

    def __call__(self, message: str, **values: Value) -> Html:
        """A sentence as HTML. Raises LookupError or ValueError where the message or a variable does not exist."""
        return Html(self._format(message, {name: _escaped(value) for name, value in values.items()}))

    def plain(self, message: str, **values: Value) -> str:
        """A sentence without markup: for labels of buttons, descriptions, files."""
        return self._format(message, values)

    def _format(self, message: str, values: dict[str, Value]) -> str:
        if values:
            return self._formatted(message, values)
        if message not in self._constant:
            self._constant[message] = self._formatted(message, values)
        return self._constant[message]

    def _formatted(self, message: str, values: dict[str, Value]) -> str:
        # fluent.runtime refuses values over 2,500 characters, so long ones are inserted afterwards.
        long = {name: value for name, value in values.items() if isinstance(value, str) and len(value) > LONGEST_VALUE}
        values = values | {name: MARK + chr(ord(MARK) + 1 + number) for number, name in enumerate(long)}
        pattern = self._pattern(message)
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise ValueError(f"{message} ({self.language}): {type(errors[0]).__name__}")
        for name, value in long.items():
            text = str(text).replace(str(values[name]), str(value))
        return str(text)

    def _pattern(self, message: str) -> Any:
        """A message, parsed when it is first needed: the trees of all, most of which never are, take 1 MiB and 40 ms.

        Raises LookupError where there is none.
        """
        if (entry := self._unparsed.pop(message, None)) is not None:
            self._bundle.add_resource(FluentParser(with_spans=False).parse(entry))
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise LookupError(message)
        return pattern

    def when(self, moment: datetime, zone: str | None) -> str:
        """Date and time of day in the format of this language and in the reader's time zone."""
        local = moment.astimezone(ZoneInfo(zone) if zone else UTC)
        pattern = str(get_datetime_format("long", self.locale)).replace("'", "")
        return pattern.format(self.clock(local.time()), format_date(local.date(), "full", self.locale))

    def when_short(self, moment: datetime, zone: str | None) -> str:
        """The same in a short format without the year, for headings."""
        local = moment.astimezone(ZoneInfo(zone) if zone else UTC)
        pattern = str(get_datetime_format("medium", self.locale)).replace("'", "")
        return pattern.format(self.clock(local.time()), format_skeleton("MMMEd", local, locale=self.locale))

    def time_of_day(self, moment: datetime, zone: str | None) -> str:
        """The time of day at an instant, in the reader's time zone."""
        return self.clock(moment.astimezone(ZoneInfo(zone) if zone else UTC).time())

    def clock(self, moment: time | int) -> str:
        """A time of day; an int is minutes after midnight."""
        minutes = moment if isinstance(moment, int) else moment.hour * 60 + moment.minute
        return _clock(minutes, self.language)

    def listed(self, names: Iterable[str]) -> str:
        """Several names as a list in this language: "a, b, or c"."""
        return format_list(list(names), style="or", locale=self.locale)

    def weekday(self, day: int) -> str:
        """The name of a day; 0 is Monday."""
        return str(self.locale.days["stand-alone"]["wide"][day])

    def stack(self, *parts: str) -> Html:
        """Paragraphs, one below the other; empty ones are omitted."""
        return Html("\n\n").join(part for part in parts if part)


def verbatim(text: str) -> Html:
    """A text as HTML that shows exactly that text."""
    return Html(escape(text, quote=False))


def _escaped(value: Value) -> Value:
    return escape(value, quote=False) if isinstance(value, str) and not isinstance(value, Html) else value


@cache  # at most 1,440 minutes in each language
def _clock(minutes: int, language: str) -> str:
    return format_time(time(*divmod(minutes, 60)), "short", locale=language)


def _entries(path: Path) -> Iterator[re.Match[str]]:
    return _ENTRY.finditer(path.read_text("utf-8"))


def sources(language: str) -> list[Path]:
    """The Fluent files of a language: the shared one, then each feature's own."""
    name = f"locales/{language}.ftl"
    return [ROOT / "language" / name, *sorted((ROOT / "features").glob(f"*/{name}"))]


def language_name(code: str) -> str:
    """The name of a language in that language; its code where the program does not have it."""
    return LANGUAGES.get(code, code)


def texts_in(language: str | None, spoken: tuple[str, ...] = tuple(LANGUAGES)) -> Texts:
    """The texts of a language code such as Telegram's `fr-CA`; of the first of `spoken` where it is not among them."""
    base = (language or "").split("-")[0].lower()
    return _texts(base if base in spoken else spoken[0])


@cache
def _texts(language: str) -> Texts:
    return Texts(language)
