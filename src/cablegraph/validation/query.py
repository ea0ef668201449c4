"""The SELECT of a SPARQL constraint as a tree, as far as its solutions can be looked for here.

It is read to rule out nodes, no more: of a query with anything that is not known here every node
may have a solution, and the engine answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.terms import literal
from cablegraph.validation.view import Composed, Path, turn

THIS = "?this"

_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<text>"[^"\\\n]*")(?![@^"])
      | (?P<variable>[?$][A-Za-z_]\w*)
      | (?P<number>[0-9]+)(?![\w.])
      | (?P<name>[A-Za-z][\w-]*:[A-Za-z][\w-]*)
      | (?P<word>[A-Za-z][\w]*)
      | (?P<mark>&&|\|\||!=|<=|>=|[{}().;,/|^+*!=<>-])""",
    re.VERBOSE | re.ASCII,
)
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class UnreadableError(ValueError):
    """A query has something that is not known here."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement with variables; *path* is None for a variable in the place of a property."""

    subject: str
    path: Path | None
    object: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator, in capitals, and what it is given."""

    name: str
    given: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a group has a solution."""

    group: Group


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition of all solutions of a group."""

    test: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable that is given a value."""

    value: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class Union:
    """Groups of which one has a solution."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """A group that need not have a solution."""

    group: Group


#: A variable and a constant are terms, a number stands as its digits.
Expression: TypeAlias = "str | Call | Exists"
Step: TypeAlias = "Pattern | Filter | Bind | Union | Maybe"
_Read: TypeAlias = Callable[[], Expression]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces, in its order."""

    steps: tuple[Step, ...]


def parse_query(text: str, prefixes: Mapping[str, str]) -> Group:
    """Return the pattern of a SELECT.

    Raises:
        UnreadableError: if it has anything that is not known here.

    >>> parse_query("SELECT $this WHERE { $this a <a:C> }", {}).steps[0].object
    '<a:C>'
    """
    return _Parser(list(_cut(text)), prefixes).query()


def _cut(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnreadableError(text[at : at + 20])
        if found.lastgroup != "blank":
            yield str(found.lastgroup), found[0]
        at = found.end()


class _Parser:
    """Reads tokens from the first on."""

    def __init__(self, tokens: list[tuple[str, str]], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._prefixes, self._at = tokens, prefixes, 0

    def query(self) -> Group:
        """Read the whole; an aggregate has a solution only where its pattern has one."""
        self._expect("SELECT")
        words = []
        while not self._is("WHERE"):
            words.append(self._take()[1].upper())
        self._take()
        group = self._group()
        grouped = self._skip("GROUP")
        if grouped:
            self._expect("BY")
            while self._kind() == "variable":
                self._take()
        if self._at < len(self._tokens) or ("(" in words and not grouped):
            raise UnreadableError("what follows the pattern, or an aggregate of all")
        return group

    def _group(self) -> Group:
        self._expect("{")
        steps: list[Step] = []
        while not self._skip("}"):
            if self._skip("FILTER"):
                steps.append(Filter(self._test()))
            elif self._skip("OPTIONAL"):
                steps.append(Maybe(self._group()))
            elif self._skip("BIND"):
                steps.append(self._bind())
            elif self._is("{"):
                steps.append(self._union())
            elif not self._skip("."):
                steps += self._statements()
        return Group(tuple(steps))

    def _union(self) -> Union:
        groups = [self._group()]
        while self._skip("UNION"):
            groups.append(self._group())
        return Union(tuple(groups))

    def _bind(self) -> Bind:
        self._expect("(")
        value = self._expression()
        self._expect("AS")
        variable = self._term()
        self._expect(")")
        return Bind(value, variable)

    def _statements(self) -> Iterator[Pattern]:
        subject = self._term()
        while True:
            path = self._verb()
            while True:
                yield Pattern(subject, path, self._term())
                if not self._skip(","):
                    break
            if not self._skip(";"):
                return

    def _verb(self) -> Path | None:
        if self._kind() == "variable":
            self._take()
            return None
        steps = [self._step()]
        while self._skip("/"):
            steps.append(self._step())
        return steps[0] if len(steps) == 1 else Composed("/", tuple(steps))

    def _step(self) -> Path:
        back = self._skip("^")
        path: Path = f"<{PREFIXES['rdf']}type>" if self._skip("a") else self._term()
        if isinstance(path, str) and path[0] != "<":
            raise UnreadableError(path)
        if self._skip("+"):
            path = Composed("+", (path,))
        if self._is("*") or self._is("|"):
            raise UnreadableError("a path that may be of no length, or several")
        return turn(path) if back else path

    def _term(self) -> str:
        kind, text = self._take()
        if kind == "variable":
            return f"?{text[1:]}"
        if kind == "iri":
            return text
        if kind == "text":
            return literal(text[1:-1])
        if kind == "name":
            prefix, _, name = text.partition(":")
            if prefix in self._prefixes:
                return f"<{self._prefixes[prefix]}{name}>"
        raise UnreadableError(text)

    def _test(self) -> Expression:
        absent = self._skip("NOT")
        if absent or self._is("EXISTS"):
            self._expect("EXISTS")
            found = Exists(self._group())
            return Call("!", (found,)) if absent else found
        return self._primary()

    def _expression(self) -> Expression:
        return self._operators("||", lambda: self._operators("&&", self._comparison))

    def _operators(self, mark: str, read: _Read) -> Expression:
        found = [read()]
        while self._skip(mark):
            found.append(read())
        return found[0] if len(found) == 1 else Call(mark, tuple(found))

    def _comparison(self) -> Expression:
        left = self._operators("-", self._primary)
        if self._at < len(self._tokens) and self._tokens[self._at][1] in _COMPARISONS:
            return Call(self._take()[1], (left, self._operators("-", self._primary)))
        absent = self._skip("NOT")
        if self._skip("IN"):
            found = Call("IN", (left, *self._list()))
            return Call("!", (found,)) if absent else found
        if absent:
            raise UnreadableError("NOT")
        return left

    def _primary(self) -> Expression:
        if self._skip("!"):
            return Call("!", (self._primary(),))
        if self._skip("("):
            found = self._expression()
            self._expect(")")
            return found
        if self._is("NOT") or self._is("EXISTS"):
            return self._test()
        kind, text = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        if kind == "number":
            return self._take()[1]
        if kind == "word":
            self._take()
            return Call(text.upper(), tuple(self._list()))
        return self._term()

    def _list(self) -> Iterator[Expression]:
        self._expect("(")
        while not self._skip(")"):
            yield self._expression()
            if not self._is(")"):
                self._expect(",")

    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _is(self, word: str) -> bool:
        if self._at >= len(self._tokens):
            return False
        kind, text = self._tokens[self._at]
        return kind in ("word", "mark") and (text == word or (word != "a" and text.upper() == word))

    def _skip(self, word: str) -> bool:
        found = self._is(word)
        self._at += found
        return found

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise UnreadableError("the query ends")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, word: str) -> None:
        if not self._skip(word):
            raise UnreadableError(f"no {word}")
