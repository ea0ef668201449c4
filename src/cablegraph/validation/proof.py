"""Rule shapes out that a document surely meets, so that the engine gets those that are left.

Nearly every document meets nearly every shape, and to tell so takes a part of the time that an
engine takes to read the document. What is left to the engine it decides alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.conditions import Shape
from cablegraph.validation.query import UnreadableError, parse_query
from cablegraph.validation.query_proof import Question
from cablegraph.validation.rows import to_plain
from cablegraph.validation.shape_reading import Graph, read_graph, read_shape
from cablegraph.validation.view import Nodes, Target, View

if TYPE_CHECKING:
    from pyoxigraph import Triple

_TARGETS: Sequence[tuple[str, Literal["class", "subjects", "objects"]]] = (
    ("targetClass", "class"),
    ("targetSubjectsOf", "subjects"),
    ("targetObjectsOf", "objects"),
)
#: Targets that are not looked for here.
_OTHER_TARGETS = frozenset({"target", "targetNode", "targetWhere"})
_CLASS, _TYPE = f"<{PREFIXES['rdfs']}Class>", f"{PREFIXES['rdf']}type"


@dataclass(frozen=True, slots=True)
class _Targeted:
    """A shape with targets; *questions* are its SPARQL constraints, None for one not known."""

    name: str
    targets: tuple[Target, ...]
    conditions: Shape
    questions: Sequence[Question | None]

    def is_open(self, view: View, nodes: Nodes) -> bool:
        """Whether one of the nodes that are its targets may fail."""
        if self.conditions.fails(view, nodes).perhaps:
            return True
        return any(one is None or one.may_hold(view, nodes) for one in self.questions)

    @property
    def is_wide(self) -> bool:
        """Whether it sees properties that it does not name."""
        return any(one is None or one.is_wide for one in self.questions)


class Proof:
    """The shapes of a graph, ready to be ruled out."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self._graph = read_graph(triples)
        self._always: set[str] = set()
        self._shapes = list(self._read())
        self._by_targets: dict[tuple[Target, ...], list[_Targeted]] = {}
        for one in self._shapes:
            self._by_targets.setdefault(one.targets, []).append(one)
        self._classes, self._properties = (
            _index([one for targets in self._by_targets for one in targets if is_class(one)])
            for is_class in (_is_class, lambda one: not _is_class(one))
        )

    def find_open(self, view: View) -> frozenset[str]:
        """Return the shapes, as terms, that a node of the document may fail."""
        there = self._find_targets(view)
        found = set(self._always)
        for targets, shapes in self._by_targets.items():
            nodes = [there[one] for one in targets if one in there]
            if nodes:
                all_nodes = nodes[0] if len(nodes) == 1 else set().union(*nodes)
                found.update([one.name for one in shapes if one.is_open(view, all_nodes)])
        return frozenset(found)

    def _find_targets(self, view: View) -> dict[Target, Nodes]:
        """Return the targets that the document has."""
        terms = view.find_classes(self._classes.keys())
        asked = [target for term in terms for target in self._classes[term]]
        terms = self._properties.keys() & view.properties
        asked += [target for term in terms for target in self._properties[term]]
        return {target: nodes for target in asked if (nodes := view.target(target))}

    def reach(self, shapes: Nodes) -> set[str]:
        """Return the nodes of the graph that some shapes are made of, themselves included."""
        found: set[str] = set()
        queue = list(shapes)
        while queue:
            node = queue.pop()
            if node in self._graph and node not in found:
                found.add(node)
                queue += [term for terms in self._graph[node].values() for term in terms]
        return found

    def is_wide(self, shapes: Nodes) -> bool:
        """Whether some of the shapes see properties that they do not name."""
        return any(one.name in shapes and one.is_wide for one in self._shapes) or any(
            node in self._always or "closed" in self._graph[node] for node in self.reach(shapes)
        )

    def _read(self) -> Iterator[_Targeted]:
        for name, stated in self._graph.items():
            if not _OTHER_TARGETS.isdisjoint(stated) or _CLASS in stated.get(_TYPE, ()):
                self._always.add(name)
            elif not stated.keys().isdisjoint(dict(_TARGETS)):
                yield _Targeted(
                    name,
                    tuple(Target(kind, term) for one, kind in _TARGETS
                          for term in stated.get(one, ())),
                    read_shape(self._graph, name),
                    [_read_question(self._graph, node) for node in stated.get("sparql", ())],
                )  # fmt: skip


def _is_class(target: Target) -> bool:
    return target.kind == "class"


def _index(targets: Iterable[Target]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for target in dict.fromkeys(targets):
        found.setdefault(target.term, []).append(target)
    return found


def _read_question(graph: Graph, node: str) -> Question | None:
    """Return what a SPARQL constraint asks, None if it is not known."""
    stated = graph.get(node, {})
    if len(stated.get("select", ())) != 1 or "deactivated" in stated:
        return None
    prefixes = {
        to_plain(graph[one]["prefix"][0]): to_plain(graph[one]["namespace"][0])
        for holder in stated.get("prefixes", ())
        for one in graph.get(holder, {}).get("declare", ())
    }
    try:
        return Question(parse_query(to_plain(stated["select"][0]), prefixes))
    except UnreadableError:
        return None
