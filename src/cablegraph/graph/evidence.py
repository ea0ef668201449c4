"""Evidence as Web Annotation selectors: where in a text version, and which words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cablegraph.graph.iris import Iris
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import Evidence, Reading, Version
from cablegraph.terms import iri, literal

Triple = tuple[str, str, str]

TYPE = iri(expand("rdf:type"))
_CONTEXT = 32  # code points before and after the words, as Web Annotation clients expect
_INTEGER = expand("xsd:nonNegativeInteger")
_SPECIFIC = iri(expand("oa:SpecificResource"))
_POSITION = iri(expand("oa:TextPositionSelector"))
_QUOTE = iri(expand("oa:TextQuoteSelector"))
_SOURCE, _SELECTOR = iri(expand("oa:hasSource")), iri(expand("oa:hasSelector"))
_START, _END = iri(expand("oa:start")), iri(expand("oa:end"))
_EXACT = iri(expand("oa:exact"))
_PREFIX, _SUFFIX = iri(expand("oa:prefix")), iri(expand("oa:suffix"))
_EVIDENCE = iri(CBL.evidence)
_LINE, _COLUMN = iri(CBL.startLine), iri(CBL.startColumn)
_WHOLE = expand("xsd:integer")


@lru_cache(maxsize=1 << 14)
def _count(number: int) -> str:
    return literal(str(number), datatype=_INTEGER)


class Spans:
    """The spans of one document: each is written once, however many claims rest on it."""

    def __init__(self, reading: Reading, iris: Iris) -> None:
        self._iris = iris
        self._telegram = reading.path
        self._texts = reading.texts
        self._starts = {
            claim.value.layer: claim.value.start
            for claim in reading.claims
            if isinstance(claim.value, Version)
        }
        self._written: set[str] = set()

    def support(self, subject: str, words: tuple[Evidence, ...]) -> Iterator[Triple]:
        """Yield the evidence of a node, and each span that was not yet written.

        Units: published offsets count code points of the text version's own text.
        """
        for one in words:
            start, end = one.within or self._in_layer(one)
            path = self._iris.span(self._telegram, one.layer, start, end)
            yield subject, _EVIDENCE, self._iris.node(path)
            if path not in self._written:
                self._written.add(path)
                yield from self._span(path, one, start, end)

    def _in_layer(self, one: Evidence) -> tuple[int, int]:
        offset = self._starts[one.layer]
        return one.start - offset, one.end - offset

    def _span(self, path: str, one: Evidence, start: int, end: int) -> Iterator[Triple]:
        node, text = self._iris.node(path), self._texts[one.layer]
        position, quote = f"{node[:-1]}#position>", f"{node[:-1]}#quote>"
        yield node, TYPE, _SPECIFIC
        yield node, _SOURCE, self._iris.node(f"{self._telegram}/text/{one.layer}")
        if one.within:  # no count of lines in the words leads to the place in the file
            yield node, _LINE, literal(str(one.line), datatype=_WHOLE)
            yield node, _COLUMN, literal(str(one.column), datatype=_WHOLE)
        yield node, _SELECTOR, position
        yield node, _SELECTOR, quote
        yield position, TYPE, _POSITION
        yield position, _START, _count(start)
        yield position, _END, _count(end)
        yield quote, TYPE, _QUOTE
        yield quote, _EXACT, literal(text[start:end] if one.within else one.quote)
        if before := text[max(0, start - _CONTEXT) : start]:
            yield quote, _PREFIX, literal(before)
        if after := text[end : end + _CONTEXT]:
            yield quote, _SUFFIX, literal(after)
