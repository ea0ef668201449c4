"""Dates: the attributes that TEI gives them, and the wording of editions in English, as EDTF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cablegraph.records.claims import Certainty
from cablegraph.records.tei.vocabulary import load
from cablegraph.sources.xml import Node

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?P<time>T\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?"
)
_WHEN = ("when", "when-iso", "when-custom")
_BOUNDS = (("from", "to"), ("from-iso", "to-iso"), ("notBefore", "notAfter"),
           ("notBefore-iso", "notAfter-iso"))  # fmt: skip
_SURE: dict[str, Certainty] = {"high": "certain", "medium": "probable", "low": "possible"}


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date or an hour in prose.

    Units: offsets in the words searched; ``month`` is 0 where only the hour is written.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    time: str | None

    def edtf(self, sent: str | None = None) -> str | None:
        """Return it as EDTF; what it leaves out is that of *sent*, on which it follows."""
        near = _day(sent)
        if self.month == 0:
            return f"{near.isoformat()}T{self.time}" if near and self.time else None
        year = self.year or _year_after(near, self.month, self.day)
        if year is None or _day(f"{year:04}-{self.month:02}-{self.day:02}") is None:
            return None
        hour = f"T{self.time}" if self.time else ""
        return f"{year:04}-{self.month:02}-{self.day:02}{hour}"


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _year_after(near: date | None, month: int, day: int) -> int | None:
    """Return the year in which a day comes at or after another, give or take a day line."""
    if near is None:
        return None
    try:
        before = date(near.year, month, day) < near - timedelta(days=2)
    except ValueError:
        return near.year
    return near.year + before


def read_date(node: Node) -> str | None:
    """Return the date that the attributes of an element give, as EDTF.

    Shape: a stretch for from and to, one day of several for notBefore and notAfter; hours are
        kept for a single day only.
    """
    for name in _WHEN:
        if value := _iso(node.get(name), hours=True):
            return value
    for first, last in _BOUNDS:
        low, high = _iso(node.get(first)), _iso(node.get(last))
        if low and low == high:
            return low
        if low and high:
            return f"{low}/{high}" if first.startswith("from") else f"[{low}..{high}]"
        if low or high:
            return f"{low}/.." if low else f"../{high}"
    return None


def read_stamps(values: list[str]) -> str | None:
    """Return the day or days between two moments that a division carries as its bounds.

    >>> read_stamps(["1969-01-20T00:00:00-05:00", "1969-01-20T23:59:59-05:00"])
    '1969-01-20'
    """
    days = [day for value in values if (day := _iso(value))]
    if not days:
        return None
    return days[0] if len(set(days)) == 1 else f"[{min(days)}..{max(days)}]"


def has_date(node: Node) -> bool:
    """Tell whether an element has an attribute for its date."""
    pairs = (name for pair in _BOUNDS for name in pair)
    return any(node.get(name) for name in (*_WHEN, *pairs))


def date_attributes() -> tuple[str, ...]:
    """Return the attributes that give a date, the single day first."""
    return (*_WHEN, *(name for pair in _BOUNDS for name in pair))


def _iso(value: str | None, *, hours: bool = False) -> str | None:
    found = _ISO.fullmatch((value or "").strip())
    if not found:
        return None
    try:
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return None
    day = "-".join(part for part in found.group("year", "month", "day") if part)
    if not hours or not found["time"]:
        return day
    time = found["time"].partition(".")[0]
    return day + (time if time.count(":") == 2 else f"{time}:00") + (found["zone"] or "")


def certainty_of(node: Node) -> Certainty:
    """Return how sure the encoder is, by ``cert``."""
    return _SURE.get(node.get("cert") or "", "certain")


def find_date(words: str) -> WrittenDate | None:
    """Return the first date in prose, with the hour after it, or an hour alone.

    >>> find_date("Received May 3, 6:40 p.m.").edtf("1934-05-02")
    '1934-05-03T18:40:00'
    """
    dated, timed = _patterns()
    if found := dated.search(words):
        name = (found["month"] or found["month2"]).casefold()
        month = load("dates.toml")["months"][name[:3]]
        day = int(found["day"] or found["day2"])
        hour = timed.match(words, found.end())
        end = hour.end() if hour else found.end()
        year = int(found["year"]) if found["year"] else None
        return WrittenDate(found.start(), end, year, month, day, _time(hour))
    if (hour := timed.search(words)) and (time := _time(hour)):
        return WrittenDate(hour.start("hour"), hour.end(), None, 0, 0, time)
    return None


_compiled: list[tuple[re.Pattern[str], re.Pattern[str]]] = []


def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    if not _compiled:
        table = load("dates.toml")
        _compiled.append(
            (re.compile(table["date"], re.X | re.I), re.compile(table["hour"], re.X | re.I))
        )
    return _compiled[0]


def _time(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    if found["named"]:
        return "12:00:00" if found["named"].casefold() == "noon" else "00:00:00"
    if found["zulu"]:
        hour, minute = int(found["zulu"][:2]), int(found["zulu"][2:])
        return f"{hour:02}:{minute:02}:00Z" if hour < 24 and minute < 60 else None
    hour, minute = int(found["clock"]), int(found["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    later = found["half"].casefold() == "p"
    return f"{hour % 12 + 12 * later:02}:{minute:02}:00"
