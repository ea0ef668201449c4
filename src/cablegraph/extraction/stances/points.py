"""Find the numbered points that a text speaks of: "the second part of the third point"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.openings import Opening, opening

_MOST = 20  # points named by "the first N" or a range; no message with more was seen
_NUMBER = r"\d{1,2}(?!\d)"
_BRACKET = re.compile(
    r"\s{0,2}(?:\((?P<round>[^()\n]{3,400})\)|/(?P<stroke>[^/\n]{3,400})/"
    r"|\[(?P<square>[^\[\]\n]{3,400})\]|[:—–-]\s(?P<open>[^.;\n]{3,300}))"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point, by number or by what a list says of it.

    Units: offsets count code points of the whole text.
    """

    start: int
    end: int
    number: str | None = None
    part: str | None = None
    phrase: str = ""  # of an item of a list


@dataclass(frozen=True, slots=True)
class Points:
    """Points that are named together; offsets are those of the whole naming."""

    start: int
    end: int
    points: tuple[Point, ...]


def find_points(text: str, start: int, end: int, language: str) -> list[Points]:
    """Return the namings of points in a stretch of *text*, in order; none lies in another."""
    if not may_have_points(text, start, end, language):
        return []  # each naming has a noun: "points two and four"
    found: list[Points] = []
    for points in sorted(_all(text, start, end, language), key=lambda p: (p.start, -p.end)):
        if not found or points.start >= found[-1].end:
            found.append(points)
    return found


