"""Gather the statements of one document, and give each as a line of the graph it belongs to.

What is stated is kept by what it is about, so that checks follow it without taking lines apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from cablegraph.graph.iris import Iris
from cablegraph.graph.spans import EVIDENCE, Placed, SpanText, expand_span, find_span
from cablegraph.records.claims import Reading

#: First steps of the paths of things that documents share.
SHARED = frozenset(
    {"person", "org", "group", "position", "place", "archive", "unit", "message", "recordset"}
)
#: Property and term, of what is stated of one thing.
Said: TypeAlias = "tuple[str, str]"


class Pieces(NamedTuple):
    """A document as text: both sorted.

    Shape: ``own`` are one or more whole lines each, of the graph of the document; ``shared`` are
        single lines of the graph of the authorities.
    """

    own: list[str]
    shared: list[str]


class Lines:
    """The statements of one document.

    Shape: ``said`` has them by subject, in any order and some perhaps twice until ``settle``;
        those on spans and their selectors stand in ``spans`` alone, by the term of the span. All
        belong to the graph of the document, save what several documents may say in the same words
        of a person, place, unit, absent message or what was put in one: that is said once, in the
        graph of the authorities, and only its evidence stays with the document.
    """

    def __init__(self, reading: Reading, iris: Iris) -> None:
        self.said: defaultdict[str, list[Said]] = defaultdict(list)
        self.spans: dict[str, Placed] = {}
        self._own, self._shared = (
            f" {iris.graph(name)} ." for name in (reading.path, "authorities")
        )
        self._key, self._first = reading.key, len(iris.base) + len("<id/")
        self._stem = iris.node(reading.path)[:-1]

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Add a statement, given as three terms."""
        self.said[subject].append((predicate, term))

    def add_all(self, subject: str, *said: Said) -> None:
        """Add statements about one thing, given as predicate and term."""
        self.said[subject] += said

    def settle(self) -> None:
        """Put what is stated of each thing in order, each once."""
        said = self.said
        for subject, rows in said.items():
            if len(rows) > 1:
                said[subject] = sorted(set(rows))  # sorts of few are quicker than one of all

    def __contains__(self, term: str) -> bool:
        """Whether something is stated of a node."""
        return term in self.said or term in self.spans or find_span(term) in self.spans

    def about(self, term: str) -> Sequence[Said]:
        """Return what is stated of a node, sorted."""
        said = self.said.get(term, ())
        span = term if term in self.spans else find_span(term)
        if span and (placed := self.spans.get(span)):
            return sorted({*said, *dict(expand_span(span, placed)).get(term, ())})
        return said

    def expand(self) -> Mapping[str, Sequence[Said]]:
        """Return all that is stated, by subject: of spans and their selectors, too."""
        found: dict[str, Sequence[Said]] = dict(self.said)
        for span, placed in self.spans.items():
            for subject, rows in expand_span(span, placed):
                found[subject] = sorted({*found.get(subject, ()), *rows})
        return found

    def find_own(
        self, said: Mapping[str, Sequence[Said]]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield those of some statements that belong to the graph of the document."""
        for subject, rows in said.items():
            shared = self._is_shared(subject)
            for predicate, term in rows:
                if not shared or predicate == EVIDENCE:
                    yield subject, predicate, term

    def text(self) -> Pieces:
        """Return the lines; those on one thing of the document's own, or on a span, in one piece.

        Shape: no other document speaks of such a thing but by a line that may stand between.
        """
        own, shared = list(self._write_spans()), list[str]()
        stem, begin = self._stem, len(self._stem)
        for subject, rows in self.said.items():
            if subject in self.spans:
                continue
            if subject.startswith(stem) and subject[begin] in "/>#":
                end = f"{self._own}\n{subject} "
                own.append(f"{subject} {end.join(map(' '.join, rows))}{self._own}")
                continue
            is_shared = self._is_shared(subject)
            for predicate, term in rows:
                if is_shared and predicate != EVIDENCE:
                    shared.append(f"{subject} {predicate} {term}{self._shared}")
                else:
                    own.append(f"{subject} {predicate} {term}{self._own}")
        own.sort()
        shared.sort()
        return Pieces(own, shared)

    def _is_shared(self, subject: str) -> bool:
        return _is_shared(subject[self._first : -1], self._key)

    def sorted(self) -> list[str]:
        """Return all lines, sorted, each once."""
        text = self.text()
        return "\n".join(sorted(text.own + text.shared)).split("\n")

    def _write_spans(self) -> Iterator[str]:
        text = SpanText(self._own)
        for span, placed in self.spans.items():
            yield text.selectors(span, placed)
            rows = self.said.get(span)
            if rows is None:
                yield text.node(span, placed)
            else:
                of_span, *_ = expand_span(span, placed)
                for predicate, term in sorted({*rows, *of_span[1]}):
                    yield f"{span} {predicate} {term}{self._own}"


def _is_shared(path: str, key: str) -> bool:
    """Tell whether several documents may speak of a thing: a proposal, unless its path has theirs.

    Source: the paths of proposals are told in extraction/stances/claims_offers.py.
    """
    kind, _, rest = path.partition("/")
    return kind in SHARED or (kind == "proposal" and not rest.partition("/")[0].endswith(key))
