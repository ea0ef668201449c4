"""Fit a mapping to a table: find its columns, and tell how several values in a cell are parted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from cablegraph.errors import TableError, shown
from cablegraph.records.tabular.identifiers import is_iri
from cablegraph.records.tabular.mapping import Options, TableMapping, Target, Use
from cablegraph.sources.cells import Row

# What parts several values of a cell, surest first; only the first ones need no ids to prove it.
_SEPARATORS = ("|", ";", "\u2028", "\n", " / ", " & ", ",")
_SURE = 4
# Fields of which a cell often holds several; a title or a note may hold any sign.
_SEVERAL, _KEYWORDS = ("agent", "place"), "schema:keywords"
# Rows looked at to tell a separator; more changed no answer in tests.
_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A field with the columns that give it, from 0, and those that say more about it."""

    use: Use
    at: tuple[int, ...]
    separator: str | None = None
    ids: tuple[int, ...] = ()
    id_separator: str | None = None
    prefix: str | None = None  # of ids that are bare numbers
    office: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    written: tuple[int, ...] = ()

    @property
    def target(self) -> Target:
        """The field."""
        return self.use.target


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one table become records."""

    options: Options
    columns: tuple[Column, ...]
    names: tuple[str, ...]  # of the columns, as messages name them
    width: int
    _kinds: dict[str, tuple[Column, ...]] = field(default_factory=dict, compare=False)

    def of(self, kind: str) -> tuple[Column, ...]:
        """Return the fields of a kind, in the order of the mapping."""
        if kind not in self._kinds:
            self._kinds[kind] = tuple(one for one in self.columns if one.target.what == kind)
        return self._kinds[kind]


def fold(name: str) -> str:
    """Return what is compared of a heading: its letters and digits.

    >>> fold("Sender_ID "), fold("dcterms:title")
    ('senderid', 'dctermstitle')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def make_plan(
    mapping: TableMapping, header: Sequence[str], rows: Sequence[Row], width: int
) -> tuple[Plan, list[TableError]]:
    """Fit a mapping to a table and return what does not fit beside the plan.

    Shape: a field whose column is missing is left out; the others are read.
    """
    faults: list[TableError] = []
    found: dict[str, tuple[int, ...]] = {}
    for use in mapping.uses:
        at = [_find(use, name, header, width, mapping, faults) for name in use.columns]
        if kept := tuple(one for one in at if one is not None):
            found[use.target.name] = kept
    uses = {use.target.name: use for use in mapping.uses}
    columns = tuple(_columns(uses, found, mapping.options, rows[:_SAMPLE]))
    names = tuple(name or f"column {at}" for at, name in enumerate(header, 1))
    more = tuple(f"column {at}" for at in range(len(names) + 1, width + 1))
    return Plan(mapping.options, columns, names + more, width), faults


def _find(
    use: Use,
    name: str | int,
    header: Sequence[str],
    width: int,
    mapping: TableMapping,
    faults: list[TableError],
) -> int | None:
    if isinstance(name, int):
        if 1 <= name <= width:
            return name - 1
        remedy = f"number one from 1 to {width}"
    else:
        for known in (list(header), [fold(one) for one in header]):
            wanted = name if known == list(header) else fold(name)
            if wanted in known:
                return known.index(wanted)
        near = get_close_matches(name, [one for one in header if one], n=3, cutoff=0.4)
        remedy = f"did you mean {', '.join(near)}?" if near else "name a heading of the table"
    if not mapping.ready:
        problem = f"the table has no column {shown(name)}"
        where = f"{mapping.path}:{use.place}"
        faults.append(TableError(problem, where=where, remedy=remedy))
    return None


def _columns(
    uses: dict[str, Use],
    found: dict[str, tuple[int, ...]],
    options: Options,
    rows: Sequence[Row],
) -> Iterator[Column]:
    said: dict[str, dict[str, str]] = {}
    for name in found:
        if of := uses[name].target.of:
            said.setdefault(of, {})[uses[name].target.part] = name
    for name, at in found.items():
        use = uses[name]
        if use.target.of:
            continue
        parts = {part: found[other] for part, other in said.get(name, {}).items()}
        column = Column(
            use, at, ids=parts.get("id", ()), office=parts.get("office", ()),
            end=parts.get("end", ()), written=parts.get("written", ()),
        )  # fmt: skip
        of_ids = uses.get(said.get(name, {}).get("id", ""))
        yield _parted(column, of_ids, options, rows)


def _parted(column: Column, of_ids: Use | None, options: Options, rows: Sequence[Row]) -> Column:
    target, separator = column.target, column.use.separator
    if separator is None and (target.what in _SEVERAL or target.value == _KEYWORDS):
        separator = options.separator
        if separator is None:
            separator = find_separator(rows, column.at, column.ids)
    ids = of_ids.separator if of_ids and of_ids.separator is not None else separator
    prefix = of_ids.prefix if of_ids else None
    return replace(column, separator=separator or None, id_separator=ids or None, prefix=prefix)


def find_separator(
    rows: Iterable[Row], names: Sequence[int], ids: Sequence[int] = ()
) -> str | None:
    """Tell by what the values of cells are parted, or None where they seem to be single.

    Shape: a sign that names may hold themselves counts only where the ids are parted by it too.
    """
    rows = list(rows)
    of_ids = list(_cells(rows, ids))
    of_names = list(_cells(rows, names))
    counts = {mark: sum(_parts_ids(words, mark) for words in of_ids) for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: counts[mark])
    if counts[best]:
        return best
    for mark in _SEPARATORS[:_SURE]:
        if any(mark in words.strip() for words in of_names):
            return mark
    return None


def _cells(rows: Iterable[Row], columns: Sequence[int]) -> Iterator[str]:
    for row in rows:
        yield from (row.cells[at].text for at in columns if at < len(row.cells))


def _parts_ids(words: str, mark: str) -> bool:
    """Tell whether a cell holds several ids parted by a sign."""
    words = words.strip()
    if mark not in words:
        return False
    parts = [part.strip() for part in words.split(mark)]
    named = [part for part in parts if part]
    return all(is_iri(part) or re.fullmatch(r"[\w:-]+", part) for part in named) and bool(named)


def ready_folder() -> Path:
    """Return the folder of the mappings that come with the package."""
    return Path(__file__).parent / "ready"
