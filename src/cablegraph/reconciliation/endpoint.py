"""One address of a web service: its methods, open to scripts of any site, with limits.

Every answer has its media type and the CORS header, those to mistakes too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from cablegraph.errors import OversizeError, RequestError

Handler = Callable[[Request], Awaitable[Response]]

#: Bytes of a form: a thousand queries of some hundred Cyrillic letters each, percent-encoded.
LARGEST_FORM = 4 * 1024 * 1024
#: Seconds for a form to arrive; a client that is slower holds a place that others need.
PATIENCE = 30.0
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100


class JsonResponse(Response):
    """JSON in plain ASCII, so that no client can misread it."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Return the bytes."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


class Endpoint:
    """An ASGI application that hands each method to its handler."""

    def __init__(self, **handlers: Handler) -> None:
        self._handlers = {name.upper(): handler for name, handler in handlers.items()}
        if "GET" in self._handlers:
            self._handlers["HEAD"] = self._handlers["GET"]
        self._allowed = ", ".join(sorted({*self._handlers, "OPTIONS"}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def send_open(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *self._cors(scope)]
            await send(message)

        try:
            response = await self._answer(Request(scope, receive))
        except ClientDisconnect:
            return
        except BaseException:
            # A bug keeps its traceback, but a script on another site may read that there is one.
            if not started:
                bug = JsonResponse({"error": "the service has a fault; its log says more"}, 500)
                await bug(scope, receive, send_open)
            raise
        await response(scope, receive, send_open)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": self._allowed})
        handler = self._handlers.get(request.method)
        if handler is None:
            told = {"error": f"no {request.method} here; use {self._allowed}"}
            return JsonResponse(told, 405, headers={"Allow": self._allowed})
        try:
            return await handler(request)
        except OversizeError as error:
            return JsonResponse({"error": str(error)}, 413)
        except RequestError as error:
            return JsonResponse({"error": str(error)}, 400)

    def _cors(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        headers = {"access-control-allow-origin": "*", "x-content-type-options": "nosniff"}
        if scope["method"] == "OPTIONS":
            headers["access-control-allow-methods"] = self._allowed
            headers["access-control-allow-headers"] = "content-type, x-requested-with"
            headers["access-control-max-age"] = "86400"
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]


async def read_form(request: Request) -> Mapping[str, str]:
    """Read the fields of the address and, after a POST, of the form.

    Raises:
        RequestError: if it is no form, has too many fields or one twice, or comes too slowly.
        OversizeError: if it is larger than LARGEST_FORM.
    """
    if request.method != "POST":
        return _fields(request.url.query)
    kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if kind != _FORM:
        raise RequestError(f"a body of {kind[:60]!r}", where="body", remedy=f"send {_FORM}")
    try:
        async with asyncio.timeout(PATIENCE):
            body = await _read_body(request)
    except TimeoutError as cause:
        raise RequestError("the form does not end", where="body", remedy="send faster") from cause
    try:
        return _fields(body.decode("utf-8"))
    except UnicodeDecodeError as cause:
        raise RequestError("not UTF-8", where="body", remedy="send UTF-8") from cause


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise OversizeError(
                "the form is too large", where="body", remedy=f"send {LARGEST_FORM} bytes at most"
            )
    return bytes(body)


def _fields(text: str) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except ValueError as cause:
        raise RequestError("no form", where="body", remedy="percent-encode UTF-8") from cause
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise RequestError("a field stands twice", where="body", remedy="send each field once")
    return fields
