"""Read the date of a cell as EDTF: as EDTF itself, as figures, or in words."""

from __future__ import annotations

import calendar
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

Order = Literal["day-first", "month-first"]

# One date of EDTF, levels 0 and 1 and the doubt about single parts of level 2.
_ONE = re.compile(
    r"(?P<sign>-?)[?~%]?(?P<year>[\dX]{4})[?~%]?"
    r"(?:-[?~%]?(?P<month>[\dX]{2})[?~%]?(?:-[?~%]?(?P<day>[\dX]{2})[?~%]?"
    r"(?P<time>T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_LONG_YEAR = re.compile(r"Y-?\d{5,}")
_SEASONS = range(21, 42)
_SPACED_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?")
_FIGURES = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[./](?P<month>\d{1,2})(?:[./](?P<day>\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})")
_WORDS = re.compile(r"\d+|[^\W\d_]+|[?~]")
_TIME_AFTER = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?$", re.IGNORECASE)
_LONGEST = 100
# Until then a year that four divides was a leap year everywhere.
_GREGORIAN = 1582


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "months.toml").read_text("utf-8"))


@cache
def _months() -> dict[str, int]:
    return {name: at for at, names in enumerate(_data()["names"], 1) for name in names}


@cache
def _about() -> dict[str, str]:
    return {word: sign for sign, words in _data()["about"].items() for word in words}


@lru_cache(maxsize=4096)
def to_edtf(written: str, order: Order | None = None) -> str | None:
    """Return a date as EDTF, or None where it can't be read without doubt.

    >>> [to_edtf(words) for words in ("1535/1537", "1541~", "3. März 1951", "1951-02-30")]
    ['1535/1537', '1541~', '1951-03-03', None]
    >>> to_edtf("02/03/1951"), to_edtf("02/03/1951", "month-first"), to_edtf("2.3.1951")
    (None, '1951-02-03', '1951-03-02')
    """
    text = " ".join(written.split())
    if not text or len(text) > _LONGEST:
        return None
    return _as_edtf(text) or _by_figures(text, order) or _by_words(text)


def span_edtf(first: str | None, last: str | None) -> str | None:
    """Return the stretch from one date to another, an open end where one is not known."""
    if not (first or last) or "/" in f"{first}{last}":
        return None
    return first if first == last else f"{first or '..'}/{last or '..'}"


def _as_edtf(text: str) -> str | None:
    if spaced := _SPACED_TIME.fullmatch(text):
        midnight = set(spaced[2]) <= set("0:")
        text = spaced[1] if midnight else f"{spaced[1]}T{spaced[2]}"
    if is_edtf(text):
        return text
    first, mark, last = text.partition("/")
    ends = _data()["ends"]
    settled = f"{ends.get(first, first)}/{ends.get(last, last)}"
    return settled if mark and settled not in ("/", text) and is_edtf(settled) else None


def is_edtf(text: str) -> bool:
    """Tell whether a text is a date, a stretch or a set of EDTF, of days that exist.

    >>> [is_edtf(text) for text in ("../1533-01", "[1533-01,1533-03..1533-05]", "1533-13", "[1533")]
    [True, True, False, False]
    """
    if text[:1] + text[-1:] in ("[]", "{}"):
        parts = [end for part in text[1:-1].split(",") for end in _ends(part.strip(), "..")]
        return any(parts) and all(not part or _is_date(part) for part in parts)
    if "/" in text:
        first, _, last = text.partition("/")
        named = [end for end in (first, last) if end not in ("", "..")]
        return bool(named) and all(map(_is_date, named))
    return _is_date(text)


def _ends(part: str, mark: str) -> list[str]:
    return part.split(mark) if mark in part else [part or "?"]


def _is_date(text: str) -> bool:
    match = _ONE.fullmatch(text)
    if match is None:
        return _LONG_YEAR.fullmatch(text) is not None
    year, month, day = match["year"], match["month"], match["day"]
    if month is None or "X" in month:
        return day is None or "X" in day or 1 <= int(day) <= 31
    if day is None and int(month) in _SEASONS:
        return True
    if not 1 <= int(month) <= 12:
        return False
    return day is None or "X" in day or _exists(year, int(month), int(day))


def _exists(year: str, month: int, day: int) -> bool:
    if "X" in year or int(year) < _GREGORIAN:
        leap = "X" in year or int(year) % 4 == 0
        return 1 <= day <= calendar.monthrange(2000 if leap else 2001, month)[1]
    return 1 <= day <= calendar.monthrange(int(year), month)[1]


def _by_figures(text: str, order: Order | None) -> str | None:
    text = _TIME_AFTER.sub("", text)
    if match := _FIGURES.fullmatch(text):
        first, second = int(match["a"]), int(match["b"])
        if order is None and match["mark"] == ".":
            order = "day-first"
        if order is None and first != second:
            order = "day-first" if first > 12 else "month-first" if second > 12 else None
            if order is None:
                return None
        day, month = (second, first) if order == "month-first" else (first, second)
        return _checked(match["year"], month, day)
    if match := _YEAR_FIRST.fullmatch(text):
        return _checked(match["year"], int(match["month"]), int(match["day"] or 0) or None)
    match = _MONTH_YEAR.fullmatch(text)
    return _checked(match["year"], int(match["month"]), None) if match else None


def _by_words(text: str) -> str | None:
    """Read a date whose month is a word; any other word but one of doubt makes it unread."""
    year, month, day, sign = "", 0, None, ""
    for word in _WORDS.findall(text.casefold()):
        if word in ("?", "~") or word in _about():
            sign = sign or _about().get(word, word)
        elif word.isdigit() and len(word) == 4 and not year:
            year = word
        elif word.isdigit() and len(word) <= 2 and day is None:
            day = int(word)
        elif word in _months() and not month:
            month = _months()[word]
        elif word not in _data()["others"]:
            return None
    if not year or (day is not None and not month):
        return None
    plain = _checked(year, month, day) if month else year
    return f"{plain}{sign}" if plain else None


def _checked(year: str, month: int, day: int | None) -> str | None:
    text = f"{year}-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return text if _is_date(text) else None
