"""The statements of one document as plain strings, indexed both ways.

IRIs and the lexical forms of literals are strings, a blank node is ``_:`` and its label: enough
for checks that follow links and compare words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.rows import (
    Row,
    Statements,
    are_plain,
    cut_lines,
    parse_statements,
    read_rows,
    term_text,
    to_plain,
    to_term,
)

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, NamedNode, Store

__all__ = [
    "Columns", "Facts", "Lookup", "StoreFacts", "TYPE", "Visible", "Statements",
    "parse_statements", "term_text",
]  # fmt: skip

TYPE = PREFIXES["rdf"] + "type"
_A = f"<{TYPE}>"
#: Statements by property.
Columns: TypeAlias = "defaultdict[str, list[Row]]"
#: Statements, and the nodes of which something is stated.
Visible: TypeAlias = "tuple[Columns, Collection[str]]"


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

    Shape: ``rows`` are in the words of N-Triples, for engines and quick checks; those on one node
        stand together, and ``about`` gives them. ``is_plain`` says that every term is written in
        the one way that this package writes it, and that every node has a name.

    >>> facts = Facts('<https://e.org/a> <https://e.org/p> <https://e.org/b> .')
    >>> facts.values("https://e.org/a", "https://e.org/p")
    ['https://e.org/b']
    """

    def __init__(self, statements: Statements) -> None:
        self._rows: Sequence[Row] = sorted(read_rows(statements))
        self.is_plain = are_plain(self._rows)

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> Facts:
        """Take sorted lines that this package made, each with its graph; nothing is checked."""
        facts = cls.__new__(cls)
        facts._rows, facts.is_plain = cut_lines(lines), True
        return facts

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All statements, sorted."""
        return self._rows

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        return _find_places(self.rows)

    @property
    def nodes(self) -> Collection[str]:
        """The terms of the nodes of which something is stated."""
        return self._places.keys()

    def visible(self, seen: AbstractSet[str]) -> Visible:
        """Return statements and nodes; what has nothing to do with some terms may be left out."""
        del seen
        return by_property(self.rows), self.nodes

    def about(self, term: str) -> Sequence[Row]:
        """Return the rows on a node, given as a term."""
        place = self._places.get(term)
        return self.rows[place[0] : place[1]] if place else ()

    @cached_property
    def _inward(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject, _, value in self.rows:
            if value[0] != '"':
                found.setdefault(value, []).append(subject)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(map(to_plain, self.nodes)))

    def __contains__(self, node: object) -> bool:
        return isinstance(node, str) and to_term(node) in self.nodes

    def of_type(self, class_iri: str) -> list[str]:
        """Return the nodes of a class, sorted."""
        return sorted(map(to_plain, self.members(to_term(class_iri))))

    def members(self, class_term: str) -> set[str]:
        """Return the nodes of a class as terms."""
        return {s for s, p, value in self.rows if value == class_term and p == _A}

    def properties(self, node: str) -> list[str]:
        """Return the IRIs of the properties stated of *node*, sorted."""
        return sorted({to_plain(row[1]) for row in self.about(to_term(node))})

    def values(self, node: str, property_iri: str) -> Sequence[str]:
        """Return the values of a property, sorted and without repetition."""
        wanted = f"<{property_iri}>"
        return sorted({to_plain(value) for _, p, value in self.about(to_term(node)) if p == wanted})

    def links(self, node: str) -> Sequence[str]:
        """Return the described nodes that *node* points to, sorted."""
        rows, nodes = self.about(to_term(node)), self.nodes
        return sorted({to_plain(value) for _, _, value in rows if value in nodes})

    def sources(self, node: str) -> Sequence[str]:
        """Return the nodes that point to *node*, sorted."""
        return sorted(map(to_plain, set(self._inward.get(to_term(node), ()))))

    def words(self, node: str) -> Sequence[str]:
        """Return everything stated of *node*, sorted."""
        return sorted({to_plain(value) for _, _, value in self.about(to_term(node))})


def by_property(rows: Iterable[Row]) -> Columns:
    """Return statements by their property."""
    columns: Columns = defaultdict(list)
    for row in rows:
        columns[row[1]].append(row)
    return columns


def _find_places(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Return where the rows on each node stand; those on one stand together."""
    found: dict[str, tuple[int, int]] = {}
    begin, last = 0, rows[0][0] if rows else ""
    for end, (subject, _, _) in enumerate(rows):
        if subject != last:
            found[last] = begin, end
            begin, last = end, subject
    if rows:
        found[last] = begin, len(rows)
    return found


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
