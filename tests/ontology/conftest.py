"""Where the ontology stands, and its graphs, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
ACCEPTANCE = ROOT / "tests" / "acceptance"


@dataclass(frozen=True)
class Rule:
    """A corpus rule: the fields of its comment header, and the query."""

    path: Path
    header: dict[str, str]
    query: str


def _read_graph(pattern: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in sorted(ONTOLOGY.glob(pattern)):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    return _read_graph("cablegraph.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    return _read_graph("alignments/*.ttl")


@pytest.fixture(scope="session")
def schemes() -> Graph:
    return _read_graph("schemes/*.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return _read_graph("shapes/*.ttl")


@pytest.fixture(scope="session")
def hand_checked() -> Graph:
    return Graph(bind_namespaces="none").parse(ACCEPTANCE / "hand-checked.ttl")


@pytest.fixture(scope="session")
def rules() -> list[Rule]:
    found = []
    for path in sorted(ONTOLOGY.glob("rules/*.rq")):
        text = path.read_text(encoding="utf-8")
        header = dict(re.findall(r"^# ([a-z]+): (.+)$", text, re.MULTILINE))
        found.append(Rule(path, header, text))
    return found
