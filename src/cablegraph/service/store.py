"""The graph in a store on the disk, for graphs that would fill the memory of the service.

It is made once from the files of a build and opened, to read only, by each process that answers a
query. It holds what the store in memory holds: the named graphs, and their union as default graph.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
import pyoxigraph

from cablegraph.dataset import fill_store, find_data_files
from cablegraph.errors import CablegraphError, DataError
from cablegraph.publication.whole import find_cache, keep
from cablegraph.service.evaluate import Holdings
from cablegraph.service.messages import Summary

StoreKind: TypeAlias = Literal["auto", "memory", "disk"]
#: Statements that are held in memory: a gigabyte, of which a query's process copies the tables in
#: 47 milliseconds a million; to open a store on the disk takes 20 in any case.
MOST_IN_MEMORY = 2_000_000
_STORE, _SUMMARY, _QUADS = "store", "summary.json", "quads"
_MANIFEST = "MANIFEST.json"
#: Bytes of a statement as N-Quads, and as N-Quads compressed, where no manifest counts them.
_LINE, _PACKED = 250, 10
#: Files that the engine may open beside those of the store.
_MORE_FILES = 64
_COUNT = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class _Counted(msgspec.Struct):
    counts: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Stored:
    """A store on the disk, with the names of its graphs."""

    path: Path
    graphs: frozenset[str]

    @property
    def descriptors(self) -> int:
        """How many files a process needs to read it."""
        return sum(1 for _ in self.path.iterdir()) + _MORE_FILES

    def open(self) -> Holdings:
        """Open it in this process."""
        return Holdings(pyoxigraph.Store.read_only(str(self.path)), self.graphs)


def prepare_store(output: Path, kind: StoreKind) -> Path | None:
    """Return the folder of the store of an output folder, made if need be; None for memory.

    Raises:
        DataError: if there is no graph, or it can't be parsed.
        OutputError: if the store can't be written.
    """
    files = find_data_files(output)
    if kind == "memory" or (kind == "auto" and _count(output, files) <= MOST_IN_MEMORY):
        return None
    place = find_cache(output) / _STORE
    keep(place, lambda path: _make_apart(path, files))
    return place


def open_quads(place: Path) -> pyoxigraph.Store:
    """Open a prepared store to read."""
    return pyoxigraph.Store.read_only(str(place / _QUADS))


def read_store(place: Path) -> tuple[Stored, Summary]:
    """Return a prepared store, not yet opened, and what is in it.

    Raises:
        DataError: if it is not whole.
    """
    path = place / _SUMMARY
    try:
        summary = msgspec.json.decode(path.read_bytes(), type=Summary)
    except (OSError, msgspec.DecodeError) as cause:
        problem, remedy = f"the store is not whole ({cause})", "delete its folder and serve again"
        raise DataError(problem, where=f"{path}:1:1", remedy=remedy) from cause
    return Stored(place / _QUADS, frozenset(summary.graphs)), summary


def count_graphs(store: pyoxigraph.Store) -> Summary:
    """Count the statements of the default graph and of each named one."""
    found = store.query(_COUNT)
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise TypeError("SELECT gives solutions")
    counts = {row["g"].value: int(row["n"].value) for row in found}
    return Summary(triples=len(store) - sum(counts.values()), graphs=counts)


def _count(output: Path, files: list[Path]) -> int:
    try:
        manifest = msgspec.json.decode((output / _MANIFEST).read_bytes(), type=_Counted)
        return manifest.counts["statements"]
    except (OSError, msgspec.DecodeError, KeyError):
        sizes = ((path.stat().st_size, path.suffix == ".zst") for path in files)
        return sum(size // (_PACKED if packed else _LINE) for size, packed in sizes)


def _make_apart(place: Path, files: list[Path]) -> None:
    """Make a store in a process of its own, whose memory is free again then."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        fault = pool.submit(_make, place, files).result()
    if fault:
        problem, where, remedy = fault
        raise DataError(problem, where=where, remedy=remedy)


def _make(place: Path, files: list[Path]) -> tuple[str, str, str] | None:
    place.mkdir()
    store = pyoxigraph.Store(str(place / _QUADS))
    try:
        fill_store(store, files)
    except CablegraphError as fault:
        return fault.problem, fault.where, fault.remedy
    store.optimize()
    store.flush()
    (place / _SUMMARY).write_bytes(msgspec.json.encode(count_graphs(store)))
    return None
