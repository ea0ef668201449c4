"""The routes of the reconciliation service; an application may have others beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph import __version__
from cablegraph.errors import RequestError, shown
from cablegraph.namespaces import DEF
from cablegraph.reconciliation.answers import (
    Json,
    Suggester,
    extend,
    make_manifest,
    propose_properties,
    tell_candidate,
)
from cablegraph.reconciliation.catalogue import Catalogue, read_catalogue
from cablegraph.reconciliation.endpoint import Endpoint, Handler, JsonResponse, read_form
from cablegraph.reconciliation.matching import Reconciler
from cablegraph.reconciliation.preview import render_preview
from cablegraph.reconciliation.reading import LONGEST_TEXT, read_extension, read_queries

if TYPE_CHECKING:
    import pyoxigraph

#: Queries of one batch, unless set otherwise: about a second of work on a large catalogue.
BATCH = 1_000
PATH = "/reconcile"
#: Nothing of a preview may run, load or be sent, whatever the graph holds.
_PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def make_routes(
    output: Path,
    *,
    path: str = PATH,
    batch: int = BATCH,
    public: str = "",
    store: pyoxigraph.Store | None = None,
) -> list[BaseRoute]:
    """Return the routes that serve the graph of an output folder.

    Shape: *public* is the address of the whole site as clients know it, where a proxy stands
        before it; else it is taken from each request. *store* has the graph already.
    Raises:
        DataError: if there is no graph, or nothing in it can be found by name.
    """
    return _Service(read_catalogue(output, store), path, batch, public).routes()


def make_app(routes: Sequence[BaseRoute]) -> Starlette:
    """Return an application of these routes."""
    return Starlette(routes=routes)


class _Service:
    """What the handlers share."""

    def __init__(self, catalogue: Catalogue, path: str, batch: int, public: str) -> None:
        self._catalogue, self._reconciler = catalogue, Reconciler(catalogue)
        self._suggester = Suggester(catalogue)
        self._path, self._batch, self._public = path, batch, public.rstrip("/")

    def routes(self) -> list[BaseRoute]:
        suggester = self._suggester
        endpoints = {
            "": Endpoint(get=self._ask, post=self._ask),
            "/": Endpoint(get=self._ask, post=self._ask),
            "/suggest/entity": Endpoint(get=_suggesting(suggester.suggest_entities)),
            "/suggest/type": Endpoint(get=_suggesting(suggester.suggest_kinds)),
            "/suggest/property": Endpoint(get=_suggesting(suggester.suggest_properties)),
            "/properties": Endpoint(get=self._propose),
            "/preview": Endpoint(get=self._preview),
            "/{rest:path}": Endpoint(get=_find_nothing, post=_find_nothing),
        }
        return [Route(self._path + end, endpoint) for end, endpoint in endpoints.items()]

    async def _ask(self, request: Request) -> Response:
        fields = await read_form(request)
        if "queries" in fields:
            return await run_in_threadpool(self._reconcile, fields["queries"])
        if "extend" in fields:
            return await run_in_threadpool(self._extend, fields["extend"])
        if request.method == "POST":
            raise RequestError("no queries", where="body", remedy="send the field queries")
        here = self._public or str(request.base_url).rstrip("/")
        told = make_manifest(self._catalogue, here + self._path, self._batch, DEF, __version__)
        return JsonResponse(told)

    def _reconcile(self, text: str) -> Response:
        queries = read_queries(text, self._batch)
        answers = {
            key: {"result": [tell_candidate(c) for c in self._reconciler.find_candidates(query)]}
            for key, query in queries.items()
        }
        return JsonResponse(answers)

    def _extend(self, text: str) -> Response:
        return JsonResponse(extend(self._catalogue, read_extension(text, self._batch)))

    async def _propose(self, request: Request) -> Response:
        fields = await read_form(request)
        limit = _whole(fields["limit"], "limit", 1) if fields.get("limit") else None
        return JsonResponse(propose_properties(self._catalogue, fields.get("type", ""), limit))

    async def _preview(self, request: Request) -> Response:
        entity = self._catalogue.find((await read_form(request)).get("id", ""))
        if entity is None:
            return JsonResponse({"error": "no such entity"}, 404)
        headers = {"Content-Security-Policy": _PREVIEW_POLICY, "Referrer-Policy": "no-referrer"}
        return Response(render_preview(entity), media_type="text/html", headers=headers)


def _suggesting(find: Callable[[str, int], Json]) -> Handler:
    """Return a handler that completes the field ``prefix`` from ``cursor`` on."""

    async def suggest(request: Request) -> Response:
        fields = await read_form(request)
        prefix = fields.get("prefix", "")
        if len(prefix) > LONGEST_TEXT:
            raise RequestError("too long", where="prefix", remedy=f"send {LONGEST_TEXT} at most")
        start = _whole(fields.get("cursor") or "0", "cursor", 0)
        return JsonResponse(await run_in_threadpool(find, prefix, start))

    return suggest


async def _find_nothing(request: Request) -> Response:
    return JsonResponse({"error": "nothing is here"}, 404)


def _whole(text: str, where: str, least: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) >= least):
        raise RequestError(shown(text), where=where, remedy=f"give a whole number from {least}")
    return int(text)
