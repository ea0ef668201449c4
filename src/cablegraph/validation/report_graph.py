"""Findings as a sh:ValidationReport in Turtle, without a blank node."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cablegraph.namespaces import PREFIXES, SHAPES
from cablegraph.records.claims import Finding

if TYPE_CHECKING:
    from pyoxigraph import Triple

_SH = PREFIXES["sh"]
_RDFS = PREFIXES["rdfs"]
_TYPE = PREFIXES["rdf"] + "type"


def to_turtle(findings: Sequence[Finding], *, base: str) -> str:
    """Return the findings about nodes as a SHACL validation report.

    Shape: a result for every finding that has a node (SHACL has no result without one); its
        rdfs:label is the place in the source file, its rdfs:comment the remedy. As the
        specification has it, sh:conforms is false if there is any result, be it an info.
    """
    from pyoxigraph import RdfFormat, serialize

    about = [finding for finding in findings if finding.focus]
    used = {name: PREFIXES[name] for name in ("rdf", "rdfs", "sh", "shp", "xsd")}
    text = serialize(_to_triples(about, base), format=RdfFormat.TURTLE, prefixes=used)
    return (text or b"").decode("utf-8")


def _to_triples(findings: Sequence[Finding], base: str) -> Iterator[Triple]:
    from pyoxigraph import Literal, NamedNode, Triple

    names = [_digest(finding) for finding in findings]
    report = NamedNode(f"{base}id/report/{_hash(' '.join(names))}")
    yield Triple(report, NamedNode(_TYPE), NamedNode(_SH + "ValidationReport"))
    yield Triple(report, NamedNode(_SH + "conforms"), Literal(not findings))
    results = [NamedNode(f"{report.value}/result/{name}") for name in names]
    for result in results:
        yield Triple(report, NamedNode(_SH + "result"), result)
    for result, finding in zip(results, findings, strict=True):
        for property_iri, iri in _links(finding):
            yield Triple(result, NamedNode(property_iri), NamedNode(iri))
        for property_iri, text in _words(finding):
            yield Triple(result, NamedNode(property_iri), Literal(text))


def _links(finding: Finding) -> Iterator[tuple[str, str]]:
    yield _TYPE, _SH + "ValidationResult"
    yield _SH + "focusNode", finding.focus or ""
    yield _SH + "resultSeverity", _SH + finding.severity.capitalize()
    yield _SH + "sourceConstraintComponent", f"{SHAPES}{finding.code}"
    yield _SH + "sourceShape", f"{SHAPES}{finding.code}"


def _words(finding: Finding) -> Iterator[tuple[str, str]]:
    yield _SH + "resultMessage", finding.message
    yield _RDFS + "label", f"{finding.path}:{finding.line}:{finding.column}"
    yield _RDFS + "comment", finding.remedy


def _digest(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    words = (place, finding.severity, finding.code, finding.message, finding.focus or "")
    return _hash("\n".join(words))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
