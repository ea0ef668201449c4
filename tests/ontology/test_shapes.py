"""The shapes and rules: each says what is wrong, how to mend it, and how grave it is."""

from __future__ import annotations

import re
import time

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, URIRef

from cablegraph.namespaces import CBL, DEF, SHAPES

from .conftest import ONTOLOGY, Rule

SEVERITIES = {"Violation", "Warning", "Info"}


def named_shapes(shapes: Graph) -> list[URIRef]:
    return sorted(s for s in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef))


def test_every_constraint_has_message_and_remedy(shapes: Graph) -> None:
    """What can be reported has a sh:message and, as rdfs:comment, a remedy."""
    for shape in named_shapes(shapes):
        parts = [*shapes.objects(shape, SH.property), *shapes.objects(shape, SH.sparql)]
        direct = (shape, SH["or"], None) in shapes or (shape, SH.pattern, None) in shapes
        for part in [*parts, *([shape] if direct else [])]:
            assert len(list(shapes.objects(part, SH.message))) == 1, shape
            (remedy,) = shapes.objects(part, RDFS.comment)
            assert str(remedy)[0].islower()
            assert not str(remedy).endswith(".")


def test_a_suffix_tells_the_severity(shapes: Graph) -> None:
    """A shape whose name ends in -w warns, in -i informs, and any other one violates."""
    grades = {"w": SH.Warning, "i": SH.Info}
    for shape in named_shapes(shapes):
        expected = grades.get(str(shape).rpartition("-")[2])
        assert shapes.value(shape, SH.severity) == expected, shape
        assert shapes.value(shape, RDFS.label), shape


def test_severity_stands_where_engines_read_it(shapes: Graph) -> None:
    """A SPARQL constraint has no severity; a property shape of a warning shape repeats it."""
    for shape in named_shapes(shapes):
        for constraint in shapes.objects(shape, SH.sparql):
            assert shapes.value(constraint, SH.severity) is None
        severity = shapes.value(shape, SH.severity)
        for part in shapes.objects(shape, SH.property) if severity else ():
            assert shapes.value(part, SH.severity) == severity


def test_sparql_constraints_keep_to_what_shacl_allows(shapes: Graph) -> None:
    """No VALUES, MINUS or SERVICE in a constraint, and $this is selected."""
    for query in map(str, shapes.objects(None, SH.select)):
        assert not {"VALUES", "MINUS", "SERVICE"} & set(query.split())
        assert "$this" in query.partition("WHERE")[0]


def test_core_shapes_are_core() -> None:
    """The core tier holds no SPARQL, the document tier nothing else."""
    core = Graph().parse(ONTOLOGY / "shapes" / "core.ttl")
    document = Graph().parse(ONTOLOGY / "shapes" / "document.ttl")

    assert (None, SH.sparql, None) not in core
    assert all((s, SH.sparql, None) in document for s in document.subjects(RDF.type, SH.NodeShape))


def test_shapes_and_rules_name_declared_terms(shapes: Graph, rules: list[Rule]) -> None:
    """No shape or rule speaks of a term that the vocabulary lacks."""
    texts = [path.read_text(encoding="utf-8") for path in ONTOLOGY.glob("shapes/*.ttl")]
    texts += [rule.query for rule in rules]
    named = {term for text in texts for term in re.findall(r"\bcbl:([A-Za-z]+)", text)}
    subjects = {str(s) for s in shapes.subjects(RDF.type, SH.NodeShape)}

    assert {DEF + term for term in named} <= set(CBL)
    assert all(subject.startswith(SHAPES) for subject in subjects)


def test_every_rule_has_a_header_and_a_bound(rules: list[Rule]) -> None:
    """A rule tells id, severity, message, remedy and cost, is ordered and limited."""
    assert rules
    for rule in rules:
        assert {"id", "severity", "message", "remedy", "cost"} == set(rule.header), rule.path
        assert rule.header["severity"] in SEVERITIES
        assert "ORDER BY" in rule.query
        assert "LIMIT" in rule.query


def test_messages_of_rules_can_be_filled(rules: list[Rule]) -> None:
    """Each variable of a rule's message is one of those it selects, and ?this is the first."""
    for rule in rules:
        selected = re.findall(r"\?(\w+)", rule.query.partition("SELECT")[2].partition("WHERE")[0])
        assert selected[0] == "this"
        assert set(re.findall(r"\{\?(\w+)\}", rule.header["message"])) <= set(selected)


def test_ids_are_told_once(shapes: Graph, rules: list[Rule]) -> None:
    """No two shapes or rules share an id."""
    ids = [str(shape).removeprefix(SHAPES) for shape in named_shapes(shapes)]
    ids += [rule.header["id"] for rule in rules]

    assert len(set(ids)) == len(ids)


@pytest.mark.slow
def test_the_hand_checked_graph_has_nothing_to_mend(
    hand_checked: Graph, schemes: Graph, shapes: Graph, rules: list[Rule]
) -> None:
    """Only infos are found in the hand-checked graph, by shapes and rules, in reasonable time."""
    begin = time.perf_counter()
    _, report, text = pyshacl.validate(
        hand_checked + schemes, shacl_graph=shapes, inference="none", advanced=False
    )
    taken = time.perf_counter() - begin
    assert isinstance(report, Graph), text
    found = [
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultSeverity)))
        for result in report.objects(None, SH.result)
    ]

    assert {str(SH.Info)} == {severity for _, severity in found}
    assert len(found) == 9
    assert taken < 20  # 1.7 s where it was written; this only catches an explosion

    store = pyoxigraph.Store()
    store.load(hand_checked.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    hits = {}
    for rule in rules:
        rows = store.query(rule.query)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        hits[rule.header["id"]] = len(list(rows))
    assert {"S09-leaves-in-file-i": 1, "S33-url-i": 2} == {k: n for k, n in hits.items() if n}
