"""The SPARQL 1.1 Graph Store HTTP Protocol, read-only: one graph, whole."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cablegraph.publication.respond import tell
from cablegraph.service.answering import do_job, send_reason, send_result
from cablegraph.service.asking import parse_fields
from cablegraph.service.engine import Engine
from cablegraph.service.forms import FORMS, MEDIA, choose_form
from cablegraph.service.messages import Job, Outcome
from cablegraph.service.metrics import Metrics
from cablegraph.service.sparql import preflight

PATH = "/rdf-graph-store"
METHODS = "GET, HEAD, OPTIONS"


class GraphStore:
    """An ASGI application for one address."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        self._engine, self._metrics = engine, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(METHODS))
        if request.method not in METHODS.split(", "):
            told = f"the graphs are read-only here; use {METHODS}\n"
            return tell(405, told, headers={"Allow": METHODS})
        graph = _find_graph(request)
        if isinstance(graph, Outcome):
            return self._refuse(request, graph)
        form = choose_form(request.headers.get("accept"), "graph")
        if form not in FORMS["graph"]:
            media = ", ".join(MEDIA[name] for name in FORMS["graph"])
            return tell(406, f"a graph is given as one of {media}\n", headers={"Vary": "Accept"})
        job = Job(graph=graph, forms={"graph": form})
        done = await do_job(job, request, self._engine, self._metrics)
        if done is None:
            return Response(status_code=499)
        outcome, file = done
        if outcome.status != 200:
            file.close()
            return self._refuse(request, outcome)
        return send_result(outcome, file, head=request.method == "HEAD")

    def _refuse(self, request: Request, outcome: Outcome) -> Response:
        request.state.reason = outcome.reason
        return send_reason(outcome, retry_after=self._engine.limits.retry_after)


def _find_graph(request: Request) -> str | Outcome:
    """Return the graph's name, empty for the default graph."""
    fields = parse_fields(request.url.query)
    if isinstance(fields, Outcome):
        return fields
    graphs = [value for key, value in fields if key == "graph"]
    defaults = [key for key, _ in fields if key == "default"]
    if len(graphs) + len(defaults) != 1 or "" in graphs:
        told = "name one graph: ?default or ?graph= with its percent-encoded IRI"
        return Outcome(status=400, reason="request", text=told)
    return graphs[0] if graphs else ""
