"""The web server around the application: limits of connections, logs, a clean end."""

from __future__ import annotations

import asyncio
import resource
import socket

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits
from cablegraph.service.logs import set_up_logs

#: Seconds that answers on their way have when the service ends.
_GRACE = 5
_KEEP_ALIVE = 5


def run_server(app: ASGIApp, listening: socket.socket, engine: Engine) -> None:
    """Serve until Ctrl-C or SIGTERM; then queries end at once, and answers on their way go on."""
    limits = engine.limits
    set_up_logs()
    _allow_descriptors()
    # Who asks and then does not read is cut off; accepted connections inherit it.
    unread = int(limits.patience * 3 * 1000)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, unread)
    config = uvicorn.Config(
        app,
        http=_make_protocol(limits),
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=limits.head + 16 * 1024,
    )
    _Server(config, engine).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, engine: Engine) -> None:
        super().__init__(config)
        self._engine = engine

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._engine.stop()
        await super().shutdown(sockets)


def _make_protocol(limits: Limits) -> type[asyncio.Protocol]:
    class Impatient(H11Protocol):
        """Closes a connection on which the head of a request does not come in time."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            if self._is_between_requests():
                self._wait_for_head()
            super().data_received(data)

        def _wait_for_head(self) -> None:
            self.loop.call_later(limits.patience, self._give_up, self.cycle)

        def _give_up(self, last: object) -> None:
            if self.cycle is last and self._is_between_requests():
                self.transport.close()

        def _is_between_requests(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

    return Impatient


def _allow_descriptors() -> None:
    """Let this process have as many files open as the system permits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
