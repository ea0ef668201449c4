"""``cablegraph serve`` as a program on a real socket: hostile clients, its end, what it leaves."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from cablegraph.commands.serve import serve
from cablegraph.service.limits import Limits

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: A service with little patience, since tests have little.
PROGRAM = """
import socket, sys
from pathlib import Path
from cablegraph.service.limits import Limits
from cablegraph.service.mounts import open_service
from cablegraph.service.server import run_server
limits = Limits(patience=1.0, seconds=3.0, connections=60)
with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as listening:
    with open_service(Path(sys.argv[1]), limits) as (app, engine):
        run_server(app, listening, engine)
"""


class Served(NamedTuple):
    """A running service; what it logs goes to a file."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return "127.0.0.1", int(self.url.rpartition(":")[2])

    def send(self, content: bytes, *, wait: float = 5.0) -> bytes:
        """Send bytes as they are; return what comes back until the end or the wait is over."""
        with socket.create_connection(self.address, timeout=wait) as connection:
            connection.sendall(content)
            found = b""
            try:
                while piece := connection.recv(65536):
                    found += piece
            except (TimeoutError, ConnectionResetError):
                return found
        return found


def start(folder: Path, *command: str) -> Served:
    """Start a program that serves, on a free port, which takes the place of PORT."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / f"{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *(part.replace("PORT", str(port)) for part in command)],
            stderr=out,
            stdout=subprocess.DEVNULL,
        )
    served = Served(process, f"http://127.0.0.1:{port}", log)
    for _ in range(300):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            httpx.get(f"{served.url}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return served
    pytest.fail("the service does not begin")


def stop(served: Served, how: signal.Signals = signal.SIGTERM) -> int:
    """End it and return its exit code."""
    served.process.send_signal(how)
    return served.process.wait(20)


@pytest.fixture(scope="module")
def served(service_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the invented graph with little patience."""
    running = start(tmp_path_factory.mktemp("log"), "-c", PROGRAM, str(service_graph), "PORT")
    yield running
    stop(running)


