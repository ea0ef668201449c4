"""Real workers: they are killed at each limit, and none is left behind in any case."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cablegraph.errors import DataError
from cablegraph.service.engine import Engine
from cablegraph.service.limits import Limits, confine
from cablegraph.service.messages import Job, Outcome

FORMS = {"select": "json", "ask": "json", "graph": "ttl"}
FOUR = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ROOT = Path(__file__).resolve().parents[3]
TABLES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }}" for n in range(6))
#: What the engine can't be stopped from doing, and the reasons for which it may end.
KILLERS = {
    killer["name"]: (killer["query"].replace("VALUES", TABLES), set(killer["ends"]))
    for killer in tomllib.loads(
        (ROOT / "tests" / "data" / "killer-queries.toml").read_text(encoding="utf-8")
    )["killer"]
}


async def run(engine: Engine, *queries: str) -> list[tuple[Outcome, bytes]]:
    """Ask all at once."""

    async def one(query: str) -> tuple[Outcome, bytes]:
        outcome, file = await engine.ask(Job(query=query, forms=FORMS))
        with file:
            return outcome, file.read()

    return list(await asyncio.gather(*map(one, queries)))


def find_workers(pid: int) -> list[str]:
    """Return the processes below a broker that are not mere entries of ended ones."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Say whether something became true in time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("name", KILLERS)
def test_a_query_of_death_is_ended(engine: Engine, name: str) -> None:
    """At its time, its memory, its rows or its bytes; the answer is a reason and no process."""
    query, reasons = KILLERS[name]
    ((outcome, _),) = asyncio.run(run(engine, query))

    assert outcome.status in (503, 504)
    assert outcome.reason in reasons
    assert outcome.text
    assert outcome.seconds < engine.limits.seconds + 1
    assert wait_until(lambda: not find_workers(engine.pid))


def test_memory_is_bounded(service_graph: Path) -> None:
    """Long before its time a query ends that fills the memory."""
    engine = Engine(service_graph, Limits(seconds=60.0, memory=100_000_000))
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    ((outcome, body),) = asyncio.run(run(engine, query))
    engine.stop()

    assert (503, "memory", b"") == (outcome.status, outcome.reason, body)


def test_short_queries_answer_while_killers_run(engine: Engine) -> None:
    """Twenty clients ask while each killer runs; each gets its answer soon."""
    killers = [query for query, _ in KILLERS.values()]

    async def mix() -> tuple[list[tuple[Outcome, bytes]], list[tuple[Outcome, bytes]]]:
        attack = asyncio.ensure_future(run(engine, *killers))
        await asyncio.sleep(engine.limits.short_seconds * 2)
        found = []
        for start in range(0, 20, 10):
            asked = (f"ASK {{ ?s dcterms:identifier {n} }}" for n in range(start, start + 10))
            found += await run(engine, *asked)
        return await attack, found

    attacked, answered = asyncio.run(mix())

    assert [200] * 20 == [outcome.status for outcome, _ in answered]
    assert {503, 504} >= {outcome.status for outcome, _ in attacked}
    assert wait_until(lambda: not find_workers(engine.pid))


def test_more_than_the_line_holds_are_turned_away_at_once(service_graph: Path) -> None:
    """They are told to come again; those that are answered are answered whole."""
    engine = Engine(service_graph, Limits(short_workers=2, short_line=3))
    slow = "SELECT (COUNT(*) AS ?n) { ?a dcterms:identifier ?b . ?c dcterms:identifier ?d }"
    found = asyncio.run(run(engine, *[f"{slow} #{'x' * n}" for n in range(40)]))
    engine.stop()
    statuses = [outcome.status for outcome, _ in found]

    assert {200, 503} == set(statuses)
    assert {"busy"} == {outcome.reason for outcome, _ in found if outcome.status == 503}
    assert {b"160000"} == {
        body.partition(b'"value":"')[2].partition(b'"')[0]
        for outcome, body in found
        if outcome.status == 200
    }


