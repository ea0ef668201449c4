"""Statements taken apart into plain strings, without an RDF parser where their form is plain.

Lines that this package writes have one blank between terms, no blank node and no relative IRI:
one regular expression reads them four times as fast as a parser. Everything else is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from cablegraph.terms import parse_literal

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term: TypeAlias = "NamedNode | BlankNode | Literal | Triple"
#: N-Quads or N-Triples text, or what pyoxigraph's parser and stores give.
Statements: TypeAlias = "str | Iterable[Quad | Triple]"

# Possessive throughout: a line that does not fit is given up at once, however long it is.
_IRI = r"<([A-Za-z][A-Za-z0-9+.-]*+:[^\x00-\x20<>\"{}|^`\\]*+)>"
_GRAPH = _IRI.replace("(", "(?:")
_LITERAL = (
    r'"([^"\\\n\r]*+(?:\\(?:[tbnrf"\'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})[^"\\\n\r]*+)*+)"'
    rf"(?:@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*+|\^\^{_GRAPH})?+"
)
_ROW = re.compile(rf"^({_IRI} {_IRI} (?:{_IRI}|{_LITERAL}))(?: {_GRAPH})? \.$", re.MULTILINE)


#: A statement: its N-Triples words without the full stop, then subject, predicate and value as
#: plain strings (IRI, lexical form, or ``_:`` and a label), and whether the value is no literal.
Row: TypeAlias = tuple[str, str, str, str, bool]


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
    """Return statements as plain strings, those of several graphs as often as they stand.

    Raises:
        SyntaxError: if a text is not N-Quads or N-Triples.

    >>> read_rows('<a:s> <a:p> "o"@en <a:g> .')[0][:4]
    ('<a:s> <a:p> "o"@en', 'a:s', 'a:p', 'o')
    """
    if isinstance(statements, str):
        found = _ROW.findall(statements)
        if len(found) == statements.rstrip("\n").count("\n") + 1:
            return [
                (triple, subject, predicate, iri or _unescape(literal), bool(iri))
                for triple, subject, predicate, iri, literal in found
            ]
    return [_to_row(statement) for statement in parse_statements(statements)]


def _unescape(words: str) -> str:
    return parse_literal(f'"{words}"').text if "\\" in words else words


def _to_row(statement: Quad | Triple) -> Row:
    import pyoxigraph

    subject, predicate, value = statement.subject, statement.predicate, statement.object
    linked = not isinstance(value, pyoxigraph.Literal)
    words = f"{subject} {predicate} {value}"
    return words, term_text(subject), predicate.value, term_text(value), linked


def term_text(term: Term) -> str:
    """Return a term as the plain string that this package's checks use."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))
