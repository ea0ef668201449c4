"""Say what the columns of a table of letters tell of each row, as Python's csv module reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from cablegraph.evaluation.encoded.letters import is_name, wording
from cablegraph.evaluation.encoded.model import FieldName, Letter, Place, Told

_SEPARATORS = ("|", ";")
_FAR = 1 << 30


def find_rows(data: bytes, path: Path) -> list[Letter]:
    """Return a letter for each row of a table whose headings tell sender and addressee.

    Shape: none for a table with other headings: what they mean is said by its mapping, and that
        would be the rule under test.
    """
    text = data.decode("utf-8-sig", errors="replace")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one for all; never less
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = next(reader, [])
    if not {"sender", "addressee"} <= set(head):
        return []
    letters, line = [], reader.line_num
    for cells in reader:
        start, line = (line + 1, 1), reader.line_num
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            end = (line, _FAR)
            told = list(_row(row, start, end))
            letters.append(Letter(path, row.get("key") or str(line), start, end, told))
    return letters


def _row(row: dict[str, str], start: Place, end: Place) -> Iterator[Told]:
    columns: dict[str, FieldName] = wording()["columns"]
    for column, field in columns.items():
        value = row.get(column, "")
        if not value:
            continue
        if field in ("sent", "received"):
            yield Told(field, value, start, end)
            continue
        identifiers = row.get(wording()["identifiers"][column], "")
        for name, iri in split_cell(value, identifiers):
            if not is_name(name):
                continue
            known = iri.startswith(("http://", "https://"))
            yield Told(field, name, start, end, "", frozenset([iri] if known else []))
            if known:
                yield Told(cast("FieldName", f"{field}-id"), iri, start, end, name)


def split_cell(names: str, identifiers: str) -> list[tuple[str, str]]:
    """Pair the names of a cell with the identifiers of another, by position.

    Shape: where their numbers differ nobody has one.

    >>> split_cell("Ann|Bo", "x:1|x:2"), split_cell("Ann|Bo", "x:1")
    ([('Ann', 'x:1'), ('Bo', 'x:2')], [('Ann', ''), ('Bo', '')])
    """
    for sign in _SEPARATORS:
        some = [one.strip() for one in names.split(sign)]
        ids = [one.strip() for one in identifiers.split(sign)]
        if len(some) == len(ids) > 1:
            return [pair for pair in zip(some, ids, strict=True) if pair[0]]
        if max(len(some), len(ids)) > 1 and (sign == "|" or len(ids) > 1):
            return [(one, "") for one in some if one]
    return [(names, identifiers)]
