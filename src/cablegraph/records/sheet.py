"""Read a sheet of labelled values that a third party put before a text.

Its labels (``Title:``, ``Author:``, ``Date:``, ``Source:.``, ``Description:.``) stood in columns:
several may share a line, and their values may all come after them, in the same order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from cablegraph.records.catalogue import Catalogue
from cablegraph.records.layout import Line, split_paragraphs
from cablegraph.records.preamble import date_length
from cablegraph.records.prose import is_summary

Name = Literal["title", "author", "date", "source", "summary"]
# Lines with words among which the labels of a sheet stand.
_HEAD = 20
_FEWEST = 3


@dataclass(slots=True)
class _Value:
    """A label and the places of what was found for it."""

    name: Name
    places: list[tuple[int, int]] = field(default_factory=list)


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, Name]]:
    names: tuple[Name, ...] = ("title", "author", "date", "source", "summary")
    data = files(__package__).joinpath("sheet-labels.csv").read_text("utf-8")
    known = {row["label"]: row["field"] for row in csv.DictReader(data.splitlines())}
    words = "|".join(sorted(known, reverse=True))
    pattern = re.compile(rf"(?:^|(?<=\s))\**({words})\s?:\.?\**(?=\s|$)", re.IGNORECASE)
    return pattern, {w: name for w, kind in known.items() for name in names if name == kind}


def find_sheet(lines: Sequence[Line]) -> int | None:
    """Return the index of the line with the last label of a sheet, or None where there is none.

    A sheet begins with a title's label, and a text has no three of them in its first lines.
    """
    pattern, names = _labels()
    filled = [(i, line) for i, line in enumerate(lines) if line.text][:_HEAD]
    found = [(i, names[m[1].casefold()]) for i, x in filled for m in pattern.finditer(x.text)]
    first = found[0][1] if found else None
    kinds = {name for _, name in found}
    if first != "title" or len(kinds) < _FEWEST or not kinds & {"source", "summary"}:
        return None
    return found[-1][0]


def read_sheet(entry: Catalogue, lines: Sequence[Line], last: int) -> int:
    """Read the values of a sheet; return the index of the first line of the text."""
    values: list[_Value] = []
    for line in lines[: last + 1]:
        _read_line(line, values)
    end = _read_below(lines, last + 1, values)
    for value in values:
        _add(entry, value)
    return end


def _read_line(line: Line, values: list[_Value]) -> None:
    """Take the values of one line: after each label of it, or for labels without a value."""
    pattern, names = _labels()
    found = list(pattern.finditer(line.text))
    stops = [m.start() for m in found] + [len(line.text)]
    if values and line.text[: stops[0]].strip():
        _give(line, 0, stops[0], values)
    for match, stop in zip(found, stops[1:], strict=True):
        values.append(_Value(names[match[1].casefold()]))
        if line.text[match.end() : stop].strip():
            values[-1].places.append((line.first + match.end(), line.first + stop))


def _give(line: Line, start: int, end: int, values: list[_Value]) -> None:
    """Give words without a label to the first label without a value, else to the last one.

    A date may share the line with the value of the next column.
    """
    waiting = [value for value in values if not value.places and value.name != "summary"]
    if not waiting:
        values[-1].places.append((line.first + start, line.first + end))
        return
    length = date_length(line.text[start:end]) if waiting[0].name == "date" else 0
    cut = start + length if 0 < length < len(line.text[start:end].rstrip()) else end
    waiting[0].places.append((line.first + start, line.first + cut))
    if cut < end:
        _give(line, cut, end, values)


def _read_below(lines: Sequence[Line], start: int, values: list[_Value]) -> int:
    """Take the values that stand below the last label; return the index after them."""
    index = start
    while index < len(lines) and any(not v.places and v.name != "summary" for v in values):
        line = lines[index]
        if not line.text and any(v.places for v in values):
            break
        if line.text:
            _give(line, 0, len(line.text), values)
        index += 1
    if values[-1].name == "summary":
        return _read_description(lines, start, index, values[-1])
    return index


def _read_description(lines: Sequence[Line], start: int, index: int, value: _Value) -> int:
    """Go on with a description to its blank line; one on lines of its own must sound like one."""
    paragraph = next(split_paragraphs(lines[index:]), None)
    if paragraph is None:
        return index
    first = next(i for i, line in enumerate(lines) if line is paragraph[0])
    begun = bool(value.places)
    if begun and (first != start or _is_closed(lines[start - 1])):
        return index
    count = 1 if begun else len(paragraph)
    while begun and count < len(paragraph) and not _is_closed(paragraph[count - 1]):
        count += 1
    words = " ".join(line.text for line in paragraph[:count])
    if not begun and not is_summary(words):
        return index
    value.places.append((paragraph[0].first, paragraph[count - 1].last))
    return first + count


def _is_closed(line: Line) -> bool:
    return line.text.rstrip("*")[-1:] in (".", "!", "?", "”", '"', ")")


def _add(entry: Catalogue, value: _Value) -> None:
    if not value.places or value.name == "author":
        return
    if value.name != "date":
        entry.add(value.name, value.places[0][0], value.places[-1][1])
        return
    start, end = value.places[0]
    words = entry.text[start:end]
    lead = len(words) - len(words.lstrip())
    length = date_length(words.strip())
    entry.add("date", start + lead, start + lead + length if length else end)
