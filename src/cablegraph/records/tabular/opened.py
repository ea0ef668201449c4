"""Open a table: find its mapping, its rows and its headings, whatever format it has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from cablegraph.errors import TableError
from cablegraph.records.tabular.mapping import TableMapping, read_mapping
from cablegraph.records.tabular.plan import Plan, fold, make_plan, ready_folder
from cablegraph.sources.cells import Flaw, Row
from cablegraph.sources.delimited import find_delimiter, first_row, scan
from cablegraph.sources.files import SourceFile
from cablegraph.sources.workbook import is_workbook, read_sheet

#: Endings of files that are tables whatever they hold; another file is one by its mapping.
ENDINGS = (".csv", ".tsv", ".tab", ".xlsx")
_SETTINGS = "cablegraph.toml"
# Rows from which separators, width and language of a table are told.
_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its mapping fitted to it; ``rows`` can be gone through once."""

    file: SourceFile
    mapping: TableMapping
    plan: Plan
    rows: Iterator[Row | Flaw]
    sample: tuple[Row, ...]
    faults: tuple[TableError, ...]
    ragged: bool  # whether a row may lack cells at its end


def mapping_path(path: Path) -> Path:
    """Return where the mapping of a table lies: beside it, under its name."""
    return path.with_suffix(".toml")


def find_mapping(path: Path) -> TableMapping | None:
    """Read the mapping beside a file; None where there is none.

    Raises:
        TableError: if it is not TOML.
    """
    beside = mapping_path(path)
    if beside.name == _SETTINGS or beside == path or not beside.is_file():
        return None
    return read_mapping(beside)


def find_ready(header: Iterable[str]) -> TableMapping | None:
    """Return the mapping that comes with the package for a table with these headings."""
    folded = {fold(name) for name in header}
    for path, columns, choice in _ready():
        if columns <= folded and (not choice or choice & folded):
            return _read_ready(path)
    return None


@cache
def _ready() -> tuple[tuple[Path, frozenset[str], frozenset[str]], ...]:
    """Return the ready mappings with the headings that they ask for, the most asking first."""
    found = []
    for path in sorted(ready_folder().glob("*.toml")):
        match = tomllib.loads(path.read_text(encoding="utf-8"))["match"]
        columns = frozenset(map(fold, match["columns"]))
        found.append((path, columns, frozenset(map(fold, match.get("any", ())))))
    return tuple(sorted(found, key=lambda one: (-len(one[1]), not one[2], one[0].name)))


@cache
def _read_ready(path: Path) -> TableMapping | None:
    mapping = read_mapping(path)
    if mapping is None:
        return None
    return TableMapping(path, mapping.options, mapping.uses, mapping.faults, ready=True)


def header_of(file: SourceFile) -> list[str]:
    """Return the cells of the first row of a table of text; the names of its columns, if any."""
    row = first_row(file.text, find_delimiter(file.text))
    return [cell.text.strip() for cell in row.cells] if row else []


def open_table(file: SourceFile, mapping: TableMapping | None) -> Table | None:
    """Open a table with the mapping beside it, or with a ready one; None where there is none.

    Raises:
        SourceError: if the file can't be read.
    """
    options = mapping.options if mapping else None
    found: Iterator[Row | Flaw]
    workbook = is_workbook(file)
    if workbook:
        sheet = read_sheet(file, options.sheet if options else None)
        file, found = sheet, chain(sheet.flaws, sheet.rows)
    else:
        delimiter = options.delimiter if options else None
        found = scan(file.text, delimiter or find_delimiter(file.text))
    sample = list(islice(found, _SAMPLE))
    rows = [one for one in sample if isinstance(one, Row)]
    at = options.header if options else 1
    header = [cell.text.strip() for row in rows[at - 1 : at] for cell in row.cells] if at else []
    mapping = mapping or find_ready(header)
    if mapping is None:
        return None
    body = rows[at:]
    width = len(header) or max((len(row.cells) for row in body), default=0)
    plan, faults = make_plan(mapping, header, body, width)
    above = {row.number for row in rows[:at]}
    rest = (one for one in chain(sample, found) if not _is_above(one, above))
    return Table(
        file, mapping, plan, rest, tuple(body), (*mapping.faults, *faults), ragged=workbook
    )


def _is_above(one: Row | Flaw, numbers: set[int]) -> bool:
    return isinstance(one, Row) and one.number in numbers
