"""What shapes see of one document and of what it leads to, looked up by paths of properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.rows import Row

TYPE = f"<{PREFIXES['rdf']}type>"
SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
Nodes: TypeAlias = "set[str] | frozenset[str]"
#: What a node has: a set, or a tuple of one.
Few: TypeAlias = "set[str] | tuple[str]"
_NO_COLUMNS: Mapping[str, Sequence[Row]] = {}


@dataclass(frozen=True, slots=True)
class Composed:
    """A path that is made of others: the way back, a sequence, or one or more times the same."""

    kind: Literal["^", "/", "+"]
    steps: tuple[Path, ...]
    _hash: int = field(init=False, repr=False, compare=False)  # paths are looked up all the time

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.kind, self.steps)))

    def __hash__(self) -> int:
        return self._hash


class Target(NamedTuple):
    """Which nodes a shape looks at: those of a class, or at an end of a property."""

    kind: Literal["class", "subjects", "objects"]
    term: str


#: A property, as a term, or what is made of such.
Path: TypeAlias = "str | Composed"


class Values(dict[str, Few]):
    """The values that each node has at the end of a path.

    Shape: none is without.
    """

    @cached_property
    def most(self) -> int:
        """How many values any node has."""
        return max(map(len, self.values()), default=0)


class View:
    """Statements by property, and what follows from them as soon as it is asked for.

    Shape: *classes* are those that a shape names, of the types of a node only they are seen;
        *own* are the nodes of the document itself. *columns* are further statements, by property.

    >>> rows = [("<a:a>", "<a:p>", "<a:b>"), ("<a:b>", "<a:q>", '"1"')]
    >>> View(rows, frozenset()).values(Composed("/", ("<a:p>", "<a:q>")))
    {'<a:a>': ('"1"',)}
    """

    def __init__(
        self,
        rows: Iterable[Row],
        classes: AbstractSet[str],
        own: Collection[str] = (),
        columns: Mapping[str, Sequence[Row]] = _NO_COLUMNS,
    ) -> None:
        found = defaultdict(list, {name: list(column) for name, column in columns.items()})
        for row in rows:
            found[row[1]].append(row)
        self._columns = found
        below = {row[0] for row in found.get(SUBCLASS, ())}
        if types := found.get(TYPE):
            found[TYPE] = [row for row in types if row[2] in classes or row[2] in below]
        self._values: dict[Path, Values] = {}
        self._members: dict[str, Nodes] = {}
        self._own = own if isinstance(own, set) else frozenset(own)

    def column(self, property_term: str) -> list[Row]:
        """Return the statements by a property."""
        return self._columns.get(property_term, [])

    def values(self, path: Path) -> Values:
        """Return what each node has at the end of a path."""
        found = self._values.get(path)
        if found is None:
            if isinstance(path, str):
                found = _gather(self._columns.get(path, ()))
            else:
                found = self._follow(path)
            self._values[path] = found
        return found

    def sources(self, path: Path) -> Values:
        """Return the nodes from which a path leads to each value."""
        return self.values(turn(path))

    def members(self, class_term: str) -> Nodes:
        """Return the nodes of a class, or of one below it."""
        found = self._members.get(class_term)
        if found is None:
            by_class = self.values(_CLASSES)
            found = set(by_class.get(class_term, ()))
            if SUBCLASS in self._columns:
                below = self.sources(Composed("+", (SUBCLASS,))).get(class_term, ())
                found = found.union(*(by_class.get(one, ()) for one in below))
            self._members[class_term] = found
        return found

    @property
    def properties(self) -> KeysView[str]:
        """The properties of statements."""
        return self._columns.keys()

    def find_classes(self, classes: KeysView[str]) -> AbstractSet[str]:
        """Return those of some classes that may have members."""
        if SUBCLASS in self._columns:
            return classes
        return classes & self.values(_CLASSES).keys()

    def target(self, target: Target) -> Nodes:
        """Return the nodes of the document itself that a shape looks at.

        Shape: a literal is one if something points to it.
        """
        own = self._own
        if target.kind == "class":
            return own & self.members(target.term)
        if target.kind == "subjects":
            return own.intersection(self.values(target.term))
        ends = self.sources(target.term)
        return {node for node in ends if node[0] == '"' or node in own}

    def _follow(self, path: Composed) -> Values:
        step = path.steps[0]
        if path.kind == "^" and isinstance(step, str):
            return _turn_round(self._columns.get(step, ()))
        first = self.values(step)
        if path.kind == "^":
            return _group((value, node) for node, found in first.items() for value in found)
        if path.kind == "+":
            return Values({node: _reach(node, first) for node in first})
        for step in path.steps[1:]:
            then = self.values(step)
            ends = ((node, _follow_one(middle, then)) for node, middle in first.items())
            first = Values({node: found for node, found in ends if found})
        return first


@lru_cache(maxsize=256)
def turn(path: Path) -> Path:
    """Return the way back.

    >>> turn(Composed("/", ("<a:p>", "<a:q>"))).steps[0]
    Composed(kind='^', steps=('<a:q>',))
    """
    if isinstance(path, str):
        return Composed("^", (path,))
    if path.kind == "^":
        return path.steps[0]
    return Composed(path.kind, tuple(turn(step) for step in reversed(path.steps)))


#: From a class to its members.
_CLASSES = turn(TYPE)


def _gather(rows: Collection[Row]) -> Values:
    """Return the values by a property; most have one value a node."""
    found = Values({subject: (value,) for subject, _, value in rows})
    if len(found) == len(rows):
        found.most = 1
        return found
    for subject, _, value in rows:  # of each node, the last value stands there by now
        kept = found[subject]
        if isinstance(kept, set):
            kept.add(value)
        elif kept[0] != value:
            found[subject] = {kept[0], value}
    return found


def _follow_one(middle: Few, then: Values) -> Few | None:
    """Return what some nodes have at the end of the next step; most are one."""
    if len(middle) == 1:
        (one,) = middle
        return then.get(one)
    return set().union(*[then[one] for one in middle if one in then])


def _turn_round(rows: Iterable[Row]) -> Values:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, _, value in rows:
        found[value].add(subject)
    return Values(found)


def _group(pairs: Iterable[tuple[str, str]]) -> Values:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node, value in pairs:
        found[node].add(value)
    return Values(found)


def _reach(node: str, values: Mapping[str, Few]) -> set[str]:
    found: set[str] = set()
    queue = list(values[node])
    while queue:
        one = queue.pop()
        if one not in found:
            found.add(one)
            queue.extend(values.get(one, ()))
    return found
