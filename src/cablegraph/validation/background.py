"""What documents share, the authority graph and the schemes, kept by subject for look-up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cablegraph.resources import ontology_path
from cablegraph.terms import RDF_TYPE
from cablegraph.validation.rows import Row, are_plain, read_rows
from cablegraph.validation.view import SUBCLASS


@dataclass(frozen=True, eq=False)
class Background:
    """Statements by subject, and where they lead.

    Shape: all are terms of N-Triples; ``links`` has every node of the background that a node
        points to.
    """

    links: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[Row]]

    def reach(self, terms: AbstractSet[str]) -> set[str]:
        """Return the nodes to which some terms lead, however far; those among them included."""
        return set[str]().union(*map(self._follow, self.links.keys() & terms))

    @lru_cache(maxsize=1 << 12)  # noqa: B019 - the backgrounds of a process are few
    def _follow(self, node: str) -> tuple[str, ...]:
        found, queue = {node: None}, deque([node])
        while queue:
            for one in self.links[queue.popleft()]:
                if one not in found:
                    found[one] = None
                    queue.append(one)
        return tuple(found)

    def around(self, document: Iterable[Row]) -> list[Row]:
        """Return what is stated of the nodes that a document leads to, however far."""
        terms = {term for subject, _, value in document for term in (subject, value)}
        return [row for node in self.reach(terms) for row in self.rows[node]]

    @cached_property
    def is_plain(self) -> bool:
        """Whether all terms are written in one way, and every node has a name."""
        return all(are_plain(rows) for rows in self.rows.values())

    @lru_cache(maxsize=4)  # noqa: B019 - the backgrounds of a process are few, as are its shapes
    def by(
        self, properties: AbstractSet[str], classes: AbstractSet[str] | None = None
    ) -> Mapping[str, Sequence[Row]]:
        """Return the statements by some properties, by subject.

        Shape: of types those that are among *classes*, if such are given, or stand below others.
        """
        below = {row[0] for rows in self.rows.values() for row in rows if row[1] == SUBCLASS}
        return {
            node: [row for row in rows if row[1] in properties
                   and (classes is None or row[1] != RDF_TYPE or row[2] in classes
                        or row[2] in below)]
            for node, rows in self.rows.items()
        }  # fmt: skip


@lru_cache(maxsize=2)
def read_background(text: str) -> Background:
    """Read the authority graph, N-Quads text, and put the schemes to it, once in a process."""
    import pyoxigraph

    found = read_rows(text)
    for path in sorted(ontology_path("schemes").glob("*.ttl")):
        found += read_rows(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    rows: dict[str, list[Row]] = {}
    for row in dict.fromkeys(found):
        rows.setdefault(row[0], []).append(row)
    links = {node: sorted({row[2] for row in own if row[2] in rows}) for node, own in rows.items()}
    return Background(links, rows)
