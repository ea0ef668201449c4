"""Propose a mapping for a table: by the names of its columns, and by what they hold."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from cablegraph.errors import TableError
from cablegraph.records.tabular.identifiers import is_iri, is_placeholder
from cablegraph.records.tabular.looks import has_share, is_address, is_dated, is_day
from cablegraph.records.tabular.mapping import find_targets
from cablegraph.records.tabular.opened import find_ready
from cablegraph.records.tabular.plan import find_separator, fold
from cablegraph.sources.cells import Row
from cablegraph.sources.delimited import find_delimiter, scan
from cablegraph.sources.files import SourceFile
from cablegraph.sources.workbook import is_workbook, read_sheet

_SAMPLE = 2000
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping as text, and how each column was known: heading, field or nothing, reason."""

    text: str
    columns: tuple[tuple[str, str | None, str], ...]


def propose(file: SourceFile) -> Proposal:
    """Propose the mapping of a table.

    Raises:
        CablegraphError: if the file can't be read, or holds no row.
    """
    rows = _sample(file)
    if not rows:
        remedy = "put a row of headings over the letters"
        raise TableError("a table without any row", where=f"{file.path}:1:1", remedy=remedy)
    guess = _Guess(rows)
    guess.by_ready()
    guess.by_name()
    guess.by_content()
    return Proposal(guess.write(file.path.name), tuple(guess.told()))


def _sample(file: SourceFile) -> list[Row]:
    found = read_sheet(file).rows if is_workbook(file) else scan(
        file.text, find_delimiter(file.text)
    )  # fmt: skip
    return list(islice((one for one in found if isinstance(one, Row)), _SAMPLE))


@cache
def _names() -> dict[str, str]:
    data = _data()
    names = ((fold(n), target) for target, ns in data.items() if target != "endings" for n in ns)
    return {name: target for name, target in names if name}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "columns.toml").read_text("utf-8"))


