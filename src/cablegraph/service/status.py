"""What the service says of itself: health, metrics, its API, the terms that the page completes."""

from __future__ import annotations

import re
from importlib import resources

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph import __version__
from cablegraph.namespaces import CBL, PREFIXES, expand
from cablegraph.publication.respond import give, tell
from cablegraph.publication.vocabulary import list_documents, read_document
from cablegraph.service.engine import Engine
from cablegraph.service.messages import Job
from cablegraph.service.metrics import Metrics
from cablegraph.service.page import read_asset
from cablegraph.service.sparql import PATH as SPARQL
from cablegraph.terms import RDF_TYPE, parse_line

_TERMS = "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }"
_LOCAL = re.compile(r"[A-Za-z_](?:[\w.-]*\w)?", re.ASCII)
_CONCEPT = f"<{expand('skos:Concept')}>"
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Status:
    """The handlers of these routes."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        self._engine, self._metrics = engine, metrics
        self._terms: bytes | None = None

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/favicon.ico", _give_nothing),
            Route("/healthz", self._tell_health),
            Route("/metrics", self._tell_metrics),
            Route("/openapi.json", self._tell_api),
            Route(f"{SPARQL}/terms.json", self._tell_terms),
            Route(f"{SPARQL}/assets/{{name}}", self._give_asset),
        ]

    async def _tell_health(self, request: Request) -> Response:
        state = await self._engine.find_state()
        said: dict[str, object] = {"status": "ok" if state else "starting", "version": __version__}
        said |= {
            "triples": self._engine.summary.triples,
            "graphs": len(self._engine.summary.graphs),
            "restarts": self._engine.restarts,
        }
        if state:
            said |= {"running": state.running, "waiting": state.waiting}
        headers = {"Cache-Control": "no-store"}
        code = 200 if state else 503
        return Response(msgspec.json.encode(said), code, headers, "application/json")

    async def _tell_metrics(self, request: Request) -> Response:
        state = await self._engine.find_state()
        text = self._metrics.write(state, self._engine.restarts)
        return Response(text, headers={"Cache-Control": "no-store", "Content-Type": _PROMETHEUS})

    async def _tell_api(self, request: Request) -> Response:
        text = resources.files(__package__).joinpath("data", "openapi.json").read_bytes()
        told = msgspec.json.decode(text)
        told["info"]["version"] = __version__
        return give(request, msgspec.json.encode(told), "application/json")

    async def _tell_terms(self, request: Request) -> Response:
        if self._terms is None:
            found = await self._find_terms()
            if not found:
                return tell(503, "the terms can't be listed now\n", headers={"Retry-After": "5"})
            self._terms = msgspec.json.encode(found)
        return give(request, self._terms, "application/json")

    async def _find_terms(self) -> list[str]:
        """Return the prefixed names of what the graph uses and the vocabulary has, and concepts."""
        outcome, file = await self._engine.ask(Job(query=_TERMS, forms={"select": "json"}))
        with file:
            if outcome.status != 200:
                return []
            rows = msgspec.json.decode(file.read())["results"]["bindings"]
        names = {shorten(row["t"]["value"]) for row in rows} | {shorten(iri) for iri in CBL}
        prefixes = sorted(f"{prefix}:" for prefix in PREFIXES)
        return sorted(name for name in names if name) + prefixes + find_concepts()

    async def _give_asset(self, request: Request) -> Response:
        asset = read_asset(request.path_params["name"])
        return give(request, *asset) if asset else tell(404, "nothing is here\n")


async def _give_nothing(request: Request) -> Response:
    """Browsers ask for an icon whatever the page says; a 404 would stand in their console."""
    return Response(status_code=204, headers={"Cache-Control": "public, max-age=86400"})


def find_concepts() -> list[str]:
    """Return the concepts of all schemes as a query names them, which have no prefix of their own.

    >>> "<https://w3id.org/cablegraph/scheme/stance/reject>" in find_concepts()
    True
    """
    schemes = (read_document(name) for name in list_documents() if name.startswith("scheme/"))
    quads = (parse_line(line) for lines in schemes for line in lines)
    return sorted({q.subject for q in quads if (q.predicate, q.object) == (RDF_TYPE, _CONCEPT)})


def shorten(iri: str) -> str:
    """Return the prefixed name of a term, empty if there is none.

    >>> shorten("http://purl.org/dc/terms/title")
    'dcterms:title'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return ""
