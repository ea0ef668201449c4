"""The canned questions parse in two engines and answer as expected on the hand-checked graph."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.query import ResultRow

from .conftest import ACCEPTANCE, ONTOLOGY

QUESTIONS = sorted(ONTOLOGY.glob("questions/*.rq"))
EXPECTED = json.loads((ACCEPTANCE / "questions.json").read_text(encoding="utf-8"))
Rows = list[tuple[str, ...]]


def expected_rows(path: Path) -> Rows:
    (answer,) = [item for item in EXPECTED if item["n"] == int(path.stem[:2])]
    return sorted(tuple("" if v is None else str(v) for v in row) for row in answer["rows"])


@pytest.fixture(scope="module")
def asked(hand_checked: Graph, schemes: Graph) -> Graph:
    return hand_checked + schemes


@pytest.fixture(scope="module")
def store(asked: Graph) -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.load(asked.serialize(format="nt").encode("utf-8"), pyoxigraph.RdfFormat.N_TRIPLES)
    return found


def test_every_expected_answer_has_its_question() -> None:
    """The files are numbered as the expected answers, and begin with the question in words."""
    assert [item["n"] for item in EXPECTED] == [int(path.stem[:2]) for path in QUESTIONS]
    for path, item in zip(QUESTIONS, EXPECTED, strict=True):
        assert f"# {item['question']}" == path.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_oxigraph_answers_as_expected(path: Path, store: pyoxigraph.Store) -> None:
    """The rows and the names of the columns are the expected ones."""
    solutions = store.query(path.read_text(encoding="utf-8"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = sorted(tuple("" if v is None else v.value for v in row) for row in solutions)
    (answer,) = [item for item in EXPECTED if item["n"] == int(path.stem[:2])]

    assert answer["vars"] == names
    assert expected_rows(path) == rows


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_rdflib_answers_as_expected(path: Path, asked: Graph) -> None:
    """A second engine gives the same rows."""
    result = asked.query(path.read_text(encoding="utf-8"))
    found = [row for row in result if isinstance(row, ResultRow)]
    rows = sorted(tuple("" if v is None else str(v) for v in row) for row in found)

    assert expected_rows(path) == rows