@dataclass(slots=True)
class _Guess:
    rows: list[Row]
    header: list[str] = field(init=False)
    fields: dict[str, list[int]] = field(default_factory=dict)  # field to columns
    reasons: dict[int, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = [cell.text.strip() for cell in self.rows[0].cells]
        if any(is_iri(one) or is_day(one) for one in first):
            self.header = [""] * max(len(row.cells) for row in self.rows)
        else:
            self.header, self.rows = first, self.rows[1:]

    def by_ready(self) -> None:
        """Take over what a mapping of the package says of tables with these headings."""
        folded = [fold(name) for name in self.header]
        mapping = find_ready(self.header)
        for use in mapping.uses if mapping else ():
            wanted = [fold(str(one)) for one in use.columns]
            found = [folded.index(one) for one in wanted if one in folded]
            if found and (not use.target.of or use.target.of in self.fields):
                self._take(use.target.name, found[:1] if use.first else found, "a known format")
                if use.prefix:
                    self.prefixes[use.target.name] = use.prefix

    def by_name(self) -> None:
        """Know columns by their headings."""
        for at, name in enumerate(self.header):
            folded = fold(name)
            target = _names().get(folded) or self._id_of(folded)
            if at not in self.reasons and target and target not in self.fields:
                self._take(target, [at], "by its name")

    def _id_of(self, folded: str) -> str | None:
        """Return the field of ids whose heading is that of another column with an ending.

        Shape: the ending may stand first too, as in "GND Empfänger".
        """
        targets = find_targets()
        for ending in sorted(map(fold, _data()["endings"]["ids"]), key=len, reverse=True):
            for bare in (folded.removesuffix(ending), folded.removeprefix(ending)):
                base = _names().get(bare) if bare != folded else None
                if base and f"{base}-id" in targets:
                    return f"{base}-id"
        return None

    def by_content(self) -> None:
        """Know columns by what their cells hold: ids after names, places, dates, one address."""
        for at in range(len(self.header)):
            if at in self.reasons:
                continue
            cells = self._cells(at)
            if has_share(cells, is_address):
                target = self._of_addresses(at, cells)
            elif has_share(cells, is_dated):
                target = next((one for one in ("sent", "received") if one not in self.fields), None)
            else:
                continue
            if target and target not in self.fields:
                self._take(target, [at], "by what it holds")

    def _of_addresses(self, at: int, cells: Sequence[str]) -> str | None:
        before = next((name for name, columns in self.fields.items() if at - 1 in columns), None)
        if before and f"{before}-id" in find_targets():
            return f"{before}-id"
        places = _data()["endings"]["places"]
        if has_share(cells, lambda cell: any(one in cell for one in places)):
            for place in ("sender-place", "addressee-place"):
                if place not in self.fields and at and at - 1 not in self.reasons:
                    self._take(place, [at - 1], "by what it holds")
                    return f"{place}-id"
        return None if "url" in self.fields else "url"

    def _take(self, target: str, columns: list[int], reason: str) -> None:
        self.fields[target] = columns
        self.reasons.update(dict.fromkeys(columns, reason))

    def _cells(self, at: int) -> list[str]:
        texts = (row.cells[at].text.strip() for row in self.rows if at < len(row.cells))
        return [text for text in texts if not is_placeholder(text)]

    def told(self) -> list[tuple[str, str | None, str]]:
        """Return each column with the field that it was taken for, and why."""
        taken = {at: name for name, columns in self.fields.items() for at in columns}
        return [
            (name or f"column {at + 1}", taken.get(at), self.reasons.get(at, "not recognised"))
            for at, name in enumerate(self.header)
        ]

    def write(self, name: str) -> str:
        """Write the mapping."""
        self._widen_id()
        targets = find_targets()
        for target in [one for one in self.fields if targets[one].of not in ("", *self.fields)]:
            for at in self.fields.pop(target):
                self.reasons.pop(at, None)
        lines = [f"# How {name} is read: [columns] says which column gives which field.", ""]
        lines += ["[table]", *self._table(), "", "[columns]"]
        lines += [f"{target} = {self._value(target)}" for target in self.fields]
        rest = [at for at in range(len(self.header)) if at not in self.reasons]
        if rest:
            lines += ["", "# Not recognised: write the field before the = and take away the #."]
            lines += [f"# note = {self._column(at)}" for at in rest]
        return "\n".join([*lines, ""])

    def _widen_id(self) -> None:
        """Where ids repeat, add the column that tells the letters of one id apart, if one does."""
        ids = self.fields.get("id", [])
        if not ids or self._is_unique(ids):
            return
        others = [at for at in range(len(self.header)) if at not in ids]
        for at in sorted(others, key=lambda one: len(set(self._cells(one)))):
            if len(set(self._cells(at))) > 1 and self._is_unique([at, *ids]):
                self.fields["id"] = [at, *ids]
                return

    def _is_unique(self, columns: Sequence[int]) -> bool:
        keys = [tuple(row.cells[at].text for at in columns if at < len(row.cells))
                for row in self.rows]  # fmt: skip
        return len(keys) == len(set(keys))

    def _table(self) -> list[str]:
        lines = [] if any(self.header) else ["header = 0  # the first row is a letter already"]
        if ids := self.fields.get("id"):
            blank = any(not any(c.text for c in _at(row, ids)) for row in self.rows)
            if blank:
                lines.append('rows = "records"  # a row without an id goes on with the one above')
            elif not self._is_unique(ids):
                lines.append('rows = "several"  # rows with one id are one letter')
        for target in ("sender", "addressee", "mentioned"):
            columns = self.fields.get(target, [])
            if mark := find_separator(self.rows, columns, self.fields.get(f"{target}-id", [])):
                lines.append(f"separator = {_quoted(mark)}  # between several parties in a cell")
                break
        if order := self._order():
            lines.append(f'dates = "{order}"')
        return lines

    def _order(self) -> str | None:
        cells = [cell for at in self.fields.get("sent", []) for cell in self._cells(at)]
        found = [match for cell in cells if (match := _SLASHED.match(cell))]
        if any(int(match[1]) > 12 for match in found):
            return "day-first"
        return "month-first" if any(int(match[2]) > 12 for match in found) else None

    def _value(self, target: str) -> str:
        columns = [self._column(at) for at in self.fields[target]]
        value = columns[0] if len(columns) == 1 else f"[{', '.join(columns)}]"
        if prefix := self.prefixes.get(target):
            return f"{{ column = {value}, prefix = {_quoted(prefix)} }}"
        return value

    def _column(self, at: int) -> str:
        name = self.header[at]
        plain = name and [fold(one) for one in self.header].count(fold(name)) == 1 and fold(name)
        return _quoted(name) if plain else str(at + 1)


def _at(row: Row, columns: Sequence[int]) -> list[Any]:
    return [row.cells[at] for at in columns if at < len(row.cells)]


def _quoted(words: str) -> str:
    """Write a string of TOML: one of JSON is one too, but for DEL."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007F")
