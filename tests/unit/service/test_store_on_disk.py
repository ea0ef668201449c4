"""A store on the disk answers as the one in memory, and is made once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from cablegraph.errors import DataError
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits
from cablegraph.service.messages import Job, Outcome
from cablegraph.service.store import prepare_store

LIMITS = Limits(seconds=2.0, short_seconds=0.5, memory=300_000_000, rows=2000, result=1_000_000)
FORMS = {"select": "csv", "ask": "csv", "graph": "nt"}
SAID = '<https://e.example/id/person/{}> <https://e.example/name> "{}" <https://e.example/{}> .'
#: What Ann is called stands in two graphs; the last line has no graph and an IRI at its end.
PARTS = {
    "part-d0": [SAID.format("ann", "Ann", "graph/one"), SAID.format("bob", "Bob", "graph/one")],
    "part-d1": [SAID.format("ann", "Ann", "graph/two")],
    "part-x": ["<https://e.example/a> <https://e.example/p> <https://e.example/graph/two> ."],
}
QUERIES = [
    "SELECT ?n { ?s <https://e.example/name> ?n } ORDER BY ?n",
    "SELECT ?g ?n { GRAPH ?g { ?s <https://e.example/name> ?n } } ORDER BY ?g ?n",
    "SELECT ?n FROM <https://e.example/graph/one> { ?s <https://e.example/name> ?n } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { <https://e.example/a> ?p ?o }",
    "SELECT ?n FROM <https://e.example/graph/one> FROM <https://e.example/graph/two> "
    "{ ?s <https://e.example/name> ?n } ORDER BY ?n",
]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder whose graph lies in parts."""
    output = tmp_path_factory.mktemp("disk") / "output"
    (output / "graph").mkdir(parents=True)
    for name, rows in PARTS.items():
        data = "".join(f"{row}\n" for row in rows).encode()
        (output / "graph" / f"{name}.nq.zst").write_bytes(zstandard.compress(data))
    return output


@pytest.fixture(scope="module")
def engines(parts: Path) -> Iterator[tuple[Engine, Engine]]:
    """Return an engine with the graph in memory and one with it on the disk."""
    made = Engine(parts, LIMITS), Engine(parts, LIMITS, prepare_store(parts, "disk"))
    yield made
    for one in made:
        one.stop()


def ask(engine: Engine, query: str) -> tuple[Outcome, bytes]:
    """Ask one query."""

    async def run() -> tuple[Outcome, bytes]:
        outcome, file = await engine.ask(Job(query=query, forms=FORMS))
        with file:
            return outcome, file.read()

    return asyncio.run(run())


@pytest.mark.parametrize("query", QUERIES)
def test_the_disk_answers_as_the_memory(engines: tuple[Engine, Engine], query: str) -> None:
    """Named graphs, their union without repetitions, and merged graphs are the same."""
    (in_memory, expected), (on_disk, found) = (ask(engine, query) for engine in engines)

    assert 200 == in_memory.status == on_disk.status
    assert expected == found


def test_what_two_graphs_say_is_counted_once(engines: tuple[Engine, Engine]) -> None:
    """The default graph holds a statement once, in however many graphs it stands."""
    for engine in engines:
        assert b"n\r\nAnn\r\nBob\r\n" == ask(engine, QUERIES[0])[1]
        assert {"https://e.example/graph/one": 2, "https://e.example/graph/two": 1} == {
            name: count for name, count in engine.summary.graphs.items() if "e.example" in name
        }


def test_a_long_query_on_the_disk_is_ended(engines: tuple[Engine, Engine]) -> None:
    """The limits hold for a store on the disk too, and the next query is answered."""
    table = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(6))
    outcome, _ = ask(engines[1], f"SELECT (COUNT(*) AS ?n) {{ {table} }}")

    assert outcome.reason in ("time", "busy", "memory")
    assert 200 == ask(engines[1], QUERIES[0])[0].status


def test_a_store_is_made_once_for_a_build(parts: Path, tmp_path: Path) -> None:
    """The second time it is found as it was; another build has another one, in a folder like it."""
    output = tmp_path / "output"
    shutil.copytree(parts, output)
    first = prepare_store(output, "disk")
    assert first is not None
    (first / "mark").touch()

    assert first == prepare_store(output, "disk")
    assert (first / "mark").exists()
    (output / "MANIFEST.json").write_text('{"counts": {"statements": 5000000}}')
    second = prepare_store(output, "auto")
    assert second is not None
    assert first != second
    assert first.exists()  # this process still uses it


def test_a_small_graph_stays_in_memory(parts: Path) -> None:
    """Without a wish of the user, the disk is for what is large."""
    assert prepare_store(parts, "auto") is None
    assert prepare_store(parts, "memory") is None


def test_a_part_that_cannot_be_read_is_told_with_its_place(parts: Path, tmp_path: Path) -> None:
    """The line is that in the part, not in all parts together; no half store is left."""
    output = tmp_path / "output"
    shutil.copytree(parts, output)
    bad = output / "graph" / "part-d1.nq.zst"
    bad.write_bytes(zstandard.compress(f"{PARTS['part-d1'][0]}\n<a:b> nonsense .\n".encode()))

    with pytest.raises(DataError, match=r"part-d1\.nq\.zst:2:\d+: DataError"):
        prepare_store(output, "disk")
    assert [] == list((tmp_path / ".cablegraph-cache").glob("*/store"))
