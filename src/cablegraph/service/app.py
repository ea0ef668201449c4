"""The whole service: every route, with what each request passes first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from cablegraph.publication.respond import tell
from cablegraph.service import graph_store, sparql
from cablegraph.service.engine import Engine
from cablegraph.service.gate import Gate
from cablegraph.service.metrics import Metrics
from cablegraph.service.status import Status


def make_app(
    engine: Engine, others: Sequence[BaseRoute] = (), site: sparql.Site | None = None
) -> ASGIApp:
    """Return the application; it ends the engine when it ends.

    Shape: *others* are routes made elsewhere, tried after those made here.
    """
    metrics = Metrics()
    endpoint = sparql.SparqlEndpoint(engine, metrics, site or sparql.Site())
    routes: list[BaseRoute] = [
        Route(sparql.PATH, endpoint),
        Route(f"{sparql.PATH}/", endpoint),
        Route(graph_store.PATH, graph_store.GraphStore(engine, metrics)),
        *Status(engine, metrics).routes(),
        *others,
    ]

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            engine.stop()

    app = Starlette(routes=routes, lifespan=live, exception_handlers={404: _find_nothing})
    return Gate(app, engine.limits, metrics, _find_first_parts(routes))


async def _find_nothing(request: Request, _: Exception) -> Response:
    return tell(404, "nothing is here\n")


def _find_first_parts(routes: Sequence[BaseRoute]) -> list[str]:
    """Return the first part of each route's path, for counting."""
    paths = [getattr(route, "path", "/") for route in routes]
    firsts = [path.split("/")[1] if "/" in path else "" for path in paths]
    return [first for first in firsts if "{" not in first]
