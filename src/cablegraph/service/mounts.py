"""What is served beside the queries: things and documents, and reconciliation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from cablegraph.publication import dereference
from cablegraph.publication.about import Service
from cablegraph.publication.entities import Entities
from cablegraph.reconciliation import app as reconciliation
from cablegraph.service import graph_store, sparql
from cablegraph.service.app import make_app
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits
from cablegraph.service.store import StoreKind, open_quads, prepare_store

_SERVICES = (
    Service(
        "sparql",
        "SPARQL endpoint",
        sparql.PATH.strip("/"),
        "https://www.w3.org/TR/sparql11-protocol/",
    ),
    Service(
        "graph-store",
        "Graph store, to read",
        graph_store.PATH.strip("/"),
        "https://www.w3.org/TR/sparql11-http-rdf-update/",
    ),
    Service(
        "reconciliation",
        "Reconciliation service",
        reconciliation.PATH.strip("/"),
        "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
    ),
)


@contextmanager
def open_service(
    output: Path, limits: Limits, *, public: str = "", store: StoreKind = "auto"
) -> Iterator[tuple[ASGIApp, Engine]]:
    """Give application and engine for an output folder, or for a file of RDF without documents.

    Shape: *public* is the address of the whole site as clients know it, where a proxy stands
        before it; *store* is where the graph is held.
    Raises:
        DataError: if there is no graph, it can't be read, or nothing in it has a name.
        OutputError: if a store on the disk can't be written.
    """
    place = prepare_store(output, store)
    quads = open_quads(place) if place else None
    routes = list(reconciliation.make_routes(output, public=public, store=quads))
    del quads
    routes += _make_documents(output, public)
    local = Entities(output).base if output.is_dir() else ""
    engine = Engine(output, limits, place)
    try:
        yield make_app(engine, routes, sparql.Site(public, local)), engine
    finally:
        engine.stop()


def _make_documents(output: Path, public: str) -> list[BaseRoute]:
    if not output.is_dir():
        return []
    return dereference.make_routes(output, f"{public.rstrip('/')}/", services=_SERVICES)
