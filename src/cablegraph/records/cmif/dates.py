"""Write as EDTF what the dating attributes of TEI say.

A stretch of time in which something went on and a bound for the day on which it happened are not
the same: ``A/B`` is from A to B, ``[A..B]`` some day between; an unknown end is left open with
nothing, a bound on one side with two dots.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

ATTRIBUTES = ("when", "from", "to", "notBefore", "notAfter")
_VALUE = re.compile(
    r"(?P<date>(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>T\d\d:\d\d(?::\d\d)?)?)?)?)"
    r"(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)


def write_edtf(values: Mapping[str, str], *, doubtful: bool = False) -> str | None:
    """Return the date that attributes of W3C form give, or None where one of them can't be read.

    Shape: *values* maps the names of ATTRIBUTES to what stands there; @when goes before the rest.

    >>> write_edtf({"when": "1902-01-17"}), write_edtf({"notBefore": "1902", "notAfter": "1903"})
    ('1902-01-17', '[1902..1903]')
    >>> write_edtf({"from": "1902-01", "to": "1902-02"}), write_edtf({"notAfter": "1903"})
    ('1902-01/1902-02', '../1903')
    """
    read = {name: _read(values[name], doubtful) for name in ATTRIBUTES if name in values}
    if not read or None in read.values():
        return None
    if "when" in read:
        return read["when"]
    start, end = read.get("from"), read.get("to")
    if start or end:
        return _day(start or read.get("notBefore")) + "/" + _day(end or read.get("notAfter"))
    first, last = read.get("notBefore"), read.get("notAfter")
    if first and last:
        return f"[{_day(first)}..{_day(last)}]"
    return f"{_day(first)}/.." if first else f"../{_day(last)}"


def _day(value: str | None) -> str:
    """Return a bound without its hour, which EDTF has no place for in an interval.

    >>> _day("1951-07-03T23:10:00?")
    '1951-07-03?'
    """
    return re.sub(r"T[\d:Z+-]*", "", value or "")


def _read(value: str, doubtful: bool) -> str | None:
    """Return one value as EDTF, or None if there is no such date.

    >>> _read("1951-07-03T23:10", False), _read("1951-02-30", False), _read("1951", True)
    ('1951-07-03T23:10:00', None, '1951?')
    """
    found = _VALUE.fullmatch(value.strip())
    if found is None:
        return None
    try:
        datetime.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        if found["time"]:
            datetime.time.fromisoformat(found["time"][1:])
    except ValueError:
        return None
    hour = found["time"] or ""
    hour += ":00" if hour.count(":") == 1 else ""
    zone = (found["zone"] or "") if hour else ""
    return f"{found['date'].partition('T')[0]}{hour}{zone}{'?' if doubtful and not hour else ''}"
