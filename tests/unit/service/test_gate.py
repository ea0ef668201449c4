"""What surrounds the routes: health, metrics, logs, the description of the API."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from cablegraph.publication.dereference import make_routes
from cablegraph.service.logs import JsonLines
from cablegraph.service.messages import Outcome, State
from cablegraph.service.metrics import Metrics
from cablegraph.service.page import read_asset

ROOT = Path(__file__).resolve().parents[3]
Call = Callable[..., httpx.Response]

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+')


def test_health_counts_what_is_served(call: Call) -> None:
    """Triples and graphs, and what runs now."""
    told = call("GET", "/healthz").json()

    assert "ok" == told["status"]
    assert (0, 0) == (told["running"], told["waiting"])
    assert told["triples"] > 400


def test_metrics_count_requests_and_queries(call: Call) -> None:
    """Each line is one that Prometheus reads."""
    call("GET", "/sparql?query=ASK+%7B%7D")
    call("GET", "/sparql?query=DROP+ALL")
    call("GET", "/no%22thing%0Ahere")
    text = call("GET", "/metrics").text
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]

    assert [] == [line for line in lines if not SAMPLE.fullmatch(line)]
    assert 'cablegraph_http_requests_total{route="/sparql",method="GET",status="403"} ' in text
    assert 'route="other",method="GET",status="404"' in text
    assert 'cablegraph_queries_total{reason="refused",lane="short"} ' in text
    assert "cablegraph_up 1" in text


def test_a_killed_worker_is_counted_once() -> None:
    """By its reason, and in the histogram in every bucket that holds it."""
    metrics = Metrics()
    metrics.count_query(Outcome(status=504, reason="time", seconds=3.0, lane="long"))
    text = metrics.write(State(running=1, waiting=2), 0)

    assert 'cablegraph_workers_ended_total{reason="time"} 1\n' in text
    assert 'cablegraph_query_seconds_bucket{lane="long",le="2.5"} 0\n' in text
    assert 'cablegraph_query_seconds_bucket{lane="long",le="5"} 1\n' in text
    assert 'cablegraph_query_seconds_bucket{lane="long",le="+Inf"} 1\n' in text
    assert "cablegraph_queries_waiting 2\n" in text


def test_a_broker_that_is_silent_is_down() -> None:
    """The service still tells its metrics."""
    assert "cablegraph_up 0\n" in Metrics().write(None, 3)


def test_a_log_line_is_json_whatever_was_asked(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    """No query, no address of the client; a line break in the path stays within the line."""
    with caplog.at_level(logging.INFO, "cablegraph.service.gate"):
        call("GET", "/id/%0A%22fake", params={"query": "ASK { secret }"})
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    handler.handle(caplog.records[-1])
    said = json.loads(out.getvalue())

    assert 1 == out.getvalue().count("\n")
    assert ("request", '/id/\n"fake', 404) == (said["event"], said["path"], said["status"])
    assert "secret" not in out.getvalue()
    assert "127.0.0.1" not in out.getvalue()


def test_a_bug_is_logged_with_its_trace() -> None:
    """In one line as well."""
    try:
        raise ZeroDivisionError("a\nb")
    except ZeroDivisionError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "f", 1, "failed", (), __import__("sys").exc_info()
        )
    said = json.loads(JsonLines().format(record))

    assert "ZeroDivisionError" in said["trace"]
    assert "\n" not in JsonLines().format(record)


def test_the_api_is_described(call: Call) -> None:
    """Every path of the description that is served here answers, every reference is defined."""
    told = call("GET", "/openapi.json").json()
    text = json.dumps(told)
    names = re.findall(r'"#/components/(\w+)/(\w+)"', text)

    assert told["openapi"].startswith("3.1")
    assert all(name in told["components"][kind] for kind, name in names)
    here = [path for path in told["paths"] if path.startswith(("/sparql", "/rdf", "/h", "/m"))]
    assert 5 == len(here)
    assert 404 not in [call("GET", path).status_code for path in here]


def test_the_described_documents_have_routes(call: Call) -> None:
    """Those that are made elsewhere and mounted."""
    there = {route.path for route in make_routes(ROOT / "output") if isinstance(route, Route)}
    told = {path for path in call("GET", "/openapi.json").json()["paths"] if ".json" in path}
    described = told - {"/sparql/terms.json", "/data/{path}.jsonld"}

    assert described
    assert described <= there
    assert "/data/{path:path}" in there


def test_only_two_files_are_given() -> None:
    """Whatever name is asked for."""
    assert read_asset("query.css")
    assert [None] * 3 == [read_asset(name) for name in ("query.html", "../app.py", "")]
