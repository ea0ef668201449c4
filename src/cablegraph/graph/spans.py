"""What is stated of a span: its selectors of Web Annotation, as terms and as whole lines.

More than half of the statements of a document are of this kind, so they are kept as one value a
span, and written in one step.
"""

from __future__ import annotations

from collections.abc import Iterable
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
             (SOURCE, placed.version), *(say_place(placed.place) if placed.place else ())],
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


def count_span(placed: Placed) -> int:
    """Return how many statements there are of a span and its selectors."""
    return 9 + bool(placed.before) + bool(placed.after) + (2 if placed.place else 0)


def say_place(place: tuple[int, int]) -> list[tuple[str, str]]:
    """Return what is stated of the place of a span in the file, sorted."""
    line, column = place
    return [(START_COLUMN, f'"{column}"{_WHOLE}'), (START_LINE, f'"{line}"{_WHOLE}')]


def find_span(selector: str) -> str:
    """Return the span whose selector a term may be, empty if it is none.

    >>> find_span("<https://e.org/id/telegram/t/text/en/span/1-5#quote>")
    '<https://e.org/id/telegram/t/text/en/span/1-5>'
    """
    span, mark, _ = selector.rpartition("#")
    return f"{span}>" if mark else ""


def write_spans(spans: Iterable[tuple[str, Placed]], own: str) -> list[str]:
    """Return the lines on each span, each ending with *own*: a graph and a full stop.

    Shape: two pieces of several sorted lines for each, one on its selectors, one on itself.
    """
    a_position, a_quote = f" {RDF_TYPE} {_POSITION}{own}\n", f" {RDF_TYPE} {_QUOTE}{own}\n"
    a_span, number = f" {RDF_TYPE} {SPECIFIC}{own}\n", f"{_COUNT}{own}\n"
    found: list[str] = []
    for span, (version, start, end, exact, before, after, place) in spans:
        position, quote = f"{span[:-1]}#position>", f"{span[:-1]}#quote>"
        around = f"{before}{exact}{after}"
        if '"' in around or "\\" in around or not around.isprintable():
            exact, before, after = escape(exact), escape(before), escape(after)
        first = f'\n{quote} {_PREFIX} "{before}"{own}' if before else ""
        last = f'\n{quote} {_SUFFIX} "{after}"{own}' if after else ""
        found.append(
            f'{position}{a_position}{position} {_END} "{end}"{number}'
            f'{position} {_START} "{start}"{number}'
            f'{quote}{a_quote}{quote} {_EXACT} "{exact}"{own}{first}{last}'
        )
        said = "".join(f"\n{span} {p} {term}{own}" for p, term in say_place(place)) if place else ""
        found.append(
            f"{span}{a_span}{span} {_SELECTOR} {position}{own}\n"
            f"{span} {_SELECTOR} {quote}{own}\n{span} {SOURCE} {version}{own}{said}"
        )
    return found
