"""Cells and rows of a table, with their places in the decoded file."""

from __future__ import annotations

from typing import NamedTuple

# Longer than any letter; a cell beyond it is a broken file, not a value.
LARGEST_CELL = 1_000_000
# A width that no table of letters has.
MOST_COLUMNS = 2_000


class Cell(NamedTuple):
    """A value of a table.

    Units: ``start`` and ``end`` count code points of the decoded file, quotation marks within;
        ``pieces`` are the stretches whose letters, one after the other, are ``text``.
    """

    text: str
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]


class Row(NamedTuple):
    """One row, its cells in order; ``number`` counts rows with a cell, from 1."""

    number: int
    cells: list[Cell]

    @property
    def start(self) -> int:
        """Where the row begins in the decoded file."""
        return self.cells[0].start


class Flaw(NamedTuple):
    """What is wrong at a place of the table: an offset of the decoded file."""

    at: int
    found: str
    remedy: str
