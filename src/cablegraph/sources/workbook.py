"""Read a sheet of an XLSX workbook as a text of its cells.

A workbook has no text to point into, so its decoded text is defined as one sheet, written row by
row: row 7 of the sheet is line 7, cells are parted by tabs, and nothing is quoted. A tab within a
cell is written as a space, an end of line within a cell as U+2028, which is white space to a reader
and no end of a row. A date is written as ISO has it, as exactly as its number format shows it;
a formula stands as its own words and is never reckoned; a number that is whole has no point.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import ParseError

from cablegraph.errors import SourceError
from cablegraph.sources.cells import LARGEST_CELL, MOST_COLUMNS, Cell, Flaw, Row
from cablegraph.sources.files import LARGEST, SourceFile, refuse

# What Excel itself allows.
_MOST_ROWS = 1_048_576
_LONGEST_FORMAT = 255
# Strings that the cells share; openpyxl takes five seconds and 100 MB for so many empty ones.
_MOST_STRINGS = 1_000_000
_STRING, _CHUNK = b"<si", 1 << 20
_SHEET_NAME = b"xl/workbook"
# What openpyxl and the modules below it raise on a workbook that is broken or forged.
_BROKEN = (
    ArithmeticError, AttributeError, EOFError, IndexError, LookupError, NotImplementedError,
    OSError, ParseError, RuntimeError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_LINE_END = re.compile(r"(?:_x000D_)?(?:\r\n?|\n)")
_DAY, _MONTH, _YEAR = re.compile("d"), re.compile("m"), re.compile("y")
_NOT_A_DATE_PART = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|am/pm|a/p|:mm|mm:', re.IGNORECASE)


@dataclass(frozen=True)
class Sheet(SourceFile):
    """A sheet of a workbook; ``text`` is written as the module says."""

    written: str = field(default="", repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)
    flaws: tuple[Flaw, ...] = field(default=(), repr=False)

    @cached_property
    def text(self) -> str:
        """The rows of the sheet as lines."""
        return self.written


def is_workbook(file: SourceFile) -> bool:
    """Tell whether a file is an XLSX workbook, by its bytes."""
    return file.data.startswith(b"PK\x03\x04") and _SHEET_NAME in file.data


def read_sheet(file: SourceFile, name: str | None = None) -> Sheet:
    """Read the sheet of that name, or the first that is not hidden.

    Raises:
        SourceError: if the workbook is broken, has no such sheet, or unpacks to more than a
            file of text may have.
    """
    _check_size(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no cell needs
            return _read(file, name)
    except SourceError:
        raise
    except _BROKEN as cause:
        found = f"not readable as a workbook ({type(cause).__name__})"
        raise refuse(file.path, found, remedy="save it again as XLSX or CSV") from cause


def _check_size(file: SourceFile) -> None:
    """Refuse an archive whose parts unpack to too much, before any of them is unpacked.

    Shape: zipfile never gives more of a part than the size that the archive states for it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            strings = _count_strings(archive) if size <= LARGEST else 0
    except _BROKEN as cause:
        raise refuse(file.path, "a broken archive", remedy="save it again as XLSX") from cause
    remedy = "split it, or save the sheet as CSV"
    if size > LARGEST:
        found = f"a workbook that unpacks to {size} bytes, more than {LARGEST}"
        raise refuse(file.path, found, remedy=remedy)
    if strings > _MOST_STRINGS:
        found = f"a workbook of {strings} strings, more than {_MOST_STRINGS}"
        raise refuse(file.path, found, remedy=remedy)


def _count_strings(archive: zipfile.ZipFile) -> int:
    count = 0
    for part in archive.infolist():
        with archive.open(part) as content:
            while chunk := content.read(_CHUNK):
                count += chunk.count(_STRING)
    return count


def _read(file: SourceFile, name: str | None) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(file.data), read_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        chosen = next((one for one in shown if name in (None, one.title)), None)
        if chosen is None:
            found = f"no sheet {name!r}" if name else "no sheet that is shown"
            known = ", ".join(one.title for one in shown)
            remedy = f"name one of: {known}" if known else "show the sheet of the letters"
            raise refuse(file.path, found, remedy=remedy)
        chosen.reset_dimensions()
        return _write(file, chosen.iter_rows())
    finally:
        book.close()


def _write(file: SourceFile, rows: Iterable[Iterable[Any]]) -> Sheet:
    lines: list[str] = []
    found: list[Row] = []
    flaws: list[Flaw] = []
    formulas: list[Flaw] = []
    at = 0
    for number, values in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise refuse(file.path, "more rows than a sheet has", remedy="save the sheet as CSV")
        row = Row(number, list(_cells(file, values, at, formulas)))
        line = "\t".join(cell.text for cell in row.cells)
        lines.append(line)
        if any(cell.text for cell in row.cells):
            long = next((cell for cell in row.cells if len(cell.text) > LARGEST_CELL), None)
            if long is None:
                found.append(row)
            else:
                flaws.append(_too_long(long))
        at += len(line) + 1
        if at > LARGEST:
            raise refuse(file.path, f"a sheet of more than {LARGEST} letters", remedy="split it")
    if formulas:
        flaws.append(_formulas(formulas))
    return Sheet(file.path, file.data, "\n".join(lines), tuple(found), tuple(flaws))


def _too_long(cell: Cell) -> Flaw:
    found = f"a cell of {len(cell.text)} characters, more than {LARGEST_CELL}"
    return Flaw(cell.start, f"{found}; its row is left out", "move long texts to files")


def _formulas(formulas: list[Flaw]) -> Flaw:
    first, *others = formulas
    more = f" (and {len(others)} more)" if others else ""
    return Flaw(first.at, f"{first.found}{more}", first.remedy)


def _cells(
    file: SourceFile, values: Iterable[Any], at: int, formulas: list[Flaw]
) -> Iterator[Cell]:
    """Yield the cells of a row from its first column to the last that holds something."""
    cells = list(values)
    while cells and cells[-1].value is None:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        found = f"a row of {len(cells)} columns, more than {MOST_COLUMNS}"
        raise refuse(file.path, found, remedy="save the columns of the letters as CSV")
    for cell in cells:
        text = _text_of(cell)
        if cell.value is not None and cell.data_type == "f":
            remedy = "copy the column and paste it as values"
            formulas.append(Flaw(at, "a formula, read as its own words", remedy))
        yield Cell(text, at, at + len(text), ((at, at + len(text)),))
        at += len(text) + 1


def _text_of(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return _write_date(value, cell.number_format or "")
    if isinstance(value, date | time):
        return value.isoformat()
    words = value if isinstance(value, str) else str(getattr(value, "text", None) or value)
    return _LINE_END.sub("\u2028", words.replace("\t", " ")).strip()


def _write_date(value: datetime, shown: str) -> str:
    """Write a date as exactly as its number format shows it.

    >>> [_write_date(datetime(1951, 7, 3), shown) for shown in ("yyyy", "mmmm yyyy", "d.m.yy")]
    ['1951', '1951-07', '1951-07-03']
    """
    plain = _NOT_A_DATE_PART.sub("", shown[:_LONGEST_FORMAT].lower())
    if _YEAR.search(plain) and not _DAY.search(plain):
        return f"{value:%Y-%m}" if _MONTH.search(plain) else f"{value:%Y}"
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(timespec="seconds")
