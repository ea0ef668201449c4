"""Tell by its looks what a cell holds: an address, a day, a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cablegraph.records.tabular.dates import to_edtf
from cablegraph.records.tabular.identifiers import is_iri

# Of the cells of a column that hold something, how many must be of a kind.
_SHARE = 0.8
_PARTS = re.compile(r"[|;\s\u2028]+")
_YEAR = re.compile(r"1\d{3}|20\d\d")


def has_share(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Tell whether nearly all cells are of a kind.

    >>> has_share(["1", "2", "x"], str.isdigit), has_share([], str.isdigit)
    (False, False)
    """
    return bool(cells) and sum(map(fits, cells)) >= _SHARE * len(cells)


def is_address(cell: str) -> bool:
    """Tell whether a cell holds addresses of the web and nothing else.

    >>> is_address("http://x.org/1|http://x.org/2"), is_address("see http://x.org/1")
    (True, False)
    """
    parts = [part for part in _PARTS.split(cell) if part]
    return bool(parts) and all(is_iri(part) for part in parts)


def is_day(cell: str) -> bool:
    """Tell whether a cell holds a date in figures, more than a year.

    >>> is_day("1951-02-03"), is_day("1951")
    (True, False)
    """
    return any(mark in cell for mark in "-./") and to_edtf(cell) is not None


def is_dated(cell: str) -> bool:
    """Tell whether a cell holds a date; a bare number is one if it may be a year.

    >>> is_dated("3/2/1951"), is_dated("1951"), is_dated("482")
    (True, True, False)
    """
    edtf = to_edtf(cell, "day-first") or to_edtf(cell, "month-first")
    return edtf is not None and (not cell.isdigit() or _YEAR.fullmatch(cell) is not None)
