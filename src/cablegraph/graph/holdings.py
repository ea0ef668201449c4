"""Copies in archives: the reference split into parts, and the tree of fond, opis and delo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cablegraph.authorities.romanise import path_step
from cablegraph.graph.evidence import TYPE
from cablegraph.graph.iris import TERMS, Iris
from cablegraph.graph.lines import Lines
from cablegraph.namespaces import expand
from cablegraph.records.claims import Claim, Reference
from cablegraph.terms import literal

_STEP = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_LEVELS = (("fond", "Fonds"), ("opis", "Series"), ("delo", "File"))


_HOLDING, _INTEGER = TERMS["cbl:Holding"], expand("xsd:integer")
_HOLDER, _IDENTIFIER = TERMS["rico:hasOrHadHolder"], TERMS["rico:hasOrHadIdentifier"]
_COPY, _PART_OF = TERMS["rico:hasOrHadInstantiation"], TERMS["dcterms:isPartOf"]
_INCLUDED = TERMS["rico:isOrWasIncludedIn"]


def write_holding(
    claim: Claim, value: Reference, telegram: str, iris: Iris, lines: Lines
) -> list[tuple[str, str]]:
    """State a copy and the record sets that it lies in; return the parts of its reference.

    Shape: the claim's node is the reference, the thing it is about the copy; the tree ends at
        the first level that the citation does not give. Parts are predicates and terms.
    """
    holding, archive = iris.node(claim.about), iris.node(value.archive)
    lines.add_all(
        holding,
        (TYPE, _HOLDING),
        (_HOLDER, archive),
        (_IDENTIFIER, iris.node(claim.key)),
    )
    lines.add(telegram, _COPY, holding)
    file = None
    for unit, said in _units(iris, value.archive, value.fond, value.opis, value.delo):
        lines.add_all(unit, *said)
        file = unit
    if file:
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
            yield TERMS[f"cbl:{term}"], literal(str(leaf), datatype=_INTEGER)


@lru_cache(maxsize=1 << 12)
def unit_step(number: str) -> str:
    """Return the step of a path for the reference of a unit: a number, or a title in words.

    >>> unit_step("784/1978"), unit_step("059a"), unit_step("Gesandtschaft, Südland I")
    ('784-1978', '059a', 'gesandtschaft-sudland-i')
    """
    step = number.replace("/", "-")
    return step if _STEP.fullmatch(step) else path_step(number)


@lru_cache(maxsize=1 << 12)  # many documents lie in the same
def _units(
    iris: Iris, archive: str, *numbers: str | None
) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Return each record set of the tree and what is said of it, the fond first."""
    path, label = f"unit/{archive.removeprefix('archive/')}", ""
    holder, above = iris.node(archive), ""
    found = []
    for (level, kind), number in zip(_LEVELS, numbers, strict=True):
        if number is None:
            break
        path = f"{path}/{unit_step(number)}"
        label = f"{label}, {level} {number}".lstrip(", ")
        unit = iris.node(path)
        found.append((unit, _say_unit(number, kind, label, holder, above)))
        above = unit
    return tuple(found)


def _say_unit(
    number: str, kind: str, label: str, archive: str, above: str
) -> Sequence[tuple[str, str]]:
    return (
        (TYPE, TERMS["rico:RecordSet"]),
        (TERMS["rico:hasRecordSetType"], TERMS[f"rst:{kind}"]),
        (_HOLDER, archive),
        (TERMS["rico:identifier"], literal(number)),
        (TERMS["skos:prefLabel"], literal(label, language="en")),
        *([(_INCLUDED, above)] if above else ()),
    )