def find_family(pid: int) -> list[int]:
    """Return the processes below one."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(child) for child in path.read_text("utf-8").split()] if path.exists() else []
    return below + [child for one in below for child in find_family(one)]


def is_well(served: Served) -> bool:
    """Say whether an ordinary query is answered."""
    answer = httpx.get(f"{served.url}/sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=5)
    return bool(answer.status_code == 200 and answer.json()["boolean"])


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe\n\n",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"GET /\r\n\r\n" + b"x" * 100_000,
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK",
        b"GET /sparql?query=ASK%20{} HTTP/1.1\r\nHost: a\r\n"
        b"Accept: " + b"*/*," * 5000 + b"\r\n\r\n",
        b"GET /sparql?query=ASK%20{} HTTP/1.1\r\nHost: \"><script>\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET /id/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ],
)  # fmt: skip
def test_garbage_is_answered_or_cut_off(served: Served, content: bytes) -> None:
    """In a short time, without a trace of a bug; the service goes on."""
    found = served.send(content, wait=2.0)

    assert b" 500 " not in found.partition(b"\r\n")[0]
    assert b"root:" not in found
    assert is_well(served)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GET /sparql HT",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /hea",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
    ],
)
def test_a_client_that_dawdles_is_cut_off(served: Served, head: bytes) -> None:
    """Who does not finish a request in time loses the connection, the first time or later."""
    began = time.monotonic()
    found = served.send(head, wait=15)

    assert time.monotonic() - began < 10
    assert b"408" in found or b"ASK" not in head


def test_a_client_that_does_not_read_is_cut_off(served: Served) -> None:
    """A result that nobody takes is let go with its file."""
    query = "SELECT * { ?a ?b ?c . ?d dcterms:identifier ?f } LIMIT 100000"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(served.address)
        body = query.encode()
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        held = wait_for(lambda: count_spools(served) > 0, 10)
        gone = wait_for(lambda: count_spools(served) == 0, 20)

    assert held
    assert gone
    assert is_well(served)


def wait_for(true: object, seconds: float) -> bool:
    """Say whether something became true in time."""
    assert callable(true)
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def count_spools(served: Served) -> int:
    """Return how many results the web process holds open."""
    found = []
    for link in Path(f"/proc/{served.process.pid}/fd").iterdir():
        try:
            found.append(link.readlink().name)
        except OSError:
            continue
    # One deleted file is the broker's summary.
    return sum(name.endswith("(deleted)") and "memfd" not in name for name in found) - 1


def test_a_client_that_leaves_ends_its_query(served: Served) -> None:
    """The worker is gone long before its time."""
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{served.url}/sparql", params={"query": f"{ENDLESS} #leave"}, timeout=0.2)

    assert wait_for(lambda: len(find_family(served.process.pid)) == 1, 2)


def test_twenty_clients_are_answered_while_killers_run(served: Served) -> None:
    """Every ordinary query has its answer; every killer its reason; no worker is left."""

    def attack(number: int) -> int:
        query = f"{ENDLESS} #{number % 4}"
        return httpx.post(f"{served.url}/sparql", data={"query": query}, timeout=20).status_code

    def read(number: int) -> int:
        params = {"query": f"ASK {{ ?s dcterms:identifier {number} }}"}
        return httpx.get(f"{served.url}/sparql", params=params, timeout=20).status_code

    with ThreadPoolExecutor(28) as pool:
        killed = [pool.submit(attack, number) for number in range(8)]
        time.sleep(1.0)
        found = [pool.submit(read, number) for number in range(20)]
        answered = [one.result() for one in found]
        reasons = {one.result() for one in killed}

    assert [200] * 20 == answered
    assert reasons <= {503, 504}
    assert wait_for(lambda: len(find_family(served.process.pid)) == 1, 5)


def test_every_part_is_there(served: Served) -> None:
    """Queries, graphs, reconciliation, state; each with CORS and a media type."""
    paths = (
        "/sparql", "/sparql/terms.json", "/rdf-graph-store?default", "/reconcile", "/healthz",
        "/metrics", "/openapi.json",
    )  # fmt: skip
    found = {path: httpx.get(f"{served.url}{path}") for path in paths}

    assert {200} == {answer.status_code for answer in found.values()}
    assert all("*" == answer.headers["access-control-allow-origin"] for answer in found.values())
    assert all(answer.headers["content-type"] for answer in found.values())
    assert all("server" not in answer.headers for answer in found.values())


def test_the_described_reconciliation_is_there(served: Served) -> None:
    """No path of the API's description is unknown."""
    told = httpx.get(f"{served.url}/openapi.json").json()["paths"]
    paths = [path for path in told if path.startswith("/reconcile")]

    assert 5 == len(paths)
    assert 404 not in [httpx.get(f"{served.url}{path}").status_code for path in paths]


def test_every_line_of_the_log_is_json(served: Served) -> None:
    """After all that was sent above."""
    httpx.get(f"{served.url}/%0d%0a%7b%22event%22%3a%22fake%22%7d")
    time.sleep(0.2)
    lines = served.log.read_text("utf-8").split("\n")
    read = [json.loads(line) for line in lines if line.startswith("{")]

    assert read
    assert not any(one["event"] == "fake" for one in read)
    assert not any("Traceback" in json.dumps(one) for one in read)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_command_ends_and_leaves_nothing(
    service_graph: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """While a query runs, by a plain kill, by Ctrl-C, even by force."""
    running = start(tmp_path, "-m", "cablegraph", "serve", str(service_graph), "--port", "PORT")
    assert is_well(running)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(
            httpx.get, f"{running.url}/sparql", params={"query": ENDLESS}, timeout=20
        )
        assert wait_for(lambda: len(find_family(running.process.pid)) == 2, 5)
        family = find_family(running.process.pid)
        stop(running, how)
        asked.exception(timeout=20)

    assert wait_for(lambda: not any(_lives(pid) for pid in family), 5)
    assert how == signal.SIGKILL or "Traceback" not in running.log.read_text("utf-8")


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_the_options_have_the_defaults_of_the_limits() -> None:
    """They are written twice so that --help loads nothing."""
    defaults = {option.name: option.default for option in serve.params}
    limits = Limits()

    assert limits.seconds == defaults["query_seconds"]
    assert limits.memory == defaults["query_megabytes"] * 1024 * 1024
    assert limits.rows == defaults["query_rows"]
