"""RDF terms and statements as canonical N-Quads text: written, and taken apart again.

A term is the string that stands for it in N-Quads, so that nothing has to be parsed where
statements are only moved about. Escapes are those of the canonical form in
https://www.w3.org/TR/rdf-canon/#canonical-quads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import NamedTuple

from cablegraph.errors import shown
from cablegraph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
_STRING = XSD + "string"
RDF_TYPE = f"<{PREFIXES['rdf']}type>"

#: What is escaped by its number; all of it is found only after what has a short escape.
_RARE = re.compile("[\x00-\x07\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}
_LONG = {letter: character for character, letter in _SHORT.items()} | {"'": "'"}
_COMMON = ((r"\n", "\n"), (r"\"", '"'))
#: The backslash first, since the others put backslashes in; beside these, a text has few.
_USUAL = [(c, f"\\{_SHORT[c]}") for c in ("\\", '"', "\n")]
_UNUSUAL = [(c, f"\\{short}") for c, short in _SHORT.items() if c not in ("\\", '"', "\n")]
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
# No colon, no empty, "." or ".." step: read against a base, the words come back unchanged.
_RELATIVE = re.compile(r"(?!\.)[\w~-][\w.~-]*(?:/(?!\.)[\w.~-]+)*(?:#[\w.~-]*)?", re.ASCII)
_STEPS = re.compile(r"[/#]")
_DIGITS = re.compile(r"([0-9]+)")
_PIECE = 512
_QUAD = re.compile(
    r'(<[^<>"\s]+>|_:\S+)\s+(<[^<>"\s]+>)\s+'  # subject and predicate
    r'(<[^<>"\s]+>|_:\S+|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[\w-]+|\^\^<[^<>"\s]+>)?)'  # object
    r'(?:\s+(<[^<>"\s]+>|_:\S+))?\s*\.?\s*',  # graph
    re.DOTALL,
)


class Quad(NamedTuple):
    """A statement; each item is a term as in N-Quads, ``graph`` is empty in the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str = ""


class LiteralParts(NamedTuple):
    """What a literal is made of; a plain string has neither language nor datatype."""

    text: str
    language: str | None = None
    datatype: str | None = None  # IRI


@lru_cache(maxsize=1 << 13)
def iri(text: str) -> str:
    """Return the term of an absolute IRI.

    Raises:
        ValueError: if it has no scheme, or a character that must be percent-encoded.

    >>> iri("https://example.org/a")
    '<https://example.org/a>'
    """
    if _NOT_IN_IRI.search(text) or not _HAS_SCHEME.match(text):
        raise ValueError(f"{shown(text)} is not an absolute IRI")
    return f"<{text}>"


def literal(text: str, language: str | None = None, datatype: str | None = None) -> str:
    r"""Return the term of a literal; xsd:string stays implicit, a language is lower-cased.

    >>> print(literal('a "word"\n', language="EN"))
    "a \"word\"\n"@en
    """
    if language and datatype:
        raise ValueError("a literal has a language or a datatype, never both")
    if language:
        return f'"{escape(text)}"{_tag(language)}'
    if datatype and datatype != _STRING:
        return f'"{escape(text)}"^^{iri(datatype)}'
    return f'"{escape(text)}"'


@lru_cache(maxsize=256)
def _tag(language: str) -> str:
    if not _LANGUAGE.fullmatch(language.lower()):
        raise ValueError(f"{shown(language)} is not a language tag")
    return f"@{language.lower()}"


def escape(text: str) -> str:
    r"""Return a text as it stands between the quotation marks of a literal.

    Nearly every text has nothing to escape, and Python tells so faster than a search does.

    >>> print(escape('a "word"\n'))
    a \"word\"\n
    """
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    for character, short in _USUAL:
        if character in text:
            text = text.replace(character, short)
    if text.isprintable():
        return text
    for character, short in _UNUSUAL:
        text = text.replace(character, short)
    return _RARE.sub(_escape, text)


def quad_line(subject: str, predicate: str, object_term: str, graph: str = "") -> str:
    """Return the N-Quads line of four terms, without a line break.

    >>> quad_line("<a:s>", "<a:p>", '"o"', "<a:g>")
    '<a:s> <a:p> "o" <a:g> .'
    """
    if graph:
        return f"{subject} {predicate} {object_term} {graph} ."
    return f"{subject} {predicate} {object_term} ."


def sort_lines(lines: Iterable[str]) -> list[str]:
    """Return lines sorted, each once.

    A sort makes use of the order they have, as those of several documents do; a set would undo it.

    >>> sort_lines(["b", "a", "b"])
    ['a', 'b']
    """
    ordered = sorted(lines)
    return ordered[:1] + list(compress(ordered[1:], map(ne, ordered[1:], ordered)))


def encode_lines(lines: Sequence[str]) -> bytes:
    """Return lines as UTF-8, each with its line break.

    They are joined some hundred at a time: one Cyrillic letter makes the text around it wide.
    """
    pieces = (lines[at : at + _PIECE] for at in range(0, len(lines), _PIECE))
    return b"".join("\n".join([*piece, ""]).encode() for piece in pieces)


def parse_line(line: str) -> Quad:
    """Take a line of N-Quads apart; ValueError if it is none.

    >>> parse_line('<a:s> <a:p> "a . b"@en .').object
    '"a . b"@en'
    """
    found = _QUAD.fullmatch(line)
    if found is None:
        raise ValueError(f"{shown(line)} is not a line of N-Quads")
    return Quad(*found.groups(default=""))


def parse_lines(lines: Iterable[str]) -> list[Quad]:
    """Take lines apart, each once, sorted as their text is; empty lines are passed over."""
    return [parse_line(line) for line in sorted({line.rstrip("\n") for line in lines} - {""})]


def parse_literal(term: str) -> LiteralParts:
    r"""Return text, language and datatype of a literal term.

    >>> parse_literal(r'"a\tb"@en')
    LiteralParts(text='a\tb', language='en', datatype=None)
    """
    end = term.rindex('"')
    text = term[1:end]
    if "\\" in text:
        text = unescape(text)
    tail = term[end + 1 :]
    if tail.startswith("@"):
        return LiteralParts(text, language=tail[1:])
    return LiteralParts(text, datatype=tail[3:-1] or None)


def unescape(text: str) -> str:
    r"""Return what a text stands for that was escaped between the quotation marks of a literal.

    Nearly every text has line ends and quotation marks only, which are quickly put back.

    >>> unescape(r'a \"word\"\n')
    'a "word"\n'
    """
    if "\\\\" not in text:
        for short, character in _COMMON:
            text = text.replace(short, character)
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def find_relative(text: str, base: str) -> str | None:
    """Return an IRI relative to *base*, or None if that reference would not lead back to it.

    >>> find_relative("https://example.org/id/a/1", "https://example.org/id/")
    'a/1'
    """
    if base.endswith("/") and text.startswith(base) and _RELATIVE.fullmatch(text, len(base)):
        return text[len(base) :]
    return None


Key = tuple[tuple[tuple[int, int, str], ...], ...]


@lru_cache(maxsize=1 << 13)
def natural_key(term: str) -> Key:
    """Order names as a reader would: a whole before its parts, and numbers by their value.

    Literals are in the order of their text.

    >>> sorted(["<a/10>", "<a-b>", "<a/9/x>"], key=natural_key)
    ['<a/9/x>', '<a/10>', '<a-b>']
    """
    if term.startswith('"'):
        return (((1, 0, term),),)
    return tuple(
        tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)
        for parts in (_DIGITS.split(step) for step in _STEPS.split(term.strip("<>")))
    )


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _LONG[found[3]]
