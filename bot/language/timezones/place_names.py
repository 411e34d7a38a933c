"""The names of places in time zones: cities and countries in English, French and Arabic.

Most are those of the Unicode CLDR, taken from Babel: the exemplar city of each zone, and its older names. CLDR has one
city per zone, so capitals that no zone is named after, and common names of some countries, are in a list here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from bot.language.normalize import fold

LANGUAGES = ("en", "fr", "ar")

# The zone in which most people of a country live, where it has several: "primaryZones" of CLDR's metaZones.xml.
_PRIMARY = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
_ALSO = {
    "CD": "DRC, RDC, Zaire, Zaïre",
    "US": "USA, America, Amérique, أمريكا",
    "Africa/Abidjan": "Yamoussoukro, Ivory Coast, ياموسوكرو",
    "Africa/Bujumbura": "Gitega, غيتيغا",
    "Africa/Cairo": "Alexandria, Alexandrie, الإسكندرية",
    "Africa/Casablanca": "Rabat, الرباط",
    "Africa/Dar_es_Salaam": "Dodoma, دودوما",
    "Africa/Douala": "Yaoundé, ياوندي",
    "Africa/Johannesburg": "Pretoria, Cape Town, Le Cap, بريتوريا, كيب تاون",
    "Africa/Lagos": "Abuja, أبوجا",
    "Africa/Lubumbashi": "Goma, Bukavu, غوما, بوكافو",
    "Africa/Porto-Novo": "Cotonou, كوتونو",
    "America/Guayaquil": "Quito, كيتو",
    "America/Jamaica": "Kingston, كينغستون",
    "America/La_Paz": "Sucre, سوكري",
    "America/New_York": "Washington, Washington DC, واشنطن",
    "America/Puerto_Rico": "San Juan, سان خوان",
    "America/Sao_Paulo": "Brasília, Rio de Janeiro, برازيليا, ريو دي جانيرو",
    "America/Toronto": "Ottawa, Montréal, أوتاوا, مونتريال",
    "Asia/Aden": "Sanaa, صنعاء",
    "Asia/Almaty": "Astana, أستانا",
    "Asia/Baghdad": "Erbil, Mosul, Mossoul, Basra, Bassora, أربيل, الموصل, البصرة",
    "Asia/Damascus": "Aleppo, Alep, حلب",
    "Asia/Dubai": "Abu Dhabi, Abou Dabi, UAE, Emirates, أبوظبي, الإمارات",
    "Asia/Hebron": "Ramallah, Palestine, رام الله, فلسطين",
    "Asia/Ho_Chi_Minh": "Hanoi, Hanoï, هانوي",
    "Asia/Jerusalem": "تل أبيب",
    "Asia/Karachi": "Islamabad, Lahore, إسلام آباد, لاهور",
    "Asia/Kolkata": "Delhi, New Delhi, Mumbai, Bombay, دلهي, نيودلهي, مومباي",
    "Asia/Riyadh": "Jeddah, Djeddah, Saudi, جدة, السعودية",
    "Asia/Shanghai": "Beijing, Pékin, بكين",
    "Asia/Yangon": "Naypyidaw, Burma, Birmanie, نايبيداو, بورما",
    "Australia/Sydney": "كانبرا",
    "Europe/Amsterdam": "The Hague, La Haye, Holland, Hollande, لاهاي",
    "Europe/Istanbul": "Ankara, Turkey, أنقرة",
    "Europe/Kyiv": "Lviv, Kharkiv, Odesa, Odessa, لفيف, خاركيف, أوديسا",
    "Europe/London": "UK, England, Angleterre, Scotland, Écosse, Great Britain, إنجلترا, بريطانيا",
    "Europe/Zurich": "Bern, Berne, Geneva, Genève, برن, جنيف",
    "Pacific/Auckland": "Wellington, ويلينغتون",
}
# Amman and Oman differ in Arabic by their vowel signs only, which `fold` removes and most people omit.
MARKED = {"عمّان": "Asia/Amman", "عُمان": "Asia/Muscat"}
# Misleading names of older versions of the zone data: Samoa's own zone is Pacific/Apia.
_MISLEADING = re.compile(r"(US|Canada|Brazil|Mexico|Chile|Etc)/|Pacific/Samoa|Australia/(North|South|West)|[^/]+$")


@cache
def older_names() -> Mapping[str, tuple[str, ...]]:
    """The former names of each zone: {"Europe/Kyiv": ("Europe/Kiev", ...)}."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for old, new in get_global("zone_aliases").items():
        found[new] += (old,)
    return dict(found)


@cache
def zones() -> Mapping[str, str]:
    """Every zone by its name and its former names, casefolded: {"europe/kiev": "Europe/Kyiv"}."""
    known = {zone.casefold(): zone for zone in get_global("zone_territories") if zone != "Etc/Unknown"}
    older = {old.casefold(): new for new, names in older_names().items() for old in names if new.casefold() in known}
    return older | known


def exemplar(zone: str, language: str) -> str | None:
    """The name of a zone's city in CLDR, where it has one."""
    if (zone, language) == ("Asia/Amman", "ar"):
        return next(iter(MARKED))
    listed = Locale(language).time_zones
    # CLDR keeps a renamed zone under its first name, while Babel looks under the new one only.
    names = (listed.get(name, {}).get("city") for name in (zone, *older_names().get(zone, ())))
    return next((name for name in names if name), None)


@cache
def cities() -> Mapping[str, frozenset[str]]:
    """Zones by folded city; more than one where a name is shared."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for zone in set(zones().values()):
        if not zone.startswith("Etc/"):
            for name in _names(zone):
                found[fold(name)].add(zone)
    return {name: frozenset(of) for name, of in found.items() if name}


@cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """Zones by folded country, one per different clock, the most populous first."""
    found: dict[str, tuple[str, ...]] = {}
    for territory, several in _by_country().items():
        primary = _PRIMARY.get(territory)
        chosen = (primary,) if primary else tuple(several)
        for name in (*_country_names(territory), *_ALSO.get(territory, "").split(",")):
            found[fold(name)] = chosen
    found.pop("", None)
    return found


def _country_names(territory: str) -> Iterator[str]:
    for language in LANGUAGES:
        whole = Locale(language).territories.get(territory, "")
        yield whole
        yield from re.findall(r"[^()]+", whole)  # Myanmar (Burma)


def _names(zone: str) -> Iterator[str]:
    yield zone.rpartition("/")[2]
    for old in older_names().get(zone, ()):
        if not _MISLEADING.match(old):
            yield old.rpartition("/")[2]
    for language in LANGUAGES:
        name = exemplar(zone, language)
        if name:
            yield name
            yield name.partition(",")[0]
    yield from _ALSO.get(zone, "").split(",")


def _by_country() -> dict[str, list[str]]:
    """Zones per country in the order of zone.tab, which is roughly by population."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            territory, _, name = line.split("\t")[:3]
            zone = zones().get(name.casefold())
            if zone:
                found[territory].append(zone)
    return {territory: _one_per_clock(several) for territory, several in found.items()}


def _one_per_clock(several: list[str]) -> list[str]:
    if len(several) == 1:
        return several
    clocks: dict[tuple[object, ...], str] = {}
    for zone in several:
        # Any year will do, as long as it is the same for all: summer time begins and ends within a year.
        year = tuple(datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in range(1, 13))
        clocks.setdefault(year, zone)
    return list(clocks.values())
