"""RDF/XML 1.1, flat: one rdf:Description a subject; equal statements give equal text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from cablegraph.namespaces import PREFIXES
from cablegraph.terms import Quad, parse_literal

_RDF = PREFIXES["rdf"]
_LOCAL = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Raw, an XML reader makes line ends of these.
_KEPT = {"\r": "&#13;"}


class FormError(ValueError):
    """The statements can't be said in a form."""


def to_rdf_xml(triples: Iterable[Quad]) -> str:
    """Return statements as RDF/XML; graph names are left out.

    Raises:
        FormError: if a text has a character, or a property a name, that XML can't hold.
    """
    ordered = sorted({quad._replace(graph="") for quad in triples})
    spaces = {"rdf": _RDF}
    body = "".join(_describe(subject, list(said), spaces) for subject, said in _by_subject(ordered))
    names = "".join(
        f"\n    xmlns:{prefix}={quoteattr(spaces[prefix])}" for prefix in sorted(spaces)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n{body}</rdf:RDF>\n'


def _by_subject(ordered: list[Quad]) -> Iterator[tuple[str, Iterator[Quad]]]:
    return groupby(ordered, key=lambda quad: quad.subject)


def _describe(subject: str, said: list[Quad], spaces: dict[str, str]) -> str:
    lines = [f"  <rdf:Description {_name(subject, 'about')}>"]
    lines.extend(f"    {_property(quad, spaces)}" for quad in said)
    return "\n".join([*lines, "  </rdf:Description>\n"])


def _property(quad: Quad, spaces: dict[str, str]) -> str:
    tag = _tag(quad.predicate[1:-1], spaces)
    if not quad.object.startswith('"'):
        return f"<{tag} {_name(quad.object, 'resource')}/>"
    text, language, datatype = parse_literal(quad.object)
    if _NOT_IN_XML.search(text):
        raise FormError("a text has a character that XML can't hold; take another form")
    attribute = f" xml:lang={quoteattr(language)}" if language else ""
    if datatype:
        attribute = f" rdf:datatype={quoteattr(datatype)}"
    return f"<{tag}{attribute}>{escape(text, _KEPT)}</{tag}>"


def _name(term: str, kind: str) -> str:
    if term.startswith("_:"):
        return f"rdf:nodeID={quoteattr(term[2:])}"
    return f"rdf:{kind}={quoteattr(term[1:-1])}"


def _tag(iri: str, spaces: dict[str, str]) -> str:
    """Return the qualified name of a property; a namespace without a prefix gets the next."""
    cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
    space, local = iri[:cut], iri[cut:]
    if not _LOCAL.match(local):
        raise FormError(f"{iri} has no ending that is a name in XML; take another form")
    known = [prefix for prefix, name in (*PREFIXES.items(), *spaces.items()) if name == space]
    prefix = known[0] if known else f"ns{len(spaces)}"
    spaces[prefix] = space
    return f"{prefix}:{local}"
