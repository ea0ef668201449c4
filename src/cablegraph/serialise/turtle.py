"""Turtle and TriG laid out for people: short names, one subject a paragraph, sections.

Names of the data are written relative to ``@base``, since a path such as ``telegram/x/date/1``
reads better than a prefixed name with escaped strokes. Equal statements give equal text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from cablegraph.namespaces import PREFIXES, SCHEME
from cablegraph.terms import (
    RDF_TYPE,
    XSD,
    Quad,
    find_relative,
    natural_key,
    parse_line,
    parse_literal,
)

#: Said before and after the other properties of a node: what it is called, what supports it.
_FIRST = (RDF_TYPE, f"<{PREFIXES['dcterms']}title>", f"<{PREFIXES['skos']}prefLabel>")
_LAST = (f"<{PREFIXES['cbl']}evidence>", f"<{PREFIXES['cbl']}rule>")

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PREFIX = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_BASE = re.compile(r"<([a-z]+://[^#?]*?/id/)")
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
# What a long literal may not hold raw: a run of quotation marks, controls, a backslash.
_LONG_ESCAPE = re.compile('\\\\|"(?="|\\Z)|[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]')


class Names:
    """How each IRI is written: by prefix, relative to the base, or whole."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.used: dict[str, str] = {}
        self.base = _find_base(quads)
        self._written: dict[str, str] = {}
        by_length = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))
        self._prefixes = [(namespace, prefix) for prefix, namespace in by_length]

    def write(self, term: str) -> str:
        """Return an IRI, a blank node or a triple term of RDF 1.2 as Turtle has it."""
        if term.startswith("<<("):
            return self._write_triple(parse_line(term[3:-3].strip()))
        written = self._written.get(term)
        if written is None:
            written = term if term.startswith("_:") else self._shorten(term[1:-1])
            self._written[term] = written
        return written

    def _write_triple(self, inner: Quad) -> str:
        literal = inner.object.startswith('"')
        value = self.write_literal(inner.object) if literal else self.write(inner.object)
        return f"<<( {self.write(inner.subject)} {self.write(inner.predicate)} {value} )>>"

    def write_literal(self, term: str) -> str:
        """Return a literal as Turtle has it: long form over lines, bare integers and booleans."""
        text, language, datatype = parse_literal(term)
        if _is_bare(text, datatype):
            return text
        end = term.rindex('"')
        quoted = f'"""{_LONG_ESCAPE.sub(_escape, text)}"""' if "\n" in text else term[: end + 1]
        if language:
            return f"{quoted}@{language}"
        return f"{quoted}^^{self.write(f'<{datatype}>')}" if datatype else quoted

    def _shorten(self, iri: str) -> str:
        for namespace, prefix in self._prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return self._prefixed(prefix, namespace, iri)
        scheme, _, concept = iri.removeprefix(SCHEME).partition("/")
        if iri.startswith(SCHEME) and concept and scheme not in PREFIXES:
            namespace = f"{SCHEME}{scheme}/"
            if _LOCAL.fullmatch(concept) and _PREFIX.fullmatch(scheme):
                return self._prefixed(scheme, namespace, iri)
        return f"<{find_relative(iri, self.base) or iri}>"

    def _prefixed(self, prefix: str, namespace: str, iri: str) -> str:
        self.used[prefix] = namespace
        return f"{prefix}:{iri[len(namespace) :]}"

    def header(self) -> str:
        """Return the declarations of what was used."""
        lines = [f"@base <{self.base}> .\n"] if self.base else []
        lines += [f"@prefix {prefix}: <{self.used[prefix]}> .\n" for prefix in sorted(self.used)]
        return "".join(lines)


_IN_SCHEME = re.compile(r"/scheme/([^/>]+)")


def to_turtle(quads: Iterable[Quad]) -> str:
    """Return the statements of all graphs as one Turtle document."""
    merged = sorted({quad._replace(graph="") for quad in quads})
    names = Names(merged)
    body = "".join(_sections(merged, names))
    return names.header() + body


def to_trig(quads: Iterable[Quad]) -> str:
    """Return the statements as TriG, one block a named graph, the default graph first."""
    ordered = sorted(set(quads), key=lambda quad: quad.graph)
    names = Names(ordered)
    blocks = []
    for graph, inside in groupby(ordered, key=lambda quad: quad.graph):
        body = "".join(_sections(list(inside), names))
        blocks.append(f"\n{names.write(graph)} {{{body}}}\n" if graph else body)
    return names.header() + "".join(blocks)


def _sections(quads: list[Quad], names: Names) -> Iterator[str]:
    by_subject: dict[str, list[Quad]] = {}
    for quad in quads:
        by_subject.setdefault(quad.subject, []).append(quad)
    section = None
    own = f"<{names.base}" if names.base else "<"
    # The collection's own things first, then what they are described with.
    for subject in sorted(
        by_subject, key=lambda term: (not term.startswith(own), natural_key(term), term)
    ):
        here = _section(subject, names)
        if here != section:
            section = here
            yield f"\n# {section}\n"
        yield "\n" + _paragraph(subject, by_subject[subject], names)


def _section(subject: str, names: Names) -> str:
    written = names.write(subject)
    if scheme := _IN_SCHEME.search(subject):
        return f"scheme {scheme[1]}"
    if written != subject and written.startswith("<"):
        return written[1:-1].split("/")[0]
    if written == subject and "//" in written:
        return written.strip("<>").split("/")[2]
    return written.strip("<").split(":")[0]


def _paragraph(subject: str, quads: list[Quad], names: Names) -> str:
    values: dict[str, list[str]] = {}
    for term, predicate in sorted(
        ((quad.object, quad.predicate) for quad in quads),
        key=lambda pair: (natural_key(pair[0]), pair[0]),
    ):
        written = names.write_literal(term) if term.startswith('"') else names.write(term)
        values.setdefault(predicate, []).append(written)
    parts = [
        f"{'a' if predicate == RDF_TYPE else names.write(predicate)} "
        + ",\n        ".join(values[predicate])
        for predicate in sorted(values, key=_predicate_key)
    ]
    return f"{names.write(subject)} " + " ;\n    ".join(parts) + " .\n"


def _predicate_key(predicate: str) -> tuple[int, int, str]:
    if predicate in _FIRST:
        return 0, _FIRST.index(predicate), ""
    return (2 if predicate in _LAST else 1), 0, predicate


def _find_base(quads: Iterable[Quad]) -> str:
    # The installation's own names end their common part with /id/; the one used most wins.
    found = Counter(match[1] for quad in quads if (match := _BASE.match(quad.subject)))
    return min(found, key=lambda base: (-found[base], base), default="")


def _is_bare(text: str, datatype: str | None) -> bool:
    if datatype == XSD + "integer":
        return _INTEGER.fullmatch(text) is not None
    return datatype == XSD + "boolean" and text in ("true", "false")


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in '"\\':
        return "\\" + character
    return "\\r" if character == "\r" else f"\\u{ord(character):04X}"
