"""Read the labels that close a page: where they begin, and the values that some of them have.

A site loses labels as well as values, so that a value may stand under the label before its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from cablegraph.records.catalogue import Catalogue, names_languages, read_citation, read_languages
from cablegraph.records.layout import Line, split_paragraphs
from cablegraph.records.wordlists import is_in

Closing = Literal[
    "information", "archive", "record-id", "source", "rights", "type", "language", "credits"
]
# Labels that a text may have as a line too close a page only if so many stand together.
_FEWEST_WEAK = 2
_LONGEST_TYPE = 60
_LONGEST = 60  # of a line that is a label
_QUOTES = "\"“«'"


@dataclass(frozen=True, slots=True)
class Value:
    """A closing label (None where no field takes its value) and the lines under it."""

    name: Closing | None
    paragraphs: tuple[list[Line], ...]


@cache
def _labels() -> dict[str, tuple[Closing | None, bool]]:
    names: dict[str, Closing] = {
        "information": "information",
        "archive": "archive",
        "record-id": "record-id",
        "source": "source",
        "rights": "rights",
        "type": "type",
        "language": "language",
        "credits": "credits",
    }
    data = files(__package__).joinpath("closing-labels.csv").read_text("utf-8")
    rows = csv.DictReader(data.splitlines())
    return {
        row["label"].casefold(): (names.get(row["field"]), row["strong"] == "yes") for row in rows
    }


def _key(words: str) -> str | None:
    """Return the closing label that a line is, or None; each line of a page is read twice."""
    return _known(words) if len(words) < _LONGEST else _read(words)


@lru_cache(maxsize=1 << 10)
def _known(words: str) -> str | None:
    return _read(words)


def _read(words: str) -> str | None:
    key = " ".join(words.strip("*").strip().rstrip(":").split()).casefold()
    return key if key in _labels() else None


def find_closing(lines: Sequence[Line], start: int = 0) -> int | None:
    """Return the index of the first closing label of a page, or None where it has none."""
    labels = _labels()
    found = [
        (i, key)
        for i in range(start, len(lines))
        if 0 < len(lines[i].text) < _LONGEST and (key := _key(lines[i].text))
    ]
    strong = [i for i, key in found if labels[key][1]]
    weak = {key: i for i, key in reversed(found) if not labels[key][1]}
    if strong:
        # "Source" may have lost the heading above it; a heading of the text has not a label next.
        first = strong[0]
        return next((i for i in sorted(weak.values()) if _is_run(lines, i, first)), first)
    return min(weak.values()) if len(weak) >= _FEWEST_WEAK else None


def _is_run(lines: Sequence[Line], start: int, end: int) -> bool:
    """Say whether nothing but closing labels stands from *start* to *end*."""
    return start < end and all(_key(x.text) for x in lines[start:end] if x.text)


def read_closing(entry: Catalogue, lines: Sequence[Line]) -> None:
    """Read the fields that the closing lines of a page hold."""
    for value in _values(lines):
        if not value.paragraphs:
            continue
        if value.name in ("information", "source", "archive"):
            _read_source(entry, value)
        elif value.name == "language":
            _read_language(entry, value.paragraphs[0])
        elif value.name == "record-id":
            _read_record_id(entry, value.paragraphs[0])
        elif value.name in ("rights", "credits"):
            _add(entry, value.name, [line for lines in value.paragraphs for line in lines])
        elif value.name == "type" and len(value.paragraphs[0][0].text) <= _LONGEST_TYPE:
            _add(entry, "type", value.paragraphs[0][:1])


def _values(lines: Sequence[Line]) -> Iterator[Value]:
    name: Closing | None = None
    under: list[Line] = []
    for line in lines:
        if key := _key(line.text):
            yield Value(name, tuple(split_paragraphs(under)))
            name, under = _labels()[key][0], []
        else:
            under.append(line)
    yield Value(name, tuple(split_paragraphs(under)))


def _read_source(entry: Catalogue, value: Value) -> None:
    """Read the shelf marks, and the statement of rights below them that lost its label."""
    others: list[Line] = []
    for paragraph in _by_line(value.paragraphs):
        words = " ".join(line.text for line in paragraph)
        if others or is_in("rights.txt", words):
            others += paragraph
        elif "source" in entry.places or "citation" in entry.places:
            if value.name == "information":
                others += paragraph
            elif value.name == "source":
                _add_source(entry, paragraph)
        else:
            _add_source(entry, paragraph)
    if others and "rights" not in entry.places:
        _add(entry, "rights", others)


def _by_line(paragraphs: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Yield the paragraphs, a line that states rights apart from those before it."""
    for paragraph in paragraphs:
        rights = [i for i, line in enumerate(paragraph) if is_in("rights.txt", line.text)]
        cut = rights[0] if rights else len(paragraph)
        yield from (part for part in (paragraph[:cut], paragraph[cut:]) if part)


def _add_source(entry: Catalogue, paragraph: Sequence[Line]) -> None:
    if paragraph[0].text[:1] in _QUOTES and "citation" not in entry.places:
        read_citation(entry, paragraph)
    else:
        _add(entry, "source", paragraph)


def _read_language(entry: Catalogue, paragraph: Sequence[Line]) -> None:
    if "language" not in entry.places and names_languages(paragraph[0].text):
        read_languages(entry, paragraph[0].first, paragraph[0].last)


def _read_record_id(entry: Catalogue, paragraph: Sequence[Line]) -> None:
    if paragraph[0].text.isdecimal() and "record-id" not in entry.places:
        _add(entry, "record-id", paragraph[:1])


def _add(
    entry: Catalogue,
    name: Literal["source", "rights", "credits", "type", "record-id"],
    lines: Sequence[Line],
) -> None:
    entry.add(name, lines[0].first, lines[-1].last)