def may_have_points(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a stretch has a noun by which points are named."""
    return _nouns(language).may_stand(text, start, end)


def place_nouns(text: str, language: str) -> list[int]:
    """Return where in a text a noun stands by which points are named."""
    return _nouns(language).places(text)


def _all(text: str, start: int, end: int, language: str) -> Iterator[Points]:
    rules = _rules(language)
    for match in rules.part.finditer(text, start, end):
        letter = chr(96 + rules.number_of(match["part"]))
        number = rules.number_of(match["ordinal"] or match["number"])
        yield _points(match.span(), [(str(number), letter)])
    for match in rules.first.finditer(text, start, end):
        count = rules.count_of(match["count"])
        yield _points(match.span(), [(str(n), None) for n in range(1, min(count, _MOST) + 1)])
    for match in rules.ordinals.finditer(text, start, end):
        numbers = [rules.number_of(one) for one in rules.one.findall(match["list"])]
        yield _points(match.span(), [(str(number), None) for number in numbers])
    for match in rules.numbers.finditer(text, start, end):
        yield _points(match.span(), [(str(n), None) for n in _listed(match["list"])])
    for match in rules.cardinals.finditer(text, start, end):
        numbers = [rules.count_of(one) for one in rules.cardinal.findall(match["list"])]
        yield _points(match.span(), [(str(number), None) for number in numbers])
    for match in rules.rest.finditer(text, start, end):
        if items := _items(text, match.end(), end, rules):
            yield Points(match.start(), items[-1].end, tuple(items))


def _points(span: tuple[int, int], named: list[tuple[str, str | None]]) -> Points:
    return Points(*span, tuple(Point(*span, number, part) for number, part in named))


def _listed(written: str) -> list[int]:
    """Return the numbers of a list: "2, 4 and 5", "2-4".

    >>> _listed("2, 4–6 and 9")
    [2, 4, 5, 6, 9]
    """
    numbers: list[int] = []
    for match in re.finditer(r"(\d+)(?:\s*[-–—]\s*(\d+))?", written):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers += range(first, min(last, first + _MOST) + 1)
    return numbers


@cache
def _nouns(language: str) -> Opening:
    return opening(GRAMMAR["points"][language]["nouns"])


@dataclass(frozen=True, slots=True)
class _Rules:
    part: re.Pattern[str]
    first: re.Pattern[str]
    rest: re.Pattern[str]
    ordinals: re.Pattern[str]
    numbers: re.Pattern[str]
    cardinals: re.Pattern[str]  # points one and two
    cardinal: re.Pattern[str]
    one: re.Pattern[str]
    split: re.Pattern[str]
    topic: re.Pattern[str]
    by_ordinal: tuple[tuple[int, re.Pattern[str]], ...]
    by_count: tuple[tuple[int, re.Pattern[str]], ...]

    def number_of(self, word: str) -> int:
        """Return the number that an ordinal or a figure means."""
        bare = re.sub(r"\D", "", word)
        return int(bare) if bare else _value(word, self.by_ordinal)

    def count_of(self, word: str) -> int:
        """Return how many a cardinal means."""
        return int(word) if word.isdigit() else _value(word, self.by_count)


def _value(word: str, table: tuple[tuple[int, re.Pattern[str]], ...]) -> int:
    return next(number for number, pattern in table if pattern.fullmatch(word))


@lru_cache
def _rules(language: str) -> _Rules:
    words: dict[str, Any] = GRAMMAR["points"][language]
    ordinal = "|".join(words["ordinals"].values()) + r"|\d{1,2}-(?:й|го|му|м|я|ю|th|st|nd|rd)"
    count = "|".join(words["counts"].values())
    nouns, between, joined = words["nouns"], words["between"], words["and"]
    of = r"\s+(?:of|from|in)\s+(?:the\s+)?" if language == "en" else r"\s+"
    number = rf"(?:№\s?|No\.?\s?)?(?P<number>{_NUMBER})"
    series = rf"{_NUMBER}(?:\s*(?:[-–—,]|,?\s(?:{joined})\s)\s*{_NUMBER}){{0,9}}"
    ordinal_list = rf"(?:{ordinal})(?:(?:,\s*|,?\s+(?:{joined})\s+)(?:the\s+)?(?:{ordinal})){{0,9}}"
    the = r"(?:the\s+)?" if language == "en" else ""
    return _Rules(
        part=_compiled(rf"(?<!\w){the}(?P<part>{ordinal})\s+(?:{words['parts']}){of}{between}"
                       rf"(?:(?P<ordinal>{ordinal})\s+(?:{nouns})|(?:{nouns})\s+{number})(?!\w)"),
        first=_compiled(rf"(?<!\w){the}(?:{words['first']})\s+(?P<count>{count})\s+{between}(?:{nouns})"
                        rf"(?!\w)(?:\s+{between}(?:{nouns})(?!\w))?"),
        rest=_compiled(rf"(?<!\w)(?:{words['rest']})\s+(?:(?:{count})\s+)?{between}(?:{nouns})(?!\w)"),
        ordinals=_compiled(rf"(?<!\w){the}(?P<list>{ordinal_list})\s+{between}(?:{nouns})(?!\w)"),
        numbers=_compiled(rf"(?<!\w)(?:{nouns})\s+(?:№\s?|No\.?\s?)?(?P<list>{series})(?![\w/])"),
        cardinals=_compiled(rf"(?<!\w)(?:{nouns})\s+(?P<list>(?:{words['cardinals']})"
                            rf"(?:(?:,\s*|,?\s+(?:{joined})\s+)(?:{words['cardinals']})){{0,9}})(?!\w)"),
        cardinal=_compiled(rf"(?<!\w)(?:{words['cardinals']})(?!\w)"),
        one=_compiled(rf"(?<!\w)(?:{ordinal})(?!\w)"),
        split=_compiled(rf"(?:[,;]\s*|\s+)(?:{joined})?\s*(?=(?:{words['topic']})\s)|;\s+"),
        topic=_compiled(rf"(?:{words['topic']})\s+"),
        by_ordinal=_table(words["ordinals"]),
        by_count=_table(words["counts"]),
    )  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _table(words: dict[str, str]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((int(number), _compiled(forms)) for number, forms in words.items())


def _items(text: str, at: int, end: int, rules: _Rules) -> list[Point]:
    """Return the items of the list in brackets after a naming: "(about troops and about mines)"."""
    bracket = _BRACKET.match(text, at, end)
    if bracket is None:
        return []
    group = bracket.lastgroup or "round"
    first, last = bracket.span(group)
    found, start = [], first
    for cut in [*rules.split.finditer(text, first + 1, last), None]:
        stop = cut.start() if cut else last
        words = text[start:stop].strip(" ,;")
        if words:
            place = text.index(words, start)
            topic = rules.topic.match(words)
            found.append(
                Point(place, place + len(words), None, None, words[topic.end() if topic else 0 :])
            )
        start = cut.end() if cut else last
    return found
