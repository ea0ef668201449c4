"""The shapes as both engines get them, and what a result of an engine says to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.facts import TYPE
from cablegraph.validation.proof import Proof
from cablegraph.validation.results import ShapeResult, fill, parse_severity, put_labels
from cablegraph.validation.rows import Row, term_text, to_term
from cablegraph.validation.shape_graph import (
    ALONE,
    BETWEEN,
    SH,
    find_named,
    find_ordered,
    find_parents,
    find_variables,
    first_words,
    part_queries,
    read_triples,
)
from cablegraph.validation.view import View

if TYPE_CHECKING:
    from pyoxigraph import Triple

_COMMENT = PREFIXES["rdfs"] + "comment"
_A = f"<{TYPE}>"
_PREDICATE = f"<{PREFIXES['rdf']}predicate>"
_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
_NO_REMEDY = "correct the statement, or what it was read from"


#: Choices of shapes that are kept; documents of one kind fail the same few.
_PARTS = 64


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes as loaded, with what decides whether a statement concerns them at all.

    Shape: ``text`` is N-Triples; ``parents`` leads from a constraint to the shape or the list
        it is part of; ``classes`` and ``properties`` are those of targets; ``named`` is every
        IRI that a shape or a query of theirs names, ``ordered`` each property whose values a
        shape compares by their size. All but ``named`` are terms of N-Triples; ``seen`` are those
        of ``named``. ``triples`` are what ``text`` says.
    """

    triples: Sequence[Triple]
    classes: frozenset[str]
    properties: frozenset[str]
    named: frozenset[str]
    seen: frozenset[str]
    ordered: frozenset[str]
    parents: Mapping[str, str]
    comments: Mapping[str, str]
    messages: Mapping[str, str]

    @cached_property
    def text(self) -> str:
        """The graph as engines get it."""
        return "".join(f"{triple} .\n" for triple in self.triples)

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """The properties by which the proof looks things up."""
        return self.seen | {_A, _SUBCLASS}

    @cached_property
    def proof(self) -> Proof:
        """What rules shapes out before an engine is asked."""
        return Proof(self.triples)

    @lru_cache(maxsize=_PARTS)  # noqa: B019 - the shapes of a process are one
    def choose(self, shapes: frozenset[str]) -> Shapes:
        """Return some of the shapes, given as terms, for a document that meets all others."""
        nodes = self.proof.reach(shapes)
        triples = [triple for triple in self.triples if str(triple.subject) in nodes]
        named = self.named if self.proof.is_wide(shapes) else find_named(triples)
        return replace(self, triples=triples, named=named, seen=_to_terms(named))

    def concern(self, rows: Sequence[Row]) -> list[Row]:
        """Return the statements that a shape can see.

        Shape: those by a property that a shape names; of types, those that a shape names, and
            classes below others; and what is claimed, for that is compared with what is stated.
        """
        claimed = {value for _, predicate, value in rows if predicate == _PREDICATE}
        below = {subject for subject, predicate, _ in rows if predicate == _SUBCLASS}
        properties = (self.seen | claimed | {_SUBCLASS}) - ({_A} - claimed)
        classes = self.seen | below
        return [row for row in rows
                if row[1] in properties or (row[1] == _A and row[2] in classes)]  # fmt: skip

    def pick(self, view: View) -> list[Row]:
        """Return the same of a document that was looked at, where no claimed property is seen."""
        types = [row for row in view.column(_A) if row[2] in self.seen]
        others = (view.column(one) for one in self.seen if one != _A)
        return [*types, *chain.from_iterable(others)]

    def to_result(
        self, focus: str, source: str, severity: str, words: str, path: str | None
    ) -> ShapeResult:
        """Make a result of what an engine says; *words* are the values of the message."""
        constraint = source.removesuffix(ALONE)
        line = list(self._lineage(constraint))
        return ShapeResult(
            focus=focus,
            code=line[-1].rpartition("#")[2],
            severity=parse_severity(severity),
            message=self._message(constraint, focus, words),
            remedy=next((self.comments[n] for n in line if n in self.comments), _NO_REMEDY),
            path=path,
        )

    def _lineage(self, constraint: str) -> Iterator[str]:
        """Yield the constraint and what it is part of, up to the shape that has a name."""
        node: str | None = constraint
        while node is not None:
            yield node
            node = self.parents.get(node)

    def _message(self, constraint: str, focus: str, words: str) -> str:
        template = self.messages.get(constraint)
        if template is None:
            return put_labels(" ".join(words.split()))
        names = find_variables(template)
        values = dict(zip(names, words.split(BETWEEN, max(len(names) - 1, 0)), strict=False))
        return put_labels(" ".join(fill(template, values | {"this": focus}).split()))


@lru_cache(maxsize=1)
def read_shapes() -> Shapes:
    """Read every file of ontology/shapes, once in a process."""
    triples = read_triples()
    targets = {
        name: {term_text(t.object) for t in triples if t.predicate.value == SH + name}
        for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf")
    }
    return Shapes(
        triples=list(part_queries(triples)),
        classes=_to_terms(targets["targetClass"]),
        properties=_to_terms(targets["targetSubjectsOf"] | targets["targetObjectsOf"]),
        named=find_named(triples),
        seen=_to_terms(find_named(triples)),
        ordered=_to_terms(find_ordered(triples)),
        parents=find_parents(triples),
        comments=first_words(triples, _COMMENT),
        messages=first_words(triples, SH + "message"),
    )


def _to_terms(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(map(to_term, iris))
