"""One address of the service: methods, validators, negotiation and CORS, the same for all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from cablegraph.errors import DataError
from cablegraph.publication.signposting import Link, to_header

_log = logging.getLogger(__name__)

Handler = Callable[[Request], Response]

_METHODS = "GET, HEAD, OPTIONS"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Location, Vary",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Profile, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: Nothing of a page may run or be sent, and nothing of another host be loaded.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: Seconds that a copy may be kept unasked; afterwards the ETag is asked for.
FRESH = 300


class Resource:
    """An ASGI application that answers GET and HEAD with a handler, which runs in a thread."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers=_PREFLIGHT)
        elif request.method not in ("GET", "HEAD"):
            told = f"{request.method[:20]} is not possible here; use {_METHODS}\n"
            response = tell(405, told, headers={"Allow": _METHODS})
        else:
            response = await run_in_threadpool(self._answer, request)
            if request.method == "HEAD" and not isinstance(response, FileResponse):
                response.body = b""
        response.headers.update({k: v for k, v in _OPEN.items() if k not in response.headers})
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        try:
            return self._handler(request)
        except DataError as error:
            # The reason has a path of this machine in it, which is nobody else's business.
            _log.error("%s", error)
            return tell(503, "The data behind this address can't be read; the log says why.\n")


def tell(status: int, text: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return a short answer in plain text."""
    return Response(text, status, dict(headers or {}), "text/plain")


def give(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    links: Sequence[Link] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return content with a strong ETag, or 304 if the client has it already."""
    digest = hashlib.sha256(media_type.encode("ascii") + b"\0" + content).hexdigest()[:32]
    etag = f'"{digest}"'
    said = {"ETag": etag, "Cache-Control": f"public, max-age={FRESH}", **(headers or {})}
    if links:
        said["Link"] = to_header(links)
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=said)
    said["Content-Type"] = media_type
    if media_type.startswith("text/html"):
        said.setdefault("Content-Security-Policy", PAGE_POLICY)
    return Response(content, headers=said)


def with_charset(media_type: str) -> str:
    """Return the value of Content-Type for a file; text is UTF-8.

    >>> with_charset("text/turtle")
    'text/turtle; charset=utf-8'
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def give_file(request: Request, file: Path, media_type: str, etag: str) -> Response:
    """Return a large file piece by piece, or a part that is asked for; 304 as in ``give``."""
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={FRESH}"}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return FileResponse(file, headers=headers, media_type=media_type)


def redirect(
    status: int, target: str, *, links: Sequence[Link] = (), vary: bool = False
) -> Response:
    """Return a redirection to a path or address, with a line for people."""
    headers = {"Location": quote(target, safe="/:?#[]@!$&'()*+,;=%~")}
    if vary:
        headers["Vary"] = "Accept"
    if links:
        headers["Link"] = to_header(links)
    return tell(status, f"see {target}\n", headers=headers)


def refuse(alternatives: Sequence[tuple[str, str]], links: Sequence[Link] = ()) -> Response:
    """Return 406 with the list of what there is: pairs of media type and address."""
    lines = ["Nothing here has a form that the Accept header allows. There are:"]
    lines.extend(f"  {media_type}  {address}" for media_type, address in alternatives)
    headers = {"Vary": "Accept"}
    listed = list(links) or [Link("alternate", a, media_type) for media_type, a in alternatives]
    headers["Link"] = to_header(listed)
    return tell(406, "\n".join(lines) + "\n", headers=headers)


def _has(header: str, etag: str) -> bool:
    """Whether If-None-Match names an ETag; for GET the weak comparison holds."""
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in named or etag in named
