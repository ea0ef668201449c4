"""Evidence as Web Annotation selectors: where in a text version, and which words."""

from __future__ import annotations

from cablegraph.graph.iris import Iris
from cablegraph.graph.lines import Lines
from cablegraph.graph.spans import EVIDENCE, Placed
from cablegraph.namespaces import expand
from cablegraph.records.claims import Evidence, Reading, Version
from cablegraph.terms import iri

Triple = tuple[str, str, str]

TYPE = iri(expand("rdf:type"))
_CONTEXT = 32  # code points before and after the words, as Web Annotation clients expect


class Spans:
    """The spans of one document: each is written once, however many claims rest on it."""

    def __init__(self, reading: Reading, iris: Iris, lines: Lines) -> None:
        self._iris, self._lines = iris, lines
        self._telegram = reading.path
        self._texts = reading.texts
        self._starts = {
            claim.value.layer: claim.value.start
            for claim in reading.claims
            if type(claim.value) is Version
        }
        self._layers: dict[str, tuple[str, str]] = {}

    def support(self, subject: str, words: tuple[Evidence, ...]) -> list[str]:
        """State the evidence of a node, and each span not yet written; return the spans.

        Units: published offsets count code points of the text version's own text.
        """
        found = []
        spans, said = self._lines.spans, self._lines.said[subject] if words else []
        for one in words:
            if one.within:
                start, end = one.within
            else:
                offset = self._starts[one.layer]
                start, end = one.start - offset, one.end - offset
            stem, version = self._layers.get(one.layer) or self._layer(one.layer)
            span = f"{stem}{start}-{end}>"
            if span not in spans:
                spans[span] = self._place(version, one, start, end)
            said.append((EVIDENCE, span))
            found.append(span)
        return found

    def _layer(self, layer: str) -> tuple[str, str]:
        """Return how the nodes of all spans of a text version begin, and the version itself."""
        span = self._iris.node(self._iris.span(self._telegram, layer, 0, 0))
        version = self._iris.node(f"{self._telegram}/text/{layer}")
        found = self._layers[layer] = (span.removesuffix("0-0>"), version)
        return found

    def _place(self, version: str, one: Evidence, start: int, end: int) -> Placed:
        text = self._texts[one.layer]
        before = text[start - _CONTEXT if start > _CONTEXT else 0 : start]
        after = text[end : end + _CONTEXT]
        if one.within:  # no count of lines in the words leads to the place in the file
            place = one.line, one.column
            return Placed(version, start, end, text[start:end], before, after, place)
        # as Placed(...) does, without a step in Python: a document has some hundred of them
        return tuple.__new__(Placed, (version, start, end, one.quote, before, after, None))
