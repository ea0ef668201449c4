"""The graph as one JSON-LD 1.1 document that reads as nested records, without the network.

The context stands in the file itself. What belongs to a message is nested in it, once; every
other mention is a reference. Nesting adds and loses no statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from cablegraph.resources import ontology_path
from cablegraph.serialise.context import Context, Term
from cablegraph.serialise.files import write_file
from cablegraph.serialise.nesting import Guests, Nodes, find_guests, find_owners, find_roots
from cablegraph.terms import (
    RDF_TYPE,
    XSD,
    Quad,
    natural_key,
    parse_lines,
    parse_literal,
)

Json: TypeAlias = Any  # what a JSON encoder takes

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # exact in the floating point of every reader
_INTEGERS = {XSD + kind for kind in ("integer", "nonNegativeInteger", "positiveInteger")}


def write_jsonld(lines: Iterable[str], path: Path) -> None:
    """Write the lines as one document with the project's context inside.

    Shape: one object a named graph under ``@graph``; keys and arrays sorted, id and type first.
    Raises:
        ValueError: if the context has no term for a property, or a node is blank.
    """
    write_file(path, to_jsonld(lines, read_context(ontology_path("context.jsonld"))))


def read_context(path: Path) -> Context:
    """Read a context document."""
    return Context(msgspec.json.decode(path.read_bytes())["@context"])


def to_jsonld(lines: Iterable[str], context: Context) -> Iterator[str]:
    """Yield the text of the document, in pieces of one graph each."""
    by_graph: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in parse_lines(lines):
        by_graph[quad.graph].append(quad)
    yield f'{{\n  "@context": {_format(dict(context.definitions), 2)},\n  "@graph": ['
    separator = "\n    "
    for name in sorted(by_graph, key=lambda term: (natural_key(term), term)):
        nodes = list(_nest(by_graph[name], context))
        graph = {context.id_key: context.compact(_bare(name)), "@graph": nodes} if name else None
        for item in [graph] if graph else nodes:
            yield separator + _format(item, 4)
            separator = ",\n    "
    yield "\n  ]\n}\n"


def _format(value: Json, indent: int) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8")
    return text.replace("\n", "\n" + " " * indent)


def _nest(quads: list[Quad], context: Context) -> Iterator[Json]:
    nodes: Nodes = defaultdict(list)
    for quad in quads:
        nodes[quad.subject].append((quad.predicate, quad.object))
    roots = find_roots(nodes)
    owners = find_owners(nodes, roots)
    guests = find_guests(nodes, owners, roots, context.reverse)
    writer = _Writer(nodes, owners, guests, context)
    housed = {guest for found in guests.values() for guest, _ in found}
    rest = sorted(nodes.keys() - owners.keys() - housed, key=lambda term: (natural_key(term), term))
    for subject in sorted(rest, key=lambda term: term not in roots[:1]):
        yield writer.node(subject)


class _Writer:
    """Writes the nodes of one graph, each where its owner first names it."""

    def __init__(
        self, nodes: Nodes, owners: dict[str, str], guests: Guests, context: Context
    ) -> None:
        self.nodes, self.owners, self.guests, self.context = nodes, owners, guests, context
        self.written: set[str] = set()

    def node(self, subject: str) -> Json:
        self.written.add(subject)
        values: dict[Term, list[str]] = defaultdict(list)
        types: list[str] = []
        for predicate, value in self.nodes[subject]:
            if predicate == RDF_TYPE:
                types.append(self.context.compact(_bare(value), vocabulary=True))
            else:
                values[self.context.find_term(_bare(predicate), value)].append(value)
        found: dict[str, Json] = {self.context.id_key: self.context.compact(_bare(subject))}
        if types:
            is_set = self.context.type_is_set
            found[self.context.type_key] = _unwrap(sorted(types), is_set=is_set)
        for term in sorted(values, key=lambda term: term.name):
            ordered = sorted(values[term], key=lambda value: (natural_key(value), value))
            found[term.name] = self._values(subject, term, ordered)
        for guest, key in self.guests.get(subject, ()):
            if guest not in self.written:
                housed = found.setdefault(key, [])
                assert isinstance(housed, list)
                housed.append(self.node(guest))
        return found

    def _values(self, subject: str, term: Term, values: list[str]) -> Json:
        if term.is_map:
            return _by_language(term, values)
        items = [self._value(subject, term, value) for value in values]
        return _unwrap(items, is_set=term.is_set)

    def _value(self, subject: str, term: Term, value: str) -> Json:
        if value.startswith('"'):
            return self._literal(term, value)
        if self.owners.get(value) == subject and value not in self.written:
            return self.node(value)
        if term.coercion in ("@id", "@vocab"):
            return self.context.compact(_bare(value), vocabulary=term.coercion == "@vocab")
        return {self.context.id_key: self.context.compact(_bare(value))}

    def _literal(self, term: Term, value: str) -> Json:
        text, language, datatype = parse_literal(value)
        if language:
            same = (term.language or "").lower() == language and not term.coercion
            return text if same else {"@language": language, "@value": text}
        if datatype is None:
            bare = term.coercion in (None, XSD + "string") and not term.language
            return text if bare else {"@value": text}
        native = _native(text, datatype)
        if term.coercion == datatype:
            return text if native is None else native
        if term.coercion is None and native is not None and datatype in _SELF_EVIDENT:
            return native
        kind = self.context.compact(datatype, vocabulary=True)
        return {"@type": kind, "@value": text}


#: Datatypes that a bare JSON number or truth value already means.
_SELF_EVIDENT = (XSD + "integer", XSD + "boolean")


def _native(text: str, datatype: str) -> int | bool | None:
    if datatype in _INTEGERS and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    return None


def _by_language(term: Term, values: list[str]) -> Json:
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        text, language, _ = parse_literal(value)
        found[language or "@none"].append(text)
    return {key: _unwrap(found[key], is_set=term.is_set) for key in sorted(found)}


def _unwrap(items: list[Json], *, is_set: bool) -> Json:
    return items[0] if len(items) == 1 and not is_set else items


def _bare(term: str) -> str:
    if not term.startswith("<"):
        raise ValueError(f"{term!r} is not an IRI; only a node with a name can be written")
    return term[1:-1]
