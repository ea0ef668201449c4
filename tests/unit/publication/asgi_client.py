"""A client that asks an application in this process, without a socket."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
from starlette.applications import Starlette

from cablegraph.publication.dereference import make_routes

ROOT = "/wires"
ADDRESS = f"https://host.example.org{ROOT}/"


class Client:
    """Asks the routes of an output folder; redirects are not followed."""

    def __init__(self, output: Path, site: Path | None = None, *, address: str = ADDRESS) -> None:
        self._app = Starlette(routes=make_routes(output, address, site=site))

    def ask(
        self, method: str, path: str, headers: dict[str, str | bytes] | None = None
    ) -> httpx.Response:
        """Send one request; the client adds no Accept of its own."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                del client.headers["accept"]
                return await client.request(method, path, headers=headers)  # type: ignore[arg-type]

        return asyncio.run(send())

    def get(self, path: str, headers: dict[str, str | bytes] | None = None) -> httpx.Response:
        """Send a GET."""
        return self.ask("GET", path, headers)
