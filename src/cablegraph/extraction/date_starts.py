"""Where in a text a date can begin: at a short number, a quotation mark before one, or a month.

Every pattern of data/dates.toml begins at one of these, so that it is tried there and not at each
character of the text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from itertools import takewhile

# A day, an hour or a month has one digit or two, a year or an hour without a stop has four.
_NUMBER = re.compile(r"(?<!\w)\d(?:\d(?:\d\d)?)?(?!\d)|[\"“«„](?=\s*\d)")
_SIGN = re.compile(r"[\d\"“«„]")
_FIGURES = re.compile(r"\d[./-]\s?[\divx]", re.IGNORECASE)
_LONG = 100  # letters; it is worth while to look first whether there is any month at all
_WORD = re.compile(r"[^\W\d_]+")


def find_numbers(text: str) -> list[int]:
    """Return where a date that begins with its day, month or hour in figures can begin."""
    return [found.start() for found in _NUMBER.finditer(text)]


def has_figures(text: str) -> bool:
    """Tell whether a day and its month may stand in figures, Roman ones too: "3.7", "4/VII"."""
    return _FIGURES.search(text) is not None


def find_months(text: str, months: Mapping[str, int]) -> list[int]:
    """Return where the names of *months*, in small letters, stand as words of their own."""
    if len(text) > _LONG and months.keys().isdisjoint(_WORD.findall(text.lower())):
        return []
    words = _WORD.finditer(text)
    return [found.start() for found in words if found.group().lower() in months]


def begins_within(text: str, months: Container[str], last: int) -> bool:
    """Tell whether a date can begin at one of the first characters, up to *last*."""
    if any(_NUMBER.match(text, at.start()) for at in _SIGN.finditer(text, 0, last + 1)):
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
