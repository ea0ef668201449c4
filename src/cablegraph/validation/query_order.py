"""Put the steps of a query in an order in which little has to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cablegraph.validation.query import (
    THIS,
    Bind,
    Call,
    Exists,
    Expression,
    Filter,
    Group,
    Maybe,
    Pattern,
    Step,
    Union,
    UnreadableError,
)


def check_variables(group: Group) -> list[Pattern]:
    """Return all patterns; refuse a variable that BIND gives a value and that stands in one too.

    Raises:
        UnreadableError: if there is one.
    """
    steps = list(_steps_of(group))
    given = {step.variable for step in steps if isinstance(step, Bind)}
    patterns = [step for step in steps if isinstance(step, Pattern)]
    if given & {end for one in patterns for end in (one.subject, one.object)}:
        raise UnreadableError("a variable of BIND in a pattern")
    return patterns


def _steps_of(group: Group) -> Iterator[Step]:
    """Yield the steps of a group and of all groups in it."""
    for step in group.steps:
        yield step
        if isinstance(step, Filter | Bind):
            inner = _groups_of(step.test if isinstance(step, Filter) else step.value)
        elif isinstance(step, Pattern):
            continue
        else:
            inner = step.groups if isinstance(step, Union) else (step.group,)
        for one in inner:
            yield from _steps_of(one)


def _groups_of(one: Expression) -> tuple[Group, ...]:
    if isinstance(one, Call):
        return tuple(group for each in one.given for group in _groups_of(each))
    return (one.group,) if isinstance(one, Exists) else ()


def put_in_order(steps: Sequence[Step], given: AbstractSet[str]) -> tuple[Step, ...]:
    """Return the steps of a group: patterns with most known first, filters as soon as they can be.

    Shape: patterns stay between the other steps that they stand between. A filter with EXISTS
        comes last, for what it looks for depends on all variables.
    """
    filters = [step for step in steps if isinstance(step, Filter)]
    tested = set().union(*[_mentioned(one.test) for one in filters if not _asks(one.test)])
    found: list[Step] = []
    known = set(given)
    waiting: list[Step] = [step for step in steps if not isinstance(step, Filter)]
    while waiting:
        step = _choose(waiting, known, tested)
        waiting.remove(step)
        found.append(_inner(step, known))
        known |= bound_by(step)
        ready = [one for one in filters if not _asks(one.test) and _mentioned(one.test) <= known]
        found += ready
        filters = [one for one in filters if one not in ready]
    return (*found, *[Filter(_order_within(one.test, known)) for one in filters])


def _choose(waiting: list[Step], known: AbstractSet[str], tested: AbstractSet[str]) -> Step:
    """Return the pattern with most known of those that stand first, or what stands before it."""
    first: list[Pattern] = []
    for step in waiting:
        if not isinstance(step, Pattern):
            break
        first.append(step)
    if not first:
        return waiting[0]

    def count(pattern: Pattern) -> tuple[int, bool]:
        ends = pattern.subject, pattern.object
        free = sum(end[0] == "?" and end not in known for end in ends)
        return free + 2 * (pattern.path is None), tested.isdisjoint(ends)

    return min(first, key=count)


def _inner(step: Step, known: AbstractSet[str]) -> Step:
    """Put what stands in a step in order.

    A group has to give the variables of its own conditions: those of the group around it are not
    seen there, the node itself alone is.
    """
    if isinstance(step, Union):
        return Union(tuple(_closed(group, known) for group in step.groups))
    if isinstance(step, Maybe):
        return Maybe(_closed(step.group, known))
    return replace(step, value=_order_within(step.value, known)) if isinstance(step, Bind) else step


def _closed(group: Group, known: AbstractSet[str]) -> Group:
    own = {THIS}.union(*[bound_by(step) for step in group.steps])
    for step in group.steps:
        if isinstance(step, Filter | Bind):
            outer = _mentioned(step.test if isinstance(step, Filter) else step.value)
            if outer & known - own:
                raise UnreadableError("a condition on a variable of the group around")
    return Group(put_in_order(group.steps, known))


def _order_within(one: Expression, known: AbstractSet[str]) -> Expression:
    if isinstance(one, Exists):
        return Exists(Group(put_in_order(one.group.steps, known)))
    if isinstance(one, Call):
        return Call(one.name, tuple(_order_within(each, known) for each in one.given))
    return one


def _asks(one: Expression) -> bool:
    if isinstance(one, Call):
        return any(_asks(each) for each in one.given)
    return isinstance(one, Exists)


def _mentioned(one: Expression) -> set[str]:
    """Return the variables of an expression; of a group in it, all of them."""
    if isinstance(one, Call):
        return set().union(*[_mentioned(each) for each in one.given])
    if isinstance(one, Exists):
        return _all_of(one.group)
    return {one} if one[0] == "?" else set()


def _all_of(group: Group) -> set[str]:
    """Return every variable that a group mentions or binds."""
    found = set().union(*[bound_by(step) for step in group.steps])
    for step in group.steps:
        if isinstance(step, Filter | Bind):
            found |= _mentioned(step.test if isinstance(step, Filter) else step.value)
    return found


def bound_by(step: Step) -> set[str]:
    """Return the variables that a step may give a value."""
    if isinstance(step, Pattern):
        return {end for end in (step.subject, step.object) if end[0] == "?"}
    if isinstance(step, Bind):
        return {step.variable}
    groups = step.groups if isinstance(step, Union) else ()
    groups = (step.group,) if isinstance(step, Maybe) else groups
    return set().union(*[bound_by(inner) for group in groups for inner in group.steps])
