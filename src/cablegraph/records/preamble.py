"""What stands before the first label: the date, the title, at times the citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from cablegraph.records.layout import Line, split_paragraphs

_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SPACES = re.compile(r"\s+")
_NOT_IN_DATES = re.compile(r"[^\w\s.,/()\[\]?*–—-]")
# The longest date of a catalogue has fewer words: "Between early June and late July 1951".
_LONGEST_DATE = 9
# Paragraphs that one title may be broken into, if bold type holds them together.
_LONGEST_TITLE = 4

Offsets = tuple[int, int]


class Preamble(NamedTuple):
    """The places of the date and the title, and the paragraphs left over."""

    date: Offsets | None
    title: Offsets | None
    others: list[list[Line]]


@cache
def _date_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a date may hold, and the phrases that stand for a missing one."""
    rows = files(__package__).joinpath("date-words.txt").read_text("utf-8").splitlines()
    phrases = frozenset(row[1:] for row in rows if row.startswith("="))
    return frozenset(rows) - phrases, phrases


@cache
def _furniture() -> re.Pattern[str]:
    rows = files(__package__).joinpath("furniture.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)


def is_date(text: str) -> bool:
    """Say whether a line is a date and nothing else.

    >>> is_date("July 3, 1951"), is_date("**3 июля 1951 г.**"), is_date("Telegram of 1951")
    (True, True, False)
    """
    if len(text.split(None, _LONGEST_DATE)) > _LONGEST_DATE or _NOT_IN_DATES.search(text):
        return False
    words, phrases = _date_words()
    if text.casefold().strip("*[]() ") in phrases:
        return True
    has_year = _YEAR.search(text) is not None
    return has_year and all(word.casefold() in words for word in _LETTERS.findall(text))


def read_preamble(lines: Sequence[Line]) -> Preamble:
    """Read the lines before the first label.

    The title is the paragraph after the date, or what follows the date on its line; without a
    date, or with the date below it, it is the first paragraph.
    """
    kept = [line if not _is_furniture(line) else _blanked(line) for line in lines]
    for index, line in enumerate(kept):
        length = date_length(line.text)
        if length:
            date = line.first, line.first + length
            rest = line.text[length:].lstrip()
            tail = [Line(line.start, line.end, line.last - len(rest), rest)] if rest else []
            title, others = _title([*tail, *kept[index + 1 :]])
            above, more = _title(kept[:index])
            return Preamble(date, title or above, more + others)
    title, others = _title(kept)
    return Preamble(None, title, others)


def _is_furniture(line: Line) -> bool:
    return _furniture().fullmatch(line.text) is not None


def _blanked(line: Line) -> Line:
    return Line(line.start, line.end, line.first, "")


def date_length(text: str) -> int:
    """Return the length of the date that *text* is or begins with, or 0."""
    if is_date(text):
        return len(text)
    best = 0
    for space in islice(_SPACES.finditer(text), _LONGEST_DATE):
        words = text[: space.start()]
        if is_date(words) and len(re.findall(r"\d+", words)) > 1:
            best = len(words)
    return best


def _title(lines: Sequence[Line]) -> tuple[Offsets | None, list[list[Line]]]:
    """Return the place of the first paragraph, and the other ones.

    Bold type that is still open at its end takes the next paragraph in.
    """
    paragraphs = list(split_paragraphs(lines))
    if not paragraphs or has_link(paragraphs[0]):
        return None, paragraphs
    ends = range(1, min(len(paragraphs), _LONGEST_TITLE) + 1)
    end = next((end for end in ends if not _is_bold_open(paragraphs[:end])), 1)
    return (paragraphs[0][0].first, paragraphs[end - 1][-1].last), paragraphs[end:]


def _is_bold_open(paragraphs: Sequence[Sequence[Line]]) -> bool:
    return sum(line.text.count("**") for lines in paragraphs for line in lines) % 2 == 1


def has_link(paragraph: Sequence[Line]) -> bool:
    """Say whether a line of a paragraph holds a link."""
    return any("://" in line.text for line in paragraph)
