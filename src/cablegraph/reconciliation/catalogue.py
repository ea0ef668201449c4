"""The entities of a written graph, with their names and all that is said of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.dataset import Dataset
from cablegraph.errors import DataError
from cablegraph.namespaces import PREFIXES, expand
from cablegraph.reconciliation.model import (
    Entity,
    Kind,
    Name,
    NameKind,
    Value,
    list_kinds,
    read_settings,
)

if TYPE_CHECKING:
    import pyoxigraph

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_RANKS: Mapping[NameKind, int] = {"label": 0, "variant": 1, "misspelling": 2}


@dataclass(frozen=True)
class Catalogue:
    """The entities by id, in the order of their ids.

    Shape: ``space`` is what every IRI begins with; the rest is the id.
    """

    title: str
    space: str
    entities: Mapping[str, Entity]
    property_names: Mapping[str, str]

    def find(self, identifier: str) -> Entity | None:
        """Return the entity of an id or a whole IRI, or None."""
        return self.entities.get(identifier.removeprefix(self.space))

    @cached_property
    def properties(self) -> Mapping[str, Mapping[str, str]]:
        """Type to the properties that its entities have, id to name; ``""`` for every type."""
        found: dict[str, dict[str, str]] = {"": {}}
        for entity in self.entities.values():
            for pid in _property_ids(entity):
                for kind in ("", *entity.kinds):
                    found.setdefault(kind, {})[pid] = self._name(pid)
        return {kind: dict(sorted(rows.items())) for kind, rows in found.items()}

    def _name(self, pid: str) -> str:
        curie, _, language = pid.partition("@")
        return self.property_names.get(curie, curie) + (f" ({language})" if language else "")


def _property_ids(entity: Entity) -> Iterator[str]:
    for curie, values in entity.values.items():
        yield curie
        yield from (f"{curie}@{value.language}" for value in values if value.language)


def read_catalogue(output: Path, store: pyoxigraph.Store | None = None) -> Catalogue:
    """Read the entities of an output folder, or of a file of RDF; *store* has it already.

    Raises:
        DataError: if there is no graph, it can't be parsed, or it names no entity.
    """
    reader = _Reader(store or Dataset.open(output).store)
    classes = {expand(kind.class_curie) for kind in list_kinds()}
    found = {iri for name in sorted(classes) for iri in reader.instances(name)}
    if not found:
        raise DataError(
            "the graph names no person, organisation, group or place",
            where=f"{output}:1:1",
            remedy="name the output folder of a build",
        )
    space = _find_space(found)
    entities = (reader.entity(iri, space) for iri in sorted(found))
    by_id = {entity.id: entity for entity in entities}
    used = sorted({curie for entity in by_id.values() for curie in entity.values})
    names = {curie: reader.property_name(curie) for curie in used}
    return Catalogue(reader.title(), space, by_id, names)


def _find_space(iris: Iterable[str]) -> str:
    """Return what most IRIs have before the first step that names a type."""
    heads = Counter(iri[: iri.index("/id/") + 4] for iri in iris if "/id/" in iri)
    return min(heads, key=lambda head: (-heads[head], head)) if heads else ""


def make_curie(iri: str) -> str:
    """Return the IRI with its prefix where it has one.

    >>> make_curie("http://purl.org/dc/terms/title"), make_curie("https://example.org/x")
    ('dcterms:title', 'https://example.org/x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


class _Reader:
    """The store, asked about one node at a time."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph

        settings = read_settings("kinds")["properties"]
        self._ox, self._store, self._graph = pyoxigraph, store, pyoxigraph.DefaultGraph()
        self._names: dict[str, NameKind] = settings["names"]
        self._shown = [expand(curie) for curie in settings["shown"]]
        self._hidden = frozenset(settings["hidden"])
        self._known: dict[str, Value] = {}

    def instances(self, class_iri: str) -> Iterator[str]:
        """Yield the IRIs of the nodes of a class."""
        node = self._ox.NamedNode
        found = self._store.quads_for_pattern(
            None, node(expand("rdf:type")), node(class_iri), self._graph
        )
        for quad in found:
            if isinstance(quad.subject, node):
                yield quad.subject.value

    def entity(self, iri: str, space: str) -> Entity:
        """Return all that the graph says of an entity."""
        said = self._read(iri)
        identifier = iri.removeprefix(space)
        classes = {str(value) for value in said.pop("rdf:type", [])}
        values = {
            curie: tuple(sorted({self._value(v, space) for v in found}, key=_order))
            for curie, found in sorted(said.items())
            if curie not in self._hidden
        }
        kinds = tuple(k.id for k in list_kinds() if _belongs(k, classes, identifier))
        return Entity(identifier, iri, kinds, tuple(self._list_names(values)), values)

    def _list_names(self, values: Mapping[str, tuple[Value, ...]]) -> Iterator[Name]:
        for curie, kind in sorted(self._names.items(), key=lambda item: _RANKS[item[1]]):
            yield from (Name(v.text, v.language, kind) for v in values.get(curie, ()))

    def _read(self, iri: str) -> dict[str, list[object]]:
        said: dict[str, list[object]] = {}
        node = self._ox.NamedNode(iri)
        for quad in self._store.quads_for_pattern(node, None, None, self._graph):
            said.setdefault(make_curie(quad.predicate.value), []).append(quad.object)
        return said

    def _value(self, term: object, space: str) -> Value:
        if isinstance(term, self._ox.Literal):
            kind = "" if term.language else make_curie(term.datatype.value)
            return Value(term.value, datatype=kind, language=term.language or "")
        iri = term.value if isinstance(term, self._ox.NamedNode) else str(term)
        if iri not in self._known:
            shown = self._label(iri) or make_curie(iri.removeprefix(space))
            self._known[iri] = Value(shown, id=make_curie(iri.removeprefix(space)), iri=iri)
        return self._known[iri]

    def _label(self, iri: str) -> str:
        node = self._ox.NamedNode
        for predicate in self._shown:
            found = self._store.quads_for_pattern(node(iri), node(predicate), None, self._graph)
            labels = [q.object for q in found if isinstance(q.object, self._ox.Literal)]
            if labels:
                first = min(labels, key=lambda one: (one.language != "en", one.value))
                return str(first.value)
        return ""

    def property_name(self, curie: str) -> str:
        """Return the label of a property, else its last step in words."""
        local = curie.rpartition(":")[2].rpartition("/")[2]
        named: Mapping[str, str] = read_settings("kinds")["property_names"]
        return named.get(curie) or self._label(expand(curie)) or _HUMP.sub(" ", local).lower()

    def title(self) -> str:
        """Return the title of the dataset."""
        datasets = sorted(self.instances(expand("dcat:Dataset")))
        return next((label for iri in datasets if (label := self._label(iri))), "Cablegraph")


def _belongs(kind: Kind, classes: set[str], identifier: str) -> bool:
    fits = f"<{expand(kind.class_curie)}>" in classes
    return fits and (not kind.folder or identifier.startswith(f"{kind.folder}/"))


def _order(value: Value) -> tuple[str, str, str]:
    # English first, since a client shows the first value where it shows one.
    return ("" if value.language == "en" else value.language or "~", value.text, value.id)
