"""A text cut where marks begin and end, so that overlapping ones can be shown in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text that something was read from.

    Units: code points of the text version, end excluded.
    """

    start: int
    end: int
    key: str  # anchor of what was read
    kind: str  # name of its style


@dataclass(frozen=True, slots=True)
class Piece:
    """Words within one line under the same marks, the shortest mark first."""

    text: str
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]  # of these, those whose last words these are


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text; ``start`` and ``end`` are its offsets, the break left out."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]


def cut_lines(text: str, marks: Iterable[Mark], first: int = 1) -> list[Line]:
    """Cut a text into lines and each line into pieces; joined they are the text again.

    Shape: marks without words or beyond the text are left out.

    >>> [piece.text for piece in cut_lines("one two", [Mark(0, 3, "a", "n")])[0].pieces]
    ['one', ' two']
    """
    kept = sorted({mark for mark in marks if 0 <= mark.start < mark.end <= len(text)})
    lines = []
    start = 0
    for number, line in enumerate(text.split("\n"), first):
        end = start + len(line)
        here = [mark for mark in kept if mark.start < end and mark.end > start]
        shown_end = end - 1 if line.endswith("\r") else end
        pieces = tuple(_pieces(text, start, shown_end, here))
        lines.append(Line(number, start, shown_end, pieces))
        start = end + 1
    return lines


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterator[Piece]:
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    for left, right in pairwise(cuts):
        if left == right:
            continue
        over = [mark for mark in marks if mark.start <= left and mark.end >= right]
        over.sort(key=lambda mark: (mark.end - mark.start, mark))
        ends = tuple(mark for mark in over if mark.end == right)
        yield Piece(text[left:right], tuple(over), ends)
