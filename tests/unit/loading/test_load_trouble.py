"""Stores that lie, die, stall, refuse or send elsewhere: said clearly, and nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from loading_sample import GRAPHS, Load, Write
from store_double import BASE, Double, Request, Trick, run_double

from cablegraph.cli import main

GRAPH_TWO = f"{BASE}telegram/two"


def on(method: str, act: Callable[[Request], object], *, path: str = "", graph: str = "") -> Trick:
    """Return a trick that acts on some requests and lets the others pass."""

    def trick(request: Request) -> bool:
        meant = request.command == method and path in request.path and graph in request.graph
        if meant:
            act(request)
        return meant

    return trick


def times(number: int, act: Callable[[Request], object]) -> Trick:
    """Return a trick that acts on the first requests that could change the store."""
    left = [number]

    def trick(request: Request) -> bool:
        if request.command != "PUT" or not left[0]:
            return False
        left[0] -= 1
        act(request)
        return True

    return trick


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_store_that_says_yes_and_stores_nothing_is_caught(
    load: Load, double: Double, status: int
) -> None:
    """Each graph is told with the answer that was given; nothing is dropped."""
    double.store.update(f"INSERT DATA {{ GRAPH <{BASE}telegram/old> {{ <a:x> <a:x> <a:x> }} }}")
    double.trick = on("PUT", lambda request: request.answer(status))
    result = load()

    assert 1 == result.exit_code
    assert (
        f"{double.url}store: ServiceError: {GRAPH_TWO} holds none of its 5 statements, though the "
        f"store answered {status}; see that --to is right, or try --via update"
    ) in result.output
    assert 3 == result.output.count("ServiceError")
    assert 1 == len(double.lines("telegram/old"))


def test_an_update_that_does_nothing_is_caught(load: Load, double: Double) -> None:
    """The same holds for SPARQL Update."""
    double.trick = on("POST", lambda request: request.answer(200), path="/update")
    result = load("--via", "update")

    assert f"{GRAPH_TWO} holds none of its 5 statements, though the store answered 200" in (
        result.output
    )


def test_a_statement_that_is_lost_is_named(load: Load, double: Double) -> None:
    """The difference of a graph is counted and shown; the other graphs are loaded."""

    def lose(request: Request) -> None:
        request.body = b"".join(sorted(request.body.splitlines(keepends=True))[:-1])
        request._treat_graph()

    double.trick = on("PUT", lose, graph=GRAPH_TWO)
    result = load()

    assert 1 == result.exit_code
    assert f"{GRAPH_TWO} 1 of 5 statements are missing, missing: <a:t2> <a:n> " in result.output
    assert "2 loaded and verified (4 statements)" in result.output


def test_a_drop_that_does_nothing_is_caught(load: Load, double: Double) -> None:
    """A graph that stays though the store said it is gone is a fault."""
    load()
    double.trick = on("DELETE", lambda request: request.answer(204))
    less = {name: GRAPHS[name] for name in GRAPHS if name != "telegram/two"}
    result = load(graphs=less)

    assert 1 == result.exit_code
    assert f"still holds 5 statements of {GRAPH_TWO}, which it said was dropped" in result.output


def test_a_store_that_dies_is_told_and_the_same_command_goes_on(load: Load, double: Double) -> None:
    """What was verified before the end stays verified; the rest is loaded by the next run."""

    revived: list[bool] = []
    dead: list[bool] = []

    def die(request: Request) -> bool:
        if revived or not (dead or (request.command == "PUT" and GRAPH_TWO in request.graph)):
            return False
        dead.append(True)
        request.close_connection = True
        request.connection.shutdown(socket.SHUT_RDWR)
        return True

    double.trick = die
    first = load()
    revived.append(True)
    double.told.clear()
    second = load()

    assert 1 == first.exit_code
    assert "can't be reached or breaks off" in first.output
    assert "2 of 3 graphs are verified, the same command goes on there" in first.output
    assert 0 == second.exit_code, second.output
    assert [("PUT", GRAPH_TWO)] == double.writes()
    assert 9 == len(double.store)


def test_a_store_that_is_not_there_is_told(load: Load) -> None:
    """A refused connection is one line, whatever was asked."""
    result = load(to="http://127.0.0.1:9/")

    assert 1 == result.exit_code
    assert "http://127.0.0.1:9/: ServiceError: can't be reached or breaks off" in result.output
    assert 1 == result.output.count("\n")


@pytest.mark.parametrize(
    ("headers", "waited"), [({"Retry-After": "7"}, 7.0), ({}, 0.5), ({"Retry-After": "soon"}, 0.5)]
)
def test_a_busy_store_is_asked_again(
    load: Load,
    double: Double,
    headers: dict[str, str],
    waited: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After 429 the loader waits as long as it is told, else a little, and goes on."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    double.trick = times(1, lambda request: request.answer(429, **headers))
    result = load()

    assert 0 == result.exit_code, result.output
    assert [waited] == waits


def test_a_store_that_stays_busy_ends_the_run(load: Load, double: Double) -> None:
    """After some tries the answer of the store is told, and how far the load came."""
    double.trick = on("PUT", lambda request: request.answer(503, b"compacting"))
    result = load()

    assert "answers 503 (compacting); try again later; 0 of 3 graphs are verified" in result.output
    assert 5 == len(double.writes())


def test_a_store_that_asks_for_too_long_a_wait_ends_the_run(load: Load, double: Double) -> None:
    """An hour is for the user to decide."""
    double.trick = on("PUT", lambda request: request.answer(503, Retry_After="3600"))
    result = load()

    assert "try again after 3600 s" in result.output
    assert 1 == len(double.writes())


def test_a_slow_store_ends_the_run(load: Load, double: Double) -> None:
    """No whole answer in the time of --timeout is told, though some bytes come."""

    def drip(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        with suppress(OSError):
            for _ in range(100):
                request.wfile.write(b"#\n")
                request.wfile.flush()
                pause(0.1)

    double.trick = on("GET", drip, graph=f"{BASE}dataset")
    began = time.monotonic()
    result = load("--timeout", "1")

    assert "gives no whole answer in 1 s" in result.output
    assert time.monotonic() - began < 20


pause = time.sleep  # as it is before a fixture makes it nothing


def test_a_truncated_answer_is_filled_by_pages(load: Load, double: Double) -> None:
    """Where a store gives fewer statements than it counts, page after page is asked for."""
    double.most = 2
    result = load()

    assert 0 == result.exit_code, result.output
    assert "3 loaded and verified (9 statements)" in result.output


def test_a_fault_of_one_graph_does_not_stop_the_others(load: Load, double: Double) -> None:
    """The answer is told with the graph, and the next graphs are loaded."""
    double.trick = on(
        "PUT", lambda request: request.answer(500, b"no room for a Latin 1 word"), graph="dataset"
    )
    result = load()

    assert (
        f"{double.url}store: ServiceError: answers 500 (no room for a Latin 1 word), for "
        f"{BASE}dataset; see the store's log"
    ) in result.output
    assert 7 == len(double.store)


def test_what_is_no_store_is_told(load: Load, double: Double) -> None:
    """A page of HTML in place of a result of SPARQL is a fault, not a bug."""
    double.trick = on("POST", lambda request: request.answer(200, b"<html>hello</html>"))
    result = load()

    assert "answers a query with 200 (<html>hello</html>), which is no result" in result.output


@pytest.mark.parametrize(
    ("sent", "body"),
    [("text/html", b"<p>"), ("application/n-triples", b"<a:x> <a:y> zzz .\n"), ("", b"\xff\n")],
)
def test_what_is_no_graph_is_told(load: Load, double: Double, sent: str, body: bytes) -> None:
    """A graph that is given back as something else is a fault of that graph."""
    five = b"".join(b"<a:%d> <a:y> <a:z> .\n" % n for n in range(4)) + b"<" + body
    double.trick = on("GET", lambda r: r.answer(200, five, Content_Type=sent), graph=GRAPH_TWO)
    result = load()

    assert f"gives {GRAPH_TWO} in a form that" in result.output
    assert "2 loaded and verified" in result.output


def test_a_redirect_to_another_host_is_not_followed(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither statements nor password leave for a host that the user did not name."""
    monkeypatch.setenv("CABLEGRAPH_STORE_USER", "we")
    monkeypatch.setenv("CABLEGRAPH_STORE_PASSWORD", "open sesame")
    with run_double() as other:
        double.trick = lambda r: r.answer(307, Location=other.url) or True  # type: ignore[func-returns-value]
        result = load()

        assert [] == other.told
    assert f"leads to '{other.url}', which is another host" in result.output
    assert "sesame" not in result.output


