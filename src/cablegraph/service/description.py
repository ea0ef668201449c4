"""The service description: what the endpoint can do and which graphs it has."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from cablegraph.namespaces import PREFIXES
from cablegraph.service.forms import FORMS, NAMES, graph_form
from cablegraph.service.messages import Summary

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_TRIPLES = NamedNode(PREFIXES["void"] + "triples")


def describe_service(address: str, summary: Summary, form: str) -> bytes:
    """Return the description in a form of RDF; every node has a name under *address*."""
    triples = _describe(address, summary)
    prefixes = {"formats": _FORMATS, "sd": SD, "void": PREFIXES["void"]}
    return pyoxigraph.serialize(triples, format=graph_form(form), prefixes=prefixes) or b""


def _describe(address: str, summary: Summary) -> Iterator[Triple]:
    service, dataset = NamedNode(address), NamedNode(f"{address}#dataset")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    # The default graph is the union because the named graphs are copied into it once at loading.
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in (*FORMS["select"], *FORMS["graph"]):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + NAMES[name]))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    default = NamedNode(f"{address}#default-graph")
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from _describe_graph(default, summary.triples)
    for name, count in sorted(summary.graphs.items()):
        named = NamedNode(f"{address}#named-graph={quote(name, safe='')}")
        content = NamedNode(f"{address}#graph={quote(name, safe='')}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), content)
        yield from _describe_graph(content, count)


def _describe_graph(graph: NamedNode, count: int) -> Iterator[Triple]:
    yield Triple(graph, _TYPE, _sd("Graph"))
    yield Triple(graph, _TRIPLES, Literal(count))


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
