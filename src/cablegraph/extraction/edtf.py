"""A date as found, and how it is written as EDTF: years told by another date, ranges, doubt."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Side = Literal["", "after", "before"]

# A date that is reported lies before the report; a message may be dated a day or two ahead of the
# one that answers it, since Moscow, Peking and Washington do not share a day.
_AHEAD = 3


class FoundDate(Struct, frozen=True):
    """A date in a text; offsets are those of the text searched, the year may be unwritten.

    Shape: ``month`` is absent where only a year is written, ``day`` where only a month is;
        ``days`` are those named before ``day``; ``until`` is the end of a stretch that leaves
        the month.
    """

    start: int
    end: int
    written: str
    year: int | None
    month: int | None
    day: int | None = None
    last_day: int | None = None
    time: str | None = None  # hh:mm
    doubtful: bool = False  # the month was read through the table of misreadings, or is queried
    about: bool = False
    days: tuple[int, ...] = ()
    shift: int | None = None  # 0 for "this year", -1 for "last year"
    side: Side = ""  # after: not before that day; before: not after it
    until: FoundDate | None = None

    def towards(self, near: str | None) -> FoundDate:
        """Read day and month in the other order where only so they agree with *near*, a day.

        Source: American figures beside European ones in one header: "on 11.03.1962 … 04.11.1962".

        >>> FoundDate(0, 10, "11.03.1962", 1962, 3, 11).towards("1962-11-03").edtf()
        '1962-11-03'
        """
        match = re.match(r"(\d{4})-(\d\d)-(\d\d)", near or "")
        figures = re.search(r"(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{2}", self.written)
        if not (match and figures and self.month and self.day) or self.until or self.day > 12:
            return self
        there = date(int(match[1]), int(match[2]), int(match[3]))
        other = replace(self, month=self.day, day=self.month)
        year = self.year or there.year
        apart = [abs((one._first_of(year) - there).days) for one in (self, other)]
        return other if apart[1] <= _AHEAD < apart[0] else self

    def edtf(self, near: str | None = None, *, past: bool = False) -> str | None:
        """Write the date as EDTF, taking an unwritten year from *near*, an EDTF date.

        Shape: the nearest year, for what is *past* the nearest that is not ahead; None where the
            year is neither written nor given, or has no such day.

        >>> FoundDate(0, 9, "28 декабря", None, 12, 28).edtf("1952-01-03")
        '1951-12-28'
        >>> FoundDate(0, 9, "31 December", None, 12, 31).edtf("1951-06-30", past=True)
        '1950-12-31'
        """
        year = self._own_year(near, past)
        if self.until is not None:
            return self._stretch(self.until, year, near, past)
        if year is None or not self.exists(year):
            return None
        text = self._in_year(year) + ("~" if self.about else "") + ("?" if self.doubtful else "")
        text = text.replace("~?", "%")
        return {"": text, "after": f"{text}/..", "before": f"../{text}"}[self.side]

    def _own_year(self, near: str | None, past: bool) -> int | None:
        if self.year is not None:
            return self.year
        base = re.search(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", near or "")
        if base is None:
            return None
        year = int(base[1])
        if self.shift is not None:
            return year + self.shift
        if base[2] is None or self.month is None:
            return year
        there = date(year, int(base[2]), int(base[3] or 15))
        limit = _AHEAD if base[3] else 31
        distances = {}
        for one in (year, year - 1, year + 1):
            days = (self._first_of(one) - there).days
            if not past or days <= limit:
                distances[one] = abs(days)
        return min(distances, key=lambda one: distances[one])

    def _first_of(self, year: int) -> date:
        month = self.month or 1
        return date(year, month, min(self.day or 15, _last_day(year, month)))

    def _stretch(
        self, until: FoundDate, year: int | None, near: str | None, past: bool
    ) -> str | None:
        last = until.year
        turns = (self.month or 0) > (until.month or 0)
        if self.year is None and last is not None:
            year = last - turns
        elif last is None and year is not None:
            last = year + turns
        if year is None or last is None or not (self.exists(year) and until.exists(last)):
            return None
        return f"{self._in_year(year)}/{until._in_year(last)}"

    def exists(self, year: int) -> bool:
        """Tell whether the month has every one of the days in a year."""
        if self.month is None or self.day is None:
            return True
        days = (*self.days, self.day, self.last_day or self.day)
        return 1 <= min(days) and max(days) <= _last_day(year, self.month)

    def _in_year(self, year: int) -> str:
        if self.month is None:
            return f"{year:04d}"
        month = f"{year:04d}-{self.month:02d}"
        if self.day is None:
            return month
        day = f"{month}-{self.day:02d}"
        if self.last_day is not None:
            return f"{day}/{month}-{self.last_day:02d}"
        if self.days:
            return _days(month, (*self.days, self.day))
        return f"{day}T{self.time}:00" if self.time else day


@lru_cache(maxsize=1 << 12)
def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _days(month: str, days: tuple[int, ...]) -> str:
    """Write several days of a month: a stretch where none is left out, else a set."""
    if list(days) == list(range(days[0], days[-1] + 1)):
        return f"{month}-{days[0]:02d}/{month}-{days[-1]:02d}"
    return "{" + ",".join(f"{month}-{day:02d}" for day in days) + "}"
