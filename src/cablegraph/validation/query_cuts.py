"""Rule nodes out by sets before solutions are looked for: by what every solution needs.

A property that the document does not use, a value that nothing has, something that must be absent
and is there: nearly all nodes are ruled out so, all of them in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from cablegraph.validation.query import THIS, Call, Exists, Expression, Filter, Pattern, Step, Union
from cablegraph.validation.query_order import bound_by
from cablegraph.validation.view import Composed, Nodes, Path, View, turn

#: Returns the nodes that may still have a solution.
Cut: TypeAlias = Callable[[View, Nodes], Nodes]
_NONE: Nodes = frozenset()


def read_cuts(steps: Sequence[Step], known: AbstractSet[str]) -> list[Cut]:
    """Return what every solution of a group needs; *known* are the variables from around it."""
    needed = tuple(dict.fromkeys(one for step in steps for one in _needed(step)))
    known = set(known).union(*[bound_by(step) for step in steps])
    cuts: list[Cut] = [_uses(needed)] if needed else []
    for step in steps:
        if isinstance(step, Pattern) and step.path is not None:
            cuts += _of_pattern(step, step.path)
        elif isinstance(step, Filter):
            cuts += _of_test(step.test, known)
        elif isinstance(step, Union):
            cuts.append(_one_of([read_cuts(group.steps, known) for group in step.groups]))
    return cuts


def cut(cuts: Sequence[Cut], view: View, nodes: Nodes) -> Nodes:
    """Return the nodes that all cuts leave."""
    for one in cuts:
        if not nodes:
            break
        nodes = one(view, nodes)
    return nodes


def _needed(step: Step) -> Iterator[str]:
    """Yield the properties without which a pattern has no solution."""
    paths = [step.path] if isinstance(step, Pattern) and step.path is not None else []
    while paths:
        path = paths.pop()
        if isinstance(path, Composed):
            paths += path.steps
        else:
            yield path


def _uses(needed: Sequence[str]) -> Cut:
    return lambda view, nodes: nodes if all(map(view.column, needed)) else _NONE


def _of_pattern(pattern: Pattern, path: Path) -> Iterator[Cut]:
    first, last, back = pattern.subject, pattern.object, turn(path)
    if first == THIS and last[0] != "?":
        yield lambda view, nodes: nodes.intersection(view.values(back).get(last, ()))
    elif first == THIS:
        yield lambda view, nodes: nodes.intersection(view.values(path))
    elif last == THIS:
        yield lambda view, nodes: nodes.intersection(view.values(back))
    elif last[0] != "?":
        yield lambda view, nodes: nodes if last in view.values(back) else _NONE


def _of_test(test: Expression, known: AbstractSet[str]) -> Iterator[Cut]:
    if isinstance(test, Exists):
        yield from read_cuts(test.group.steps, known)
    elif isinstance(test, Call) and test.name == "!" and isinstance(test.given[0], Exists):
        steps = test.given[0].group.steps
        one = steps[0] if len(steps) == 1 else None
        if isinstance(one, Pattern) and one.path is not None and _is_free(one, known):
            yield _has_no(one.path)


def _is_free(one: Pattern, known: AbstractSet[str]) -> bool:
    """Whether a pattern asks for any value at all of the node."""
    return one.subject == THIS and one.object[0] == "?" and one.object not in known


def _has_no(path: Path) -> Cut:
    return lambda view, nodes: nodes.difference(view.values(path))


def _one_of(groups: Sequence[Sequence[Cut]]) -> Cut:
    return lambda view, nodes: _NONE.union(*[cut(cuts, view, nodes) for cuts in groups])
