"""Where in a text a date can begin: at a short number, a quotation mark before one, or a month.

Every pattern of data/dates.toml begins at one of these, so that it is tried there and not at each
character of the text.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import takewhile

# A day, an hour or a month has one digit or two, a year or an hour without a stop has four.
_NUMBER = re.compile(r"(?<!\w)\d(?:\d(?:\d\d)?)?(?!\d)|[\"“«„](?=\s*\d)")
_FIGURES = re.compile(r"\d[./-]\s?[\divx]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def find_numbers(text: str) -> list[int]:
    """Return where a date that begins with its day, month or hour in figures can begin."""
    return [found.start() for found in _NUMBER.finditer(text)]


def has_figures(text: str) -> bool:
    """Tell whether a day and its month may stand in figures, Roman ones too: "3.7", "4/VII"."""
    return _FIGURES.search(text) is not None


def find_months(text: str, months: Container[str]) -> list[int]:
    """Return where the names of *months*, in small letters, stand as words of their own."""
    if not any(word in months for word in _WORD.findall(text.lower())):
        return []
    return [found.start() for found in _WORD.finditer(text) if found.group().lower() in months]


def begins_within(text: str, months: Container[str], last: int) -> bool:
    """Tell whether a date can begin at one of the first characters, up to *last*."""
    number = _NUMBER.search(text)
    if number is not None and number.start() <= last:
        return True
    words = takewhile(lambda found: found.start() <= last, _WORD.finditer(text))
    return any(found.group().lower() in months for found in words)


def match_at(pattern: re.Pattern[str], text: str, places: list[int]) -> list[re.Match[str]]:
    """Return what ``finditer`` gives of a pattern that matches at none but these *places*."""
    found = []
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            found.append(match)
            end = match.end()
    return found
