"""Statements as the bytes of a form: Turtle, JSON-LD, N-Triples or RDF/XML.

Equal statements give equal bytes. The context of JSON-LD stands in each document, so that it is
read without another request.
"""

from __future__ import annotations

from collections.abc import Iterable

from cablegraph.publication.contexts import find_context
from cablegraph.publication.forms import Form
from cablegraph.publication.rdf_xml import FormError, to_rdf_xml
from cablegraph.serialise.jsonld import to_jsonld
from cablegraph.serialise.turtle import to_turtle
from cablegraph.terms import parse_lines

__all__ = ["FormError", "represent", "represent_as"]


def represent(lines: Iterable[str], form: Form) -> bytes:
    """Return statements in a form that holds data; graph names are left out.

    Raises:
        FormError: if a text has a character that the form can't hold.
    """
    return represent_as(lines, form.extension)


def represent_as(lines: Iterable[str], extension: str) -> bytes:
    """Return statements in the form with an extension.

    Raises:
        FormError: if a text has a character that the form can't hold.
        KeyError: if the extension is that of no form of data.
    """
    triples = sorted({quad._replace(graph="") for quad in parse_lines(lines)})
    texts = [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in triples]
    if extension == "ttl":
        return to_turtle(triples).encode("utf-8")
    if extension == "jsonld":
        return "".join(to_jsonld(texts, find_context(triples))).encode("utf-8")
    if extension == "nt":
        return "".join(f"{text}\n" for text in texts).encode("utf-8")
    if extension == "rdf":
        return to_rdf_xml(triples).encode("utf-8")
    raise KeyError(extension)
