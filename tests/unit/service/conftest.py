"""A small invented graph, its engine, and ways to ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cablegraph.service.app import make_app
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits

GRAPH = """
@prefix : <https://e.org/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .

<https://e.org/graph/one> {
  :letter-1 dcterms:title "The first letter"@en, "Первое письмо"@ru ; dcterms:creator :ana .
  :ana a rico:Person ; skos:prefLabel "Ana"@en .
}
<https://e.org/graph/two> {
  :letter-2 dcterms:title "<script>alert(1)</script>" ; dcterms:creator :ana .
  :ana skos:prefLabel "Ana"@en .
}
<https://e.org/graph/many> {
%s
}
"""
#: Rows for killers to multiply.
MANY = "\n".join(f"  :thing-{n} dcterms:identifier {n} ." for n in range(400))
LIMITS = Limits(
    seconds=2.0, short_seconds=0.5, memory=300_000_000, rows=2000, result=1_000_000, body=200_000
)
#: Four hundred times itself, four times over.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TABLE = "application/sparql-results+json"

Call = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def service_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the graph."""
    path = tmp_path_factory.mktemp("service") / "graph.trig"
    path.write_text(GRAPH % MANY, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def engine(service_graph: Path) -> Iterator[Engine]:
    """Return an engine with low limits."""
    made = Engine(service_graph, LIMITS)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def call(engine: Engine) -> Call:
    """Return a function that sends one request to the application."""
    app = make_app(engine)

    async def send(method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return lambda method, path, **options: asyncio.run(send(method, path, options))


@pytest.fixture(scope="session")
def ask(call: Call) -> Call:
    """Return a function that sends a query by GET."""

    def send(query: str, accept: str = TABLE, **fields: Any) -> httpx.Response:
        return call("GET", "/sparql", params={"query": query, **fields}, headers={"Accept": accept})

    return send
