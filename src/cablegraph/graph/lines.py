"""Gather the statements of one document, and give each as a line of the graph it belongs to.

What is stated is kept by what it is about, so that checks follow it without taking lines apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias, get_args

from cablegraph.graph.iris import Iris
from cablegraph.graph.spans import EVIDENCE, Placed, count_span, expand_span, find_span, write_spans
from cablegraph.records.claims import Kind, Reading, path_of

#: First steps of the paths of things that documents share.
SHARED = frozenset(
    {"person", "org", "group", "position", "place", "archive", "unit", "message", "recordset"}
)
#: How the paths of documents begin.
_DOCUMENTS = tuple(path_of("", kind) for kind in get_args(Kind))
#: Property and term, of what is stated of one thing.
Said: TypeAlias = "tuple[str, str]"


class Pieces(NamedTuple):
    """A document as text: both sorted.

    Shape: ``own`` are one or more whole lines each, of the graph of the document; ``shared`` are
        single lines of the graph of the authorities. ``size`` is the number of own lines;
        ``apart`` tells that no line is on what is another document's own, so that none stands
        within a piece of that.
    """

    own: list[str]
    shared: list[str]
    size: int
    apart: bool


class Lines:
    """The statements of one document.

    Shape: ``said`` has them by subject, in any order and some perhaps twice until ``settle``;
        those on spans and their selectors stand in ``spans`` alone, by the term of the span. All
        belong to the graph of the document, save what several documents may say in the same words
        of a person, place, unit, absent message or what was put in one: that is said once, in the
        graph of the authorities, and only its evidence stays with the document. The terms of such
        things are ``shared``.
    """

    def __init__(self, reading: Reading, iris: Iris) -> None:
        path = reading.path
        self.said: defaultdict[str, list[Said]] = defaultdict(list)
        self.spans: dict[str, Placed] = {}
        self.shared: set[str] = set()
        self._others: set[str] = set()  # neither shared nor the document's own
        self._own, self._authorities = f" {iris.graph(path)} .", f" {iris.graph('authorities')} ."
        self._key, self._first = reading.key, len(iris.base) + len("<id/")
        stem = iris.node(path)[:-1]
        self._stems = f"{stem}/", f"{stem}>", f"{stem}#"

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Add a statement, given as three terms."""
        self.said[subject].append((predicate, term))

    def add_all(self, subject: str, *said: Said) -> None:
        """Add statements about one thing, given as predicate and term."""
        self.said[subject] += said

    def settle(self) -> None:
        """Put what is stated of each thing in order, each once.

        Shape: a span of which something else is stated is told of in ``said`` from then on.
        """
        said, spans, stems = self.said, self.spans, self._stems
        for one in [one for one in said if "/span/" in one] if spans else ():
            if (span := one if one in spans else find_span(one)) in spans:
                for subject, rows in expand_span(span, spans.pop(span)):
                    said[subject] += rows
        for subject, rows in said.items():
            if len(rows) > 1:
                rows.sort()  # sorts of few are quicker than one of all
                if len(set(rows)) < len(rows):
                    said[subject] = list(dict.fromkeys(rows))
            if not subject.startswith(stems):
                shared = _is_shared(subject[self._first : -1], self._key)
                (self.shared if shared else self._others).add(subject)

    def __contains__(self, term: str) -> bool:
        """Whether something is stated of a node."""
        return term in self.said or term in self.spans or find_span(term) in self.spans

    def about(self, term: str) -> Sequence[Said]:
        """Return what is stated of a node, sorted."""
        if said := self.said.get(term):
            return said
        span = term if term in self.spans else find_span(term)
        placed = self.spans.get(span) if span else None
        return dict(expand_span(span, placed)).get(term, ()) if placed else ()

    def expand(self) -> Mapping[str, Sequence[Said]]:
        """Return all that is stated, by subject: of spans and their selectors, too."""
        spans = (rows for one in self.spans.items() for rows in expand_span(*one))
        return {**self.said, **dict(spans)}

    def find_own(
        self, said: Mapping[str, Sequence[Said]], predicates: AbstractSet[str]
    ) -> list[tuple[str, str, str]]:
        """Return those of some statements, by some properties, in the graph of the document."""
        shared = self.shared
        return [
            (subject, predicate, term)
            for subject, rows in said.items() for predicate, term in rows
            if predicate in predicates and (subject not in shared or predicate == EVIDENCE)
        ]  # fmt: skip

    def text(self) -> Pieces:
        """Return the lines; those on one thing of the document's own, or on a span, in one piece.

        Shape: no other document speaks of such a thing but by a line that may stand between.
        """
        ours, shared, apart = self._own, list[str](), True
        own = write_spans(self.spans.items(), ours)
        for subject, rows in self.said.items():
            if subject in self.shared:
                for predicate, term in rows:
                    if predicate == EVIDENCE:
                        own.append(f"{subject} {predicate} {term}{ours}")
                    else:
                        shared.append(f"{subject} {predicate} {term}{self._authorities}")
            elif subject in self._others:
                apart = apart and not subject[self._first :].startswith(_DOCUMENTS)
                own += [f"{subject} {predicate} {term}{ours}" for predicate, term in rows]
            else:
                end = f"{ours}\n{subject} "
                own.append(f"{subject} {end.join(map(' '.join, rows))}{ours}")
        own.sort()
        shared.sort()
        return Pieces(own, shared, len(self) - len(shared), apart)

    def __len__(self) -> int:
        """How many statements there are."""
        return sum(map(len, self.said.values())) + sum(map(count_span, self.spans.values()))

    def sorted(self) -> list[str]:
        """Return all lines, sorted, each once."""
        text = self.text()
        return "\n".join(sorted(text.own + text.shared)).split("\n")


def _is_shared(path: str, key: str) -> bool:
    """Tell whether several documents may speak of a thing: a proposal, unless its path has theirs.

    Source: the paths of proposals are told in extraction/stances/claims_offers.py.
    """
    kind, _, rest = path.partition("/")
    return kind in SHARED or (kind == "proposal" and not rest.partition("/")[0].endswith(key))
