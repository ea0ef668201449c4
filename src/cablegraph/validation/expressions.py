"""Values of SPARQL expressions, as far as every engine is sure to agree; of all else nothing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.conditions import NUMBER
from cablegraph.validation.patterns import occurs, replace
from cablegraph.validation.query import Call, Exists, Expression
from cablegraph.validation.rows import to_plain

_TYPED = f"^^<{PREFIXES['xsd']}"


class Term(NamedTuple):
    """A term that is neither a plain string nor a number, in the words of N-Triples."""

    text: str


#: A string, a number, a truth value or another term; None where nothing is known.
Value: TypeAlias = "str | Decimal | bool | Term | None"
Bound: TypeAlias = "Mapping[str, str | Given]"
#: Gives the value of an expression for what variables stand for, in one search for solutions.
Test: TypeAlias = "Callable[[Bound, object], Value]"
#: Makes of a group what tells whether it has a solution.
Ask: TypeAlias = Callable[[Exists], Test]


class Given:
    """What BIND gives to a variable, found when it is asked for; any other stands for a term."""

    __slots__ = ("_bound", "_found", "_is_found", "_search", "_test")

    def __init__(self, test: Test, bound: Bound, search: object) -> None:
        self._test, self._bound, self._search = test, bound, search
        self._found: Value = None
        self._is_found = False

    def value(self) -> Value:
        """Return the value."""
        if not self._is_found:
            self._found = self._test(self._bound, self._search)
            self._is_found = True
        return self._found


def to_value(term: str) -> Value:
    """Return the value of a term.

    >>> to_value('"a"'), to_value("<a:b>")
    ('a', Term(text='<a:b>'))
    """
    if term[0] == '"':
        if term[-1] == '"':
            return to_plain(term)
        if found := NUMBER.fullmatch(term):
            return Decimal(found[1])
    return Term(term)


def prepare(one: Expression, ask: Ask) -> Test:
    """Return what gives the value of an expression; *ask* answers for the groups in it."""
    if isinstance(one, Exists):
        return ask(one)
    if isinstance(one, Call):
        return _prepare_call(one, ask)
    if one[0] == "?":
        return _look_up(one)
    value = Decimal(one) if one[0].isdigit() else to_value(one)
    return lambda _, __: value


def _look_up(variable: str) -> Test:
    def test(bound: Bound, search: object) -> Value:
        found = bound.get(variable)
        if isinstance(found, Given):
            return found.value()
        return to_value(found) if found else None

    return test


def _prepare_call(one: Call, ask: Ask) -> Test:
    if one.name == "STR":
        return _words(one.given[0])
    given = [prepare(each, ask) for each in one.given]
    if one.name == "&&":
        return _decided(given, by=False)
    if one.name == "||":
        return _decided(given, by=True)
    function = _FUNCTIONS.get(one.name)
    if function is None:
        return lambda _, __: None
    return _apply(function, given)


def _apply(function: Callable[..., Value], given: Sequence[Test]) -> Test:
    def test(bound: Bound, search: object) -> Value:
        values = []
        for each in given:
            value = each(bound, search)
            if value is None:
                return None
            values.append(value)
        return function(*values)

    return test


def _words(one: Expression) -> Test:
    """Return what STR gives of a variable."""

    def test(bound: Bound, search: object) -> str | None:
        found = bound.get(one) if isinstance(one, str) else None
        if isinstance(found, Given):
            value = found.value()
            return value if isinstance(value, str) else None
        if found is None or found[0] not in '<"' or _TYPED in found:
            return None  # engines that keep values of known datatypes give other words for them
        return to_plain(found)

    return test


def _decided(tests: Sequence[Test], *, by: bool) -> Test:
    """Return what "and" (decided by a false one) or "or" (by a true one) makes of tests."""

    def test(bound: Bound, search: object) -> bool | None:
        found: bool | None = not by
        for each in tests:
            value = each(bound, search)
            if value is by:
                return by
            if value is not (not by):
                found = None
        return found

    return test


def _not(value: Value) -> bool | None:
    return not value if isinstance(value, bool) else None


def _equals(one: Value, other: Value) -> bool | None:
    """Tell whether values are equal; an IRI is equal to itself alone."""
    names = [value for value in (one, other) if isinstance(value, Term)]
    if not names:
        return one == other if type(one) is type(other) else None
    if any(name.text[0] == "<" for name in names):
        return one == other
    return None


def _differs(one: Value, other: Value) -> bool | None:
    return _not(_equals(one, other))


def _is_among(one: Value, *others: Value) -> bool | None:
    found: bool | None = False
    for other in others:
        equal = _equals(one, other)
        if equal is True:
            return True
        if equal is None:
            found = None
    return found


def _compare(test: Callable[..., bool]) -> Callable[..., Value]:
    def compare(one: Value, other: Value) -> bool | None:
        alike = type(one) is type(other) and isinstance(one, str | Decimal)
        return test(one, other) if alike else None

    return compare


def _minus(one: Value, *others: Value) -> Decimal | None:
    numbers = [value for value in (one, *others) if isinstance(value, Decimal) and not value % 1]
    if len(numbers) <= len(others):
        return None
    return numbers[0] - sum(numbers[1:])


def _of_strings(function: Callable[..., Value]) -> Callable[..., Value]:
    def call(*given: Value) -> Value:
        return function(*given) if all(isinstance(one, str) for one in given) else None

    return call


def _find(text: str, pattern: str, *flags: str) -> bool | None:
    return None if flags else occurs(pattern, text)


def _change(text: str, pattern: str, new: str, *flags: str) -> str | None:
    return None if flags else replace(pattern, new, text)


def _cut(text: Value, *places: Value) -> str | None:
    whole = [int(one) for one in places if isinstance(one, Decimal) and one == int(one)]
    if not isinstance(text, str) or len(whole) < len(places) or whole[0] < 1:
        return None
    begin = whole[0] - 1
    return text[begin:] if len(whole) == 1 else text[begin : begin + max(0, whole[1])]


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "!": _not,
    "=": _equals,
    "!=": _differs,
    "IN": _is_among,
    "<": _compare(operator.lt),
    "<=": _compare(operator.le),
    ">": _compare(operator.gt),
    ">=": _compare(operator.ge),
    "-": _minus,
    "REGEX": _of_strings(_find),
    "REPLACE": _of_strings(_change),
    "STRSTARTS": _of_strings(str.startswith),
    "CONTAINS": _of_strings(operator.contains),
    "CONCAT": _of_strings(lambda *given: "".join(given)),
    "SUBSTR": _cut,
}
