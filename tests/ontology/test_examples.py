"""Each example is reported as its first lines say, by the shapes, the rules or the span check."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef, Variable
from rdflib.term import Node

from cablegraph.namespaces import SHAPES

from .conftest import ONTOLOGY, Rule

EXAMPLES = sorted(ONTOLOGY.glob("examples/*.ttl"))
Expected = set[tuple[str, str, str]]


def read_expected(path: Path) -> Expected:
    text = path.read_text(encoding="utf-8")
    return {(f, c, s) for f, c, s in re.findall(r"^#! (\S+) (\S+) (\S+)$", text, re.MULTILINE)}


def is_native(path: Path) -> bool:
    """Whether code, not SHACL, has to find the error: does the quotation stand at its place?"""
    return path.name.startswith(("S22-quote", "S22-end"))


def check_by_shapes(data: Graph, shapes: Graph) -> Expected:
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, Graph), text
    return {
        (
            str(report.value(result, SH.focusNode)),
            name_of(shapes, report.value(result, SH.sourceShape)),
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        )
        for result in report.objects(None, SH.result)
    }


def name_of(shapes: Graph, shape: Node | None) -> str:
    while not isinstance(shape, URIRef):
        shape = next(shapes.subjects(None, shape))
    return str(shape).removeprefix(SHAPES)


def check_by_rules(data: Graph, rules: list[Rule]) -> Expected:
    return {
        (str(row[Variable("this")]), rule.header["id"], rule.header["severity"])
        for rule in rules
        for row in data.query(rule.query).bindings
    }


@pytest.fixture(scope="module")
def stances(schemes: Graph) -> Graph:
    """What the shapes ask the schemes: in which scheme, and what is above."""
    graph = Graph(bind_namespaces="none")
    for triple in schemes:
        if str(triple[1]).endswith(("inScheme", "broaderTransitive")):
            graph.add(triple)
    return graph


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_is_reported_as_it_says(
    path: Path, shapes: Graph, stances: Graph, rules: list[Rule]
) -> None:
    """Shapes and rules find in an example exactly what its first lines name."""
    data = Graph(bind_namespaces="none").parse(path)
    found = check_by_shapes(data + stances, shapes) | check_by_rules(data, rules)

    assert (set() if is_native(path) else read_expected(path)) == found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_span_check_finds_only_tampered_quotations(path: Path) -> None:
    """The native check reports the spans whose words are not at their place, and no others."""
    spans = pytest.importorskip("cablegraph.validation.spans")
    quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    found = {(r.focus, r.code, r.severity.capitalize()) for r in spans.check_spans(quads)}
    expected = {triple for triple in read_expected(path) if triple[1] == "S22-span"}

    assert expected == found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_name_says_whether_the_example_passes(path: Path) -> None:
    """A PASS example has at most infos; an XFAIL example has a violation or a warning."""
    grave = {severity for _, _, severity in read_expected(path)} - {"Info"}

    assert bool(grave) == path.name.endswith(".XFAIL.ttl")


def test_every_shape_and_rule_has_an_example(shapes: Graph, rules: list[Rule]) -> None:
    """Each shape and each rule is shown at work by some example."""
    shown = {code for path in EXAMPLES for _, code, _ in read_expected(path)}
    ids = {str(s).removeprefix(SHAPES) for s in shapes.subjects(RDF.type, SH.NodeShape)}
    ids = {name for name in ids if re.match(r"S\d\d-", name)}
    ids |= {rule.header["id"] for rule in rules}

    assert ids - shown == set()
