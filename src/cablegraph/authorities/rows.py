"""Rows of a comma-separated file that can say at which column a cell stands."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cablegraph.errors import AuthorityError, shown


class Row(NamedTuple):
    """One line of a file under its header; ``line`` counts from 1."""

    path: Path
    line: int
    raw: str
    cells: Mapping[str, str]  # every column of the header, white space stripped

    def fault(self, column: str, problem: str, remedy: str) -> AuthorityError:
        """Return the error to raise for the cell in *column*."""
        place = _cell_start(self.raw, list(self.cells).index(column))
        return AuthorityError(problem, where=f"{self.path}:{self.line}:{place}", remedy=remedy)


def read_rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Read the rows of a UTF-8 file whose header is exactly *columns*; blank lines are skipped.

    Raises:
        AuthorityError: if the file can't be read, or its header or a row has other columns.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as cause:
        raise _misfit(path, 1, "there is no such file", "write it") from cause
    except UnicodeDecodeError as cause:
        raise _misfit(path, 1, "the file is not UTF-8", "save it as UTF-8") from cause
    header = ",".join(columns)
    if not lines or lines[0].strip() != header:
        found = shown(lines[0] if lines else "")
        raise _misfit(path, 1, f"the header is {found}", f"write {header}")
    return [
        _read_row(path, number, raw, columns)
        for number, raw in enumerate(lines[1:], start=2)
        if raw.strip()
    ]


def _read_row(path: Path, line: int, raw: str, columns: tuple[str, ...]) -> Row:
    parts = next(csv.reader([raw])) if '"' in raw else raw.split(",")
    cells = [part.strip() for part in parts]
    if len(cells) != len(columns):
        problem = f"{len(cells)} cells, the header has {len(columns)}"
        raise _misfit(path, line, problem, "quote a cell that holds a comma")
    return Row(path, line, raw, dict(zip(columns, cells, strict=True)))


def _misfit(path: Path, line: int, problem: str, remedy: str) -> AuthorityError:
    return AuthorityError(problem, where=f"{path}:{line}:1", remedy=remedy)


def _cell_start(raw: str, index: int) -> int:
    quoted, passed = False, 0
    if index == 0:
        return 1
    for place, character in enumerate(raw, start=1):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            passed += 1
            if passed == index:
                return place + 1
    return 1
