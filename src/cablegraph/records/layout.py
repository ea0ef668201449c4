"""The lines of a document, and the labels that divide its catalogue entry into blocks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cablegraph.records.contents import is_item
from cablegraph.records.model import FieldName

# [...] and its misprints: too many or too few points, spaces, a bracket turned round.
_GAP = re.compile(r"\*{0,2}\s*\\?\[\s*(?:…|(?:\.\s*){2,6})\\?[\]\[]\s*\*{0,2}")
_END = re.compile(r"(?:\\?#\s?){3,}")
# Longer than any label with its marks, and short enough to try on every line.
_LONGEST_LABEL = 60
# A list of text versions has a handful of short lines; what is longer is a text.
_LONGEST_LIST, _LONGEST_ITEM = 8, 60

# Lines that may stand before a label is given up; the longest summary seen had six.
_LONGEST_BLOCK = 500

_FIELDS: dict[str, FieldName] = {
    "date": "date",
    "title": "title",
    "citation": "citation",
    "url": "url",
    "summary": "summary",
    "credits": "credits",
    "language": "language",
    "contents": "contents",
}
_CORE = frozenset({"citation", "summary", "credits", "language", "contents"})


class Line(NamedTuple):
    """One line; ``end`` comes after its line end, ``text`` has no white space around it."""

    start: int
    end: int
    first: int  # offset of text
    text: str

    @property
    def last(self) -> int:
        """The offset where ``text`` ends."""
        return self.first + len(self.text)

    @property
    def is_gap(self) -> bool:
        """Whether it is ``[...]``, the mark between text versions."""
        return self.text[-1:] in ("]", "[", "*") and _GAP.fullmatch(self.text) is not None

    @property
    def is_end(self) -> bool:
        """Whether it is ``###``, the mark after the last text version."""
        return self.text[:1] in ("#", "\\") and _END.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Label:
    """A label line; ``name`` is None where no field of the record takes the value."""

    name: FieldName | None
    line: int  # its index
    rest: Line  # the line from the value that follows the label, perhaps empty

    @property
    def is_core(self) -> bool:
        """Whether it makes a catalogue entry, as other labels alone do not."""
        return self.name in _CORE


def split_lines(text: str) -> list[Line]:
    """Return the lines of a cleaned text, the last one with or without a line end."""
    found = []
    start = 0
    last = len(text)
    for piece in text.split("\n"):
        if start == last:
            break
        end = min(start + len(piece) + 1, last)
        words = piece.strip()
        first = start + len(piece) - len(piece.lstrip()) if words else end
        found.append(Line(start, end, first, words))
        start = end
    return found


def split_paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines."""
    paragraph: list[Line] = []
    for line in lines:
        if line.text:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


@cache
def _label_forms() -> tuple[re.Pattern[str], dict[str, tuple[FieldName | None, bool]]]:
    data = files(__package__).joinpath("labels.csv").read_text("utf-8")
    rows = list(csv.DictReader(data.splitlines()))
    names = "|".join(sorted((re.escape(row["label"]) for row in rows), reverse=True))
    pattern = re.compile(rf"\**\s*({names})\s*\**\s*(:?)\s*\**", re.IGNORECASE)
    known = {
        row["label"].casefold(): (_FIELDS.get(row["field"]), row["colon"] == "must") for row in rows
    }
    return pattern, known


@cache
def _first_letters() -> frozenset[str]:
    """Return the letters of ASCII with which a label line can begin, large or small."""
    letters = {label[:1] for label in _label_forms()[1]}
    return frozenset({"*"} | letters | {letter.upper() for letter in letters})


def find_label(line: Line, index: int) -> Label | None:
    """Read a label line, plain or bold, its value on the same line or not; None where it is none.

    >>> find_label(split_lines("**Summary:**")[0], 0).name
    'summary'
    """
    pattern, known = _label_forms()
    if line.text[:1].isascii() and line.text[:1] not in _first_letters():
        return None
    found = pattern.match(line.text[:_LONGEST_LABEL])
    if found is None:
        return None
    name, needs_colon = known[found[1].casefold()]
    value = line.text[found.end() :].strip()
    if not found[2] and (needs_colon or value):
        return None
    return Label(name, index, Line(line.start, line.end, line.last - len(value), value))


def find_labels(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of the catalogue entry, each field once, in order.

    A label belongs to it only if no text stands before it: none is looked for after ``[...]``
    or after a list of contents with something else behind it.
    """
    found: list[Label] = []
    seen: set[FieldName] = set()
    for index, line in enumerate(lines):
        if line.is_gap or index - (found[-1].line if found else 0) > _LONGEST_BLOCK:
            break
        label = find_label(line, index) if line.text else None
        if label is None or label.name in seen:
            continue
        if found and _texts_stand_between(lines, found[-1], index):
            break
        if label.name:
            seen.add(label.name)
        found.append(label)
    while found and not found[-1].is_core:
        found.pop()
    return found


def _texts_stand_between(lines: Sequence[Line], label: Label, end: int) -> bool:
    if label.name != "contents":
        return False
    between = [line.text for line in lines[label.line + 1 : end] if line.text]
    if all(map(is_item, between)):
        return False
    return len(between) > _LONGEST_LIST or any(len(text) > _LONGEST_ITEM for text in between)


def is_short_list(lines: Sequence[Line]) -> bool:
    """Say whether lines may be a list of contents, by their number and length alone."""
    return len(lines) <= _LONGEST_LIST and all(len(line.text) <= _LONGEST_ITEM for line in lines)
