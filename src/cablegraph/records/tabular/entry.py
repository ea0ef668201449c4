"""The cells of one letter as they are put into its record, and the values within them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import NamedTuple

from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent, Stated
from cablegraph.records.tabular.plan import Column, Plan
from cablegraph.sources.cells import Cell, Flaw, Row


class Value(NamedTuple):
    """A value of a cell or a part of it, without white space around it.

    Units: ``extent`` is its place in the draft, ``at`` that of its cell in the decoded file.
    """

    text: str
    extent: Extent
    at: int

    @property
    def line(self) -> str:
        """The value on one line."""
        return " ".join(self.text.split())


@dataclass(slots=True)
class Entry:
    """One letter: its rows, its record in the making, and what does not fit in them."""

    draft: Draft
    plan: Plan
    rows: Sequence[Row]
    text: str  # the decoded file
    flaws: list[Flaw] = field(default_factory=list)
    facts: list[Stated] = field(default_factory=list)
    _values: list[dict[int, Value]] = field(default_factory=list)

    def put_cells(self, but: frozenset[int]) -> None:
        """Put each cell that holds something on a line of its own, *but* those columns."""
        for row in self.rows:
            values: dict[int, Value] = {}
            for at, cell in enumerate(row.cells):
                if at not in but and cell.text and not cell.text.isspace():
                    self.draft.assembly.line()
                    values[at] = self._put(cell)
            self._values.append(values)

    def put_text(self, cell: Cell) -> None:
        """Put the words of a cell as they stand."""
        self._put(cell)

    def _put(self, cell: Cell) -> Value:
        assembly = self.draft.assembly
        first = len(assembly)
        for start, end in cell.pieces:
            assembly.put(self.text[start:end], start, end)
        return _trimmed(cell.text, first, cell.start)

    def state(self, fact: Stated) -> None:
        """Hand on a fact that cells of the letter show."""
        self.facts.append(fact)

    def merged_facts(self) -> list[Stated]:
        """Return the facts; of those that several rows state alike one, with the words of all."""
        if len(self.rows) == 1:
            return self.facts
        same: dict[Stated, list[Stated]] = {}
        for fact in self.facts:
            same.setdefault(replace(fact, words=()), []).append(fact)
        return [reduce(_with_words, alike) for alike in same.values()]

    def rows_of_values(self) -> Iterator[dict[int, Value]]:
        """Yield the values of each row, by column."""
        yield from self._values

    def values(self, column: Column) -> Iterator[Value]:
        """Yield the values of a field, each part of a cell by itself, empty parts left out."""
        for row in self._values:
            for value in filled(row, column.at, first=column.use.first):
                yield from (part for part in split(value, column.separator) if part.text)


def filled(row: dict[int, Value], columns: Sequence[int], *, first: bool = False) -> list[Value]:
    """Return the values that a row has in some columns, or the first alone."""
    found = [row[at] for at in columns if at in row]
    return found[:1] if first else found


def split(value: Value, separator: str | None) -> list[Value]:
    """Return the parts of a value; an empty part keeps its position, with nothing in it."""
    if not separator or separator not in value.text:
        return [value]
    parts, start = [], value.extent.start
    for piece in value.text.split(separator):
        parts.append(_trimmed(piece, start, value.at))
        start += len(piece) + len(separator)
    return parts


def _trimmed(text: str, start: int, at: int) -> Value:
    words = text.strip()
    if len(words) < len(text):
        start += len(text) - len(text.lstrip())
    return Value(words, Extent(start, start + len(words)), at)


def _with_words(fact: Stated, other: Stated) -> Stated:
    return replace(fact, words=tuple(dict.fromkeys((*fact.words, *other.words))))
