"""What documents share, the authority graph and the schemes, kept by subject for look-up."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cablegraph.resources import ontology_path
from cablegraph.validation.rows import Row, are_plain, read_rows


@dataclass(frozen=True, eq=False)
class Background:
    """Statements by subject, and where they lead.

    Shape: all are terms of N-Triples; ``links`` has every node of the background that a node
        points to.
    """

    links: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[Row]]

    def reach(self, document: Sequence[Row]) -> list[str]:
        """Return the nodes that a document leads to, however far."""
        links = self.links
        named = {value for _, _, value in document if value[0] != '"' and value in links}
        named.update([subject for subject, _, _ in document if subject in links])
        queue = deque(named)
        found: dict[str, None] = {}
        while queue:
            node = queue.popleft()
            if node not in found:
                found[node] = None
                queue.extend(links[node])
        return list(found)

    def around(self, document: Sequence[Row]) -> list[Row]:
        """Return what is stated of the nodes that a document leads to, however far."""
        return [row for node in self.reach(document) for row in self.rows[node]]

    @cached_property
    def is_plain(self) -> bool:
        """Whether all terms are written in one way, and every node has a name."""
        return all(are_plain(rows) for rows in self.rows.values())

    @lru_cache(maxsize=2)  # noqa: B019 - the backgrounds of a process are few, as are its shapes
    def by(self, properties: AbstractSet[str]) -> Mapping[str, Sequence[Row]]:
        """Return the statements by some properties, by subject."""
        return {
            node: [row for row in rows if row[1] in properties] for node, rows in self.rows.items()
        }


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
