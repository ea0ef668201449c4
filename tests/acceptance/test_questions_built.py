"""The built graph answers the questions of this stage in two engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Dataset as RdflibDataset

from cablegraph.dataset import Dataset, to_rdflib
from cablegraph.pipeline import Built

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")
HERE = Path(__file__).parent
EXPECTED = {
    item["n"]: item for item in json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
}
NUMBERS = range(1, 21)
FILES = {
    int(path.name[:2]): path for path in (HERE.parents[1] / "ontology" / "questions").glob("*")
}


def expected(number: int) -> list[list[str | None]]:
    return sorted(EXPECTED[number]["rows"], key=str)


@pytest.fixture(scope="module")
def oxigraph(output: tuple[Path, Built]) -> Dataset:
    return Dataset.open(output[0])


@pytest.fixture(scope="module")
def rdflib_dataset(output: tuple[Path, Built]) -> RdflibDataset:
    return to_rdflib(output[0])


@pytest.mark.parametrize("number", NUMBERS)
def test_oxigraph_answers(number: int, oxigraph: Dataset) -> None:
    """The canned question gives exactly the expected rows."""
    result = oxigraph.query(str(number))

    assert EXPECTED[number]["vars"] == list(result.columns)
    assert expected(number) == sorted([list(row) for row in result.rows], key=str)


@pytest.mark.parametrize("number", NUMBERS)
def test_rdflib_answers(number: int, rdflib_dataset: RdflibDataset) -> None:
    """A second engine gives the same rows."""
    rows = rdflib_dataset.query(FILES[number].read_text(encoding="utf-8"))
    found = [[None if value is None else str(value) for value in row] for row in rows]

    assert expected(number) == sorted(found, key=str)
