"""What documents share, the authority graph and the schemes, kept by subject for look-up."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.resources import ontology_path
from cablegraph.validation.rows import Row, read_rows


@dataclass(frozen=True)
class Background:
    """Statements by subject, and where they lead.

    Shape: all are terms of N-Triples; ``links`` has every node of the background that a node
        points to.
    """

    links: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[Row]]

    def around(self, document: Sequence[Row]) -> list[Row]:
        """Return what is stated of the nodes that a document leads to, however far."""
        links = self.links
        named = {row[2] for row in document}
        named.update(row[0] for row in document)
        queue = deque(links.keys() & named)
        found: dict[str, Sequence[Row]] = {}
        while queue:
            node = queue.popleft()
            if node not in found:
                found[node] = self.rows[node]
                queue.extend(links[node])
        return [row for rows in found.values() for row in rows]


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
