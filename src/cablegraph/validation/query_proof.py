"""Whether a SPARQL constraint may have a solution at a node: every no is sure, a yes is not.

The steps of a pattern are made into functions once, each of which goes on with the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cablegraph.validation.expressions import Given, Test, Value, prepare
from cablegraph.validation.query import (
    THIS,
    Bind,
    Exists,
    Filter,
    Group,
    Pattern,
    Step,
    Union,
)
from cablegraph.validation.query_cuts import cut, read_cuts
from cablegraph.validation.query_order import check_variables, put_in_order
from cablegraph.validation.view import Nodes, View, turn

#: Solutions, whole or in part, that are looked at for one node before it is left to the engine.
_MOST = 2000
#: Whether there is no solution, one that may not hold, or one that holds for sure.
_NO, _PERHAPS, _SURELY = range(3)
_ANSWERS: Sequence[Value] = (False, None, True)
_Solution: TypeAlias = "dict[str, str | Given]"


@dataclass(slots=True)
class _Search:
    """The search at one node."""

    view: View
    left: int = _MOST
    kept: list[tuple[_Solution, bool]] = field(default_factory=list)


class _TooManyError(Exception):
    """There is more to look at than an engine would take for it."""


#: Goes on with what variables stand for, and whether the conditions so far hold for sure.
_Next: TypeAlias = Callable[[_Search, _Solution, bool], int]


class Question:
    """The pattern of a constraint, put in an order in which little has to be looked at."""

    def __init__(self, group: Group) -> None:
        patterns = check_variables(group)
        #: Whether it asks for properties that it does not name.
        self.is_wide = any(pattern.path is None for pattern in patterns)
        self._first = _prepare(put_in_order(group.steps, {THIS}), _end)
        self._cuts = read_cuts(group.steps, {THIS})

    def may_hold(self, view: View, nodes: Nodes) -> set[str]:
        """Return the nodes at which there may be a solution."""
        return {node for node in cut(self._cuts, view, nodes) if self._may_find(view, node)}

    def _may_find(self, view: View, node: str) -> bool:
        try:
            return self._first(_Search(view), {THIS: node}, True) != _NO
        except _TooManyError:
            return True


def _end(_: _Search, __: _Solution, sure: bool) -> int:
    return _SURELY if sure else _PERHAPS


def _keep(search: _Search, bound: _Solution, sure: bool) -> int:
    search.kept.append((bound, sure))
    return _NO


def _prepare(steps: Sequence[Step], then: _Next) -> _Next:
    """Return what takes the steps and then goes on; it looks no farther than is sure."""
    for step in reversed(steps):
        then = _count(_prepare_one(step, then))
    return then


def _count(take: _Next) -> _Next:
    def count(search: _Search, bound: _Solution, sure: bool) -> int:
        search.left -= 1
        if search.left < 0:
            raise _TooManyError
        return take(search, bound, sure)

    return count


def _prepare_one(step: Step, then: _Next) -> _Next:
    if isinstance(step, Pattern):
        return _match(step, then)
    if isinstance(step, Filter):
        return _hold(prepare(step.test, _ask), then)
    if isinstance(step, Bind):
        return _bind(step.variable, prepare(step.value, _ask), then)
    if isinstance(step, Union):
        return _one_of([_prepare(group.steps, then) for group in step.groups])
    return _try(_prepare(step.group.steps, _keep), then)


def _go_on(then: _Next, search: _Search, solutions: Iterable[tuple[_Solution, bool]]) -> int:
    """Go on with each of some solutions until one is sure; return the best of them."""
    best = _NO
    for bound, sure in solutions:
        best = max(best, then(search, bound, sure))
        if best == _SURELY:
            break
    return best


def _hold(test: Test, then: _Next) -> _Next:
    def take(search: _Search, bound: _Solution, sure: bool) -> int:
        held = test(bound, search)
        return _NO if held is False else then(search, bound, sure and held is True)

    return take


def _bind(variable: str, test: Test, then: _Next) -> _Next:
    def take(search: _Search, bound: _Solution, sure: bool) -> int:
        return then(search, {**bound, variable: Given(test, bound, search)}, sure)

    return take


def _one_of(groups: Sequence[_Next]) -> _Next:
    def take(search: _Search, bound: _Solution, sure: bool) -> int:
        best = _NO
        for first in groups:
            best = max(best, first(search, bound, sure))
            if best == _SURELY:
                break
        return best

    return take


def _try(first: _Next, then: _Next) -> _Next:
    def take(search: _Search, bound: _Solution, sure: bool) -> int:
        before, search.kept = search.kept, []
        first(search, bound, True)
        found, search.kept = search.kept, before
        solutions = [(one, sure and certain) for one, certain in found]
        if not any(certain for _, certain in found):
            solutions.append((bound, False))
        return _go_on(then, search, solutions)

    return take


def _ask(one: Exists) -> Test:
    first = _prepare(one.group.steps, _end)

    def test(bound: Mapping[str, str | Given], search: object) -> Value:
        assert isinstance(search, _Search)
        return _ANSWERS[first(search, dict(bound), True)]

    return test


def _match(pattern: Pattern, then: _Next) -> _Next:
    path, subject, value = pattern.path, pattern.subject, pattern.object
    if path is None:
        return lambda search, bound, _: then(search, bound, False)
    back = turn(path)

    def take(search: _Search, bound: _Solution, sure: bool) -> int:
        first, last = _stand(subject, bound), _stand(value, bound)
        if first is not None:
            ends = search.view.values(path).get(first, ())
            if last is not None:
                return then(search, bound, sure) if last in ends else _NO
            return _go_on(then, search, (({**bound, value: end}, sure) for end in ends))
        if last is not None:
            starts = search.view.values(back).get(last, ())
            return _go_on(then, search, (({**bound, subject: one}, sure) for one in starts))
        pairs = ((node, end) for node, ends in search.view.values(path).items() for end in ends
                 if subject != value or node == end)  # fmt: skip
        return _go_on(
            then, search, (({**bound, subject: one, value: end}, sure) for one, end in pairs)
        )

    return take


def _stand(term: str, bound: Mapping[str, str | Given]) -> str | None:
    """Return the term that a term of a pattern stands for; None for a variable still free."""
    if term[0] != "?":
        return term
    found = bound.get(term)
    return found if isinstance(found, str) else None
