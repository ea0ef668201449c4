"""Find dates in running text, in English and Russian.

How dates are written is data/dates.toml, how they are written as EDTF is edtf.py; which date of
the document a found date is, is said elsewhere (catalogue, closing, registry).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from cablegraph.extraction.date_starts import (
    begins_within,
    find_months,
    find_numbers,
    has_figures,
    match_at,
)
from cablegraph.extraction.edtf import FoundDate as FoundDate
from cablegraph.extraction.lexicon import any_of, settings, table
from cablegraph.extraction.needed import find_needed, holds_any

_DIGIT = re.compile(r"\d")
_DAYS = re.compile(r"\d+")
_CLOCK = re.compile(r"(\d\d)(\d\d)|(\d{1,2})(?:\D+(\d\d?))?")
_HALF = re.compile(r"([ap])\.?\s?m(?!\w)", re.IGNORECASE)
_MONTHS = {row["form"]: int(row["month"]) for row in table("months")}
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1
    )
}
_MISREAD = {row["as_read"]: row["meant"] for row in table("misreadings") if row["where"] == "month"}
_LONGEST_QUALIFIER = 24
# What a pattern asks for: a month by name, so that it begins with either month or day, or with one
# of them alone; figures with a mark between them; a year alone.
Needed = Literal["either", "day", "month", "figures", "year"]


@lru_cache
def _patterns() -> tuple[tuple[Needed, frozenset[str], re.Pattern[str]], ...]:
    """Put the fragments into the patterns, until none is left; tell what each asks for.

    Shape: beside its kind a pattern has small letters or marks of which a text must hold one:
        "from ", "." or "/".
    """
    data = settings("dates")
    fragments = {**data["fragments"], "MONTHS": any_of(list(_MONTHS))}
    found = []
    for row in data["pattern"]:
        regex = row["regex"]
        named = "%NAME%" in regex or "%MONTHS%" in regex
        needed: Needed = "year" if row.get("alone") else "figures"
        needed = row.get("begins", "either") if named else needed
        while "%" in regex:
            regex = re.sub(r"%(\w+)%", lambda match: str(fragments[match[1]]), regex)
        pattern = re.compile(regex, re.IGNORECASE)
        behind = frozenset(row.get("behind", ("",)))
        marks = find_needed(pattern) if needed == "figures" else behind
        found.append((needed, marks, pattern))
    return tuple(found)


@lru_cache
def _words() -> dict[str, re.Pattern[str]]:
    data = settings("dates")
    words = {**data["range"], **data["qualifier"]}
    return {name: re.compile(regex, re.IGNORECASE) for name, regex in words.items()}


def find_dates(text: str, *, century: int = 19) -> Iterator[FoundDate]:
    """Yield the dates that stand in *text*, in order, none overlapping another.

    Shape: two dates joined by a dash or "to" are one, a stretch; a day that its month does not
        have is no date, nor is what is left of it.
    Units: offsets count code points of *text*; a year of two digits is taken into *century*.
    Source: the forms of telegrams and their stamps: "3 июля", "23.10 3.7.51.", "4/VII 1951 г.".

    >>> [(d.written, d.edtf()) for d in find_dates("отп. 23.10 3.7.51. и 30.X 1962")]
    [('23.10 3.7.51.', '1951-07-03T23:10:00'), ('30.X 1962', '1962-10-30')]
    >>> [d.edtf("1951-07-02") for d in find_dates("не позднее 28 июня - 3 июля")]
    ['1951-06-28/1951-07-03']
    """
    if _DIGIT.search(text):  # every pattern asks for one
        yield from _found_in(text, century)


def may_begin(text: str, last: int) -> bool:
    """Tell whether a date can begin at one of the first characters of *text*, up to *last*."""
    return begins_within(text, _MONTHS, last)


@lru_cache(maxsize=1 << 9)
def _found_in(text: str, century: int) -> tuple[FoundDate, ...]:
    found: list[FoundDate] = []
    numbers = find_numbers(text)
    if not numbers:
        return ()
    places = _places(text, numbers)
    small = text.lower()
    for needed, marks, pattern in _patterns():
        if not (places[needed] and holds_any(small, marks)):
            continue
        for match in match_at(pattern, text, places[needed]):
            start, end = match.span()
            free = all(end <= other.start or start >= other.end for other in found)
            if free and (date := _date_of(match, century)):
                found.append(date)
    joined = _joined(text, sorted(found, key=lambda date: date.start))
    return tuple([_qualified(text, date) for date in joined])


def _places(text: str, numbers: list[int]) -> dict[Needed, list[int]]:
    """Return where the patterns of each kind can match, by where the *numbers* of a text stand."""
    months = find_months(text, _MONTHS)
    return {
        "either": sorted([*numbers, *months]) if months else [],
        "day": numbers if months else [],
        "month": months,
        "figures": numbers if has_figures(text) else [],
        "year": numbers,
    }


def _date_of(match: re.Match[str], century: int) -> FoundDate | None:
    groups = match.groupdict()
    month, doubtful = _month_of(groups)
    if month is None and not {"month", "number", "stamped"}.isdisjoint(groups):
        return None
    year = groups.get("year")
    first = groups.get("since") or groups.get("day")
    last = groups.get("day") if groups.get("since") else groups.get("last")
    date = FoundDate(
        start=match.start(),
        end=match.end(),
        written=" ".join(match.group().split()),
        year=None if year is None else int(year) + (century * 100 if len(year) == 2 else 0),
        month=month,
        day=int(first) if first else None,
        last_day=int(last) if last else None,
        time=_time_of(groups.get("before") or groups.get("after")),
        doubtful=doubtful,
        days=tuple(map(int, _DAYS.findall(groups.get("list") or ""))),
        shift=0 if groups.get("this") else -1 if groups.get("past") else None,
    )
    return _with_first_month(date, groups.get("first")) if _possible(date) else None


def _month_of(groups: dict[str, str | None]) -> tuple[int | None, bool]:
    if name := groups.get("month"):
        in_english = name.isascii() and not name[0].isupper()  # "may" is a verb
        return None if in_english else _MONTHS[" ".join(name.lower().split())], False
    written = groups.get("number") or groups.get("stamped") or ""
    if not written:
        return None, False
    if written.isdigit() and 1 <= int(written) <= 12:
        return int(written), False
    if written.upper() in _ROMAN:
        return _ROMAN[written.upper()], False
    return _ROMAN.get(_MISREAD.get(written, "") if groups.get("stamped") else ""), True


def _time_of(words: str | None) -> str | None:
    """Read a clock time; midnight at the end of a day is no time of that day.

    >>> [_time_of(w) for w in ("23.10", "6 p.m.", "12 час. 5 мин.", "0115", "24:00", None)]
    ['23:10', '18:00', '12:05', '01:15', None, None]
    """
    match = _CLOCK.match(words) if words else None
    if words is None or match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if half := _HALF.search(words):
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _possible(date: FoundDate) -> bool:
    days = [*date.days, *(day for day in (date.day, date.last_day) if day is not None)]
    if any(one >= other for one, other in pairwise(days)):
        return False
    # 29 February may be that of an unwritten year.
    return date.exists(2000 + (date.shift or 0) if date.year is None else date.year)


def _with_first_month(date: FoundDate, first: str | None) -> FoundDate:
    if first is None:
        return date
    month = _MONTHS[first.lower()]
    return replace(date, month=month, until=replace(date, written=""), year=None)


def _joined(text: str, dates: list[FoundDate]) -> Iterator[FoundDate]:
    """Join neighbours that are the ends of one stretch."""
    before: FoundDate | None = None
    for date in dates:
        if before is not None and _is_stretch(text[before.end : date.start], before, date):
            written = " ".join(text[before.start : date.end].split())
            before = replace(before, end=date.end, written=written, until=date)
            continue
        if before is not None:
            yield before
        before = date
    if before is not None:
        yield before


def _is_stretch(gap: str, one: FoundDate, other: FoundDate) -> bool:
    if one.until or other.until or one.time or other.time or one.days or other.days:
        return False
    if (one.day is None) != (other.day is None) or one.last_day or other.last_day:
        return False
    return bool(_words()["joint"].fullmatch(gap))


def _qualified(text: str, date: FoundDate) -> FoundDate:
    """Take up the words around a date that say how it is meant."""
    if date.until:
        return date
    words = _words()
    before = text[max(0, date.start - _LONGEST_QUALIFIER) : date.start]
    if not date.time and date.day is None and words["uncertain"].match(text, date.end):
        date = replace(date, doubtful=True)
    if not before.strip():
        return date
    if words["about"].search(before):
        return replace(date, about=True)
    if words["not_after"].search(before):
        return replace(date, side="before")
    return replace(date, side="after") if words["not_before"].search(before) else date
