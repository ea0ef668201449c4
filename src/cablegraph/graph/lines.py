"""Gather the statements of one document as lines of N-Quads, each in the graph it belongs to."""

from __future__ import annotations

from cablegraph.graph.iris import Iris
from cablegraph.namespaces import CBL
from cablegraph.records.claims import Reading
from cablegraph.terms import iri

#: First steps of the paths of things that documents share.
SHARED = frozenset(
    {"person", "org", "group", "position", "place", "archive", "unit", "message", "recordset"}
)
EVIDENCE = iri(CBL.evidence)


class Lines:
    """The lines of one document, as they are made: in any order, some perhaps twice.

    Shape: in the graph of the document, save what several documents may say in the same words
        of a person, place, unit, absent message or what was put in one: that is said once, in the
        graph of the authorities, and only its evidence stays with the document.
    """

    def __init__(self, reading: Reading, iris: Iris) -> None:
        self.own = f" {iris.graph(reading.path)} ."
        self.found: list[str] = []
        self._ends = _Ends(reading.key, len(iris.base) + len("<id/"), self.own, iris)

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Add a statement, given as three terms."""
        end = self.own if predicate == EVIDENCE else self._ends[subject]
        self.found.append(f"{subject} {predicate} {term}{end}")

    def add_all(self, subject: str, *said: tuple[str, str]) -> None:
        """Add statements about one thing, given as predicate and term; none is of evidence."""
        end = self._ends[subject]
        self.found += [f"{subject} {predicate} {term}{end}" for predicate, term in said]


class _Ends(dict[str, str]):
    """How the lines about a thing end: with the graph and a full stop."""

    def __init__(self, key: str, first: int, own: str, iris: Iris) -> None:
        super().__init__()
        self._key, self._first, self._own = key, first, own
        self._shared = f" {iris.graph('authorities')} ."

    def __missing__(self, subject: str) -> str:
        shared = _is_shared(subject[self._first : -1], self._key)
        end = self[subject] = self._shared if shared else self._own
        return end


def _is_shared(path: str, key: str) -> bool:
    """Tell whether several documents may speak of a thing: a proposal, unless its path has theirs.

    Source: the paths of proposals are told in extraction/stances/claims_offers.py.
    """
    kind, _, rest = path.partition("/")
    return kind in SHARED or (kind == "proposal" and not rest.partition("/")[0].endswith(key))
