"""What is stated of a span: its selectors of Web Annotation, as terms and as whole lines.

More than half of the statements of a document are of this kind, so they are kept as one value a
span, and written in one step.
"""

from __future__ import annotations

from typing import NamedTuple

from cablegraph.namespaces import CBL, expand
from cablegraph.terms import RDF_TYPE, escape, iri

EVIDENCE = iri(CBL.evidence)
SOURCE, _SELECTOR = iri(expand("oa:hasSource")), iri(expand("oa:hasSelector"))
_START, _END = iri(expand("oa:start")), iri(expand("oa:end"))
_EXACT = iri(expand("oa:exact"))
_PREFIX, _SUFFIX = iri(expand("oa:prefix")), iri(expand("oa:suffix"))
START_LINE, START_COLUMN = iri(CBL.startLine), iri(CBL.startColumn)
SPECIFIC = iri(expand("oa:SpecificResource"))
_POSITION = iri(expand("oa:TextPositionSelector"))
_QUOTE = iri(expand("oa:TextQuoteSelector"))
_COUNT = f"^^{iri(expand('xsd:nonNegativeInteger'))}"
_WHOLE = f"^^{iri(expand('xsd:integer'))}"
#: What is said of selectors alone, and that leads to them.
SELECTOR_TERMS = frozenset(
    {_SELECTOR, _START, _END, _EXACT, _PREFIX, _SUFFIX, _POSITION, _QUOTE}
)  # fmt: skip
#: All that is said of spans and their selectors, but that they are of a class.
SPAN_TERMS = SELECTOR_TERMS | {SOURCE, START_LINE, START_COLUMN, SPECIFIC}


class Placed(NamedTuple):
    """A span in the words of a text version.

    Units: *start* and *end* count code points of that text; *before* and *after* are the words
        around the quotation, perhaps none. *place* is line and column in the file, from 1, where
        no count of lines in the words leads there.
    """

    version: str  # as a term
    start: int
    end: int
    exact: str
    before: str
    after: str
    place: tuple[int, int] | None = None


def expand_span(span: str, placed: Placed) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what is stated of a span and its two selectors: subject, then property and term."""
    node = span[:-1]
    position, quote = f"{node}#position>", f"{node}#quote>"
    words = [(_EXACT, placed.exact), (_PREFIX, placed.before), (_SUFFIX, placed.after)]
    return [
        (
            span,
            [(RDF_TYPE, SPECIFIC), (_SELECTOR, position), (_SELECTOR, quote),
             (SOURCE, placed.version), *say_place(placed)],
        ),
        (
            position,
            [(RDF_TYPE, _POSITION), (_END, f'"{placed.end}"{_COUNT}'),
             (_START, f'"{placed.start}"{_COUNT}')],
        ),
        (
            quote,
            [(RDF_TYPE, _QUOTE), *((one, f'"{escape(text)}"') for one, text in words
                                   if text or one is _EXACT)],
        ),
    ]  # fmt: skip


def say_place(placed: Placed) -> list[tuple[str, str]]:
    """Return what is stated of the place of a span in the file, sorted."""
    if placed.place is None:
        return []
    line, column = placed.place
    return [(START_COLUMN, f'"{column}"{_WHOLE}'), (START_LINE, f'"{line}"{_WHOLE}')]


def find_span(selector: str) -> str:
    """Return the span whose selector a term may be, empty if it is none.

    >>> find_span("<https://e.org/id/telegram/t/text/en/span/1-5#quote>")
    '<https://e.org/id/telegram/t/text/en/span/1-5>'
    """
    span, mark, _ = selector.rpartition("#")
    return f"{span}>" if mark else ""


class SpanText:
    """Writes the lines of spans, each ending with *own*: a graph and a full stop."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._a_position = f" {RDF_TYPE} {_POSITION}{own}\n"
        self._a_quote = f" {RDF_TYPE} {_QUOTE}{own}\n"
        self._a_span = f" {RDF_TYPE} {SPECIFIC}{own}\n"
        self._number = f"{_COUNT}{own}\n"

    def selectors(self, span: str, placed: Placed) -> str:
        """Return the lines on the selectors of a span, sorted."""
        _, start, end, exact, before, after, _ = placed
        own, number = self._own, self._number
        position, quote = f"{span[:-1]}#position>", f"{span[:-1]}#quote>"
        first = f'\n{quote} {_PREFIX} "{escape(before)}"{own}' if before else ""
        last = f'\n{quote} {_SUFFIX} "{escape(after)}"{own}' if after else ""
        return (
            f'{position}{self._a_position}{position} {_END} "{end}"{number}'
            f'{position} {_START} "{start}"{number}'
            f'{quote}{self._a_quote}{quote} {_EXACT} "{escape(exact)}"{own}{first}{last}'
        )

    def node(self, span: str, placed: Placed) -> str:
        """Return the lines on a span itself, sorted."""
        node, own = span[:-1], self._own
        place = (f"\n{span} {one} {number}{own}" for one, number in say_place(placed))
        return (
            f"{span}{self._a_span}{span} {_SELECTOR} {node}#position>{own}\n"
            f"{span} {_SELECTOR} {node}#quote>{own}\n{span} {SOURCE} {placed.version}{own}"
            f"{''.join(place) if placed.place else ''}"
        )
