"""What a check reports before its place is known, and the order in which results stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cablegraph.namespaces import PREFIXES, SCHEME
from cablegraph.resources import ontology_path

Severity = Literal["violation", "warning", "info"]

#: Gravest first: the order of reports.
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True, order=True)
class ShapeResult:
    """One result of a shape, of a rule or of a native check.

    ``focus`` is the IRI of the node (``_:`` and a label for a blank node); ``code`` is the local
    name of the shape or the id of the rule; ``path`` is the IRI of the property, where one is.
    """

    focus: str
    code: str
    severity: Severity
    message: str
    remedy: str
    path: str | None = None


def parse_severity(text: str) -> Severity:
    """Return the severity that an IRI such as sh:Warning, or its local name, stands for.

    >>> parse_severity("http://www.w3.org/ns/shacl#Warning"), parse_severity("Info")
    ('warning', 'info')
    """
    name = text.rpartition("#")[2].strip().lower()
    for severity in SEVERITIES:
        if name == severity:
            return severity
    raise ValueError(f"{text!r} is no severity (Violation, Warning or Info)")


def fold(results: Iterable[ShapeResult]) -> list[ShapeResult]:
    """Drop what says the same of the same node (symmetric solutions); sort the rest."""
    kept: dict[tuple[str, str, str, str], ShapeResult] = {}
    for result in sorted(results, key=_order):
        kept.setdefault((result.focus, result.code, result.severity, result.message), result)
    return list(kept.values())


def _order(result: ShapeResult) -> tuple[str, str, str, str, str, str]:
    place = (result.focus, result.code, result.message)
    return (*place, result.path or "", result.severity, result.remedy)


@lru_cache(maxsize=1)
def read_concept_labels() -> Mapping[str, str]:
    """Read the English label of every concept of the schemes, by IRI."""
    import pyoxigraph

    label = pyoxigraph.NamedNode(PREFIXES["skos"] + "prefLabel")
    found = {}
    for path in sorted(ontology_path("schemes").glob("*.ttl")):
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            text = quad.object
            if quad.predicate == label and getattr(text, "language", None) == "en":
                found[str(getattr(quad.subject, "value", ""))] = str(text.value)
    return found


def fill(template: str, bindings: Mapping[str, str]) -> str:
    """Put the values of variables into a message: ``{?name}`` or ``{$name}``.

    >>> fill("{?other} is later", {"other": "https://example.org/2"})
    'https://example.org/2 is later'
    """
    for name in sorted(bindings):
        for mark in "?$":
            template = template.replace(f"{{{mark}{name}}}", bindings[name])
    return template


def put_labels(message: str) -> str:
    """Put a concept's label in the place of its IRI, so that a message reads as a sentence."""
    if SCHEME not in message:
        return message
    labels = read_concept_labels()
    for iri in sorted((iri for iri in labels if iri in message), key=len, reverse=True):
        message = message.replace(iri, labels[iri])
    return message
