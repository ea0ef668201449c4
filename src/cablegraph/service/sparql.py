"""The SPARQL 1.1 Protocol, read-only, with a page for browsers at the same address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cablegraph.publication.negotiate import choose_key
from cablegraph.publication.respond import give, tell
from cablegraph.service.answering import do_job, send_reason, send_result
from cablegraph.service.asking import Asked, read_request
from cablegraph.service.description import describe_service
from cablegraph.service.engine import Engine
from cablegraph.service.forms import ALIASES, FORMS, HTML, MEDIA, choose_form
from cablegraph.service.messages import Job, Kind, Outcome
from cablegraph.service.metrics import Metrics
from cablegraph.service.page import QueryPage

PATH = "/sparql"
METHODS = "GET, HEAD, POST, OPTIONS"
_LEFT = 499  # as nginx logs a client that went away


@dataclass(frozen=True, slots=True)
class Site:
    """Where the service stands: its address as clients know it, and the IRIs that it answers for.

    Shape: *public* is empty where the address is taken from each request; IRIs that begin with
        *local* have the same path here.
    """

    public: str = ""
    local: str = ""

    @property
    def root(self) -> str:
        """The path before every path; it ends in a stroke."""
        return urlsplit(self.public).path.rstrip("/") + "/"


class SparqlEndpoint:
    """An ASGI application for one address."""

    def __init__(self, engine: Engine, metrics: Metrics, site: Site) -> None:
        self._engine, self._metrics, self._site = engine, metrics, site
        self._page = QueryPage(site.root + PATH.lstrip("/"))
        self._descriptions: dict[tuple[str, str], bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(METHODS))
        if request.method not in METHODS.split(", "):
            return tell(405, f"use {METHODS}\n", headers={"Allow": METHODS})
        asked = await read_request(request, self._engine.limits)
        if isinstance(asked, Outcome):
            return self._refuse(request, Asked(), asked)
        if asked.form and asked.form not in MEDIA:
            told = f"the field format is one of {', '.join(MEDIA)}"
            return self._refuse(request, asked, Outcome(status=400, reason="request", text=told))
        browsing = wants_page(request, asked)
        if asked.query is None or (browsing and not asked.query.strip()):
            return self._introduce(request, asked)
        return await self._ask(request, asked, browsing)

    async def _ask(self, request: Request, asked: Asked, browsing: bool) -> Response:
        job = Job(
            query=asked.query or "",
            base=self._find_address(request),
            default=asked.default,
            named=asked.named,
            forms=choose_forms(request.headers.get("accept"), asked.form),
            local=self._site.local,
            root=self._site.root,
        )
        done = await do_job(job, request, self._engine, self._metrics)
        if done is None:
            return Response(status_code=_LEFT)
        outcome, file = done
        if outcome.status != 200:
            file.close()
            return self._refuse(request, asked, outcome)
        if browsing:
            with file:
                return self._page.show_result(asked, outcome, file.read().decode("utf-8"))
        return send_result(outcome, file, head=request.method == "HEAD")

    def _introduce(self, request: Request, asked: Asked) -> Response:
        """Answer a request without a query: the page for browsers, else the description."""
        if request.method == "POST":
            told = "there is no query; send the field query"
            return self._refuse(request, asked, Outcome(status=400, reason="request", text=told))
        if wants_page(request, asked):
            return self._page.show_empty(asked.question)
        form = asked.form or choose_form(request.headers.get("accept"), "graph")
        if form not in FORMS["graph"]:
            media = ", ".join(MEDIA[name] for name in FORMS["graph"])
            return tell(406, f"the description is given as one of {media}\n", headers=_VARY)
        address = self._find_address(request)
        described = self._descriptions.get((address, form))
        if described is None:
            described = describe_service(address, self._engine.summary, form)
            if len(self._descriptions) < _KEPT:
                self._descriptions[address, form] = described
        return give(request, described, MEDIA[form], headers=_VARY)

    def _refuse(self, request: Request, asked: Asked, outcome: Outcome) -> Response:
        request.state.reason = outcome.reason
        response = send_reason(outcome, retry_after=self._engine.limits.retry_after)
        if not wants_page(request, asked):
            return response
        shown = self._page.show_problem(asked, outcome)
        if "retry-after" in response.headers:
            shown.headers["Retry-After"] = response.headers["retry-after"]
        return shown

    def _find_address(self, request: Request) -> str:
        root = self._site.public.rstrip("/") or str(request.base_url).rstrip("/")
        return root + PATH


#: Descriptions kept; clients choose the host that stands in them.
_KEPT = 16
_VARY = {"Vary": "Accept"}


def wants_page(request: Request, asked: Asked) -> bool:
    """Say whether a browser asks, which likes HTML best."""
    if asked.form:
        return asked.form == HTML
    offers = [(media, name) for name, media in MEDIA.items()]
    offers += list(ALIASES.items())
    return choose_key(request.headers.get("accept"), offers) == HTML


def choose_forms(accept: str | None, chosen: str) -> dict[str, str]:
    """Return the form for each kind of result."""
    kinds: tuple[Kind, ...] = ("select", "ask", "graph")
    if chosen:
        return {kind: chosen for kind in kinds if chosen in (*FORMS[kind], HTML)}
    found = {kind: choose_form(accept, kind) for kind in kinds}
    return {kind: form for kind, form in found.items() if form}


def preflight(methods: str) -> dict[str, str]:
    """Return what a script of another site must know before it asks."""
    return {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, X-Requested-With",
        "Access-Control-Max-Age": "86400",
    }
