"""Apache Jena reads from each file of the graph what Oxigraph reads."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from java_programs import NO_JENA, find_riot, has_jena

GRAPH = Path(__file__).resolve().parents[2] / "output" / "graph"
FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "ttl": RdfFormat.TURTLE,
}


@pytest.fixture(scope="module")
def riot(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command that runs riot."""
    if not has_jena():
        pytest.skip(NO_JENA)
    return find_riot(tmp_path_factory.mktemp("jena"))


def read_by_jena(riot: tuple[str, ...], path: Path) -> set[str]:
    """Return the quads that Jena reads, in the spelling of Oxigraph."""
    command = [*riot, "--strict", "--output=nquads", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert 0 == done.returncode, done.stderr.decode()[-2000:]
    return set(map(str, pyoxigraph.parse(input=done.stdout, format=RdfFormat.N_QUADS)))


def read_by_oxigraph(path: Path) -> set[str]:
    """Return the quads that Oxigraph reads."""
    return set(map(str, pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix[1:]])))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_jena_reads_the_same_quads(form: str, riot: tuple[str, ...]) -> None:
    """Each statement with its graph, where the form has graphs, and no other."""
    path = GRAPH / f"cablegraph.{form}"
    expected = read_by_oxigraph(path)

    assert len(expected) > 1000
    assert expected == read_by_jena(riot, path)


def test_all_forms_say_the_same() -> None:
    """So the comparisons above are of one graph; Turtle has it without the names of graphs."""
    quads = read_by_oxigraph(GRAPH / "cablegraph.nq")
    turtle = pyoxigraph.parse(path=str(GRAPH / "cablegraph.ttl"), format=RdfFormat.TURTLE)
    named = pyoxigraph.parse(path=str(GRAPH / "cablegraph.nq"), format=RdfFormat.N_QUADS)

    assert quads == read_by_oxigraph(GRAPH / "cablegraph.trig")
    assert quads == read_by_oxigraph(GRAPH / "cablegraph.jsonld")
    assert {str(quad.triple) for quad in named} == {str(quad.triple) for quad in turtle}


@pytest.mark.slow
def test_jena_refuses_what_is_not_turtle(riot: tuple[str, ...], tmp_path: Path) -> None:
    """A file that breaks off is not taken for a shorter graph."""
    path = tmp_path / "broken.ttl"
    path.write_text("<https://e.org/a> <https://e.org/b> ", encoding="utf-8")

    with pytest.raises(AssertionError):
        read_by_jena(riot, path)
