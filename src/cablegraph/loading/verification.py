"""Graphs of a store read back, several at once, and compared with ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cablegraph.errors import DataError, ServiceError
from cablegraph.loading.client import GoneError
from cablegraph.loading.comparison import Comparison, Expected, parse_triples
from cablegraph.loading.graphs import Graphs
from cablegraph.loading.store import Held, Store

if TYPE_CHECKING:
    import pyoxigraph

_LINES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Verifier:
    """Says of a graph whether the store has it as it is on disk."""

    graphs: Graphs
    store: Store

    def expect(self, name: str) -> Expected:
        """Return what the store should hold of a graph."""
        return Expected.of_lines(self.graphs.read(name), self.store.profile.rewrites, name)

    def compare(self, name: str, expected: Expected) -> Comparison:
        """Count a graph in the store, read it back and compare.

        Raises:
            GoneError: if the store does not answer.
            ServiceError: if what it answers is no graph.
        """
        return self._judge(name, expected, self.store.fetch(name, self.store.count(name)))

    def compare_all(
        self, wanted: Mapping[str, Expected], counts: Mapping[str, int], readers: Executor
    ) -> Iterator[tuple[str, Comparison | ServiceError]]:
        """Yield each graph, in order, with what was found or why it could not be read.

        Shape: ``counts`` are what the store says that it holds; *readers* bounds the requests at
            once.
        Raises:
            GoneError: if the store does not answer; what was not yet asked is not asked then.
        """
        asked = {name: readers.submit(self.store.fetch, name, counts[name]) for name in wanted}
        try:
            for name, answer in asked.items():
                yield name, self._find(name, wanted[name], answer)
        finally:
            _cancel(list(asked.values()))

    def _find(
        self, name: str, expected: Expected, answer: Future[Held]
    ) -> Comparison | ServiceError:
        try:
            return self._judge(name, expected, answer.result())
        except GoneError:
            raise
        except ServiceError as fault:
            return fault

    def _judge(self, name: str, expected: Expected, held: Held) -> Comparison:
        try:
            if held.triples is None:
                return expected.compare_lines(held.lines, name, self._again(name))
            return expected.compare(held.triples, self._again(name))
        except DataError as cause:
            raise self.store.explain(name, cause) from cause

    def _again(self, name: str) -> Iterator[pyoxigraph.Triple]:
        return parse_triples(self.graphs.read(name), _LINES, name)


def _cancel(futures: Sequence[Future[Held]]) -> None:
    for future in futures:
        future.cancel()
