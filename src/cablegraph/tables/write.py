"""Write a table: for a spreadsheet, for a page of Markdown, or for a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from cablegraph.tables.model import Table

#: What a spreadsheet takes for the beginning of a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(table: Table) -> str:
    """Return the table as CSV (RFC 4180): CRLF, quotation marks where they are needed.

    Shape: a cell that a spreadsheet would take for a formula, because it begins with ``=``,
        ``+``, ``-``, ``@``, a tab or a carriage return, gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet reckons with.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def to_markdown(table: Table) -> str:
    """Return the table as GitHub Flavored Markdown, each row on one line."""
    lines = [_row(table.columns), _row(["---"] * len(table.columns))]
    lines += [_row(_escaped(cell) for cell in row) for row in table.rows]
    return "".join(f"{line}\n" for line in lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(cell: str) -> str:
    """Return a cell that ends no row and opens no tag."""
    line = " ".join(cell.split())
    for sign in ("\\", "|", "<", "*", "_", "`", "["):
        line = line.replace(sign, f"\\{sign}")
    return line


def to_terminal(table: Table, width: int, *, colour: bool = False) -> str:
    """Return the brief columns of the table, drawn to fit a terminal."""
    from rich.console import Console
    from rich.table import Column
    from rich.table import Table as Drawn
    from rich.text import Text

    if not table.rows:
        return "no row\n"
    # Words need more room than what is told of them.
    columns = (
        Column(name, overflow="fold", ratio=2 if name == "words" else 1) for name, _ in table.brief
    )
    drawn = Drawn(*columns, show_lines=True, expand=True)
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        joined = ("\n".join(filter(None, (cells[n] for n in names))) for _, names in table.brief)
        drawn.add_row(*(Text(cell) for cell in joined))
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, no_color=not colour).print(drawn)
    return out.getvalue()
