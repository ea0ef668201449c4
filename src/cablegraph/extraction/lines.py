"""The lines of a text version, with one thing on each: heading, label, name, number or date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.extraction.cues import (
    find_labels,
    hint_of,
    is_closing,
    is_head,
    is_name_line,
    tells_whom,
)
from cablegraph.extraction.dates import find_dates
from cablegraph.records.claims import Evidence
from cablegraph.records.model import Layer

_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"\[\s*(?:\.{3,}|…)\s*[\]\[]|#{3,}|\*{3,}")
_OPENING = '«“„‘"'
_QUOTED_DAY = re.compile(r"[\"«“„]\s*\d{1,2}\s*[\"»”“]|.$")
_LETTER = re.compile(r"\w")
_FIGURE = re.compile(r"\d")
_SENTENCE = re.compile(r"[:;?!]")
_NAMED = re.compile(r"[^\W\d_]{3}")
_DASHED = re.compile(r"\s+[-–—]+\s+")
# "To PLACE To NAME": two addresses on one line.
_TO_AND_TO = re.compile(r"^To\s+[^\W\d_a-z][^a-z\n]*?(?P<gap>\s+)(?=To\s+[^\W\d_a-z])")
_LONGEST_END = 70  # of a line that holds number, signature and date together


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space and the opening quotation mark before it.

    Units: offsets count code points of the layer's text.
    """

    layer: Layer = field(repr=False)
    start: int
    end: int
    #: The words of the line.
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.layer.text[self.start : self.end])

    @property
    def evidence(self) -> Evidence:
        """Point at the line."""
        return self.layer.evidence(self.start, self.end)

    def part(self, start: int, end: int) -> Line:
        """Return a stretch of the line; offsets count from its first character."""
        return Line(self.layer, self.start + start, self.start + end)


def letter_before(line: Line) -> str:
    """Return the last character before a line that is no white space; empty before the first."""
    text, at = line.layer.text, line.start
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at] if at else ""


def split_lines(layer: Layer) -> tuple[list[Line], list[Line]]:
    """Return the lines of *layer* that hold words, and the marks of the edition between them."""
    lines: list[Line] = []
    markers: list[Line] = []
    text = layer.text
    for match in _LINE.finditer(text):
        start, end = match.span()
        words = match.group()
        start += len(words) - len(words.lstrip(" *"))
        end -= len(words) - len(words.rstrip(" *"))
        if start >= end:
            continue
        if _MARKER.fullmatch(text, start, end):
            markers.append(Line(layer, start, end))
        else:
            while text[start] in _OPENING and not _QUOTED_DAY.match(text, start):
                start += 1
                start += len(text[start:end]) - len(text[start:end].lstrip())
            line = Line(layer, start, end)
            whole = end - start > _LONGEST_END and ":" not in line.text
            lines += (line,) if whole else _pieces(line)
    return lines, markers


def _pieces(line: Line) -> Iterator[Line]:
    """Cut a line that holds several: "Destination: X  To Whom: Y", "No. 18 - NAME - 14 January"."""
    text = line.text
    cuts = [
        found.span()
        for found in find_labels(text)
        # "Copies to: A": no second label, but the rest of the first one.
        if not tells_whom(text[: found.start()])
    ]
    if len(text) <= _LONGEST_END:
        if text.startswith("To"):
            cuts += [found.span("gap") for found in _TO_AND_TO.finditer(text)]
        cuts = cuts or _cuts_of_end(text)
    if not cuts:
        yield line
        return
    start = 0
    for first, last in cuts:
        yield line.part(start, first)
        start = last
    yield line.part(start, len(text))


def _is_directed(text: str) -> bool:
    """Tell whether words say from where or to whom: the date after them is that of the wire."""
    hint = hint_of(text)
    return hint is not None and hint[0] != "honorifics"


def _cuts_of_end(text: str) -> list[tuple[int, int]]:
    dashes = [found.span() for found in _DASHED.finditer(text)]
    if dashes:
        edges = [0, *(offset for span in dashes for offset in span), len(text)]
        pieces = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        if any(map(is_name_line, pieces)) and is_closing(pieces[-1]):
            kept = all(is_name_line(piece) or is_closing(piece) for piece in pieces)
            return dashes if kept else []
    dates = list(find_dates(text)) if _may_be_named(text) else []
    if len(dates) == 1 and not _LETTER.search(text, dates[0].end):
        before = text[: dates[0].start].rstrip(" ,-–—")
        named = _NAMED.search(before) and not is_head(before.lstrip("[ "))
        if named and is_name_line(before) and not _is_directed(before):
            return [(len(before), dates[0].start)]
    return []


def _may_be_named(text: str) -> bool:
    """Tell whether a name can stand before the only date of a line: it does before any figure.

    A name has neither figures nor the signs of a sentence but in brackets, and a date none of
    these signs before its figures.
    """
    figure = _FIGURE.search(text)
    if figure is None:
        return False
    before = text[: figure.start()]
    if "[" in before or "(" in before:
        return True
    return _SENTENCE.search(before) is None and _NAMED.search(before) is not None
