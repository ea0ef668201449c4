"""Conditions of SHACL Core over sets of nodes: which of them fail for sure, and which may fail.

All nodes of a shape are looked at together, by sets, and an engine is asked only about shapes that
a node may fail. So a condition that is not known here costs time and never a result: any node may
fail it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.patterns import prepare
from cablegraph.validation.rows import to_plain
from cablegraph.validation.view import Few, Nodes, Path, Values, View

_XSD = PREFIXES["xsd"]
#: A number in the form that every engine reads.
NUMBER = re.compile(rf'"(-?[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?)"\^\^<{_XSD}(?:integer|decimal)>')
#: Words that every engine takes for a value of the datatype.
_WELL_FORMED = {
    f"<{_XSD}integer>": re.compile(r'"-?[0-9]{1,15}"'),
    f"<{_XSD}decimal>": re.compile(r'"-?[0-9]{1,15}\.[0-9]{1,15}"'),
    f"<{_XSD}date>": re.compile(r'"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"'),
    f"<{_XSD}duration>": re.compile(r'"P[1-9][0-9]{0,3}[YMD]"'),
}
_NONE: Nodes = frozenset()


class Failing(NamedTuple):
    """The nodes that fail something for sure, and those that may."""

    surely: Nodes
    perhaps: Nodes


_PASSED = Failing(_NONE, _NONE)


#: Tells of terms which fail.
Each: TypeAlias = Callable[[View, Nodes], Failing]
#: Tells of nodes which fail, given all values that each has.
Whole: TypeAlias = Callable[[View, Nodes, Values], Failing]


def _exactly(nodes: Nodes) -> Failing:
    return Failing(nodes, nodes) if nodes else _PASSED


@dataclass(frozen=True, slots=True)
class Shape:
    """The conditions of a node, or with a path those of what it leads to."""

    path: Path | None
    each: tuple[Each, ...]
    whole: tuple[Whole, ...]

    def fails(self, view: View, nodes: Nodes) -> Failing:
        """Tell which of some nodes fail."""
        failing = _PASSED
        if self.path is None:
            for each in self.each:
                failing = _join(failing, each(view, nodes))
            if self.whole:
                values = Values({node: (node,) for node in nodes})
        else:
            values = view.values(self.path)
            if self.each and values:
                failing = self._look_at_each(view, nodes, values)
        for whole in self.whole:
            failing = _join(failing, whole(view, nodes, values))
        return failing

    def _look_at_each(self, view: View, nodes: Nodes, values: Values) -> Failing:
        terms = _NONE.union(*[values[node] for node in nodes if node in values])
        failing = _PASSED
        if terms:
            for each in self.each:
                bad = each(view, terms)
                if bad.perhaps:
                    found = Failing(*(_leading_to(one, nodes, values) for one in bad))
                    failing = _join(failing, found)
        return failing


def _join(one: Failing, other: Failing) -> Failing:
    if other is _PASSED:
        return one
    if one is _PASSED:
        return other
    return Failing(one.surely | other.surely, one.perhaps | other.perhaps)


def _leading_to(bad: Nodes, nodes: Nodes, values: Values) -> Nodes:
    if not bad:
        return _NONE
    return {node for node in nodes if node in values and not bad.isdisjoint(values[node])}


def unknown(_: View, terms: Nodes) -> Failing:
    """Any may fail what is not known here."""
    return Failing(_NONE, terms)


def unknown_of_all(_: View, nodes: Nodes, __: Values) -> Failing:
    """Any may fail what is not known here."""
    return Failing(_NONE, nodes)


def is_of(class_term: str) -> Each:
    """sh:class."""
    return lambda view, terms: _exactly(terms - view.members(class_term))


def is_one_of(allowed: frozenset[str]) -> Each:
    """sh:in."""
    return lambda _, terms: _exactly(terms - allowed)


def is_iri(_: View, terms: Nodes) -> Failing:
    """sh:nodeKind sh:IRI."""
    return _exactly({term for term in terms if term[0] != "<" or term[:2] == "<<"})


def has_datatype(datatype: str) -> Each:
    """sh:datatype; of one with rules for its words, those pass that all engines take for good."""
    end = f"^^{datatype}"
    form = _WELL_FORMED.get(datatype)
    ruled = datatype.startswith(f"<{_XSD}")

    def test(_: View, terms: Nodes) -> Failing:
        bad = {
            term for term in terms
            if not term.endswith(end)
            or (ruled and not (form and form.fullmatch(term.removesuffix(end))))
        }  # fmt: skip
        return Failing(_NONE, bad)

    return test


def has_pattern(pattern: str) -> Each:
    """sh:pattern."""
    occurs = prepare(pattern)

    def test(_: View, terms: Nodes) -> Failing:
        failing = {term: found for term in terms if not (found := occurs(to_plain(term)))}
        if not failing:
            return _PASSED
        return Failing(
            {t for t, found in failing.items() if found is False}, failing.keys() | _NONE
        )

    return test


def is_in_order(is_right: Callable[[Decimal], bool]) -> Each:
    """sh:minInclusive and its like."""

    def test(_: View, terms: Nodes) -> Failing:
        return Failing(_NONE, {term for term in terms if not _compare(term, is_right)})

    return test


def _compare(term: str, is_right: Callable[[Decimal], bool]) -> bool:
    found = NUMBER.fullmatch(term)
    return found is not None and is_right(Decimal(found[1]))


def fails_not(shape: Shape) -> Each:
    """sh:not."""

    def test(view: View, terms: Nodes) -> Failing:
        inner = shape.fails(view, terms)
        return Failing(terms - inner.perhaps, terms - inner.surely)

    return test


def meets(shape: Shape) -> Each:
    """sh:node, sh:property, and each part of sh:and."""
    return shape.fails


def meets_one(shapes: Iterable[Shape]) -> Each:
    """sh:or."""
    all_shapes = tuple(shapes)

    def test(view: View, terms: Nodes) -> Failing:
        surely, perhaps = terms, terms
        for shape in all_shapes:
            if not perhaps:
                break
            found = shape.fails(view, perhaps)
            surely, perhaps = surely & found.surely, perhaps & found.perhaps
        return Failing(surely, perhaps)

    return test


def has_at_least(count: int) -> Whole:
    """sh:minCount."""
    if count == 1:
        return lambda _, nodes, values: _exactly(nodes.difference(values))
    return lambda _, nodes, values: _exactly(
        {node for node in nodes if len(values.get(node, ())) < count}
    )


def has_at_most(count: int) -> Whole:
    """sh:maxCount."""

    def test(_: View, nodes: Nodes, values: Values) -> Failing:
        if values.most <= count:
            return _PASSED
        return _exactly({node for node in nodes if len(values.get(node, ())) > count})

    return test


def has_value(term: str) -> Whole:
    """sh:hasValue."""
    return lambda _, nodes, values: _exactly(
        {node for node in nodes if term not in values.get(node, ())}
    )


def shares_nothing_with(path: Path) -> Whole:
    """sh:disjoint."""

    def test(view: View, nodes: Nodes, values: Values) -> Failing:
        others = view.values(path)
        return _exactly({
            node for node in nodes & others.keys()
            if node in values and not set(others[node]).isdisjoint(values[node])
        })  # fmt: skip

    return test


def is_at_most(path: Path) -> Whole:
    """sh:lessThanOrEquals."""

    def test(view: View, nodes: Nodes, values: Values) -> Failing:
        others = view.values(path)
        both = nodes & others.keys() & values.keys()
        return Failing(_NONE, {n for n in both if not _are_in_order(values[n], others[n])})

    return test


def _are_in_order(values: Few, others: Few) -> bool:
    found = [NUMBER.fullmatch(term) for term in (*values, *others)]
    if None in found:
        return False
    numbers = [Decimal(one[1]) for one in found if one]
    return max(numbers[: len(values)]) <= min(numbers[len(values) :])


def differs_by_language(_: View, nodes: Nodes, values: Values) -> Failing:
    """sh:uniqueLang."""
    if values.most <= 1:
        return _PASSED
    return Failing(_NONE, {n for n in nodes if n in values and _repeats_a_language(values[n])})


def _repeats_a_language(values: Few) -> bool:
    tags = [term[term.rindex('"') + 1 :] for term in values if term[0] == '"']
    tags = [tag for tag in tags if tag[:1] == "@"]
    return len(tags) != len(set(tags))


def has_so_many(shape: Shape, least: int | None, most: int | None) -> Whole:
    """sh:qualifiedValueShape, with one count or both."""

    def test(view: View, nodes: Nodes, values: Values) -> Failing:
        terms = _NONE.union(*[values[node] for node in nodes if node in values])
        inner = shape.fails(view, terms)
        perhaps = set()
        for node in nodes:
            found = _NONE.union(values.get(node, ()))
            few = least is not None and len(found - inner.perhaps) < least
            many = most is not None and len(found - inner.surely) > most
            if few or many:
                perhaps.add(node)
        return Failing(_NONE, perhaps)

    return test
