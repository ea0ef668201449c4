"""A text cut where marks begin and end, so that overlapping ones can be shown in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch of a text that something was read from.

    Units: code points of the text version, end excluded.
    """

    start: int
    end: int
    key: str  # anchor of what was read
    kind: str  # name of its style


class Piece(NamedTuple):
    """Words within one line under the same marks, the shortest mark first."""

    text: str
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]  # of these, those whose last words these are


class Line(NamedTuple):
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
    sweep = _Sweep(kept)
    start = 0
    for number, line in enumerate(text.split("\n"), first):
        end = start + len(line)
        shown_end = end - 1 if line.endswith("\r") else end
        here = sweep.until(start, end)
        lines.append(Line(number, start, shown_end, tuple(_pieces(text, start, shown_end, here))))
        start = end + 1
    return lines


class _Sweep:
    """Goes through sorted marks once, as long as it is asked for places further on each time."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks, self._next = marks, 0
        self._open: list[Mark] = []

    def until(self, start: int, end: int) -> list[Mark]:
        """Return the marks that have words between two offsets."""
        while self._next < len(self._marks) and self._marks[self._next].start < end:
            self._open.append(self._marks[self._next])
            self._next += 1
        self._open = [mark for mark in self._open if mark.end > start]
        return self._open


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterator[Piece]:
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    sweep = _Sweep(marks)
    for left, right in pairwise([start, *sorted(edges), end]):
        if left == right:
            continue
        over = sorted(sweep.until(left, right), key=lambda mark: (mark.end - mark.start, mark))
        ends = tuple(mark for mark in over if mark.end == right)
        yield Piece(text[left:right], tuple(over), ends)
