"""The schemes are labelled, defined and joined; whatever names a concept names one that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from cablegraph.namespaces import SCHEME

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
NAMING = [
    path
    for pattern in ("shapes/*.ttl", "rules/*.rq", "questions/*.rq", "examples/*.ttl")
    for path in sorted(ONTOLOGY.glob(pattern))
]
PREFIX = re.compile(
    r"(?i)\bprefix\"?\s+\"?([a-z-]+)\"?\s*:?[^<\"]*"  # in Turtle, SPARQL and sh:declare
    rf"(?:sh:namespace )?[<\"]{re.escape(SCHEME)}([a-z-]+)/"
)


def scheme_of(path: Path) -> URIRef:
    return URIRef(SCHEME + path.stem)


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("schemes/*.ttl")), ids=lambda p: p.stem)
def test_a_file_holds_one_scheme(path: Path) -> None:
    """A file declares the scheme of its name, and concepts of that scheme only."""
    graph = Graph(bind_namespaces="none").parse(path)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))

    assert {scheme_of(path)} == set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(graph.subjects()) == concepts | {scheme_of(path)}
    for concept in concepts:
        assert str(concept).startswith(f"{scheme_of(path)}/")
        assert [scheme_of(path)] == list(graph.objects(concept, SKOS.inScheme))


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("schemes/*.ttl")), ids=lambda p: p.stem)
def test_every_concept_is_labelled_and_defined(path: Path) -> None:
    """A scheme or concept has one English and one Russian label, and an English definition.

    The Russian one is an alternative label: a query for the label of a kind gives one row.
    """
    graph = Graph(bind_namespaces="none").parse(path)
    for node in set(graph.subjects()):
        for kind, language in ((SKOS.prefLabel, "en"), (SKOS.altLabel, "ru")):
            labels = [o for o in graph.objects(node, kind) if isinstance(o, Literal)]
            assert [language] == [str(label.language) for label in labels], node
        (definition,) = graph.objects(node, SKOS.definition)
        assert isinstance(definition, Literal)
        assert definition.language == "en"


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("schemes/*.ttl")), ids=lambda p: p.stem)
def test_labels_part_the_concepts_of_a_scheme(path: Path) -> None:
    """No two concepts of a scheme have one label."""
    graph = Graph(bind_namespaces="none").parse(path)
    labels = list(graph.objects(None, SKOS.prefLabel))

    assert len(set(labels)) == len(labels)


def test_every_stance_folds_into_a_coarse_one(schemes: Graph) -> None:
    """A fine stance points to one concept of the coarse scheme."""
    coarse = set(schemes.subjects(SKOS.inScheme, URIRef(SCHEME + "stance-coarse")))
    for stance in schemes.subjects(SKOS.inScheme, URIRef(SCHEME + "stance")):
        (target,) = schemes.objects(stance, SKOS.broadMatch)
        assert target in coarse


def test_the_written_out_closure_is_the_closure(schemes: Graph) -> None:
    """skos:broaderTransitive of the stances is what following skos:broader gives."""
    for stance in schemes.subjects(SKOS.inScheme, URIRef(SCHEME + "stance")):
        above = set(schemes.transitive_objects(stance, SKOS.broader)) - {stance}
        assert above == set(schemes.objects(stance, SKOS.broaderTransitive))


def test_a_top_concept_has_nothing_above(schemes: Graph) -> None:
    """A concept is a top concept exactly when it has no broader one."""
    for concept in schemes.subjects(RDF.type, SKOS.Concept):
        is_top = (concept, SKOS.topConceptOf, None) in schemes
        assert is_top != ((concept, SKOS.broader, None) in schemes)


@pytest.mark.parametrize("path", NAMING, ids=lambda p: p.name)
def test_named_concepts_exist(path: Path, schemes: Graph) -> None:
    """Every concept that a shape, rule, question or example names is in its scheme."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(rf"<{re.escape(SCHEME)}([a-z-]+/[a-z-]+)>", text))
    for prefix, scheme in PREFIX.findall(text):
        for concept in re.findall(rf"(?<![\w:/]){prefix}:([a-z][a-z-]*)", text):
            named.add(f"{scheme}/{concept}")
    missing = {name for name in named if (URIRef(SCHEME + name), None, None) not in schemes}

    assert missing == ({"status/favourite"} if "unknown-status" in path.name else set())


def test_the_check_on_named_concepts_sees_all_prefix_forms() -> None:
    """Canary: a prefix is found in Turtle, in SPARQL and in a SHACL declaration."""
    turtle = f"@prefix status: <{SCHEME}status/> ."
    sparql = f"PREFIX status: <{SCHEME}status/>"
    declared = f'[ sh:prefix "status" ; sh:namespace "{SCHEME}status/"^^xsd:anyURI ]'

    assert [("status", "status")] == PREFIX.findall(turtle)
    assert [("status", "status")] == PREFIX.findall(sparql)
    assert [("status", "status")] == PREFIX.findall(declared)
