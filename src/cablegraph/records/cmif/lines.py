"""Put the entry of a letter on lines: its words and the attributes that say something."""

from __future__ import annotations

from dataclasses import dataclass, field

from cablegraph.records.draft import Draft, Manner
from cablegraph.records.stated import Extent
from cablegraph.sources.xml import Node, Run, XmlFile

#: The attributes of TEI that facts are read from; others (rendition, n) are left in the file.
TEI = ("xml:id", "key", "ref", "source", "sameAs", "type", "target", "cert", "evidence", "url",
        "when", "from", "to", "notBefore", "notAfter", "when-iso", "from-iso", "to-iso",
        "notBefore-iso", "notAfter-iso")  # fmt: skip
_MANNER = Manner(breaks=frozenset({"lb"}))


@dataclass(slots=True)
class Lines:
    """What was put into a layer, element by element, with its place there.

    Shape: ``used`` are the attributes of the markup whose values are put, each on its line.
    """

    xml: XmlFile
    draft: Draft
    used: tuple[str, ...] = TEI
    words: dict[Node, Extent] = field(default_factory=dict)
    values: dict[tuple[Node, str], Extent] = field(default_factory=dict)

    def put(self, node: Node) -> None:
        """Put an element and all within it, in the order of the file."""
        self._put_values(node)
        start = len(self.draft.assembly)
        if any(isinstance(item, Run) and item.text.strip() for item in node.content):
            self._put_whole(node)
            return
        for child in node.children:
            self.put(child)
        self.words.setdefault(node, Extent(start, len(self.draft.assembly)))

    def _put_whole(self, node: Node) -> None:
        """Put an element with words of its own on one line, then what its parts refer to."""
        self.draft.assembly.line()
        self.words[node] = self.draft.put_words(node, _MANNER, self._see)
        self.draft.assembly.line()

    def _see(self, node: Node, extent: Extent) -> None:
        self.words[node] = extent

    def _put_values(self, node: Node) -> None:
        if not node.element.attrib:
            return
        names = [name for name in self.used if (node.get(name) or "").strip()]
        runs = [(run, name) for name in names if (run := self.xml.value(node, name)) is not None]
        for run, name in sorted(runs, key=lambda item: item[0].start):
            self.values[node, name] = self.draft.put_line(run)

    def of(self, node: Node, *attributes: str) -> tuple[Extent, ...]:
        """Return the places of an element's words and of the attributes named that it has."""
        words = self.words.get(node)
        own = [words] if words and words.start < words.end and node.text else []
        return (*own, *(at for name in attributes if (at := self.values.get((node, name)))))
