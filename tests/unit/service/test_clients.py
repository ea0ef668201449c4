"""One client cannot take every place: with too many queries under way it gets 429."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cablegraph.service.app import make_app
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits

#: Runs until its time is over.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LIMITS = Limits(seconds=2.0, short_seconds=1.0, crowded_seconds=1.0, client_queries=2)


@pytest.fixture
def engine(service_graph: Path) -> Iterator[Engine]:
    """An engine that lets a client have two queries at once."""
    made = Engine(service_graph, LIMITS)
    yield made
    made.stop()


async def ask_from(app: object, address: str, query: str) -> httpx.Response:
    """Send a query from an address."""
    transport = httpx.ASGITransport(app=app, client=(address, 1))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get("/sparql", params={"query": query})


def test_a_client_with_too_many_queries_is_told_to_wait(engine: Engine) -> None:
    """Another client is answered meanwhile, and so is the first when its queries are over."""
    app = make_app(engine)

    async def run() -> list[httpx.Response]:
        killers = [asyncio.ensure_future(ask_from(app, "10.0.0.1", ENDLESS)) for _ in range(2)]
        await asyncio.sleep(0.3)
        third = await ask_from(app, "10.0.0.1", "ASK { }")
        other = await ask_from(app, "10.0.0.2", "ASK { }")
        await asyncio.gather(*killers)
        return [third, other, await ask_from(app, "10.0.0.1", "ASK { }")]

    third, other, later = asyncio.run(run())

    assert (429, 200, 200) == (third.status_code, other.status_code, later.status_code)
    assert str(LIMITS.retry_after) == third.headers["retry-after"]
    assert third.headers["content-type"].startswith("text/plain")
    assert "2 queries under way" in third.text


def test_a_client_that_leaves_gives_its_place_back(engine: Engine) -> None:
    """A query that is cancelled is no longer counted."""
    app = make_app(engine)

    async def run() -> httpx.Response:
        for _ in range(3):
            asked = asyncio.ensure_future(ask_from(app, "10.0.0.1", ENDLESS))
            await asyncio.sleep(0.1)
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
        return await ask_from(app, "10.0.0.1", "ASK { }")

    assert 200 == asyncio.run(run()).status_code


def test_one_client_leaves_room_in_the_line_for_others() -> None:
    """By default it may fill half of it."""
    assert Limits().client_queries <= Limits().short_line // 2