def test_a_redirect_on_the_same_host_is_followed(load: Load, double: Double) -> None:
    """A store behind a proxy may move; the method stays."""
    double.trick = on(
        "PUT",
        lambda r: r.answer(308, Location=r.path.replace("/store", "/moved/store")),
        path="/store?",
    )
    original = double.trick

    def only_old(request: Request) -> bool:
        return "/moved" not in request.path and original(request)

    double.trick = only_old
    result = load()

    assert 0 == result.exit_code, result.output
    assert 9 == len(double.store)


def test_a_load_that_is_killed_goes_on(
    write: Write, double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After kill -9 in the middle the next run keeps what was verified and loads the rest."""
    reached = tmp_path / "reached"

    def stall(request: Request) -> None:
        reached.touch()
        pause(5)

    double.trick = on("PUT", stall, graph=f"{BASE}telegram/one")
    command = [sys.executable, "-m", "cablegraph", "load", str(write()), "--to", double.url]
    environment = {**os.environ, "HOME": str(tmp_path)}
    first = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    while not reached.exists() and first.poll() is None:
        pause(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    double.trick = None
    double.told.clear()
    second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert 0 == second.returncode, second.stderr
    assert [("PUT", f"{BASE}telegram/one"), ("PUT", GRAPH_TWO)] == double.writes()
    assert "1 kept as verified before" in second.stdout
    assert ["load-"] == [path.name[:5] for path in (tmp_path / ".cablegraph").iterdir()]


def test_two_loads_at_once_are_refused(load: Load, tmp_path: Path) -> None:
    """The journal is for one load at a time; the other is told."""
    import fcntl

    journal = tmp_path / "journal.jsonl"
    with journal.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = load("--journal", str(journal))

    assert f"{journal}:1:1: ConfigError: another load has this journal open" in result.output


def test_a_journal_that_was_cut_short_is_read_as_far_as_it_goes(
    load: Load, double: Double, tmp_path: Path
) -> None:
    """Half a line, or rubbish, costs only that the graph it was about is read back again."""
    journal = tmp_path / "journal.jsonl"
    load("--journal", str(journal))
    journal.write_bytes(journal.read_bytes()[:-20] + b'"\xff\n17\n[]')
    double.told.clear()
    result = load("--journal", str(journal))
    third = load("--journal", str(journal))

    assert [] == double.writes()
    assert "1 verified, 2 kept as verified before" in result.output
    assert "3 kept as verified before" in third.output


def test_the_journal_of_another_store_is_refused(load: Load, tmp_path: Path) -> None:
    """A journal says of one store what it holds."""
    journal = tmp_path / "journal.jsonl"
    journal.write_text('{"store":"http://elsewhere.example/","profile":"fuseki","forms":1}\n')
    result = load("--journal", str(journal))

    assert f"{journal}:1:1: ConfigError: this is the journal of another store" in result.output


@pytest.mark.parametrize(
    "line",
    [
        "<a:s> <a:p> <a:o> .",
        "_:b <a:p> <a:o> <https://e.org/c/graph/x> .",
        "rubbish",
        "<a:s> <a:p> _:b <https://e.org/c/graph/x> .",
    ],
)
def test_data_that_no_store_gives_back_are_refused(
    double: Double, tmp_path: Path, line: str
) -> None:
    """Default graph, blank nodes and broken lines are told before anything is sent."""
    path = tmp_path / "bad.nq"
    path.write_text(f"{line}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["load", str(path), "--to", double.url])

    assert 1 == result.exit_code
    assert f"{path}:1:1: DataError: " in result.output
    assert [] == double.writes()
