"""The forms in which results are written: extension, media type, and pyoxigraph's own object."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from cablegraph.publication.negotiate import choose_key
from cablegraph.service.messages import Kind

#: A table to be put into the query page.
HTML: Final = "html"
#: First what a client gets that does not say.
_TABLES: Final = ("json", "xml", "csv", "tsv")
_GRAPHS: Final = ("ttl", "nt", "jsonld", "rdf")

MEDIA: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    HTML: "text/html; charset=utf-8",
}
FORMS: Final[dict[Kind, tuple[str, ...]]] = {"select": _TABLES, "ask": _TABLES, "graph": _GRAPHS}
#: Further names by which a client may ask for a form.
ALIASES: Final = {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "nt",
    "application/x-turtle": "ttl",
}
#: Names of W3C for the forms, for the service description.
NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def choose_form(accept: str | None, kind: Kind) -> str | None:
    """Return the form of a kind of result that a client likes best, if there is one."""
    extensions = [*FORMS[kind], HTML]
    offers = [(MEDIA[extension], extension) for extension in extensions]
    offers += [(media, form) for media, form in ALIASES.items() if form in extensions]
    return choose_key(accept, offers)


def results_form(form: str) -> pyoxigraph.QueryResultsFormat:
    """Return the format of a table."""
    found = pyoxigraph.QueryResultsFormat.from_extension(form)
    if found is None:
        raise LookupError(f"{form!r} is no form of results")
    return found


def graph_form(form: str) -> pyoxigraph.RdfFormat:
    """Return the format of a graph."""
    found = pyoxigraph.RdfFormat.from_extension(form)
    if found is None:
        raise LookupError(f"{form!r} is no form of RDF")
    return found
