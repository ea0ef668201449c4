"""Comparison with what a store wrote out, where it has no address or a bulk loader filled it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.errors import ServiceError
from cablegraph.loading.comparison import Expected, parse_triples
from cablegraph.loading.graphs import Graphs, choose, find_prefix, read_dump
from cablegraph.loading.load import Done, Outcome
from cablegraph.loading.stores import find_profiles
from cablegraph.serialise.canonical import read_lines

if TYPE_CHECKING:
    import pyoxigraph

_REMEDY = "load the files into an empty store again"


def compare_dump(data: Path, dump: Path, kind: str, only: Iterable[str] = ()) -> Outcome:
    """Compare each graph of *data* with the same graph of a file of N-Quads.

    Shape: graphs of the dump under the same prefix that are not in the data are faults too, unless
        *only* some graphs are asked for; all others are passed over.
    Raises:
        DataError: if one of both can't be read.
    """
    rewrites = find_profiles()[kind].rewrites
    outcome = Outcome()
    with (
        tempfile.TemporaryDirectory(prefix="cablegraph-") as folder,
        Graphs(read_lines(data), Path(folder) / "ours", where=str(data)) as ours,
        _read_theirs(dump, ours, Path(folder) / "theirs") as theirs,
    ):
        wanted, held = list(only), set(theirs.names)
        for name in choose(ours.names, wanted, where=str(data)):
            expected = Expected.of_lines(ours.read(name), rewrites, name)
            given = theirs.read(name) if name in held else b""
            found = expected.compare_lines(given, name, _read(ours, name))
            outcome.rewritten.update(found.rewritten)
            if found.is_same:
                outcome.done.append(Done(name, "verify", found.expected, found.expected_hash))
            else:
                outcome.faults.append(_fault(dump, f"{name} {found.describe()}"))
        if not wanted:
            outcome.faults += _find_strangers(ours.names, theirs.names, dump)
    return outcome


def _read_theirs(dump: Path, ours: Graphs, folder: Path) -> Graphs:
    prefix = find_prefix(ours.names) or ""
    return Graphs(read_dump(dump, prefix), folder, where=str(dump))


def _find_strangers(ours: list[str], theirs: list[str], dump: Path) -> Iterator[ServiceError]:
    prefix, known = find_prefix(ours), set(ours)
    for name in theirs:
        if prefix and name not in known:
            yield _fault(dump, f"{name} is not in the data")


def _fault(dump: Path, problem: str) -> ServiceError:
    return ServiceError(problem, where=f"{dump}:1:1", remedy=_REMEDY)


def _read(graphs: Graphs, name: str) -> Iterator[pyoxigraph.Triple]:
    return parse_triples(graphs.read(name), "application/n-triples", name)
