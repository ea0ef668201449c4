"""The JSON-LD context says every term once, and is read back as the very same statements."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from cablegraph.namespaces import CBL, expand

from .conftest import ONTOLOGY

CONTEXT = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
TERMS = {
    name: value
    for name, value in CONTEXT.items()
    if isinstance(value, dict) and "@reverse" not in value
}
CLASSES = {
    name: value for name, value in CONTEXT.items() if isinstance(value, str) and name[0].isupper()
}
KEYS = {expand(value["@id"]): name for name, value in TERMS.items()}


def test_every_own_term_has_one_key(vocabulary: Graph) -> None:
    """Each class and property of the vocabulary has a key, and no property has two."""
    named = set(KEYS) | {expand(value) for value in CLASSES.values()}

    assert set(CBL) <= named
    assert len(KEYS) == len(TERMS)


def test_the_ontology_itself_can_be_written(
    vocabulary: Graph, schemes: Graph, alignments: Graph
) -> None:
    """Every predicate of the vocabulary, the schemes and the alignments has a key."""
    used = set((vocabulary + schemes + alignments).predicates()) - {RDF.type}

    assert {str(predicate) for predicate in used} <= set(KEYS)


def test_a_key_never_hides_a_prefix() -> None:
    """Nothing swallows an unknown key, and every key is a plain word."""
    assert "@vocab" not in CONTEXT
    assert all(name.isidentifier() for name in [*TERMS, *CLASSES])


def write_value(value: Node, coercion: str | None) -> Any:
    if isinstance(value, URIRef):
        assert coercion == "@id"
        return str(value)
    assert isinstance(value, Literal)
    if value.language:
        return {"@value": str(value), "@language": value.language}
    if value.datatype in (None, XSD.string):
        return str(value) if coercion is None else {"@value": str(value)}
    assert coercion is not None
    assert expand(coercion) == str(value.datatype)
    return int(value) if str(value.datatype).endswith("nteger") else str(value)


def write_node(graph: Graph, subject: Node) -> dict[str, Any]:
    values: dict[str, list[Any]] = defaultdict(list)
    maps: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for predicate, value in graph.predicate_objects(subject):
        if predicate == RDF.type:
            values["type"].append(str(value))
            continue
        key = KEYS[str(predicate)]
        if "@language" in TERMS[key].get("@container", ()):
            assert isinstance(value, Literal)
            maps[key][value.language or "@none"].append(str(value))
        else:
            values[key].append(write_value(value, TERMS[key].get("@type")))
    return {"id": str(subject), **values, **maps}


@pytest.mark.slow
def test_the_hand_checked_graph_survives_the_context(hand_checked: Graph) -> None:
    """Written with short keys and read by PyLD, the graph is the same, statement by statement."""
    nodes = [write_node(hand_checked, subject) for subject in set(hand_checked.subjects())]
    quads = jsonld.to_rdf({"@context": CONTEXT, "@graph": nodes}, {"format": "application/n-quads"})

    assert set(hand_checked) == set(Graph().parse(data=quads, format="nt"))
