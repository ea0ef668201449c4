"""From an outcome to an answer over HTTP, with the result sent from its file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from cablegraph.publication.respond import tell
from cablegraph.service.engine import Engine
from cablegraph.service.forms import MEDIA
from cablegraph.service.messages import Job, Outcome
from cablegraph.service.metrics import Metrics

#: Results up to this size are sent in one piece.
_SMALL = 256 * 1024
_PIECE = 64 * 1024


async def do_job(
    job: Job, request: Request, engine: Engine, metrics: Metrics
) -> tuple[Outcome, IO[bytes]] | None:
    """Return what the engine answers; None if the client left, and then the query ended with it."""
    address = request.client.host if request.client else ""
    with engine.clients.admit(address) as is_admitted:
        if not is_admitted:
            refused = _refuse_client(engine)
            metrics.count_query(refused)
            return refused, BytesIO()
        return await _ask(job, request, engine, metrics)


def _refuse_client(engine: Engine) -> Outcome:
    most = engine.limits.client_queries
    told = f"this client has {most} queries under way already; send the next when one is answered"
    return Outcome(status=429, reason="client", text=told)


async def _ask(
    job: Job, request: Request, engine: Engine, metrics: Metrics
) -> tuple[Outcome, IO[bytes]] | None:
    asking = asyncio.ensure_future(engine.ask(job))
    leaving = asyncio.ensure_future(_wait_for_leave(request))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        if not asking.done():
            asking.cancel()
    if asking.cancelled() or not asking.done():
        metrics.count_query(Outcome(status=499, reason="away"))
        return None
    outcome, file = asking.result()
    metrics.count_query(outcome)
    request.state.reason = outcome.reason
    return outcome, file


async def _wait_for_leave(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def send_result(outcome: Outcome, file: IO[bytes], *, head: bool) -> Response:
    """Return a whole result."""
    size = os.fstat(file.fileno()).st_size
    headers = {"Content-Length": str(size), "Vary": "Accept", "Cache-Control": "no-cache"}
    media = MEDIA[outcome.form]
    if head or size <= _SMALL:
        with file:
            content = b"" if head else file.read()
        response = Response(content, headers=headers)
        response.headers["Content-Type"] = media
        return response
    headers["Content-Type"] = media
    return StreamingResponse(_cut(file), headers=headers, background=BackgroundTask(file.close))


def send_reason(outcome: Outcome, *, retry_after: int) -> Response:
    """Return why there is no result, in plain text."""
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    if outcome.reason in ("busy", "broker", "client"):
        headers["Retry-After"] = str(retry_after)
    if outcome.status in (408, 413):
        headers["Connection"] = "close"
    if outcome.status == 415:
        headers["Accept-Post"] = "application/sparql-query, application/x-www-form-urlencoded"
    return tell(outcome.status, f"{outcome.text}\n", headers=headers)


def _cut(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
