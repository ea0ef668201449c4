"""The statements of a document that was just made: the same facts, with nothing taken apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from cablegraph.graph.lines import Lines
from cablegraph.graph.spans import SELECTOR_TERMS, SOURCE, SPECIFIC, Placed, say_place
from cablegraph.terms import RDF_TYPE
from cablegraph.validation.facts import Columns, Facts, Visible
from cablegraph.validation.rows import Row, to_plain, to_term


class WrittenFacts(Facts):
    """The facts of one document, followed where its writer keeps them."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.is_plain = True

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All statements, sorted."""
        return [(s, *said) for s, all_said in sorted(self._lines.expand().items())
                for said in all_said]  # fmt: skip

    @property
    def nodes(self) -> Collection[str]:
        """The terms of the nodes of which something is stated."""
        return _Nodes(self._lines)

    @property
    def spans(self) -> Mapping[str, Placed]:
        """The spans of which nothing is stated beside the place and the words of each."""
        return self._lines.spans

    def visible(self, seen: AbstractSet[str]) -> Visible:
        """Return statements and nodes, without what has nothing to do with some terms.

        Shape: selectors are left out unless one of the terms is theirs.
        """
        if not SELECTOR_TERMS.isdisjoint(seen):
            return super().visible(seen)
        return self._without_selectors

    @cached_property
    def _without_selectors(self) -> Visible:
        said, spans = self._lines.said, self._lines.spans
        columns: Columns = defaultdict(list)
        for subject, both in said.items():
            for predicate, value in both:
                columns[predicate].append((subject, predicate, value))
        columns[RDF_TYPE] += [(span, RDF_TYPE, SPECIFIC) for span in spans]
        columns[SOURCE] += [(span, SOURCE, placed.version) for span, placed in spans.items()]
        for span, placed in spans.items():
            for predicate, value in say_place(placed.place) if placed.place else ():
                columns[predicate].append((span, predicate, value))
        return columns, said.keys() | spans.keys()

    def members(self, class_term: str) -> set[str]:
        """Return the nodes of a class as terms."""
        if class_term in SELECTOR_TERMS:
            return super().members(class_term)
        a = RDF_TYPE, class_term
        found = {subject for subject, said in self._lines.said.items() if a in said}
        return found.union(self._lines.spans) if class_term == SPECIFIC else found

    @cached_property
    def _inward(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject, said in self._lines.said.items():
            for _, value in said:
                if value[0] != '"':
                    found.setdefault(value, []).append(subject)
        for span, placed in self._lines.spans.items():
            for value in (placed.version, f"{span[:-1]}#position>", f"{span[:-1]}#quote>"):
                found.setdefault(value, []).append(span)
        return found

    def about(self, term: str) -> Sequence[Row]:
        """Return the rows on a node, given as a term."""
        return [(term, *said) for said in self._lines.about(term)]

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted and without repetition."""
        wanted = f"<{property_iri}>"
        return sorted({to_plain(v) for p, v in self._lines.about(to_term(node)) if p == wanted})


class _Nodes(Collection[str]):
    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and term in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.expand())

    def __len__(self) -> int:
        return len(self._lines.expand())
