"""Run the shapes with pySHACL, the engine by which any other is judged; no other module knows it.

It does the shapes in SHACL Core; the queries of SPARQL constraints are answered by pyoxigraph.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from cablegraph.validation.results import ShapeResult
from cablegraph.validation.shape_graph import SH
from cablegraph.validation.shapes import read_shapes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def run(triples: Iterable[str]) -> Iterator[ShapeResult]:
    """Yield the results for N-Triples statements, given without their full stops.

    Raises:
        ValueError: if there is a triple term, or if SHACL could not run.
    """
    import pyshacl
    from rdflib import Graph, URIRef

    from cablegraph.validation.prepared import PreparedGraph

    text = " .\n".join(triples)
    with _quiet("rdflib.term"):
        data = PreparedGraph(f"{text} .\n" if text else "")
        _, report, text = pyshacl.validate(data, shacl_graph=_read_graph(), inference="none")
    if not isinstance(report, Graph):  # on failure pySHACL gives the exception in its place
        raise ValueError(f"SHACL could not run: {report or text}")
    for node in report.objects(None, URIRef(SH + "result")):  # and not the details of a result
        yield _to_result(report, node)


@lru_cache(maxsize=1)
def _read_graph() -> Graph:
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(data=read_shapes().text, format="nt")


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Silence a logger: rdflib prints a traceback for each ill-typed literal; a shape says it."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _to_result(report: Graph, node: Node) -> ShapeResult:
    from rdflib import BNode, URIRef

    def read(name: str) -> Node | None:
        return report.value(node, URIRef(SH + name))

    focus, path = read("focusNode"), read("resultPath")
    messages = sorted(map(str, report.objects(node, URIRef(SH + "resultMessage"))))
    return read_shapes().to_result(
        f"_:{focus}" if isinstance(focus, BNode) else str(focus),
        str(read("sourceShape")),
        str(read("resultSeverity")),
        messages[0] if messages else "",
        str(path) if isinstance(path, URIRef) else None,
    )
