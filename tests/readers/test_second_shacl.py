"""TopBraid SHACL, in Java, finds with our shapes what pySHACL finds: in the seeds, in examples."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from pyoxigraph import RdfFormat
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from cablegraph.namespaces import SHAPES
from java_programs import NO_TOPBRAID, find_topbraid

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
#: Focus, path, value, component, severity, shape.
Results = set[tuple[str, ...]]

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """All shapes as one graph."""
    graph = Graph(bind_namespaces="none")
    for path in sorted(ONTOLOGY.glob("shapes/*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture
def shapes_file(shapes: Graph, tmp_path: Path) -> Path:
    """The same as one file."""
    path = tmp_path / "shapes.ttl"
    shapes.serialize(path, format="turtle")
    return path


def write_data(path: Path, statements: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Path:
    """Write statements without their graphs as N-Triples."""
    lines = {str(getattr(one, "triple", one)) for one in statements}
    path.write_text("".join(f"{line} .\n" for line in sorted(lines)), encoding="utf-8")
    return path


def read_schemes(*properties: str) -> Iterable[pyoxigraph.Quad]:
    """Return what the shapes ask the concept schemes."""
    for path in sorted(ONTOLOGY.glob("schemes/*.ttl")):
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE):
            if not properties or quad.predicate.value.endswith(properties):
                yield quad


def check_by_topbraid(data: Path, shapes_file: Path) -> Graph:
    """Return the report of TopBraid."""
    command = find_topbraid()
    if not command:
        pytest.skip(NO_TOPBRAID)
    files = "-datafile", str(data), "-shapesfile", str(shapes_file)
    done = subprocess.run([*command, *files], capture_output=True, timeout=200, check=False)
    assert done.stdout.strip(), done.stderr.decode()[-2000:]
    return Graph(bind_namespaces="none").parse(data=done.stdout, format="turtle")


def check_by_pyshacl(data: Path, shapes: Graph) -> Graph:
    """Return the report of pySHACL."""
    graph = Graph(bind_namespaces="none").parse(data, format="nt")
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph), text
    return report


def read_results(report: Graph) -> Results:
    """Return the results of a report without messages, which engines word in their own way.

    Shape: of a shape or path that is a blank node only that is told.
    """
    assert (None, RDF.type, SH.ValidationReport) in report
    wanted = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent,
              SH.resultSeverity, SH.sourceShape)  # fmt: skip
    nodes = report.objects(None, SH.result)
    return {tuple(_tell(report.value(node, name)) for name in wanted) for node in nodes}


def _tell(node: Node | None) -> str:
    if node is None:
        return ""
    return "a blank node" if isinstance(node, BNode) else str(node)


@pytest.mark.slow
def test_both_engines_find_the_same_in_the_seeds(
    shapes: Graph, shapes_file: Path, tmp_path: Path
) -> None:
    """No violation and no warning, and the same infos."""
    path = str(ROOT / "output" / "graph" / "cablegraph.nq")
    quads = pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS)
    data = write_data(tmp_path / "data.nt", [*quads, *read_schemes()])
    found = read_results(check_by_topbraid(data, shapes_file))

    assert read_results(check_by_pyshacl(data, shapes)) == found
    assert {str(SH.Info)} >= {result[4] for result in found}


@pytest.mark.slow
def test_both_engines_find_the_planted_errors(
    shapes: Graph, shapes_file: Path, tmp_path: Path
) -> None:
    """All examples as one graph, each with names of its own, so that none meets another's."""
    statements: list[pyoxigraph.Quad] = []
    announced: set[tuple[str, str, str]] = set()
    for number, path in enumerate(sorted(ONTOLOGY.glob("examples/*.ttl"))):
        own = f"https://example.org/{number}/"
        text = path.read_text(encoding="utf-8").replace("https://example.org/", own)
        statements += pyoxigraph.parse(input=text.encode(), format=RdfFormat.TURTLE)
        if not path.name.startswith(("S22-quote", "S22-end")):  # the check of spans finds these
            announced.update(re.findall(r"^#! (\S+) (\S+) (\S+)$", text, re.MULTILINE))
    schemes = read_schemes("inScheme", "broaderTransitive")
    data = write_data(tmp_path / "examples.nt", [*statements, *schemes])
    found = read_results(check_by_topbraid(data, shapes_file))

    # What no shape finds, a rule does.
    names = {str(name) for name in shapes.subjects() if isinstance(name, URIRef)}
    expected = {(f, s) for f, code, s in announced if SHAPES + code in names}
    assert read_results(check_by_pyshacl(data, shapes)) == found
    assert len(expected) > 50
    assert expected <= {(result[0], result[4].rpartition("#")[2]) for result in found}
