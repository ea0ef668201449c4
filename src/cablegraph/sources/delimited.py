"""Scan a table of delimited text (RFC 4180 and its relatives), keeping the place of each cell.

The cells are those that Python's csv module gives; only a quotation mark that is never closed is
treated otherwise: its row is left out and reported, and the rows after it are still read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from cablegraph.sources.cells import LARGEST_CELL, MOST_COLUMNS, Cell, Flaw, Row

# Of two that part a table alike the first: a comma stands in names, a tab hardly ever.
DELIMITERS = ("\t", ";", "|", ",")
# Rows looked at to tell the delimiter, and the letters that they may take.
_SAMPLE_ROWS, _SAMPLE = 20, 200_000
# Spreadsheets put this line before a table to say its delimiter.
_STATED = re.compile(r"sep=(?P<delimiter>[,;\t|])(?:\r\n?|\n)", re.IGNORECASE)
_DOUBLED = re.compile('""')


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?P<rest>[^{mark}\r\n]*+)|(?P<plain>[^{mark}\r\n]*+))'
        rf"(?P<end>{mark}|\r\n?|\n|\Z)"
    )


def find_delimiter(text: str) -> str:
    r"""Tell the delimiter: the stated one, else the one that gives most rows of equal width.

    >>> find_delimiter("a;b\n1,5;2\n"), find_delimiter("sep=|\na,b|c\n")
    (';', '|')
    """
    if stated := _STATED.match(text):
        return stated["delimiter"]
    sample = text[:_SAMPLE]
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda one: scores[one]) if any(map(any, scores.values())) else ","


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    found = (row for row in scan(sample, delimiter) if isinstance(row, Row))
    rows = list(islice(found, _SAMPLE_ROWS))
    width = len(rows[0].cells) if rows else 0
    even = sum(len(row.cells) == width for row in rows)
    return (even, width) if width > 1 else (0, 0)


def scan(text: str, delimiter: str) -> Iterator[Row | Flaw]:
    r"""Yield the rows of a table and what is wrong with it, in order; blank lines are no rows.

    >>> [cell.text for row in scan('a,"b ""c"" d"\n', ",") for cell in row.cells]
    ['a', 'b "c" d']
    """
    stated = _STATED.match(text)
    at = stated.end() if stated else 0
    number, pattern = 0, _pattern(delimiter)
    cells: list[Cell] = []
    while at <= len(text):
        match = pattern.match(text, at)
        assert match is not None  # the empty cell matches anywhere
        start, after = match.span()
        if match["plain"] is not None and text.startswith('"', start):
            yield Flaw(
                start,
                "a quotation mark that is never closed; its row is left out",
                "close it, or double it where it belongs to the words",
            )
            at, cells = _next_line(text, start), []
            continue
        cells.append(_cell(text, match))
        at = after
        if len(cells) > MOST_COLUMNS:
            yield _too_wide(cells[0])
            at, cells = _next_line(text, after - len(match["end"])), []
            continue
        if match["end"] == delimiter:
            continue
        if len(cells) > 1 or cells[0].start < cells[0].end:
            number += 1
            yield from _finished(Row(number, cells))
        cells = []
        if not match["end"]:
            return


def _too_wide(first: Cell) -> Flaw:
    found = f"a row of more than {MOST_COLUMNS} cells; it is left out"
    return Flaw(first.start, found, "see whether the delimiter is another one")


def _next_line(text: str, at: int) -> int:
    found = re.compile(r"\r\n?|\n").search(text, at)
    return found.end() if found else len(text) + 1


def _cell(text: str, match: re.Match[str]) -> Cell:
    if match["quoted"] is None:
        start, end = match.span("plain")
        return Cell(text[start:end], start, end, ((start, end),))
    quoted = match["quoted"]
    start, end = match.span("quoted")
    rest = match.span("rest")
    if '"' not in quoted and rest[0] == rest[1]:
        return Cell(quoted, start, end, ((start, end),))
    pieces = []
    done = start
    for double in _DOUBLED.finditer(quoted):
        pieces.append((done, start + double.start() + 1))
        done = start + double.end()
    pieces += [(done, end), rest]
    kept = tuple((a, b) for a, b in pieces if a < b)
    return Cell("".join(text[a:b] for a, b in kept), start, max(end, rest[1]), kept)


def _finished(row: Row) -> Iterator[Row | Flaw]:
    for cell in row.cells:
        if len(cell.text) > LARGEST_CELL:
            found = f"a cell of {len(cell.text)} characters, more than {LARGEST_CELL}"
            yield Flaw(cell.start, f"{found}; its row is left out", "see whether a quote is open")
            return
    yield row


def first_row(text: str, delimiter: str) -> Row | None:
    """Return the first row of a table, without reading on; None where there is none."""
    return next((row for row in scan(text[:_SAMPLE], delimiter) if isinstance(row, Row)), None)
