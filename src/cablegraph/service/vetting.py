"""What a query may not do, found in its words; strings, comments and names are passed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from cablegraph.errors import shown
from cablegraph.namespaces import PREFIXES
from cablegraph.service.messages import Outcome

_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_PROLOGUE = frozenset(("PREFIX", "BASE", "VERSION"))
# Whatever may hold a word without meaning it as a keyword comes first. Possessive: no way back.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*+
      |\"{3}(?:\\.|(?!\"{3}).)*+\"{3}|'{3}(?:\\.|(?!'{3}).)*+'{3}
      |\"(?:\\.|[^"\\\n\r])*+\"|'(?:\\.|[^'\\\n\r])*+'
      |[?$@]\w++)
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
      |(?P<name>(?:\w[\w.-]*+)?+:[\w.:%\\-]*+)|(?P<word>[^\W\d_]\w*+)""",
    re.VERBOSE | re.DOTALL,
)
# A comparison looks like an IRI to who does not parse: ?a<?b)SERVICE#> . It is always in brackets,
# so the bracket closes before the keyword.
_HIDDEN = re.compile(r"\).*\bSERVICE\b", re.IGNORECASE)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


class _Graph(NamedTuple):
    iri: str
    token: _Token
    named: bool


def check_query(text: str, graphs: Collection[str] | None) -> Outcome | None:
    """Return why the query is refused, or None; FROM may name *graphs*, or any without them.

    >>> check_query("ASK { ?s ?p 'SERVICE' } # LOAD", ()) is None
    True
    """
    tokens = list(_find_tokens(text))
    words = [token for token in tokens if token.kind == "word"]
    first = next((t for t in words if t.text.upper() not in _PROLOGUE), None)
    if first and first.text.upper() in _UPDATES:
        return _refuse(text, first, "is an update, and the graph is read-only here")
    for token in tokens:
        if (token.kind == "word" and token.text.upper() == "SERVICE") or (
            token.kind == "iri" and _HIDDEN.search(token.text)
        ):
            return _refuse(text, token, "would ask another server")
    for named in _find_graphs(tokens):
        if graphs is not None and named.iri not in graphs:
            return _name_unknown(text, named.token, named.iri)
    return None


def find_dataset(text: str) -> tuple[list[str], list[str]]:
    """Return the graphs that FROM names for the default graph, and those of FROM NAMED.

    >>> find_dataset("ASK FROM <a:1> FROM NAMED <a:2> { }")
    (['a:1'], ['a:2'])
    """
    found = list(_find_graphs(list(_find_tokens(text))))
    return [g.iri for g in found if not g.named], [g.iri for g in found if g.named]


def find_undeclared(text: str) -> str | None:
    """Return the place and name of the first prefix that nothing declares.

    >>> find_undeclared("ASK { ex:a ?p 'ex:b' }")
    "query:1:7: the prefix 'ex' is not declared; declare it with PREFIX"
    """
    tokens = list(_find_tokens(text))
    known = {"_", *PREFIXES, *_read_prefixes(tokens)}
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in known:
            where = find_place(text, token.start)
            return f"{where}: the prefix {shown(prefix)} is not declared; declare it with PREFIX"
    return None


def find_place(text: str, offset: int) -> str:
    """Return line and column, counted from 1.

    >>> find_place("ASK\\n{ SERVICE", 6)
    'query:2:3'
    """
    line = text.count("\n", 0, offset) + 1
    return f"query:{line}:{offset - text.rfind(chr(10), 0, offset)}"


def _find_tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "skip"
        if kind != "skip":
            yield _Token(kind, match[0], match.start())


def _read_prefixes(tokens: list[_Token]) -> dict[str, str]:
    """Return what PREFIX declares."""
    found = {}
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word.text.upper(), name.kind, iri.kind) == ("PREFIX", "name", "iri"):
            found[name.text.removesuffix(":")] = iri.text[1:-1]
    return found


def _find_graphs(tokens: list[_Token]) -> Iterator[_Graph]:
    """Yield the graphs after FROM and FROM NAMED with their places."""
    prefixes = {**PREFIXES, **_read_prefixes(tokens)}
    for word, first, *rest in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if (word.kind, word.text.upper()) != ("word", "FROM"):
            continue
        named = (first.kind, first.text.upper()) == ("word", "NAMED")
        graph = rest[0] if named else first
        if graph is not None:
            yield _Graph(_expand(graph, prefixes), graph, named)


def _expand(token: _Token, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local.replace("\\", "")


def _refuse(text: str, token: _Token, problem: str) -> Outcome:
    where = find_place(text, token.start)
    told = f"{where}: {token.text[:60]} {problem}; leave it out"
    return Outcome(status=403, reason="refused", text=told)


def _name_unknown(text: str, token: _Token, iri: str) -> Outcome:
    where = find_place(text, token.start)
    told = f"{where}: no graph here is named {shown(iri)}; GRAPH ?g {{}} lists those there are"
    return Outcome(status=400, reason="unknown-graph", text=told)
