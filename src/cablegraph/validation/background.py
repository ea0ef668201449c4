"""What documents share, the authority graph and the schemes, kept by subject for look-up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.resources import ontology_path
from cablegraph.validation.rows import Row, read_rows


@dataclass(frozen=True)
class Background:
    """Statements by subject, and where they lead.

    Shape: ``links`` has every node of the background that a node points to.
    """

    links: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[Row]]

    def around(self, document: Iterable[Row]) -> Iterator[Row]:
        """Yield what is stated of the nodes that a document leads to, however far."""
        links = self.links
        named = {name for _, subject, _, value, linked in document
                 for name in ((subject, value) if linked else (subject,))}  # fmt: skip
        queue = deque(name for name in named if name in links)
        found = set()
        while queue:
            node = queue.popleft()
            if node not in found:
                found.add(node)
                queue.extend(links[node])
                yield from self.rows[node]


@lru_cache(maxsize=2)
def read_background(text: str) -> Background:
    """Read the authority graph, N-Quads text, and put the schemes to it, once in a process."""
    import pyoxigraph

    found = read_rows(text)
    for path in sorted(ontology_path("schemes").glob("*.ttl")):
        found += read_rows(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    rows: dict[str, list[Row]] = {}
    for row in dict.fromkeys(found):
        rows.setdefault(row[1], []).append(row)
    links = {
        node: sorted({value for _, _, _, value, linked in own if linked and value in rows})
        for node, own in rows.items()
    }
    return Background(links, rows)
