"""``cablegraph serve`` and ``cablegraph reconcile`` as two programs that talk over a socket."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from cablegraph.cli import main


@pytest.fixture(scope="module")
def served(graph_file: Path) -> Iterator[str]:
    """Serve the graph on a free port and return the address of the service."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cablegraph", "serve", str(graph_file), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ})
    url = f"http://127.0.0.1:{port}/reconcile"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, process.stderr.read() if process.stderr else b""
        try:
            httpx.get(url)
            return
        except httpx.ConnectError:
            time.sleep(0.1)
    pytest.fail("the service does not begin")


def test_a_client_asks_over_the_socket(served: str) -> None:
    """Manifest, a batch and a preflight come over HTTP as they should."""
    told = httpx.get(served).json()
    queries = {"q": {"query": "Штрельзау"}}
    found = httpx.post(served, data={"queries": json.dumps(queries)})
    preview = told["preview"]["url"].replace("{{id}}", "place%2Fstrelsau")

    assert f"{served}/preview?id={{{{id}}}}" == told["preview"]["url"]
    assert "place/strelsau" == found.json()["q"]["result"][0]["id"]
    assert "Strelsau" in httpx.get(preview).text
    assert b"" == httpx.head(served).content
    assert "*" == httpx.options(served).headers["access-control-allow-origin"]


def test_our_client_finds_our_entities_at_our_service(
    served: str, graph_file: Path, tmp_path: Path
) -> None:
    """Every name that is no namesake's leads back to its entity, as a match."""
    table = tmp_path / "found.csv"
    options = ["--rate", "100", "--cache", str(tmp_path / "kept"), "-o", str(table)]
    result = CliRunner().invoke(main, ["reconcile", served, "-d", str(graph_file), *options])
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))

    assert 0 == result.exit_code, result.output
    assert "8 of 8" in result.stderr
    sure = {row["subject_id"]: row["object_id"] for row in rows if row["match"] == "true"}
    assert 6 == len(sure)
    assert all(subject == found for subject, found in sure.items())


def test_the_command_line_begins_without_a_web_server() -> None:
    """What serve and reconcile need is loaded when they run, not before."""
    heavy = ("starlette", "uvicorn", "httpx", "rapidfuzz", "anyio")
    code = f"import sys, cablegraph.cli; print([n for n in {heavy} if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == run.stdout.strip()


def test_a_port_that_is_taken_is_one_line(served: str, graph_file: Path) -> None:
    """The command says so, and which option helps."""
    port = served.split(":")[2].partition("/")[0]
    result = CliRunner().invoke(main, ["serve", str(graph_file), "--port", port])

    assert 1 == result.exit_code
    assert f"127.0.0.1 port {port} can't be listened on" in result.stderr
    assert "--port" in result.stderr


def test_an_output_without_a_graph_is_one_line(tmp_path: Path) -> None:
    """The command ends with 1 and says what to do."""
    empty = tmp_path / "empty.ttl"
    empty.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .")
    nothing, none = (
        CliRunner().invoke(main, ["serve", str(path)]) for path in (tmp_path / "no", empty)
    )

    assert [1, 1] == [nothing.exit_code, none.exit_code]
    assert "there is no such file; run the build first" in nothing.stderr
    assert "names no person, organisation, group or place" in none.stderr
