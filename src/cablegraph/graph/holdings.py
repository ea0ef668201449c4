"""Copies in archives: the reference split into parts, and the tree of fond, opis and delo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.authorities.romanise import path_step
from cablegraph.graph.evidence import TYPE, Triple
from cablegraph.graph.iris import Iris
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import Claim, Reference
from cablegraph.terms import iri, literal

_STEP = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_LEVELS = (("fond", "Fonds"), ("opis", "Series"), ("delo", "File"))


def _p(curie: str) -> str:
    return iri(expand(curie))


def holding_triples(claim: Claim, value: Reference, telegram: str, iris: Iris) -> Iterator[Triple]:
    """Yield a copy, the parts of its reference, and the record sets that it lies in.

    Shape: the claim's node is the reference, the thing it is about the copy; the tree ends at
        the first level that the citation does not give.
    """
    reference, holding = iris.node(claim.key), iris.node(claim.about)
    archive = iris.node(value.archive)
    yield holding, TYPE, iri(CBL.Holding)
    yield holding, _p("rico:hasOrHadHolder"), archive
    yield holding, _p("rico:hasOrHadIdentifier"), reference
    yield telegram, _p("rico:hasOrHadInstantiation"), holding
    yield reference, _p("rico:textualValue"), literal(value.written)
    for part in ("fond", "opis", "delo", "papka"):
        if written := getattr(value, part):
            yield reference, iri(getattr(CBL, part)), literal(written)
    for term, leaf in ((CBL.firstLeaf, value.first_leaf), (CBL.lastLeaf, value.last_leaf)):
        if leaf is not None:
            yield reference, iri(term), literal(str(leaf), datatype=expand("xsd:integer"))
    file = None
    for unit, triples in _units(value, archive, iris):
        yield from triples
        file = unit
    if file:
        yield holding, _p("dcterms:isPartOf"), file
        yield telegram, _p("rico:isOrWasIncludedIn"), file


def unit_step(number: str) -> str:
    """Return the step of a path for the reference of a unit: a number, or a title in words.

    >>> unit_step("784/1978"), unit_step("059a"), unit_step("Gesandtschaft, Südland I")
    ('784-1978', '059a', 'gesandtschaft-sudland-i')
    """
    step = number.replace("/", "-")
    return step if _STEP.fullmatch(step) else path_step(number)


def _units(value: Reference, archive: str, iris: Iris) -> Iterator[tuple[str, list[Triple]]]:
    """Yield each record set of the tree, the fond first."""
    path, label = f"unit/{value.archive.removeprefix('archive/')}", ""
    above: str | None = None
    for level, kind in _LEVELS:
        number = getattr(value, level)
        if number is None:
            return
        path = f"{path}/{unit_step(number)}"
        label = f"{label}, {level} {number}".lstrip(", ")
        unit = iris.node(path)
        triples = [
            (unit, TYPE, _p("rico:RecordSet")),
            (unit, _p("rico:hasRecordSetType"), _p(f"rst:{kind}")),
            (unit, _p("rico:hasOrHadHolder"), archive),
            (unit, _p("rico:identifier"), literal(number)),
            (unit, _p("skos:prefLabel"), literal(label, language="en")),
        ]
        if above:
            triples.append((unit, _p("rico:isOrWasIncludedIn"), above))
        yield unit, triples
        above = unit
