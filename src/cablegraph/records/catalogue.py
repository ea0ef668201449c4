"""Read the catalogue entry: the place of each field's value, and where the texts begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cablegraph.records.contents import Item, is_item, parse_item
from cablegraph.records.languages import find_tag
from cablegraph.records.layout import (
    Label,
    Line,
    is_short_list,
    split_paragraphs,
)
from cablegraph.records.model import FieldName
from cablegraph.records.preamble import Offsets, has_link, read_preamble

_LINK = re.compile(r"(?:https?://|(?<![\w.])www\.)[^\s<>()\[\]\"“”*]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:and|or)\s+|\s*[,;/&\n]\s*(?:(?:and|or)\s+)?")
_MARKS = " \n*"
_LINK_MARKS = _MARKS + "<>"


@dataclass(slots=True)
class Catalogue:
    """A catalogue entry as far as it has been read.

    Units: places are offsets in the cleaned text; ``end`` is the index of the line after it.
    """

    text: str = field(repr=False)
    labelled: frozenset[FieldName]
    end: int = 0
    places: dict[FieldName, list[Offsets]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def add(self, name: FieldName, start: int, end: int, marks: str = _MARKS) -> None:
        """Note a value without the white space and marks around it, if words are left."""
        while start < end and self.text[start] in marks:
            start += 1
        while start < end and self.text[end - 1] in marks:
            end -= 1
        if start < end:
            self.places.setdefault(name, []).append((start, end))


def read_catalogue(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Catalogue:
    """Read what stands before the texts, given the labels found in it.

    Shape: ``places`` has no empty value, and no field that the entry lacks.
    """
    entry = Catalogue(text, frozenset(label.name for label in labels if label.name))
    preamble = read_preamble(lines[: labels[0].line])
    if preamble.date and "date" not in entry.labelled:
        entry.add("date", *preamble.date)
    if preamble.title and "title" not in entry.labelled:
        entry.add("title", *preamble.title)
    for paragraph in preamble.others:
        if has_link(paragraph) and _is_missing(entry, "citation"):
            read_citation(entry, paragraph)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        _read_block(entry, lines, label, following)
    return entry


def _is_missing(entry: Catalogue, name: FieldName) -> bool:
    return name not in entry.labelled and name not in entry.places


def _read_block(
    entry: Catalogue, lines: Sequence[Line], label: Label, following: Label | None
) -> None:
    """Read what stands under one label, down to the next or to the texts."""
    stop = following.line if following else _first_gap(lines, label.line)
    body = [label.rest, *lines[label.line + 1 : stop]]
    paragraphs = list(split_paragraphs(body))
    name = label.name
    used = 0
    if name == "contents":
        closed = following is not None or (stop < len(lines) and len(paragraphs) == 1)
        used = _read_contents(entry, paragraphs, closed=closed)
    elif paragraphs:
        used = _read_paragraphs(entry, name, paragraphs, is_last=following is None)
    if following:
        entry.end = stop
    else:
        entry.end = _end(lines, label, used)


def _first_gap(lines: Sequence[Line], start: int) -> int:
    return next((i for i in range(start + 1, len(lines)) if lines[i].is_gap), len(lines))


def _end(lines: Sequence[Line], label: Label, used: int) -> int:
    """Return the index of the line after the one that ends at offset *used*."""
    index = label.line + 1
    while index < len(lines) and lines[index].start < used:
        index += 1
    return index


def _read_contents(entry: Catalogue, paragraphs: list[list[Line]], *, closed: bool) -> int:
    """Read the list of text versions; return the offset after it.

    A line that names none is kept if one below it does, or if the list is closed: by a label,
    or by ``[...]`` right after it.
    """
    used = 0
    for paragraph in paragraphs:
        known = [i for i, line in enumerate(paragraph) if _is_list(line.text)]
        count = known[-1] + 1 if known else 0
        if closed and is_short_list(paragraph):
            count = len(paragraph)
        for line in paragraph[:count]:
            _read_item(entry, line)
            used = line.end
        if count < len(paragraph):
            break
    return used


def _is_list(text: str) -> bool:
    return is_item(text) or all(map(is_item, re.split("[,;]", text)))


def _read_item(entry: Catalogue, line: Line) -> None:
    if is_item(line.text):
        entry.items.append(parse_item(line.text))
        entry.add("contents", line.first, line.last, _MARKS + "-–—•·")
    elif _is_list(line.text):
        for part in re.finditer("[^,;]+", line.text):
            entry.items.append(parse_item(part[0]))
            entry.add("contents", line.first + part.start(), line.first + part.end())
    else:
        entry.add("contents", line.first, line.last)


def _read_paragraphs(
    entry: Catalogue, name: FieldName | None, paragraphs: list[list[Line]], *, is_last: bool
) -> int:
    """Give a block's paragraphs to its field, and those that lost their label to theirs.

    The texts begin where the last block has a paragraph that no field takes.
    """
    owned = [paragraphs[0]]
    used = paragraphs[0][-1].end
    owner, whose = name, {name: owned}
    for paragraph in paragraphs[1:]:
        lost = _recognise(entry, owner, paragraph, is_last=is_last)
        if lost is None and is_last:
            break
        owner = lost or owner
        whose.setdefault(owner, []).append(paragraph)
        used = paragraph[-1].end
    for field_name, taken in whose.items():
        if field_name:
            _read_field(entry, field_name, taken)
    return used


def _recognise(
    entry: Catalogue, owner: FieldName | None, paragraph: list[Line], *, is_last: bool
) -> FieldName | None:
    """Return the field whose label is missing above a paragraph, or None."""
    words = " ".join(line.text for line in paragraph)
    if has_link(paragraph):
        return "citation" if owner == "citation" or _is_missing(entry, "citation") else None
    if _is_missing(entry, "language") and names_languages(words):
        return "language"
    if _is_missing(entry, "contents") and all(_is_list(line.text) for line in paragraph):
        return "contents"
    if owner in ("citation", "language") and not is_last and _is_missing(entry, "summary"):
        return "summary"
    return None


def names_languages(words: str) -> bool:
    """Say whether *words* are names of languages and nothing else."""
    return all(find_tag(name.strip(_MARKS + ".")) for name in _BETWEEN.split(words))


def _read_field(entry: Catalogue, name: FieldName, paragraphs: list[list[Line]]) -> None:
    start, end = paragraphs[0][0].first, paragraphs[-1][-1].last
    if name == "citation":
        read_citation(entry, [line for paragraph in paragraphs for line in paragraph])
    elif name == "contents":
        _read_contents(entry, paragraphs, closed=False)
    elif name == "language":
        read_languages(entry, start, end)
    else:
        entry.add(name, start, end)


def read_citation(entry: Catalogue, lines: Sequence[Line]) -> None:
    """Note a citation; divide the citation from the link that ends it."""
    start, end = lines[0].first, lines[-1].last
    links = list(_LINK.finditer(entry.text, start, end))
    if links and "url" not in entry.labelled:
        entry.add("url", *links[-1].span(), _LINK_MARKS + ".,;")
    entry.add("citation", start, links[-1].start() if links else end, _LINK_MARKS + "([")


def read_languages(entry: Catalogue, start: int, end: int) -> None:
    """Note each language of a list by itself."""
    at = start
    for separator in _BETWEEN.finditer(entry.text[start:end]):
        entry.add("language", at, start + separator.start(), _MARKS + ".")
        at = start + separator.end()
    entry.add("language", at, end, _MARKS + ".")
