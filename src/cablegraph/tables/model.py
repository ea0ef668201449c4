"""A table: columns and rows of plain cells, ready to be written in any form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Shape: every row has a cell for every column; an empty cell is an empty string. ``brief``
        are the columns that a terminal has room for, as heading and the columns joined in it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    brief: tuple[tuple[str, tuple[str, ...]], ...]
