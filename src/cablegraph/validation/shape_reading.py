"""Read the conditions of a shape from the graph of shapes; what is not known is said to be so."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.validation import conditions as c
from cablegraph.validation.rows import to_plain
from cablegraph.validation.shape_graph import SH
from cablegraph.validation.view import Composed, Path

if TYPE_CHECKING:
    from pyoxigraph import Triple

#: What is stated of each node of the graph of shapes: property, without sh:, and terms.
Graph: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]

_RDF = PREFIXES["rdf"]
_NIL = f"<{_RDF}nil>"
#: What only describes a shape, or says where it applies.
_SILENT = frozenset(
    {"message", "name", "description", "order", "group", "severity", "path", "sparql",
     "targetClass", "targetSubjectsOf", "targetObjectsOf", "qualifiedMinCount",
     "qualifiedMaxCount"}
)  # fmt: skip
_ORDER: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "minInclusive": operator.ge, "maxInclusive": operator.le,
    "minExclusive": operator.gt, "maxExclusive": operator.lt,
}  # fmt: skip
#: How deep a shape is read; what lies deeper, such as one that leads back to itself, is not known.
_DEPTH = 12


def read_graph(triples: Iterable[Triple]) -> Graph:
    """Return the graph of shapes by subject and property."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        properties = found.setdefault(str(triple.subject), {})
        name = triple.predicate.value
        properties.setdefault(name.removeprefix(SH), []).append(str(triple.object))
    return found


def read_shape(graph: Graph, node: str, depth: int = _DEPTH) -> c.Shape:
    """Return the conditions of a shape, those of a SPARQL constraint left out."""
    if depth == 0:
        return c.Shape(None, (c.unknown,), ())
    each: list[c.Each] = []
    whole: list[c.Whole] = []
    stated = graph.get(node, {})
    for name in stated:
        if name in _SILENT or "://" in name:
            continue
        if name in _WHOLE:
            whole += _WHOLE[name](graph, stated, depth)
        else:
            each += _EACH[name](graph, stated, depth) if name in _EACH else [c.unknown]
    path = read_path(graph, stated["path"][0]) if "path" in stated else None
    if "path" in stated and path is None:
        return c.Shape(None, (c.unknown,), ())
    return c.Shape(path, tuple(each), tuple(whole))


def read_path(graph: Graph, node: str) -> Path | None:
    """Return a path; None if it is of a kind that is not known."""
    if node[0] == "<":
        return node
    stated = graph.get(node, {})
    if _RDF + "first" in stated:
        return _compose("/", [read_path(graph, step) for step in read_list(graph, node)])
    for name, kind in (("inversePath", "^"), ("oneOrMorePath", "+")):
        if list(stated) == [name]:
            return _compose(kind, [read_path(graph, stated[name][0])])
    return None


def _compose(kind: str, steps: Sequence[Path | None]) -> Path | None:
    known = [step for step in steps if step is not None]
    if len(known) < len(steps):
        return None
    return Composed("^" if kind == "^" else "/" if kind == "/" else "+", tuple(known))


def read_list(graph: Graph, node: str) -> Iterator[str]:
    """Yield the members of a list."""
    while node != _NIL:
        yield graph[node][_RDF + "first"][0]
        node = graph[node][_RDF + "rest"][0]


_Stated: TypeAlias = Mapping[str, Sequence[str]]


def _shapes(graph: Graph, stated: _Stated, depth: int, name: str) -> Iterator[c.Shape]:
    for node in stated[name]:
        yield read_shape(graph, node, depth - 1)


def _all_of(name: str) -> Callable[[Graph, _Stated, int], list[c.Each]]:
    return lambda graph, stated, depth: [
        c.meets(shape) for shape in _shapes(graph, stated, depth, name)
    ]


def _one_of(graph: Graph, stated: _Stated, depth: int) -> list[c.Each]:
    return [
        c.meets_one(read_shape(graph, part, depth - 1) for part in read_list(graph, node))
        for node in stated["or"]
    ]


def _none_of(graph: Graph, stated: _Stated, depth: int) -> list[c.Each]:
    return [c.fails_not(shape) for shape in _shapes(graph, stated, depth, "not")]


def _listed(graph: Graph, stated: _Stated, _: int) -> list[c.Each]:
    return [c.is_one_of(frozenset(read_list(graph, node))) for node in stated["in"]]


def _pattern(_: Graph, stated: _Stated, __: int) -> list[c.Each]:
    if "flags" in stated:
        return [c.unknown]
    return [c.has_pattern(to_plain(term)) for term in stated["pattern"]]


def _kind(_: Graph, stated: _Stated, __: int) -> list[c.Each]:
    return [c.is_iri if term == f"<{SH}IRI>" else c.unknown for term in stated["nodeKind"]]


def _ordered(name: str) -> Callable[[Graph, _Stated, int], list[c.Each]]:
    def read(_: Graph, stated: _Stated, __: int) -> list[c.Each]:
        found: list[c.Each] = []
        for term in stated[name]:
            bound = c.NUMBER.fullmatch(term)
            test = partial(_is_beside, Decimal(bound[1]), _ORDER[name]) if bound else None
            found.append(c.is_in_order(test) if test else c.unknown)
        return found

    return read


def _is_beside(bound: Decimal, compare: Callable[[Decimal, Decimal], bool], one: Decimal) -> bool:
    return compare(one, bound)


def _qualified(graph: Graph, stated: _Stated, depth: int) -> list[c.Whole]:
    if len(stated["qualifiedValueShape"]) > 1:
        return [c.unknown_of_all]
    (shape,) = _shapes(graph, stated, depth, "qualifiedValueShape")
    least, most = (
        int(to_plain(stated[name][0])) if name in stated else None
        for name in ("qualifiedMinCount", "qualifiedMaxCount")
    )
    return [c.has_so_many(shape, least, most)]


def _counts(name: str, make: Callable[[int], c.Whole]) -> _ReadWhole:
    return lambda _, stated, __: [make(int(to_plain(term))) for term in stated[name]]


def _unique(_: Graph, stated: _Stated, __: int) -> list[c.Whole]:
    return [c.differs_by_language]


_ReadEach: TypeAlias = Callable[[Graph, _Stated, int], list[c.Each]]
_ReadWhole: TypeAlias = Callable[[Graph, _Stated, int], list[c.Whole]]
_EACH: dict[str, _ReadEach] = {
    "property": _all_of("property"), "node": _all_of("node"), "or": _one_of, "not": _none_of,
    "in": _listed, "pattern": _pattern, "nodeKind": _kind,
    "class": lambda _, stated, __: [c.is_of(term) for term in stated["class"]],
    "datatype": lambda _, stated, __: [c.has_datatype(term) for term in stated["datatype"]],
} | {name: _ordered(name) for name in _ORDER}  # fmt: skip
_WHOLE: dict[str, _ReadWhole] = {
    "minCount": _counts("minCount", c.has_at_least),
    "maxCount": _counts("maxCount", c.has_at_most),
    "hasValue": lambda _, stated, __: [c.has_value(term) for term in stated["hasValue"]],
    "disjoint": lambda _, stated, __: [c.shares_nothing_with(t) for t in stated["disjoint"]],
    "lessThanOrEquals": lambda _, stated, __: [c.is_at_most(t) for t in stated["lessThanOrEquals"]],
    "uniqueLang": _unique,
    "qualifiedValueShape": _qualified,
}
