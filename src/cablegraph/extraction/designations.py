"""Read how a text designates a message after naming its kind: number, date and topic.

Whose the message is, and of what kind, is read in references.py.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from cablegraph.extraction.dates import FoundDate, find_dates
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.scene import Scene
from cablegraph.records.model import Layer

_DATA = settings("messages")
_VALUE = re.compile(r"\d[\w/]*(?:[.-]\w+)*")
_LONGEST_DATE = 60


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of a message referred to; offsets are those of the layer's text."""

    start: int
    end: int
    written: str
    edtf: str | None
    known: str | None = None  # the EDTF date, or the day alone where nothing tells the year


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a message referred to; offsets are those of the layer's text."""

    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True)
class Designation:
    """What follows the noun: numbers, date and topic in any order."""

    end: int
    numbers: tuple[Numbered, ...] = ()
    date: Dated | None = None
    topic: str | None = None


@lru_cache
def pattern_of(table: str, name: str) -> re.Pattern[str]:
    """Return a pattern of data/messages.toml, made once."""
    return re.compile(_DATA[table][name], re.IGNORECASE)


def read_designation(scene: Scene, layer: Layer, at: int, end: int) -> Designation:
    """Read numbers, date and topic after the noun, each at most once, in any order."""
    tail = Designation(at)
    for _ in range(3):
        before = tail.end
        if not tail.numbers:
            tail = _with_numbers(layer, tail, end)
        if tail.date is None:
            tail = _with_date(scene, layer, tail, end)
        if tail.topic is None:
            tail = _with_topic(layer, tail, end)
        if tail.end == before:
            break
    return tail


def _with_numbers(layer: Layer, tail: Designation, end: int) -> Designation:
    match = pattern_of("number", "list").match(layer.text, tail.end, end)
    if match is None:
        return tail
    first, last = match.span("numbers")
    found = _VALUE.finditer(layer.text, first, last)
    numbers = tuple(Numbered(one.start(), one.end(), one.group()) for one in found)
    return replace(tail, end=last, numbers=numbers)


def _with_topic(layer: Layer, tail: Designation, end: int) -> Designation:
    match = pattern_of("topics", layer.language).match(layer.text, tail.end, end)
    if match is None:
        return tail
    return replace(tail, end=match.end(), topic=_topic_of(match["topic"]))


def _with_date(scene: Scene, layer: Layer, tail: Designation, end: int) -> Designation:
    prefix = pattern_of("dates", layer.language).match(layer.text, tail.end, end)
    if prefix is None:
        return tail
    found = _date_at(
        scene, layer, prefix.end(), min(end, prefix.end() + _LONGEST_DATE), prefix.start()
    )
    return replace(tail, end=found.end, date=found) if found else tail


def _date_at(scene: Scene, layer: Layer, at: int, end: int, back: int) -> Dated | None:
    text = layer.text
    for date in find_dates(text[back:end]):
        if abs(back + date.start - at) <= 1:
            return _dated(scene, date, back)
        break
    counted = (("same_day", 0), ("day_before", 1))
    for name, days in counted:
        if match := pattern_of("dates", name).match(text, at, end):
            words = " ".join(match.group().split())
            day = _days_before(scene.date, days)
            return Dated(at, match.end(), words, day, day)
    if match := pattern_of("dates", "day_only").match(text, at, end):
        day = _day_of_month(scene.date, int(match["day"]))
        return Dated(at, match.end(), match.group(), day, day)
    return None


def _dated(scene: Scene, date: FoundDate, back: int) -> Dated:
    edtf = date.edtf(scene.date, past=True)
    day = f"XXXX-{date.month:02d}-{date.day:02d}" if date.month and date.day else None
    return Dated(back + date.start, back + date.end, date.written, edtf, edtf or day)


def _days_before(edtf: str | None, days: int) -> str | None:
    if days == 0 or edtf is None:
        return edtf
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf[:10]):
        return None
    return (dt.date.fromisoformat(edtf[:10]) - dt.timedelta(days=days)).isoformat()


def _day_of_month(edtf: str | None, day: int) -> str | None:
    """Return the last such day of a month, not after the message's own day."""
    if edtf is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf[:10]):
        return None
    base = dt.date.fromisoformat(edtf[:10])
    return next(
        (one.isoformat() for back in range(62)
         if (one := base - dt.timedelta(days=back)).day == day),
        None,
    )  # fmt: skip


def read_day_before(scene: Scene, match: re.Match[str]) -> Dated | None:
    """Read the date between owner and noun: "your July 3 telegram"."""
    if not match.groupdict().get("day"):
        return None
    for date in find_dates(match["day"]):
        return _dated(scene, date, match.start("day"))
    return None


def _topic_of(words: str | None) -> str | None:
    for topic, stems in _DATA["topic_words"].items():
        if words and any(stem in words.lower() for stem in stems):
            return str(topic)
    return None
