"""A small invented graph, its service, and ways to ask it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from cablegraph.reconciliation.app import make_app, make_routes
from cablegraph.reconciliation.catalogue import Catalogue, read_catalogue

GRAPH = """
@prefix : <https://e.org/base/id/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix cbl: <https://w3id.org/cablegraph/def#> .
@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://e.org/dataset> a dcat:Dataset ; dcterms:title "Letters of Ruritania"@en .
<https://e.org/base/id/person/novak> a rico:Person ;
    skos:prefLabel "Ana Nováková"@en, "Анна Новакова"@ru ;
    skos:altLabel "Novakova"@en ; skos:hiddenLabel "Ana Novakovna"@en ;
    skos:scopeNote "Envoy in <Strelsau> & \\"Zenda\\""@en ;
    rico:occupiesOrOccupied <https://e.org/base/id/position/envoy> ;
    skos:exactMatch <http://other.example/entity/Q7> ;
    cbl:evidence <https://e.org/base/id/span/1> .
<https://e.org/base/id/position/envoy> a rico:Position ; skos:prefLabel "Envoy"@en, "Посланник"@ru .
<https://e.org/base/id/person/kim-1> a rico:Person ; skos:prefLabel "Kim Chol"@en ;
    rico:hasOrHadIdentifier "K1" .
<https://e.org/base/id/person/kim-2> a rico:Person ; skos:prefLabel "Kim Chol"@en ;
    rico:hasOrHadIdentifier "K2" .
<https://e.org/base/id/place/strelsau> a rico:Place ; skos:prefLabel "Strelsau"@en, "Штрельзау"@ru ;
    schema:latitude 50.25 ; schema:population 12000 ; dcterms:created "1848-03-01"^^xsd:date ;
    dcterms:issued "0848"^^xsd:gYear .
<https://e.org/base/id/archive/royal> a rico:CorporateBody ; skos:prefLabel "Royal Archive"@en ;
    skos:notation "RA" .
<https://e.org/base/id/org/guard> a rico:CorporateBody ; skos:prefLabel "Palace Guard"@en .
<https://e.org/base/id/group/friends> a rico:Group ; skos:prefLabel "Zenda friends"@en .
<https://e.org/base/id/person/script> a rico:Person ;
    skos:prefLabel "<script>alert(1)</script> @id@"@en .
"""

Call = Callable[..., httpx.Response]
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the graph."""
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def catalogue(graph_file: Path) -> Catalogue:
    """Return the entities of the graph."""
    return read_catalogue(graph_file)


@pytest.fixture(scope="session")
def call(graph_file: Path) -> Call:
    """Return a function that sends one request to the service, which takes 5 queries at once."""
    app = make_app(make_routes(graph_file, batch=5))

    def send(method: str, path: str = "", **options: Any) -> httpx.Response:
        return asyncio.run(_send(app, method, path, options))

    return send


async def _send(app: Any, method: str, path: str, options: Mapping[str, Any]) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, f"/reconcile{path}", **options)


@pytest.fixture(scope="session")
def ask(call: Call) -> Ask:
    """Return a function that asks about one name and gives its candidates."""

    def send(text: str | None = None, **more: Any) -> list[dict[str, Any]]:
        query = more if text is None else {"query": text, **more}
        answer = call("POST", data={"queries": json.dumps({"a": query})})
        assert 200 == answer.status_code, answer.text
        result: list[dict[str, Any]] = answer.json()["a"]["result"]
        return result

    return send
