"""Copies in archives: the reference split into parts, and the tree of fond, opis and delo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cablegraph.authorities.romanise import path_step
from cablegraph.graph.evidence import TYPE
from cablegraph.graph.iris import TERMS, Iris
from cablegraph.graph.lines import Lines, Said
from cablegraph.records.claims import Claim, Reference
from cablegraph.terms import literal

_STEP = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_LEVELS = (("fond", "Fonds"), ("opis", "Series"), ("delo", "File"))


_HOLDING, _INTEGER = TERMS["cbl:Holding"], f"^^{TERMS['xsd:integer']}"
_HOLDER, _IDENTIFIER = TERMS["rico:hasOrHadHolder"], TERMS["rico:hasOrHadIdentifier"]
_COPY, _PART_OF = TERMS["rico:hasOrHadInstantiation"], TERMS["dcterms:isPartOf"]
_INCLUDED = TERMS["rico:isOrWasIncludedIn"]


class _Unit(NamedTuple):
    """A record set: its term and path, its label, and what is stated of it, sorted."""

    node: str
    path: str
    label: str
    said: Sequence[Said]


def write_holding(
    claim: Claim, value: Reference, telegram: str, iris: Iris, lines: Lines
) -> list[tuple[str, str]]:
    """State a copy and the record sets that it lies in; return the parts of its reference.

    Shape: the claim's node is the reference, the thing it is about the copy; the tree ends at
        the first level that the citation does not give. Parts are predicates and terms.
    """
    name = iris.namer()
    holding, archive = name(claim.about), name(value.archive)
    lines.add_all(
        holding,
        (TYPE, _HOLDING),
        (_HOLDER, archive),
        (_IDENTIFIER, name(claim.key)),
    )
    lines.add(telegram, _COPY, holding)
    units = _units(iris.base, value.archive, *_levels(value))
    for unit in units:
        lines.said[unit.node] += unit.said
    if units:
        file = units[-1].node
        lines.add(holding, _PART_OF, file)
        lines.add(telegram, _INCLUDED, file)
    return list(_parts(value))


def _parts(value: Reference) -> Iterator[tuple[str, str]]:
    yield TERMS["rico:textualValue"], literal(value.written)
    for part in ("fond", "opis", "delo", "papka"):
        if written := getattr(value, part):
            yield TERMS[f"cbl:{part}"], literal(written)
    for term, leaf in (("firstLeaf", value.first_leaf), ("lastLeaf", value.last_leaf)):
        if leaf is not None:
            yield TERMS[f"cbl:{term}"], f'"{leaf}"{_INTEGER}'


@lru_cache(maxsize=1 << 12)
def unit_step(number: str) -> str:
    """Return the step of a path for the reference of a unit: a number, or a title in words.

    >>> unit_step("784/1978"), unit_step("059a"), unit_step("Gesandtschaft, Südland I")
    ('784-1978', '059a', 'gesandtschaft-sudland-i')
    """
    step = number.replace("/", "-")
    return step if _STEP.fullmatch(step) else path_step(number)


def _levels(value: Reference) -> Iterator[str]:
    """Yield the numbers of fond, opis and delo, up to the first that is not given."""
    for number in (value.fond, value.opis, value.delo):
        if number is None:
            return
        yield number


@lru_cache(maxsize=1 << 12)  # many documents lie in the same, and more in the same fond
def _units(base: str, archive: str, *numbers: str) -> tuple[_Unit, ...]:
    """Return the record sets of which the last has these numbers, the fond first."""
    if not numbers:
        return ()
    above = _units(base, archive, *numbers[:-1])
    (level, kind), number, iris = _LEVELS[len(above)], numbers[-1], Iris(base)
    whole = above[-1].path if above else f"unit/{archive.removeprefix('archive/')}"
    path = f"{whole}/{unit_step(number)}"
    label = f"{above[-1].label}, {level} {number}" if above else f"{level} {number}"
    said = [
        (TYPE, TERMS["rico:RecordSet"]),
        (TERMS["rico:hasRecordSetType"], TERMS[f"rst:{kind}"]),
        (_HOLDER, iris.node(archive)),
        (TERMS["rico:identifier"], literal(number)),
        (TERMS["skos:prefLabel"], literal(label, language="en")),
        *([(_INCLUDED, above[-1].node)] if above else ()),
    ]
    return (*above, _Unit(iris.node(path), path, label, sorted(said)))
