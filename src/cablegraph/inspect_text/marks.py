"""Underline words of a line with numbers, overlapping ones in rows of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

Paint = Callable[[str, int], str]  # words and the number of their claim, to words in colour


class Stretch(NamedTuple):
    """Words of a line to be underlined; offsets in the line, end excluded."""

    start: int
    end: int
    number: int


class _Drawn(NamedTuple):
    left: int  # columns
    right: int
    number: int


def width_of(character: str) -> int:
    """Return the columns that a character takes on a terminal.

    >>> [width_of(one) for one in "a毛\\u0301"]
    [1, 2, 0]
    """
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(line: str) -> str:
    """Return a line of the same length in which nothing moves the cursor."""
    return "".join(c if c.isprintable() else " " for c in line)


def wrap(line: str, width: int) -> list[tuple[int, int]]:
    """Cut a line at spaces into pieces that fit; return their offsets.

    >>> wrap("one two three", 8)
    [(0, 8), (8, 13)]
    """
    pieces, start, column, space = [], 0, 0, 0
    for index, character in enumerate(line):
        wide = width_of(character)
        while column + wide > width and index > start:
            cut = space if space > start else index
            pieces.append((start, cut))
            start = cut
            column = sum(width_of(c) for c in line[start:index])
        column += wide
        if character == " ":
            space = index + 1
    return [*pieces, (start, len(line))]


def draw(
    line: str, stretches: Sequence[Stretch], width: int, paint: Paint | None = None
) -> Iterator[str]:
    """Yield a line cut to *width*, each piece followed by its rows of underlining.

    Shape: every stretch shows its number where it begins, and again on each piece that it goes
        on to; stretches that overlap stand in different rows, the longer above the shorter.
    """
    line = visible(line)
    paint = paint or (lambda words, number: words)
    for start, end in wrap(line, width):
        end = start + len(line[start:end].rstrip())
        yield _words(line, start, end, stretches, paint)
        columns = [0, *accumulate(width_of(c) for c in line[start:end])]
        inside = [
            _place(one, columns, start, end)
            for one in stretches
            if one.start < end and one.end > start
        ]
        for row in _rows(inside):
            yield _underline(row, paint)


def _place(one: Stretch, columns: Sequence[int], start: int, end: int) -> _Drawn:
    left = columns[max(one.start, start) - start]
    right = columns[min(one.end, end) - start]
    return _Drawn(left, max(right, left + len(str(one.number))), one.number)


def _rows(drawn: Sequence[_Drawn]) -> list[list[_Drawn]]:
    """Give each underlining the first row where it touches none before it."""
    rows: list[list[_Drawn]] = []
    for one in sorted(drawn, key=lambda d: (d.left, -d.right, d.number)):
        free = next((row for row in rows if row[-1].right < one.left), None)
        if free is None:
            rows.append([one])
        else:
            free.append(one)
    return rows


def _underline(row: Sequence[_Drawn], paint: Paint) -> str:
    text, column = "", 0
    for one in row:
        label = str(one.number)
        bar = label + "─" * (one.right - one.left - len(label))
        text += " " * (one.left - column) + paint(bar, one.number)
        column = one.right
    return text


def _words(line: str, start: int, end: int, stretches: Sequence[Stretch], paint: Paint) -> str:
    """Return a piece of the line, its words painted as the shortest stretch over them is."""
    edges = {start, end, *(o for one in stretches for o in one[:2] if start < o < end)}
    cuts = sorted(edges)
    text = ""
    for left, right in pairwise(cuts):
        over = [one for one in stretches if one.start <= left and one.end >= right]
        inner = min(over, key=lambda one: (one.end - one.start, one.number), default=None)
        words = line[left:right]
        text += paint(words, inner.number) if inner else words
    return text
