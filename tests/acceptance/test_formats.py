"""The files of a build say the same, whoever reads them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from pyld import jsonld
from pyoxigraph import RdfFormat
from rdflib import Dataset, Graph

from cablegraph.pipeline import Built

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")
FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def graph(output: tuple[Path, Built]) -> Path:
    return output[0] / "graph"


@pytest.fixture(scope="module")
def quads(graph: Path) -> set[str]:
    """The lines of the sorted N-Quads, the truth of a build."""
    return set((graph / "cablegraph.nq").read_text(encoding="utf-8").split("\n")) - {""}


def triples(lines: set[str]) -> set[str]:
    """Return the statements without their graph."""
    return {str(quad.triple) for quad in parsed("\n".join(lines).encode(), RdfFormat.N_QUADS)}


def parsed(data: bytes, kind: RdfFormat) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(input=data, format=kind))


@pytest.mark.parametrize("name", ["trig", "jsonld", "nq"])
def test_oxigraph_reads_the_same_quads(name: str, graph: Path, quads: set[str]) -> None:
    """TriG and JSON-LD hold the quads of the N-Quads file, graphs and all."""
    found = parsed((graph / f"cablegraph.{name}").read_bytes(), FORMATS[name])

    assert {f"{quad} ." for quad in found} == quads


def test_oxigraph_reads_the_same_triples_from_turtle(graph: Path, quads: set[str]) -> None:
    """Turtle holds the union of the graphs."""
    found = parsed((graph / "cablegraph.ttl").read_bytes(), RdfFormat.TURTLE)

    assert {str(quad.triple) for quad in found} == triples(quads)


def rdflib_lines(text: str) -> set[str]:
    """Return N-Quads as rdflib writes them in the spelling of our own."""
    return {f"{quad} ." for quad in parsed(text.encode(), RdfFormat.N_QUADS)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trig", "jsonld"])
def test_rdflib_reads_the_same_quads(name: str, graph: Path, quads: set[str]) -> None:
    """A second library agrees on TriG and JSON-LD."""
    kind = {"jsonld": "json-ld"}.get(name, name)
    dataset = Dataset().parse(graph / f"cablegraph.{name}", format=kind)

    assert rdflib_lines(dataset.serialize(format="nquads")) == quads


@pytest.mark.slow
def test_rdflib_reads_the_same_triples_from_turtle(graph: Path, quads: set[str]) -> None:
    """A second library agrees on Turtle."""
    found = Graph().parse(graph / "cablegraph.ttl")

    assert rdflib_lines(found.serialize(format="nt")) == {f"{t} ." for t in triples(quads)}


@pytest.mark.slow
def test_pyld_reads_the_same_quads(graph: Path, quads: set[str]) -> None:
    """The reference processor of JSON-LD expands our context to the same quads."""
    import json

    document = json.loads((graph / "cablegraph.jsonld").read_text(encoding="utf-8"))
    found = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})

    assert rdflib_lines(found) == quads


def refuse(url: str, *_: object) -> dict[str, object]:
    raise AssertionError(f"{url} was asked for: the file must stand alone")


def test_the_json_has_one_nested_object_a_telegram(graph: Path) -> None:
    """A telegram's texts, numbers and dates are inside its object, not beside it."""
    import json

    document = json.loads((graph / "cablegraph.jsonld").read_text(encoding="utf-8"))
    telegrams = [
        node
        for part in document["@graph"]
        for node in part.get("@graph", [])
        if node.get("type") in ("Telegram", ["Telegram"]) and node.get("texts")
    ]

    assert len(telegrams) == 2
    for telegram in telegrams:
        assert all("text" in text for text in telegram["texts"])
        assert all("asWritten" in number for number in telegram["identifiers"])
        assert all("edtfDate" in date for date in telegram["dates"])


def test_the_clean_graph_is_a_part_without_spans(graph: Path, quads: set[str]) -> None:
    """Without the evidence layer every other statement is kept, and none is added."""
    clean = {str(q.triple) for q in parsed((graph / "clean.ttl").read_bytes(), RdfFormat.TURTLE)}
    gone = triples(quads) - clean

    assert clean < triples(quads)
    assert not any("/span/" in triple or " <https://w3id.org/cablegraph/def#evidence> " in triple
                   for triple in clean)  # fmt: skip
    assert not any("hasSender" in triple and "/telegram/" in triple.split()[0] and
                   "claim" not in triple.split()[0] for triple in gone)  # fmt: skip


def test_there_is_no_blank_node(quads: set[str]) -> None:
    """Every node has a name, so the sorted file is its own canonical form."""
    assert not any("_:" in line.split(" ")[0] or " _:" in line for line in quads
                   if '"' not in line)  # fmt: skip
