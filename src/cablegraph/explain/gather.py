"""Why the graph says it: every statement about a node, joined to the words it rests on.

Only the graph is read, never the records that it was made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.explain.model import Explanation, Origin, Support, Term, Told
from cablegraph.explain.nodes import Nodes
from cablegraph.explain.words import Witness
from cablegraph.namespaces import CBL, expand
from cablegraph.terms import Quad, natural_key, parse_literal

if TYPE_CHECKING:
    import pyoxigraph

_TYPE = expand("rdf:type")
_TYPE_TERM = f"<{_TYPE}>"
_SUBJECT, _PREDICATE, _OBJECT = (
    expand(f"rdf:{name}") for name in ("subject", "predicate", "object")
)
_IDENTIFIER, _INCLUDED = expand("rico:hasOrHadIdentifier"), expand("rico:isOrWasIncludedIn")
_PART = expand("dcterms:isPartOf")
#: Told as evidence, not as statements of their own.
_BOOKKEEPING = {
    CBL.evidence, CBL.certainty, CBL.rule, CBL.status, CBL.statusReason, CBL.conflictsWith,
}  # fmt: skip
_SHARED: tuple[Origin, ...] = ("authorities", "dataset", "external", "vocabulary")
#: Levels between a copy and its fond: file, series, fonds.
_DEPTH = 3


def explain(
    store: pyoxigraph.Store,
    name: str,
    *,
    incoming: bool = False,
    source: Path | None = None,
    data: Path = Path("output"),
) -> Explanation:
    """Explain every statement that has the named node as subject, or as object.

    Shape: sorted by predicate and object; what the graph names without asserting it stands
        among them. A node's evidence, certainty, rule, status and rivals are told as support.
    Raises:
        QueryError: if the graph has no such node.
    """
    nodes = Nodes(store)
    node = nodes.find(name, data)
    return _Explainer(nodes, Witness(nodes, source)).explain(node, incoming=incoming)


class _Explainer:
    def __init__(self, nodes: Nodes, witness: Witness) -> None:
        self.nodes, self.witness = nodes, witness
        self.support: dict[str, Support] = {}
        self._claims: dict[str, dict[tuple[str, str], list[str]]] = {}

    def explain(self, node: str, *, incoming: bool) -> Explanation:
        statements = tuple(
            self._told(quad, graphs, asserted)
            for quad, graphs, asserted in self._statements(node, incoming=incoming)
        )
        others = sum(1 for _ in self._statements(node, incoming=not incoming))
        return Explanation(
            node=self.nodes.term(node),
            types=tuple(self.nodes.term(one) for one in self.nodes.values(node, _TYPE)),
            incoming=incoming,
            statements=statements,
            support=dict(sorted(self.support.items())),
            others=others,
            notices=tuple(sorted(self.witness.notices)),
        )

    def _statements(
        self, node: str, *, incoming: bool
    ) -> Iterator[tuple[Quad, tuple[str, ...], bool]]:
        """Yield statements with their graphs, sorted; those that are only named come with them."""
        graphs: dict[Quad, set[str]] = defaultdict(set)
        for quad in self._quads(None if incoming else node, node if incoming else None):
            if not self._is_bookkeeping(quad, incoming=incoming):
                graphs[Quad(*quad[:3])].add(quad.graph)
        asserted = set(graphs)
        for quad in self._named(node, incoming=incoming):
            graphs[Quad(*quad[:3])].add(quad.graph)
        for quad in sorted(
            graphs, key=lambda q: [natural_key(term) for term in (q[1], q[2], q[0])]
        ):
            yield quad, _names(graphs[quad]), quad in asserted

    def _is_bookkeeping(self, quad: Quad, *, incoming: bool) -> bool:
        predicate = _bare(quad.predicate)
        if incoming:
            return predicate in (_SUBJECT, _OBJECT, CBL.conflictsWith)
        return predicate in _BOOKKEEPING and self._evidence(_bare(quad.subject))

    def _named(self, node: str, *, incoming: bool) -> Iterator[Quad]:
        end = _OBJECT if incoming else _SUBJECT
        for quad in self._quads(None, node, end):
            claim = _bare(quad.subject)
            subjects, predicates, objects = (
                self._objects(claim, name) for name in (_SUBJECT, _PREDICATE, _OBJECT)
            )
            if subjects and predicates and objects:
                yield Quad(subjects[0], predicates[0], objects[0], quad.graph)

    def _told(self, quad: Quad, graphs: tuple[str, ...], asserted: bool) -> Told:
        carriers, origin = self._carriers(quad, graphs)
        for carrier in carriers:
            if carrier not in self.support:
                self.support[carrier] = self.witness.support(carrier)
        return Told(
            subject=self._term(quad.subject),
            predicate=self._term(quad.predicate),
            object=self._term(quad.object),
            graphs=graphs,
            asserted=asserted,
            origin=origin,
            support=tuple(carriers),
        )

    def _carriers(self, quad: Quad, graphs: Sequence[str]) -> tuple[list[str], Origin]:
        """Return the nodes that show the evidence of a statement, and its origin."""
        subject, value = _bare(quad.subject), _bare(quad.object)
        if _shared(graphs) == "external":
            return [], "external"
        if claims := self._claims_of(subject).get((quad.predicate, quad.object)):
            return claims, "words"
        if self._evidence(subject):
            return [subject], "words"
        is_link = quad.object.startswith("<")
        if is_link and self._evidence(value) and not self.nodes.first(subject, "oa:hasSource"):
            return [value], "words"
        shared = _shared(graphs)
        # A copy is told in the graph of its document; what it lies in, in a shared one.
        within = [None] if shared else list(graphs)
        for end in [value, subject] if is_link and quad.predicate != _TYPE_TERM else [subject]:
            if found := self._references(end, within):
                return found, "carried"
        return [], shared or "file"

    def _references(
        self, node: str, graphs: Iterable[str | None], depth: int = _DEPTH
    ) -> list[str]:
        """Return the shelf references that a copy, or the copies in a record set, carry."""
        found: set[str] = set()
        for graph in graphs:
            for quad in self._quads(node, None, _IDENTIFIER, graph):
                one = _bare(quad.object)
                if CBL.ArchivalReference in self.nodes.values(one, _TYPE):
                    found.add(one)
            if not found and depth:
                for predicate in (_PART, _INCLUDED):
                    for quad in self._quads(None, node, predicate, graph):
                        found.update(self._references(_bare(quad.subject), [graph], depth - 1))
        return sorted(found)

    def _claims_of(self, subject: str) -> dict[tuple[str, str], list[str]]:
        """Return the claims about a subject, by the predicate and object that they name."""
        if subject not in self._claims:
            found: dict[tuple[str, str], list[str]] = defaultdict(list)
            for quad in self._quads(None, subject, _SUBJECT):
                claim = _bare(quad.subject)
                for predicate in self._objects(claim, _PREDICATE):
                    for value in self._objects(claim, _OBJECT):
                        found[predicate, value].append(claim)
            self._claims[subject] = {key: sorted(set(found[key])) for key in found}
        return self._claims[subject]

    def _evidence(self, node: str) -> bool:
        return not node.startswith(("_:", '"')) and bool(self.nodes.values(node, CBL.evidence))

    def _objects(self, node: str, predicate: str) -> list[str]:
        return sorted({quad.object for quad in self._quads(node, None, predicate)})

    def _quads(
        self,
        subject: str | None,
        value: str | None,
        predicate: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        from pyoxigraph import DefaultGraph, NamedNode

        start, verb, end = (NamedNode(one) if one else None for one in (subject, predicate, value))
        where = NamedNode(graph) if graph else None
        for found in self.nodes.store.quads_for_pattern(start, verb, end, where):
            name = "" if isinstance(found.graph_name, DefaultGraph) else str(found.graph_name)
            yield Quad(str(found.subject), str(found.predicate), str(found.object), name)

    def _term(self, term: str) -> Term:
        if term.startswith('"'):
            parts = parse_literal(term)
            return Term(parts.text, language=parts.language, datatype=parts.datatype)
        return self.nodes.term(_bare(term)) if term.startswith("<") else Term(term)


def _names(graphs: set[str]) -> tuple[str, ...]:
    """Return the graphs of a statement; the union of all graphs is none of its own."""
    return tuple(sorted(graph.strip("<>") for graph in graphs - {""})) or ("",)


def _shared(graphs: Sequence[str]) -> Origin | None:
    """Return which shared graph a statement stands in, if it stands in no other."""
    kinds = [graph.rpartition("graph/")[2] for graph in graphs]
    found = [origin for origin in _SHARED if origin in kinds]
    return found[0] if found and all(kind in _SHARED for kind in kinds) else None


def _bare(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term
