"""The statements of one document as plain strings, indexed both ways.

IRIs and the lexical forms of literals are strings, a blank node is ``_:`` and its label: enough
for checks that follow links and compare words. Engines that need typed terms read the quads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from cablegraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

Term: TypeAlias = "NamedNode | BlankNode | Literal | Triple"
#: N-Quads or N-Triples text, or what pyoxigraph's parser and stores give.
Statements: TypeAlias = "str | Iterable[Quad | Triple]"

TYPE = PREFIXES["rdf"] + "type"
_NONE: Sequence[str] = ()


class Lookup(Protocol):
    """What following links needs, whether the statements are in memory or in a store."""

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted."""
        ...

    def links(self, node: str) -> Sequence[str]:
        """Return the nodes that *node* points to and that are themselves described, sorted."""
        ...

    def sources(self, node: str) -> Sequence[str]:
        """Return the nodes that point to *node*, sorted."""
        ...

    def words(self, node: str) -> Sequence[str]:
        """Return everything stated of *node*, sorted."""
        ...


def parse_statements(statements: Statements) -> Sequence[Quad | Triple]:
    """Return statements as pyoxigraph terms; text is read as N-Quads.

    Raises:
        SyntaxError: if the text is not N-Quads or N-Triples.
    """
    if not isinstance(statements, str):
        return list(statements)
    import pyoxigraph

    text = statements.encode("utf-8")
    return list(pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS))


def term_text(term: Term) -> str:
    """Return a term as the plain string that this package's checks use."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))


class Facts:
    """The statements of one document, in memory.

    >>> facts = Facts('<https://e.org/a> <https://e.org/p> <https://e.org/b> .')
    >>> facts.values("https://e.org/a", "https://e.org/p")
    ['https://e.org/b']
    """

    def __init__(self, statements: Statements) -> None:
        import pyoxigraph

        self._outward: dict[str, dict[str, list[str]]] = {}
        self._inward: dict[str, list[str]] = {}
        for statement in parse_statements(statements):
            subject, value = term_text(statement.subject), term_text(statement.object)
            properties = self._outward.setdefault(subject, {})
            properties.setdefault(statement.predicate.value, []).append(value)
            if not isinstance(statement.object, pyoxigraph.Literal):
                self._inward.setdefault(value, []).append(subject)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._outward))

    def __contains__(self, node: object) -> bool:
        return node in self._outward

    def of_type(self, class_iri: str) -> list[str]:
        """Return the nodes of a class, sorted."""
        return sorted(n for n in set(self._inward.get(class_iri, ())) if self._is(n, class_iri))

    def _is(self, node: str, class_iri: str) -> bool:
        return class_iri in self._outward[node].get(TYPE, _NONE)

    def properties(self, node: str) -> list[str]:
        """Return the IRIs of the properties stated of *node*, sorted."""
        return sorted(self._outward.get(node, ()))

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted and without repetition."""
        return sorted(set(self._outward.get(node, {}).get(property_iri, _NONE)))

    def links(self, node: str) -> Sequence[str]:
        """Return the described nodes that *node* points to, sorted."""
        return [value for value in self.words(node) if value in self._outward]

    def sources(self, node: str) -> Sequence[str]:
        """Return the nodes that point to *node*, sorted."""
        return sorted(set(self._inward.get(node, _NONE)))

    def words(self, node: str) -> Sequence[str]:
        """Return everything stated of *node*, sorted."""
        return sorted({v for values in self._outward.get(node, {}).values() for v in values})


class StoreFacts:
    """The same look-ups in a pyoxigraph store, over all its graphs, nothing copied."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted and without repetition."""
        from pyoxigraph import NamedNode

        found = self._store.quads_for_pattern(_node(node), NamedNode(property_iri), None)
        return sorted({term_text(quad.object) for quad in found})

    def links(self, node: str) -> Sequence[str]:
        """Return the described nodes that *node* points to, sorted."""
        from pyoxigraph import BlankNode, NamedNode

        found = {q.object for q in self._store.quads_for_pattern(_node(node), None, None)}
        named = [term for term in found if isinstance(term, NamedNode | BlankNode)]
        return sorted(
            term_text(term)
            for term in named
            if next(self._store.quads_for_pattern(term, None, None), None)
        )

    def sources(self, node: str) -> Sequence[str]:
        """Return the nodes that point to *node*, sorted."""
        found = self._store.quads_for_pattern(None, None, _node(node))
        return sorted({term_text(quad.subject) for quad in found})

    def words(self, node: str) -> Sequence[str]:
        """Return everything stated of *node*, sorted."""
        found = self._store.quads_for_pattern(_node(node), None, None)
        return sorted({term_text(quad.object) for quad in found})


def _node(text: str) -> NamedNode | BlankNode:
    from pyoxigraph import BlankNode, NamedNode

    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)
