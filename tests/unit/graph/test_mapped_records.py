"""What the package makes of claims, beside a plain rdflib script that was written by itself."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import msgspec
import pyoxigraph
import pytest

from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.validation.facts import Facts
from cablegraph.validation.shacl import check_shapes
from cablegraph.validation.spans import check_spans

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks" / "mapped"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    """The generator of records and the rdflib script of the benchmark."""
    monkeypatch.syspath_prepend(str(FOLDER))
    for name in ("records", "by_rdflib"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return import_module("records"), import_module("by_rdflib")


def read_triples(text: str) -> set[str]:
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return {str(quad.triple) for quad in quads}


def test_a_plain_script_makes_the_same_graph(modules: tuple[ModuleType, ModuleType]) -> None:
    """Statement for statement, the lines are what rdflib writes of the same claims."""
    from rdflib import Graph

    records, by_rdflib = modules
    graph, lines = Graph(), list[str]()
    for number in range(5):
        reading = records.make_reading(records.make_row(number))
        by_rdflib.add_reading(graph, json.loads(msgspec.json.encode(reading)))
        lines += to_lines(reading, Iris("https://example.org/"))

    assert read_triples(graph.serialize(format="nt")) == read_triples("\n".join(lines))


def test_generated_records_are_sound(modules: tuple[ModuleType, ModuleType]) -> None:
    """Each quotation stands where its span says, and no shape is violated."""
    records, _ = modules
    reading = records.make_reading(records.make_row(7))
    facts = Facts.of_lines(to_lines(reading, Iris("https://example.org/")))
    grave = [one for one in check_shapes(facts) if one.severity == "violation"]

    assert [] == check_spans(facts)
    assert [] == grave


def test_lines_are_in_order_and_come_once(modules: tuple[ModuleType, ModuleType]) -> None:
    """Claims may come in any order, and one twice: the lines are the same."""
    records, _ = modules
    reading = records.make_reading(records.make_row(3))
    twice = msgspec.structs.replace(reading, claims=(*reversed(reading.claims), *reading.claims))
    lines = to_lines(reading, Iris("https://example.org/"))

    assert sorted(set(lines)) == lines
    assert lines == to_lines(twice, Iris("https://example.org/"))
