"""Statements as the words of N-Triples, without an RDF parser where their form is plain.

Text that this package writes has one blank between terms, no blank node and no relative IRI:
one regular expression reads it many times as fast as a parser. Everything else is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.terms import parse_literal

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term: TypeAlias = "NamedNode | BlankNode | Literal | Triple"
#: N-Quads or N-Triples text, or what pyoxigraph's parser and stores give.
Statements: TypeAlias = "str | Iterable[Quad | Triple]"
#: Subject, property and value, as terms of N-Triples.
Row: TypeAlias = tuple[str, str, str]

# Possessive throughout: a line that does not fit is given up at once, however long it is.
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*+:[^\x00-\x20<>\"{}|^`\\]*+>"
_LITERAL = (
    r'"[^"\\\n\r]*+(?:\\(?:[tbnrf"\'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})[^"\\\n\r]*+)*+"'
    rf"(?:@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*+|\^\^{_IRI})?+"
)
#: A blank node, a triple term, or a literal that could be written in another way as well.
_NOT_PLAIN = re.compile(
    r"""_:|<<|\\[uU']|[\x00-\x09\x0b-\x1f\x7f]|XMLSchema\#string>|"@[A-Za-z0-9-]*[A-Z]"""
)
_TYPED = f"^^<{PREFIXES['xsd']}"
#: Words of a datatype as engines write them that keep values in place of words.
_CANONICAL = re.compile(
    r"""
      "(?:0|-?[1-9][0-9]{0,14})" \^\^<[^>]*\#(?:integer|nonNegativeInteger|positiveInteger)>
    | "(?:0|-?[1-9][0-9]{0,14})\.(?:[0-9]{0,14}[1-9])" \^\^<[^>]*\#decimal>
    | "[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])" \^\^<[^>]*\#date>
    | "[12][0-9]{3}" \^\^<[^>]*\#gYear>
    | "[12][0-9]{3}-(?:0[1-9]|1[0-2])" \^\^<[^>]*\#gYearMonth>
    | "P[1-9]D" \^\^<[^>]*\#duration>
    | "(?:true|false)" \^\^<[^>]*\#boolean>
    | "[^"]*" \^\^<[^>]*\#anyURI>
    """,
    re.VERBOSE,
)
_ROW = re.compile(rf"^({_IRI}) ({_IRI}) ({_IRI}|{_LITERAL})(?: {_IRI})? \.$", re.MULTILINE)


def parse_statements(statements: Statements) -> Sequence[Quad | Triple]:
    """Return statements as pyoxigraph terms; text is read as N-Quads.

    Raises:
        SyntaxError: if the text is not N-Quads or N-Triples.
    """
    if not isinstance(statements, str):
        return list(statements)
    import pyoxigraph

    text = statements.encode("utf-8")
    return list(pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS))


def read_rows(statements: Statements) -> list[Row]:
    """Return statements as the words of N-Triples.

    Shape: a statement of several graphs comes as often as it stands.
    Raises:
        SyntaxError: if a text is not N-Quads or N-Triples.

    >>> read_rows('<a:s> <a:p> "o"@en <a:g> .')
    [('<a:s>', '<a:p>', '"o"@en')]
    """
    if isinstance(statements, str):
        found: list[Row] = _ROW.findall(statements)
        if len(found) == statements.rstrip("\n").count("\n") + 1:
            return found
    return [
        (str(one.subject), str(one.predicate), str(one.object))
        for one in parse_statements(statements)
    ]


def cut_lines(lines: Iterable[str]) -> list[Row]:
    """Take lines apart that this package made, each with its graph; syntax is not checked.

    >>> cut_lines(['<a:s> <a:p> "a <b>"@en <a:g> .'])
    [('<a:s>', '<a:p>', '"a <b>"@en')]
    """
    found: list[Row] = []
    last = ""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if subject == last:  # one string for all rows of a node: its hash is computed once
            subject = last
        else:
            last = subject
        found.append((subject, predicate, rest[: rest.rindex(" <")]))
    return found


def are_plain(rows: Iterable[Row]) -> bool:
    """Whether all terms are written in one way, so that what is equal reads equal, and none blank.

    Shape: no row that is not plain is let through; some that are plain may be refused.
    """
    return not any(
        _NOT_PLAIN.search(subject)
        or _NOT_PLAIN.search(value)
        or (_TYPED in value and not _CANONICAL.fullmatch(value))
        for subject, _, value in rows
    )


def to_term(node: str) -> str:
    """Return the term of a node that is given as a plain string.

    >>> to_term("https://e.org/a"), to_term("_:b")
    ('<https://e.org/a>', '_:b')
    """
    return node if node.startswith(("_:", "<<")) else f"<{node}>"


def to_plain(term: str) -> str:
    """Return a term as the plain string that this package's checks use.

    Shape: an IRI, the words of a literal, ``_:`` and a label, or a triple term as it stands.
    """
    first = term[:1]
    if first == '"':
        return _unescape(term) if "\\" in term else term[1 : term.rindex('"')]
    return term[1:-1] if first == "<" and term[1] != "<" else term


@lru_cache(maxsize=64)
def _unescape(term: str) -> str:
    """Take the escapes out of a literal; a text version is asked for once a finding."""
    return parse_literal(term).text


def term_text(term: Term) -> str:
    """Return a term of pyoxigraph as the same plain string."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))
