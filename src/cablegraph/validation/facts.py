"""The statements of one document as plain strings, indexed both ways.

IRIs and the lexical forms of literals are strings, a blank node is ``_:`` and its label: enough
for checks that follow links and compare words. Engines that need typed terms read the quads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.rows import Row, Statements, parse_statements, read_rows, term_text

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, NamedNode, Store

__all__ = ["Facts", "Lookup", "StoreFacts", "TYPE", "Statements", "parse_statements", "term_text"]

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


class Facts:
    """The statements of one document, in memory.

    >>> facts = Facts('<https://e.org/a> <https://e.org/p> <https://e.org/b> .')
    >>> facts.values("https://e.org/a", "https://e.org/p")
    ['https://e.org/b']
    """

    def __init__(self, statements: Statements) -> None:
        self.rows: Sequence[Row] = read_rows(statements)
        self._outward: dict[str, dict[str, list[str]]] = {}
        outward = self._outward
        for _, subject, predicate, value, _ in self.rows:
            outward.setdefault(subject, {}).setdefault(predicate, []).append(value)

    @cached_property
    def _inward(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, subject, _, value, linked in self.rows:
            if linked:
                found.setdefault(value, []).append(subject)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._outward))

    def __contains__(self, node: object) -> bool:
        return node in self._outward

    def of_type(self, class_iri: str) -> list[str]:
        """Return the nodes of a class, sorted."""
        rows = self.rows
        return sorted({s for _, s, p, value, _ in rows if value == class_iri and p == TYPE})

    def properties(self, node: str) -> list[str]:
        """Return the IRIs of the properties stated of *node*, sorted."""
        return sorted(self._outward.get(node, ()))

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted and without repetition."""
        found = self._outward.get(node, {}).get(property_iri, _NONE)
        return found if len(found) < 2 else sorted(set(found))

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
