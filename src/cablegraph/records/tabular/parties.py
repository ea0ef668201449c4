"""State the parties and places of a letter, with the ids that stand in the same position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from cablegraph.records.claims import Certainty
from cablegraph.records.stated import Extent, StatedAgent, StatedPlace
from cablegraph.records.tabular.entry import Entry, Value, split
from cablegraph.records.tabular.identifiers import is_iri, is_placeholder, to_reference
from cablegraph.records.tabular.plan import Column
from cablegraph.sources.cells import Flaw

_BRACKETED = re.compile(r"\[([^\[\]]*+)\]")
_Counted = tuple[int, list[Value]]  # a column, and the values of one of its cells


@dataclass(frozen=True, slots=True)
class _Named:
    name: Value
    id: Value | None = None
    office: Value | None = None


def state_parties(entry: Entry, column: Column, stem: str) -> None:
    """State everyone that a field names, or each place."""
    for named in _named(entry, column):
        name, certainty = _unbracketed(named.name.line)
        if is_placeholder(name):
            continue
        refs = _refs(entry, named.id, column, stem)
        words = [named.name.extent, *([named.id.extent] if named.id and refs else [])]
        _state(entry, column, _Party(name, refs, tuple(words), certainty), named.office)


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    refs: tuple[str, ...]
    words: tuple[Extent, ...]
    certainty: Certainty


def _state(entry: Entry, column: Column, party: _Party, office: Value | None) -> None:
    role = column.target.value
    if column.target.what == "agent":
        entry.state(
            StatedAgent(
                role=role,
                name=party.name,
                kind=column.use.kind,
                refs=party.refs,
                words=party.words,
                certainty=party.certainty,
                office=office.line if office else None,
                office_words=(office.extent,) if office else (),
            )
        )
        return
    for known in ("origin", "destination", "mentioned"):
        if known == role:
            entry.state(
                StatedPlace(
                    role=known,
                    name=party.name,
                    refs=party.refs,
                    words=party.words,
                    certainty=party.certainty,
                )
            )


def _named(entry: Entry, column: Column) -> Iterator[_Named]:
    """Yield each name with what stands in its position of the columns beside it.

    Shape: where the numbers of names and ids differ no id is given to anybody, and this is told.
    """
    for row, values in zip(entry.rows, entry.rows_of_values(), strict=True):
        for at, ids_at, office_at in _cells(column, values):
            cell, id_cell, office = values.get(at), values.get(ids_at), values.get(office_at)
            names = split(cell, column.separator) if cell else []
            ids = split(id_cell, column.id_separator) if id_cell else []
            offices = split(office, column.separator) if office else []
            if id_cell and len(ids) != len(names):
                told = _mismatch(entry, row.number, id_cell, (at, names), (ids_at, ids))
                entry.flaws.append(told)
                ids = []
            offices = offices if len(offices) == len(names) else []
            for name, one, post in zip_longest(names, ids, offices):
                yield _Named(name, one if one and one.text else None, post)


def _cells(column: Column, values: dict[int, Value]) -> Iterator[tuple[int, int, int]]:
    """Yield the columns of name, id and office that belong together; -1 for none."""
    if column.use.first:
        yield _first(values, column.at), _first(values, column.ids), _first(values, column.office)
        return
    yield from zip_longest(column.at, column.ids, column.office, fillvalue=-1)


def _first(values: dict[int, Value], columns: tuple[int, ...]) -> int:
    return next((at for at in columns if at in values), -1)


def _mismatch(entry: Entry, number: int, cell: Value, names: _Counted, ids: _Counted) -> Flaw:
    told = (
        f"{len(values)} in {entry.plan.names[at] if at >= 0 else 'no column'}"
        for at, values in (names, ids)
    )
    found = f"row {number} has {' and '.join(told)}, no id is used"
    return Flaw(cell.at, found, "give each name its id, in the same order")


def _refs(entry: Entry, value: Value | None, column: Column, stem: str) -> tuple[str, ...]:
    if value is None or is_placeholder(value.text):
        return ()
    several = value.text.split()
    if len(several) > 1 and all(map(is_iri, several)):
        return tuple(dict.fromkeys(several))
    reference = to_reference(value.text, column.prefix, stem)
    if reference is None:
        remedy = "give an IRI, or an id without spaces"
        entry.flaws.append(Flaw(value.at, f"{value.text[:60]!r} is no id", remedy))
    return (reference,) if reference else ()


def _unbracketed(name: str) -> tuple[str, Certainty]:
    """Take editorial brackets and the sign of doubt from a name; they say how sure it is.

    Shape: part of a name that an editor has supplied is of the name.

    >>> _unbracketed("[Jo Faust?]"), _unbracketed("[Jo] Faust")
    (('Jo Faust', 'possible'), ('Jo Faust', 'certain'))
    """
    inner = name.removeprefix("[").removesuffix("]")
    whole = len(inner) == len(name) - 2 and not set("[]") & set(inner)
    certainty: Certainty = "probable" if whole else "certain"
    name = inner.strip() if whole else name
    for sign in ("(?)", "[?]", "?"):
        if name.endswith(sign) and len(name) > len(sign):
            name, certainty = name.removesuffix(sign).strip(), "possible"
            break
    return _BRACKETED.sub(_supplied, name), certainty


def _supplied(match: re.Match[str]) -> str:
    """Return words without the brackets around them; a sign of doubt alone keeps them."""
    return match[1] if any(map(str.isalpha, match[1])) else match[0]
