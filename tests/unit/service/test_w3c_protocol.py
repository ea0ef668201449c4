"""The query requests of W3C's manifests, from a folder that an environment variable names.

CABLEGRAPH_SPARQL11 is the folder ``sparql11`` of https://github.com/w3c/rdf-tests, with its folder
``protocol``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from cablegraph.service.app import make_app
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits

FOLDER = os.environ.get("CABLEGRAPH_SPARQL11", "")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
#: A graph that requests name though no test brings it.
DATA = "http://kasei.us/2009/09/sparql/data/data0.rdf"
TABULAR = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab",
)
RDF_TYPES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


def read_tests() -> tuple[Graph, list[Node]]:
    """Return the manifest and its tests in order."""
    graph = Graph()
    if not FOLDER:
        return graph, []
    graph.parse(Path(FOLDER) / "protocol" / "manifest.ttl")
    return graph, list(Collection(graph, next(graph.objects(None, MF.entries))))


MANIFEST, TESTS = read_tests()


@pytest.fixture(scope="module")
def w3c(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., httpx.Response]]:
    """Return a function that sends a request to a service of the graphs of the tests."""
    quads = [f"<{DATA}> <http://e.org/p> <http://e.org/o> <{DATA}> ."]
    for data in set(MANIFEST.objects(None, UT.graphData)):
        name, file = MANIFEST.value(data, LABEL), MANIFEST.value(data, UT.graph)
        lines = Path(str(file).removeprefix("file://")).read_text(encoding="utf-8").split("\n")
        quads += [line.rstrip(" .") + f" <{name}> ." for line in lines if line.strip()]
    path = tmp_path_factory.mktemp("w3c") / "data.nq"
    path.write_text("\n".join(quads) + "\n", encoding="utf-8")
    engine = Engine(path, Limits())
    app = make_app(engine)

    async def send(request: httpx.Request) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            return await client.send(request)

    yield lambda *args, **options: asyncio.run(send(httpx.Request(*args, **options)))
    engine.stop()


def find_requests(test: Node) -> list[Node]:
    """Return the requests of a test in order."""
    action = MANIFEST.value(test, MF.action)
    head = MANIFEST.value(action, HT.requests)
    assert isinstance(head, BNode | URIRef)
    return list(Collection(MANIFEST, head))


def make_request(node: Node) -> tuple[str, str, dict[str, str], bytes]:
    """Return method, address, headers and body."""
    path = str(MANIFEST.value(node, HT.absolutePath))
    head = MANIFEST.value(node, HT.headers)
    fields = list(Collection(MANIFEST, head)) if head else []
    headers = {
        str(MANIFEST.value(field, HT.fieldName)): str(MANIFEST.value(field, HT.fieldValue))
        for field in fields
    }
    body = MANIFEST.value(node, HT.body)
    text = str(MANIFEST.value(body, CNT.chars)) if body else ""
    encoding = str(MANIFEST.value(body, CNT.characterEncoding)) if body else "utf-8"
    method = str(MANIFEST.value(node, HT.methodName))
    return method, f"http://test{path}", headers, text.encode(encoding)


def check_format(answer: httpx.Response, expected: str) -> None:
    """Check the media type against the kind of result."""
    media = answer.headers["content-type"]
    fits: dict[str, Any] = {"boolean": TABULAR[:2], "tabular": TABULAR, "RDF": RDF_TYPES}
    assert media.startswith(fits[expected])


@pytest.mark.skipif(not FOLDER, reason="CABLEGRAPH_SPARQL11 names no folder of W3C's tests")
@pytest.mark.parametrize("test", TESTS, ids=lambda test: str(test).rpartition("#")[2])
def test_the_protocol(w3c: Callable[..., httpx.Response], test: Node) -> None:
    """Queries have the status and kind that W3C expects; updates are refused with 403."""
    for node in find_requests(test):
        method, url, headers, body = make_request(node)
        answer = w3c(method, url, headers=headers, content=body)
        response = MANIFEST.value(node, HT.resp)
        expected = {str(s)[-3:] for s in MANIFEST.objects(response, MF.expectedStatus)}
        if str(test).rpartition("#")[2].startswith("update_"):
            assert 403 == answer.status_code
            return
        assert f"{answer.status_code // 100}xx" in expected, answer.text
        boolean = MANIFEST.value(response, MF.expectedBoolean)
        if boolean is not None:
            assert boolean.toPython() == answer.json()["boolean"]
        kind = MANIFEST.value(response, MF.expectedFormat)
        if kind is not None:
            check_format(answer, str(kind))


@pytest.mark.skipif(not FOLDER, reason="CABLEGRAPH_SPARQL11 names no folder of W3C's tests")
def test_the_service_description(w3c: Callable[..., httpx.Response]) -> None:
    """GET gives RDF, with a triple for the endpoint, and every term used is one of the standard."""
    answer = w3c("GET", "http://test/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = URIRef("http://test/sparql")

    assert (endpoint, sd.endpoint, endpoint) in graph
    assert (endpoint, RDF.type, sd.Service) in graph
    allowed = {"endpoint", "feature", "supportedLanguage", "resultFormat", "defaultDataset",
               "defaultGraph", "namedGraph", "name", "graph"}  # fmt: skip
    assert {str(p)[len(sd) :] for p in graph.predicates() if p in sd} == allowed
