"""The nodes of a graph: found by a short name, read property by property, labelled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.errors import QueryError, shown
from cablegraph.explain.model import Term
from cablegraph.namespaces import CBL, PREFIXES, SCHEME, expand
from cablegraph.validation.facts import StoreFacts

if TYPE_CHECKING:
    import pyoxigraph

_LABELS = (
    "skos:prefLabel", "rdfs:label", "dcterms:title", "rico:textualValue",
    "rico:expressedDate", "rico:identifier", "dcterms:identifier",
)  # fmt: skip
_LANGUAGES = ("en", None)
_SPACE = re.compile(r"/id/")
_HOME = SCHEME.removesuffix("scheme/")
#: Names shown where none fits, and how alike they have to be; below 0.5 they look like chance.
_NEAREST, _LIKENESS = 5, 0.5


def short(node: str) -> str:
    """Return a path under ``/id/`` or a CURIE where there is one, else the IRI.

    >>> short("https://w3id.org/cablegraph/def#Telegram")
    'cbl:Telegram'
    """
    if found := _SPACE.search(node):
        return node[found.end() :]
    if node.startswith(SCHEME):
        return node.removeprefix(_HOME)
    spaces = [p for p in PREFIXES if node.startswith(PREFIXES[p]) and node != PREFIXES[p]]
    if not spaces:
        return node
    prefix = max(spaces, key=lambda name: len(PREFIXES[name]))
    return f"{prefix}:{node.removeprefix(PREFIXES[prefix])}"


class Nodes:
    """A store, asked by IRI; every answer is sorted."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store
        self.values = StoreFacts(store).values
        self.label = lru_cache(maxsize=None)(self._label)

    def first(self, node: str, curie: str) -> str | None:
        """Return the first value of a property, or None."""
        return next(iter(self.values(node, expand(curie))), None)

    def has(self, node: str) -> bool:
        """Whether any statement has the node as subject or object."""
        return any(next(self._pattern(*ends), None) for ends in ((node, None), (None, node)))

    def term(self, node: str) -> Term:
        """Return a node with its label."""
        return Term(text=self.label(node), iri=node)

    def find(self, name: str, data: Path) -> str:
        """Return the IRI of a node by full IRI, CURIE, or path under the IRIs of the data.

        Raises:
            QueryError: if there is none, or several end so.
        """
        name = name.strip().removeprefix("<").removesuffix(">")
        for candidate in self._candidates(name):
            if self.has(candidate):
                return candidate
        known = self._all()
        ends = [] if "://" in name else [iri for iri in known if iri.endswith(f"/{name}")]
        if len(ends) == 1:
            return ends[0]
        raise self._missing(name, ends, known, data)

    def _candidates(self, name: str) -> list[str]:
        if not name or re.search(r'[\x00-\x20<>"{}|^`\\]', name):
            return []
        if "://" in name:
            return [name]
        prefix, colon, _ = name.partition(":")
        found = [expand(name)] if colon and prefix in PREFIXES else []
        return found + [space + name for space in (*self._spaces(), _HOME)]

    def _spaces(self) -> list[str]:
        from pyoxigraph import NamedNode

        found = self.store.quads_for_pattern(None, NamedNode(expand("void:uriSpace")), None)
        return sorted({str(quad.object.value) for quad in found if hasattr(quad.object, "value")})

    def _missing(
        self, name: str, ends: Sequence[str], known: Sequence[str], data: Path
    ) -> QueryError:
        if ends:
            problem = f"{len(ends)} nodes end with {shown(name)}"
            remedy = f"write one in full: {', '.join(ends[:_NEAREST])}"
        else:
            problem = f"no node is named {shown(name)}"
            by_name = {short(iri).lower(): iri for iri in reversed(known)}
            wanted = short(name).lower()
            near = difflib.get_close_matches(wanted, by_name, _NEAREST, _LIKENESS)
            remedy = (
                f"did you mean {', '.join(short(by_name[one]) for one in near)}?"
                if near
                else "give a full IRI, a CURIE, or a path such as person/NAME"
            )
        return QueryError(problem, where=f"{data}:1:1", remedy=remedy)

    def _all(self) -> list[str]:
        """Return the IRI of every subject, but for the addresses of words."""
        from pyoxigraph import NamedNode

        subjects = {quad.subject for quad in self._pattern(None, None)}
        iris = {node.value for node in subjects if isinstance(node, NamedNode)}
        return sorted(iri for iri in iris if "/span/" not in iri)

    def _pattern(self, subject: str | None, value: str | None) -> Iterator[pyoxigraph.Quad]:
        from pyoxigraph import NamedNode

        ends = [NamedNode(end) if end else None for end in (subject, value)]
        return self.store.quads_for_pattern(ends[0], None, ends[1])

    def _label(self, node: str) -> str:
        from pyoxigraph import Literal, NamedNode

        for curie in _LABELS:
            quads = self.store.quads_for_pattern(NamedNode(node), NamedNode(expand(curie)), None)
            found = sorted(
                (_LANGUAGES.index(o.language) if o.language in _LANGUAGES else 9, o.value)
                for o in (quad.object for quad in quads)
                if isinstance(o, Literal)
            )
            if found:
                return found[0][1]
        return self._part(node) or short(node)

    def _part(self, node: str) -> str | None:
        """Return what tells a node that has no name of its own.

        Shape: a part in a message by role and agent; a stance by its kind and the proposal; a
            condition by its kind and the proposal that fulfils it.
        """
        agent, role = self.first(node, "cbl:agent"), self.first(node, "cbl:role")
        if agent and role:
            return f"{self.label(role)}: {self.label(agent)}"
        kind = self.first(node, "cbl:kind")
        about = self.first(node, "cbl:onProposal") or self.first(node, "cbl:triggeredBy")
        if kind and about:
            return f"{self.label(kind)}: {self.label(about)}"
        is_condition = CBL.Condition in self.values(node, expand("rdf:type"))
        return self.label(kind) if kind and is_condition else None
