"""Whether a SPARQL constraint may have a solution at a node: every no is sure, a yes is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from cablegraph.validation.expressions import Bound, Given, evaluate
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
from cablegraph.validation.view import Nodes, Path, View

#: Solutions, whole or in part, that are looked at for one node before it is left to the engine.
_MOST = 2000
#: What variables stand for, and whether the conditions so far hold for sure.
_Solution: TypeAlias = "tuple[dict[str, str | Given], bool]"


class Question:
    """The pattern of a constraint, put in an order in which little has to be looked at."""

    def __init__(self, group: Group) -> None:
        patterns = check_variables(group)
        #: Whether it asks for properties that it does not name.
        self.is_wide = any(pattern.path is None for pattern in patterns)
        self._steps = put_in_order(group.steps, {THIS})
        self._cuts = read_cuts(group.steps, {THIS})

    def may_hold(self, view: View, nodes: Nodes) -> set[str]:
        """Return the nodes at which there may be a solution."""
        nodes = cut(self._cuts, view, nodes)
        return {node for node in nodes if _Search(view).may_find(self._steps, node)}


class _TooManyError(Exception):
    """There is more to look at than an engine would take for it."""


class _Search:
    """The search at one node."""

    def __init__(self, view: View) -> None:
        self._view, self._left = view, _MOST

    def may_find(self, steps: tuple[Step, ...], node: str) -> bool:
        try:
            return next(self._solve(steps, 0, {THIS: node}, True), None) is not None
        except _TooManyError:
            return True

    def _solve(
        self, steps: tuple[Step, ...], at: int, bound: dict[str, str | Given], sure: bool
    ) -> Iterator[_Solution]:
        if at == len(steps):
            yield bound, sure
            return
        self._left -= 1
        if self._left < 0:
            raise _TooManyError
        for found, certain in self._take(steps[at], bound):
            yield from self._solve(steps, at + 1, found, sure and certain)

    def _take(self, step: Step, bound: dict[str, str | Given]) -> Iterator[_Solution]:
        if isinstance(step, Pattern):
            yield from self._match(step, bound)
        elif isinstance(step, Filter):
            held = evaluate(step.test, bound, lambda one: self._ask(one, bound))
            if held is not False:
                yield bound, held is True
        elif isinstance(step, Bind):
            yield bound | {step.variable: Given(step.value, bound)}, True
        elif isinstance(step, Union):
            for group in step.groups:
                yield from self._solve(group.steps, 0, bound, True)
        else:
            yield from self._try(step.group, bound)

    def _try(self, group: Group, bound: dict[str, str | Given]) -> Iterator[_Solution]:
        held = False
        for found, sure in self._solve(group.steps, 0, bound, True):
            held = held or sure
            yield found, sure
        if not held:
            yield bound, False

    def _match(self, pattern: Pattern, bound: dict[str, str | Given]) -> Iterator[_Solution]:
        if pattern.path is None:
            yield bound, False
            return
        first, last = _stand(pattern.subject, bound), _stand(pattern.object, bound)
        if first is not None:
            found = self._view.values(pattern.path).get(first, ())
            if last is None:
                for value in found:
                    yield bound | {pattern.object: value}, True
            elif last in found:
                yield bound, True
        elif last is not None:
            for node in self._view.sources(pattern.path).get(last, ()):
                yield bound | {pattern.subject: node}, True
        else:
            yield from self._match_all(pattern, pattern.path, bound)

    def _match_all(
        self, pattern: Pattern, path: Path, bound: dict[str, str | Given]
    ) -> Iterator[_Solution]:
        for node, values in self._view.values(path).items():
            for value in values:
                if pattern.subject != pattern.object or node == value:
                    yield bound | {pattern.subject: node, pattern.object: value}, True

    def _ask(self, one: Exists, bound: Bound) -> bool | None:
        answer: bool | None = False
        for _, sure in self._solve(one.group.steps, 0, dict(bound), True):
            if sure:
                return True
            answer = None
        return answer


def _stand(term: str, bound: Mapping[str, str | Given]) -> str | None:
    """Return the term that a term of a pattern stands for; None for a variable still free."""
    if term[0] != "?":
        return term
    found = bound.get(term)
    return found if isinstance(found, str) else None
