"""State what the other cells of a letter say: dates, numbers, texts, links, the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import cast

from cablegraph.records.model import FieldName
from cablegraph.records.stated import (
    Extent,
    StatedDate,
    StatedLink,
    StatedNumber,
    StatedReference,
    StatedText,
)
from cablegraph.records.tabular.dates import span_edtf, to_edtf
from cablegraph.records.tabular.entry import Entry, Value, filled, split
from cablegraph.records.tabular.identifiers import is_iri, is_placeholder, to_reference
from cablegraph.records.tabular.parties import state_parties
from cablegraph.records.tabular.plan import Column

_LEAVES = re.compile(r"\D{0,12}(?P<first>\d+)(?:\s*[-–—/]\s*(?P<last>\d+))?\D{0,12}")


def state_facts(entry: Entry, stem: str) -> None:
    """State all that the cells of a letter say, field after field of the mapping."""
    for column in entry.plan.columns:
        what = column.target.what
        if what in ("agent", "place"):
            state_parties(entry, column, stem)
        elif rule := _RULES.get(what):
            rule(entry, column)
    _state_reference(entry, stem)


def _date(entry: Entry, column: Column) -> None:
    order = column.use.dates or entry.plan.options.dates
    for row in entry.rows_of_values():
        written = next(iter(filled(row, column.written)), None)
        end = next(iter(filled(row, column.end)), None)
        dates = filled(row, column.at, first=column.use.first) or ([written] if written else [])
        for date in dates:
            parts = [one for one in (written, date, end) if one is not None]
            parts = list(dict.fromkeys(parts))
            if is_placeholder(parts[0].line):
                continue
            edtf = to_edtf(date.text, order)
            if end is not None:
                edtf = span_edtf(edtf, to_edtf(end.text, order))
            words = tuple(part.extent for part in parts)
            shown = written or date
            line = shown.line if end is None or written else f"{date.line} – {end.line}"
            entry.state(StatedDate(kind=column.target.value, written=line, edtf=edtf, words=words))


def _number(entry: Entry, column: Column) -> None:
    for value in entry.values(column):
        words = (value.extent,)
        entry.state(StatedNumber(kind=column.target.value, written=value.line, words=words))


def _text(entry: Entry, column: Column) -> None:
    for row in entry.rows_of_values():
        further = filled(row, column.end)
        for value in filled(row, column.at, first=column.use.first):
            for part in split(value, column.separator):
                if not part.text or is_placeholder(part.line):
                    continue
                entry.state(
                    StatedText(
                        property=column.target.value,
                        text=", ".join(one.line for one in (part, *further)),
                        language=entry.plan.options.language,
                        words=(part.extent, *(one.extent for one in further)),
                    )
                )


def _link(entry: Entry, column: Column) -> None:
    for value in entry.values(column):
        for target in value.text.split():
            if is_iri(target):
                words = (value.extent,)
                entry.state(StatedLink(property=column.target.value, target=target, words=words))


def _mark(entry: Entry, column: Column) -> None:
    name = cast(FieldName, column.target.value)
    for row in entry.rows_of_values():
        for value in filled(row, column.at, first=column.use.first):
            if name != "url" or is_iri(value.text):
                entry.draft.mark(name, value.extent)


def _id(entry: Entry, column: Column) -> None:
    """State the id of the letter; one of several columns is told as a whole."""
    for row in entry.rows_of_values():
        values = filled(row, column.at, first=column.use.first)
        if len(values) == 1 and is_iri(values[0].text):
            target, words = values[0].text, (values[0].extent,)
            entry.state(StatedLink(property="schema:url", target=target, words=words))
        elif values:
            written = " ".join(value.line for value in values)
            extents = tuple(value.extent for value in values)
            entry.state(StatedNumber(kind=column.target.value, written=written, words=extents))


_RULES: dict[str, Callable[[Entry, Column], None]] = {
    "date": _date,
    "id": _id,
    "number": _number,
    "text": _text,
    "link": _link,
    "mark": _mark,
}


def _state_reference(entry: Entry, stem: str) -> None:
    """State where the letter is kept, from the columns of the archive and of its levels."""
    for archive in entry.plan.of("archive"):
        for row in entry.rows_of_values():
            name = next(iter(filled(row, archive.at)), None)
            if name is None or is_placeholder(name.line):
                continue
            levels = list(_values(entry, row, "level"))
            leaves = next(_values(entry, row, "leaves"), None)
            parts = [name, *levels, *([leaves] if leaves else [])]
            ids = filled(row, archive.ids)
            refs = (to_reference(one.text, archive.prefix, stem) for one in ids)
            words = [one.extent for one in (*parts, *ids)]
            entry.state(_reference(parts, levels, leaves, tuple(filter(None, refs)), words))


def _reference(
    parts: list[Value],
    levels: list[Value],
    leaves: Value | None,
    refs: tuple[str, ...],
    words: list[Extent],
) -> StatedReference:
    numbers = _LEAVES.fullmatch(leaves.line) if leaves else None
    first = int(numbers["first"]) if numbers else 0
    last = int(numbers["last"] or first) if numbers else 0
    return StatedReference(
        written=", ".join(part.line for part in parts),
        archive=parts[0].line,
        archive_refs=refs,
        levels=tuple(level.line for level in levels),
        leaves=(first, last) if numbers and 0 < first <= last else None,
        words=tuple(words),
    )


def _values(entry: Entry, row: dict[int, Value], what: str) -> Iterator[Value]:
    for column in entry.plan.of(what):
        yield from filled(row, column.at, first=column.use.first)[:1]
