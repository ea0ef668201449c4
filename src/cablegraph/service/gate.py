"""What every request passes: limits of its head, headers of every answer, count and log."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cablegraph.publication.respond import tell
from cablegraph.service.limits import Limits
from cablegraph.service.metrics import Metrics

#: Where an answer does not say it better itself.
_HEADERS = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Post, Allow, Content-Location, ETag, Link, Location, Retry-After, Vary",
    ),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
_SHOWN = 200
_log = logging.getLogger(__name__)


class Gate:
    """An ASGI application around another; *routes* are the first parts of the paths it knows."""

    def __init__(
        self, app: ASGIApp, limits: Limits, metrics: Metrics, routes: Sequence[str]
    ) -> None:
        self._app, self._limits, self._metrics = app, limits, metrics
        self._routes = frozenset(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, passed = time.monotonic(), _Passed(send)
        scope.setdefault("state", {})
        try:
            refusal = self._check_head(scope)
            await (refusal or self._app)(scope, receive, passed.send)
        finally:
            self._note(scope, passed, time.monotonic() - started)

    def _check_head(self, scope: Scope) -> Response | None:
        address = len(scope.get("raw_path", b"")) + len(scope["query_string"])
        if address > self._limits.head * 3 // 4:
            most = self._limits.head * 3 // 4
            return tell(414, f"the address is longer than {most:,} bytes; use POST\n")
        headers = scope["headers"]
        size = address + sum(len(name) + len(value) + 4 for name, value in headers)
        if len(headers) > self._limits.headers or size > self._limits.head:
            return tell(431, f"the headers are more than {self._limits.head:,} bytes or too many\n")
        return None

    def _note(self, scope: Scope, passed: _Passed, seconds: float) -> None:
        first = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        route = f"/{first}" if first in self._routes else "other"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.count_request(route, method, passed.status)
        # No address of the client and no query: what people ask is theirs.
        said = {
            "event": "request",
            "method": method,
            "path": scope["path"][:_SHOWN],
            "status": passed.status,
            "bytes": passed.size,
            "seconds": round(seconds, 4),
            "reason": scope["state"].get("reason", ""),
        }
        _log.info("request", extra={"said": said})


class _Passed:
    """An answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.size = 500, 0

    async def send(self, message: Message) -> None:
        """Add the headers that are missing, and count."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            there = {name.lower() for name, _ in message["headers"]}
            added = [(name, value) for name, value in _HEADERS if name not in there]
            message["headers"] = [*message["headers"], *added]
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)
