"""Evidence as Web Annotation selectors: where in a text version, and which words.

More than half of the statements of a document are made here, so they are made as whole lines.
"""

from __future__ import annotations

from cablegraph.graph.iris import Iris
from cablegraph.graph.lines import EVIDENCE, Lines
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import Evidence, Reading, Version
from cablegraph.terms import escape, iri, literal

Triple = tuple[str, str, str]

TYPE = iri(expand("rdf:type"))
_CONTEXT = 32  # code points before and after the words, as Web Annotation clients expect
_SOURCE, _SELECTOR = iri(expand("oa:hasSource")), iri(expand("oa:hasSelector"))
_START, _END = iri(expand("oa:start")), iri(expand("oa:end"))
_EXACT = iri(expand("oa:exact"))
_PREFIX, _SUFFIX = iri(expand("oa:prefix")), iri(expand("oa:suffix"))
_LINE, _COLUMN = iri(CBL.startLine), iri(CBL.startColumn)
_SPECIFIC = iri(expand("oa:SpecificResource"))
_POSITION = iri(expand("oa:TextPositionSelector"))
_QUOTE = iri(expand("oa:TextQuoteSelector"))
_COUNT = f"^^{iri(expand('xsd:nonNegativeInteger'))}"
_WHOLE = expand("xsd:integer")
#: All that is said of spans and their selectors, but that they are of a class.
SPAN_TERMS = frozenset(
    {
        _SOURCE, _SELECTOR, _START, _END, _EXACT, _PREFIX, _SUFFIX, _LINE, _COLUMN,
        _SPECIFIC, _POSITION, _QUOTE,
    }
)  # fmt: skip


class Spans:
    """The spans of one document: each is written once, however many claims rest on it."""

    def __init__(self, reading: Reading, iris: Iris, lines: Lines) -> None:
        self._iris, self._lines = iris, lines
        self._telegram = reading.path
        self._texts = reading.texts
        self._starts = {
            claim.value.layer: claim.value.start
            for claim in reading.claims
            if isinstance(claim.value, Version)
        }
        self._layers: dict[str, tuple[str, str]] = {}
        self._written: set[str] = set()

    def support(self, subject: str, words: tuple[Evidence, ...]) -> list[str]:
        """State the evidence of a node, and each span not yet written; return the spans.

        Units: published offsets count code points of the text version's own text.
        """
        found = []
        for one in words:
            start, end = one.within or self._in_layer(one)
            stem, source = self._layers.get(one.layer) or self._layer(one.layer)
            node = f"{stem}{start}-{end}"
            if node not in self._written:
                self._written.add(node)
                self._write(node, source, one, start, end)
            self._lines.found.append(f"{subject} {EVIDENCE} {node}>{self._lines.own}")
            found.append(f"{node}>")
        return found

    def _in_layer(self, one: Evidence) -> tuple[int, int]:
        offset = self._starts[one.layer]
        return one.start - offset, one.end - offset

    def _layer(self, layer: str) -> tuple[str, str]:
        """Return how the nodes of all spans of a text version begin, and the version itself."""
        span = self._iris.node(self._iris.span(self._telegram, layer, 0, 0))
        source = self._iris.node(f"{self._telegram}/text/{layer}")
        found = self._layers[layer] = (span.removesuffix("0-0>"), source)
        return found

    def _write(self, node: str, source: str, one: Evidence, start: int, end: int) -> None:
        """Write a span; *node* lacks its closing bracket."""
        text, own = self._texts[one.layer], self._lines.own
        position, quote = f"{node}#position>", f"{node}#quote>"
        if one.within:  # no count of lines in the words leads to the place in the file
            self._lines.add(f"{node}>", _LINE, literal(str(one.line), datatype=_WHOLE))
            self._lines.add(f"{node}>", _COLUMN, literal(str(one.column), datatype=_WHOLE))
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        exact = text[start:end] if one.within else one.quote
        self._lines.found += [
            f'{position} {_END} "{end}"{_COUNT}{own}',
            f'{position} {_START} "{start}"{_COUNT}{own}',
            f"{position} {TYPE} {_POSITION}{own}",
            f"{quote} {TYPE} {_QUOTE}{own}",
            f'{quote} {_EXACT} "{escape(exact)}"{own}',
            *([f'{quote} {_PREFIX} "{escape(before)}"{own}'] if before else ()),
            *([f'{quote} {_SUFFIX} "{escape(after)}"{own}'] if after else ()),
            f"{node}> {_SELECTOR} {position}{own}",
            f"{node}> {_SELECTOR} {quote}{own}",
            f"{node}> {_SOURCE} {source}{own}",
            f"{node}> {TYPE} {_SPECIFIC}{own}",
        ]
