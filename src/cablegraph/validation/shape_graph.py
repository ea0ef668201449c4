"""The graph of the shapes, made such that a result of an engine leads back to its constraint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cablegraph.namespaces import PREFIXES
from cablegraph.resources import ontology_path
from cablegraph.validation.rows import term_text

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

SH = PREFIXES["sh"]
FIRST = PREFIXES["rdf"] + "first"
#: The name of the shape that a SPARQL constraint gets for itself ends so.
ALONE = ":alone"
#: Between the values of a message; no text of a document has the unit separator.
BETWEEN = "\x1f"

_CONSTRAINT = "urn:cablegraph:constraint:"
#: Properties whose value, if it has no name, is a shape or a constraint; a list holds several.
_HOLDS = {FIRST} | {
    SH + name for name in ("property", "node", "not", "qualifiedValueShape", "sparql")
}
#: What a shape of one constraint takes over from the shape that has it.
_TAKEN_OVER = {
    SH + name
    for name in (
        "deactivated", "severity", "targetClass", "targetNode", "targetObjectsOf",
        "targetSubjectsOf",
    )
}  # fmt: skip
#: Constraints that put values in order.
_ORDERING = {
    SH + name
    for name in (
        "lessThan", "lessThanOrEquals", "maxExclusive", "maxInclusive", "minExclusive",
        "minInclusive",
    )
}  # fmt: skip
_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_NAME_IN_QUERY = re.compile(r"<([^<>\s]+)>|\b([A-Za-z][\w-]*):([A-Za-z][\w-]*)")


def read_triples() -> list[Triple]:
    """Read every file of ontology/shapes; shapes and constraints without a name are given one.

    Shape: names are counted in the order of the files; blank are only lists, paths and prefixes.
    """
    import pyoxigraph

    paths = sorted(ontology_path("shapes").glob("*.ttl"))
    if not paths:
        raise FileNotFoundError(f"no shapes in {ontology_path('shapes')}")
    turtle = pyoxigraph.RdfFormat.TURTLE
    triples = [
        quad.triple
        for path in paths
        for quad in pyoxigraph.parse(path=str(path), format=turtle, rename_blank_nodes=True)
    ]
    names = _name_constraints(triples)
    return [
        pyoxigraph.Triple(
            names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object)
        )
        for t in triples
    ]


def _name_constraints(triples: Sequence[Triple]) -> dict[object, NamedNode]:
    import pyoxigraph

    paths = _nodes_of_paths(triples)
    found: dict[object, NamedNode] = {}
    for t in triples:
        blank = isinstance(t.object, pyoxigraph.BlankNode)
        if blank and t.predicate.value in _HOLDS and t.subject not in paths:
            found.setdefault(t.object, pyoxigraph.NamedNode(f"{_CONSTRAINT}{len(found) + 1}"))
    return found


def _nodes_of_paths(triples: Sequence[Triple]) -> set[object]:
    """Return the blank nodes that property paths are made of: named, they would be properties."""
    below: dict[object, list[object]] = {}
    for t in triples:
        below.setdefault(t.subject, []).append(t.object)
    queue: list[object] = [t.object for t in triples if t.predicate.value == SH + "path"]
    found: set[object] = set()
    while queue:
        node = queue.pop()
        if node not in found:
            found.add(node)
            queue.extend(below.get(node, ()))
    return found


def _is_blank(term: object) -> bool:
    import pyoxigraph

    return isinstance(term, pyoxigraph.BlankNode)


def part_queries(triples: Sequence[Triple]) -> Iterator[Triple]:
    """Give each SPARQL constraint of a shape a shape of its own, and ask for bare values.

    An engine names the shape of a result, not always the constraint; and it writes the message
    in its own way. So the message of a constraint is made of the values alone.
    """
    from pyoxigraph import Literal, NamedNode, Triple

    queries = {t.object for t in triples if t.predicate.value == SH + "sparql"}
    for t in triples:
        if t.predicate.value == SH + "sparql":
            alone = NamedNode(term_text(t.object) + ALONE)
            yield Triple(alone, t.predicate, t.object)
            yield Triple(alone, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(SH + "NodeShape"))
            for other in triples:
                if other.subject == t.subject and other.predicate.value in _TAKEN_OVER:
                    yield Triple(alone, other.predicate, other.object)
        elif t.predicate.value == SH + "message" and t.subject in queries:
            values = BETWEEN.join(f"{{?{name}}}" for name in find_variables(term_text(t.object)))
            yield Triple(t.subject, t.predicate, Literal(values or "-"))
        else:
            yield t


def find_variables(template: str) -> list[str]:
    """Return the variables of a message but ``this``, sorted.

    >>> find_variables("{?to} after {$from}, {$this}")
    ['from', 'to']
    """
    return sorted(set(_VARIABLE.findall(template)) - {"this"})


def find_parents(triples: Iterable[Triple]) -> dict[str, str]:
    """Return what each constraint and each list is part of."""
    return {
        term_text(t.object): term_text(t.subject)
        for t in triples
        if _is_blank(t.object) or term_text(t.object).startswith(_CONSTRAINT)
    }


def find_named(triples: Iterable[Triple]) -> frozenset[str]:
    """Return every IRI that a shape names, or a query of theirs by a declared prefix or in full."""
    import pyoxigraph

    by_subject: dict[object, dict[str, str]] = {}
    found: set[str] = set()
    queries: list[str] = []
    for t in triples:
        by_subject.setdefault(t.subject, {})[t.predicate.value] = term_text(t.object)
        if isinstance(t.object, pyoxigraph.NamedNode) and not t.object.value.startswith(
            _CONSTRAINT
        ):
            found.add(t.object.value)
        if t.predicate.value == SH + "select":
            queries.append(term_text(t.object))
    declared = {
        node[SH + "prefix"]: node[SH + "namespace"]
        for node in by_subject.values()
        if SH + "prefix" in node
    }
    for query in queries:
        for iri, prefix, name in _NAME_IN_QUERY.findall(query):
            found.add(iri or declared.get(prefix, f"{prefix}:") + name)
    return frozenset(found)


def find_ordered(triples: Sequence[Triple]) -> frozenset[str]:
    """Return the properties whose values a shape puts in order."""
    ordering = [t for t in triples if t.predicate.value in _ORDERING]
    shapes = {t.subject for t in ordering}
    others = {term_text(t.object) for t in ordering}
    paths = {
        term_text(t.object)
        for t in triples
        if t.subject in shapes and t.predicate.value == SH + "path"
    }
    return frozenset(paths | others)


def first_words(triples: Iterable[Triple], *properties: str) -> Mapping[str, str]:
    """Return the words of a property of each node; of several, the first in their order."""
    found: dict[str, str] = {}
    for t in triples:
        if t.predicate.value in properties:
            subject, words = term_text(t.subject), " ".join(term_text(t.object).split())
            found[subject] = min(found.get(subject, words), words)
    return found
