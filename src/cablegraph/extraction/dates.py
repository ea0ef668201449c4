"""Find dates in running text, in English and Russian, and write them as EDTF.

Which date of the document a found date is, is said elsewhere (catalogue, closing, registry).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.extraction.lexicon import any_of, table

_MONTHS = {row["form"]: int(row["month"]) for row in table("months")}
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1
    )
}
_MISREAD = {row["as_read"]: row["meant"] for row in table("misreadings") if row["where"] == "month"}

# An abbreviated month may carry its own full stop; a whole one leaves it to the sentence.
_NAME = rf"(?P<month>{any_of(list(_MONTHS))})(?:(?<=\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec))\.)?"
_DAY = r"(?P<q>[\"“«„]\s*)?(?P<day>[0-3]?\d)(?:\s?[-–—]\s?(?P<last>[0-3]?\d))?(?(q)\s*[\"”»“])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_G = r"(?:\s?г(?:\.|ода?\b|\b))?"
_TIME = r"(?:(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)(?:\s*(?:hrs|час(?:ов|а)?\.?))?,?\s+)?"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 3 July 1951; 3 июля 1951 г.; " 3 " июля; 10-15 июля
        rf"(?<![\w.]){_DAY}(?:st|nd|rd|th|-?го)?\s+(?:of\s+)?{_NAME}(?:,?\s+{_YEAR}{_G})?(?!\w)",
        # July 3, 1951; July 10-15
        rf"(?<!\w){_NAME}\s+(?P<day>[0-3]?\d)(?:\s?[-–—]\s?(?P<last>[0-3]?\d))?(?:st|nd|rd|th)?"
        rf"(?!\d|[.:]\d)(?:,?\s+{_YEAR}(?!\d))?",
        # 23.10 3.7.51.; 30.6.1951; 8.II.1950; 30.X 1962
        rf"(?<![\w./]){_TIME}(?P<day>[0-3]?\d)\.\s?(?P<number>[01]?\d|[IVX]{{1,4}})(?:\.\s?|\s)"
        rf"(?P<year>1[5-9]\d\d|20\d\d|\d\d)(?![\w/])\.?{_G}",
        # 4/VII 1951 г.; 4/17 1951 г.; 13/5-50
        rf"(?<![\w./])(?P<day>[0-3]?\d)/(?P<number>\d{{1,3}}|[IVX1]{{1,4}})[-\s]"
        rf"(?P<year>1[5-9]\d\d|20\d\d|\d\d)(?!\w){_G}",
        # 10/14/50, the American order
        r"(?<![\w./])(?P<number>[01]?\d)/(?P<day>[0-3]?\d)/(?P<year>1[5-9]\d\d|20\d\d|\d\d)(?!\w)",
        # June 1951
        rf"(?<!\w){_NAME},?\s+{_YEAR}(?!\d)",
    )
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; offsets are those of the text searched, the year may be unwritten."""

    start: int
    end: int
    written: str
    year: int | None
    month: int
    day: int | None = None
    last_day: int | None = None
    time: str | None = None  # hh:mm
    doubtful: bool = False  # the month was read through the table of misreadings

    def edtf(self, near: str | None = None) -> str | None:
        """Write the date as EDTF, taking an unwritten year from *near*, an EDTF day.

        Returns None where the year is neither written nor given.

        >>> next(find_dates("от 3 июля")).edtf("1951-07-04")
        '1951-07-03'
        >>> next(find_dates("July 10-15")).edtf("1951-06-30")
        '1951-07-10/1951-07-15'
        """
        year = self.year if self.year is not None else self._nearest_year(near)
        if year is None:
            return None
        parts = [f"{year:04d}", f"{self.month:02d}"]
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        text = "-".join(parts)
        if self.time:
            text += f"T{self.time}:00"
        if self.last_day is not None:
            text += f"/{year:04d}-{self.month:02d}-{self.last_day:02d}"
        return text + ("?" if self.doubtful else "")

    def _nearest_year(self, near: str | None) -> int | None:
        if near is None or not re.match(r"\d{4}", near):
            return None
        year = int(near[:4])
        month = int(near[5:7]) if re.match(r"\d{4}-\d\d", near) else self.month
        distance = self.month - month
        return year + (1 if distance < -6 else -1 if distance > 6 else 0)


def find_dates(text: str, *, century: int = 19) -> Iterator[FoundDate]:
    """Yield the dates that stand in *text*, in order, none overlapping another.

    Units: offsets count code points of *text*; a year of two digits is taken into *century*.
    Source: the forms of telegrams and their stamps: "3 июля", "23.10 3.7.51.", "4/VII 1951 г.".

    >>> [(d.written, d.edtf()) for d in find_dates("отп. 23.10 3.7.51. и 30.X 1962")]
    [('23.10 3.7.51.', '1951-07-03T23:10:00'), ('30.X 1962', '1962-10-30')]
    """
    found: list[FoundDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            date = _date_of(match, century)
            if date and all(date.end <= o.start or date.start >= o.end for o in found):
                found.append(date)
    yield from sorted(found, key=lambda date: date.start)


def _date_of(match: re.Match[str], century: int) -> FoundDate | None:
    groups = match.groupdict()
    month, doubtful = _month_of(groups)
    day = int(groups["day"]) if groups.get("day") else None
    last = int(groups["last"]) if groups.get("last") else None
    year = groups.get("year")
    number = None if year is None else int(year) + (century * 100 if len(year) == 2 else 0)
    if month is None or not _possible(number, month, day, last):
        return None
    hour = groups.get("hour")
    return FoundDate(
        start=match.start(),
        end=match.end(),
        written=" ".join(match.group().split()),
        year=number,
        month=month,
        day=day,
        last_day=last,
        time=f"{int(hour):02d}:{groups['minute']}" if hour else None,
        doubtful=doubtful,
    )


def _month_of(groups: dict[str, str | None]) -> tuple[int | None, bool]:
    if name := groups.get("month"):
        in_english = name.isascii() and not name[0].isupper()  # "may" is a verb
        return None if in_english else _MONTHS[name.lower()], False
    written = groups.get("number") or ""
    if written.isdigit() and 1 <= int(written) <= 12:
        return int(written), False
    if written.upper() in _ROMAN:
        return _ROMAN[written.upper()], False
    return _ROMAN.get(_MISREAD.get(written, "")), True


def _possible(year: int | None, month: int, day: int | None, last: int | None) -> bool:
    if day is None:
        return True
    longest = calendar.monthrange(year or 2000, month)[1]
    return 1 <= day <= longest and (last is None or day < last <= longest)
