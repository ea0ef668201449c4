"""Messages in time: bars by day, month or year, whichever fits, and lists by day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from cablegraph.publication.site.drawing import drawing, element, number

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WIDTH, _HEIGHT, _FOOT = 900.0, 220.0, 46.0
#: Bars that can be told apart; beyond, months or years are drawn.
_MOST_BARS = 62
_MOST_LABELS = 12
#: Digits of an ISO date that name a year, a month, a day.
_YEAR, _MONTH, _FULL = 4, 7, 10


def plain_day(edtf: str) -> str:
    """Return the certain beginning of a date as year, month or day; empty if there is none.

    >>> plain_day("1951-07-04?"), plain_day("1951-07-10/1951-07-15"), plain_day("19XX")
    ('1951-07-04', '1951-07-10', '')
    """
    found = _DAY.match(edtf)
    return found[0] if found else ""


def draw_timeline(days: Sequence[str], hrefs: dict[str, str]) -> Markup:
    """Draw how many messages there are by day, month or year.

    Shape: *days* as from ``plain_day``, once a message; *hrefs* lead from the beginning of a day
        (a year, or more of it) to its list.
    """
    dated = sorted(day for day in days if day)
    if not dated:
        return Markup("")
    size = _fitting(dated)
    counted = Counter(day[:size] for day in dated if len(day) >= size)
    slots = _slots(min(counted), max(counted), size)
    step = _WIDTH / len(slots)
    most = max(counted.values())
    parts = [
        _bar(slot, position * step, step, counted[slot] / most, counted[slot], hrefs)
        for position, slot in enumerate(slots)
        if counted[slot]
    ]
    every = max(1, -(-len(slots) // _MOST_LABELS))
    labels = [
        _words(slot, (position + 0.5) * step, _HEIGHT - 18)
        for position, slot in enumerate(slots)
        if position % every == 0
    ]
    axis = element("path", d=f"M0 {number(_HEIGHT - _FOOT)} H{number(_WIDTH)}", class_="axis")
    title = f"{len(dated)} messages from {dated[0]} to {dated[-1]}"
    return drawing(_WIDTH, _HEIGHT, title, [axis, *parts, *labels])


def _fitting(days: Sequence[str]) -> int:
    for size in (_FULL, _MONTH):
        fine = [day[:size] for day in days if len(day) >= size]
        if len(fine) * 2 > len(days) and len(_slots(fine[0], fine[-1], size)) <= _MOST_BARS:
            return size
    return _YEAR


def _slots(first: str, last: str, size: int) -> list[str]:
    if size == _YEAR:
        return [str(year) for year in range(int(first), int(last) + 1)]
    found: list[str] = []
    here = _date(first)
    while here.isoformat()[:size] <= last and len(found) <= _MOST_BARS:
        found.append(here.isoformat()[:size])
        here = here + timedelta(days=1) if size == _FULL else _next_month(here)
    return found


def _date(text: str) -> date:
    year, month, day = (int(part or 1) for part in (text[:4], text[5:7], text[8:10]))
    try:
        return date(year, month, day)
    except ValueError:  # a day that no month has
        return date(year, min(max(month, 1), 12), 1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _bar(
    slot: str, left: float, step: float, share: float, count: int, hrefs: dict[str, str]
) -> Markup:
    height = (_HEIGHT - _FOOT - 24) * share
    top = _HEIGHT - _FOOT - height
    width = min(step * 0.8, 40)
    x = left + (step - width) / 2
    bar = element(
        "rect", x=number(x), y=number(top), width=number(width), height=number(height), class_="bar"
    )
    words = element(
        "text", str(count), x=number(x + width / 2), y=number(top - 5), text_anchor="middle"
    )
    title = element("title", f"{slot}: {count}")
    href = next((hrefs[key] for key in _starts(slot, hrefs)), None)
    return element("a" if href else "g", [title, bar, words], href=href)


def _words(text: str, x: float, y: float) -> Markup:
    return element("text", text, x=number(x), y=number(y), text_anchor="middle")


def _starts(slot: str, keys: Iterable[str]) -> list[str]:
    """Return the lists that a bar may lead to: the first within its time, else one around it."""
    inside = sorted(key for key in keys if key.startswith(slot))
    return inside or sorted(key for key in keys if slot.startswith(key))