def test_the_query_of_a_client_that_left_ends(engine: Engine) -> None:
    """No one would read its answer."""

    async def leave() -> bool:
        asking = asyncio.ensure_future(
            engine.ask(Job(query=KILLERS["count"][0] + " #left", forms=FORMS))
        )
        await asyncio.sleep(0.2)
        running = bool(find_workers(engine.pid))
        asking.cancel()
        return running

    assert asyncio.run(leave())
    assert wait_until(lambda: not find_workers(engine.pid), 1.0)


@pytest.mark.parametrize(
    "query", ["ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }", "SELECT * { {" * 9000]
)
def test_a_query_nested_deeply_harms_nobody(engine: Engine, query: str) -> None:
    """The worker may die of it, the others don't."""
    (nested, after) = (asyncio.run(run(engine, text))[0][0] for text in (query, "ASK { }"))

    assert nested.status in (400, 500, 503)
    assert 200 == after.status


def test_a_broker_that_dies_is_replaced(service_graph: Path) -> None:
    """Its queries get a reason, its workers die with it, the next ones are answered again."""
    engine = Engine(service_graph, Limits())
    first = engine.pid

    async def die() -> Outcome:
        asking = asyncio.ensure_future(run(engine, KILLERS["count"][0]))
        await asyncio.sleep(0.15)
        workers = find_workers(first)
        os.kill(first, signal.SIGKILL)
        ((outcome, _),) = await asking
        assert workers
        assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        return outcome

    outcome = asyncio.run(die())
    again = wait_until(lambda: asyncio.run(run(engine, "ASK { }"))[0][0].status == 200)
    engine.stop()

    assert (503, "broker") == (outcome.status, outcome.reason)
    assert again
    assert 1 == engine.restarts
    assert first != engine.pid


def test_nothing_outlives_the_web_process(service_graph: Path) -> None:
    """Not even if that is killed: broker and workers go with it."""
    code = (
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from cablegraph.service.engine import Engine\n"
        "from cablegraph.service.limits import Limits\n"
        "from cablegraph.service.messages import Job\n"
        "engine = Engine(Path(sys.argv[1]), Limits())\n"
        "print(engine.pid, flush=True)\n"
        "asyncio.run(engine.ask(Job(query=sys.argv[2], forms={'select': 'json'})))\n"
    )
    command = [sys.executable, "-c", code, str(service_graph), KILLERS["count"][0]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        assert web.stdout
        broker = int(web.stdout.readline())
        assert wait_until(lambda: bool(find_workers(broker)))
        family = [*find_workers(broker), str(broker)]
        web.kill()

    assert wait_until(lambda: not any(_lives(pid) for pid in family))


def _lives(pid: str) -> bool:
    """Say whether a process is there and has not ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_a_stopped_engine_leaves_nothing(service_graph: Path) -> None:
    """The broker is gone, and a state is no more."""
    engine = Engine(service_graph, Limits())
    pid = engine.pid
    engine.stop()

    assert not Path(f"/proc/{pid}").exists()


def test_a_graph_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    """The start fails with a reason."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b")

    with pytest.raises(DataError, match=r"broken\.ttl"):
        Engine(broken, Limits())


def test_a_worker_can_open_nothing() -> None:
    """Neither a socket nor a file: even a query that slipped through asks no other server."""
    pid = os.fork()
    if not pid:
        confine(Limits(), descriptors=3)
        found = []
        for act in (socket.socket, lambda: os.open("/etc/hosts", os.O_RDONLY)):
            try:
                act()
            except OSError as cause:
                found.append(cause.errno)
        os._exit(0 if found == [errno.EMFILE, errno.EMFILE] else 1)

    assert 0 == os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_messages_survive_their_way() -> None:
    """What the processes say to each other is JSON."""
    outcome = Outcome(status=503, reason="rows", text="«ё»", rows=3, lane="long")

    assert outcome == msgspec.json.decode(msgspec.json.encode(outcome), type=Outcome)
