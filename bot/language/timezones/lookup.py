"""Time zones by the names that people use: "Kampala", "Le Caire", "القاهرة", "Uganda", "UTC+2", "+05:30".

Nobody has to know an IANA name or to share a location. A zone that was found is shown by its city, so that a person can
reject it.
"""

import difflib
import re
from functools import cache
from typing import NewType

from bot.language import normalize
from bot.language.timezones import place_names

Zone = NewType("Zone", str)

COMMON: tuple[Zone, ...] = tuple(
    Zone(name)
    for name in (
        "Africa/Kampala",
        "Africa/Nairobi",
        "Africa/Cairo",
        "Asia/Beirut",
        "Europe/Kyiv",
        "Africa/Dakar",
        "America/Bogota",
        "Asia/Colombo",
        "Europe/Amsterdam",
        "America/New_York",
    )
)
LONGEST = 60  # characters; no place in the data has a longer name
# Offsets with parts of hours, each with a zone that has it all year; without one, summer time would have to be guessed.
_PARTS = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}
_ZERO = r"(?:utc|gmt|z|توقيت غرينتش|توقيت جرينتش|غرينتش|جرينتش)"
_OFFSET = re.compile(rf"{_ZERO}?\s*([+\-−–‐‑])\s*(\d{{1,2}})(?:[:.h](\d\d)|[.,](5)|(\d\d))?(?:\s*{_ZERO})?")
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")


def find(words: str) -> Zone | None:
    """The zone of a city, a country with one clock, an offset, or an IANA name. None: unknown or ambiguous."""
    text = normalize.plain(words).strip().casefold()
    if not text or len(text) > LONGEST:
        return None
    if re.fullmatch(_ZERO, text):
        return Zone("Etc/UTC")
    if offset := _OFFSET.fullmatch(text):
        return _at(*offset.groups(default=""))
    if "/" in text and (known := place_names.zones().get(text.replace(" ", "_"))):
        return Zone(known)
    if found := _place(text):
        return found
    # "Kampala, Uganda": the later parts may confirm the first or be unknown, but not contradict it.
    parts = [part for part in re.split(r"[,،;()/\n]", text) if part.strip()]
    meant = {zone for part in parts if (zone := _place(part))}
    return meant.pop() if len(parts) > 1 and len(meant) == 1 else None


def suggest(text: str, limit: int = 5) -> list[str]:
    """Zones that may have been meant, best first: those of a country with several, or of similar names."""
    name = normalize.fold(text[:LONGEST])
    if not name:
        return []
    known = _all_names()
    begun = sorted((other for other in known if len(name) > 2 and other.startswith(name)), key=len)
    alike = difflib.get_close_matches(name, known, n=limit, cutoff=0.7)
    found = dict.fromkeys(zone for other in (name, *begun, *alike) for zone in known.get(other, ()))
    return list(found)[:limit]


@cache  # at most as many as there are zones, in each language
def city(zone: str, language: str) -> str:
    """The display name of a zone: its city in this language, or "UTC+03:00" for a fixed offset."""
    current = place_names.zones().get(zone.casefold(), zone)
    if fixed := _FIXED.fullmatch(current):
        # The signs of Etc/GMT zones are those of POSIX, west of Greenwich being positive.
        sign = "-" if fixed[1] == "+" else "+"
        return f"UTC{sign}{int(fixed[2]):02}:00"
    if current in ("Etc/UTC", "Etc/GMT"):
        return "UTC"
    if current == "Europe/Kyiv" and language == "fr":
        return "Kyiv"  # CLDR still has the Russian spelling in French
    return place_names.exemplar(current, language) or current.rpartition("/")[2].replace("_", " ")


def _at(sign: str, hours: str, minutes: str, half: str, plain: str) -> Zone | None:
    away = int(hours) * 60 + (30 if half else int(minutes or plain or 0))
    offset = away if sign == "+" else -away
    if not -12 * 60 <= offset <= 14 * 60 or int(minutes or plain or 0) > 59:
        return None
    if offset % 60:
        part = _PARTS.get(offset)
        return Zone(part) if part else None
    whole = offset // 60
    return Zone(f"Etc/GMT{-whole:+d}") if whole else Zone("Etc/UTC")


def _place(text: str) -> Zone | None:
    if marked := place_names.MARKED.get(text.strip()):
        return Zone(marked)
    name = normalize.fold(text)
    cities, countries = place_names.cities().get(name, frozenset()), place_names.countries().get(name, ())
    # A city is more specific than a country of several clocks (Mexico); two equals are ambiguous (عمان: Amman, Oman).
    meant = cities | set(countries) if len(countries) == 1 or not cities else cities
    return Zone(next(iter(meant))) if len(meant) == 1 else None


@cache
def _all_names() -> dict[str, tuple[str, ...]]:
    """Zones by every folded name; where a city and a country share it, the city comes first."""
    cities, countries = place_names.cities(), place_names.countries()
    return {name: (*sorted(cities.get(name, ())), *countries.get(name, ())) for name in [*cities, *countries]}
