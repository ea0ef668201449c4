"""Measure the SPARQL service under attack: clients with killer queries beside ordinary ones.

Run it with ``.venv/bin/python benchmarks/service.py [--seconds 60] [--clients 50]`` after ``make``.
It prints the figures and writes them to ``service.json`` beside it. With ``--server NAME`` another
server is measured with the same load, if its command is installed:

    oxigraph           oxigraph serve-read-only, of PyPI's oxigraph
    rdflib-endpoint    of PyPI's rdflib-endpoint[cli]

An ordinary query counts as answered only with status 200; a refusal counts as slower than any.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import math
import multiprocessing
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from cablegraph.questions import list_questions, read_question

RESULT = Path(__file__).with_suffix(".json")
ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "output"
TABLES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(6))
KILLERS = [
    killer["query"].replace("VALUES", TABLES)
    for killer in tomllib.loads(
        (ROOT / "tests" / "data" / "killer-queries.toml").read_text(encoding="utf-8")
    )["killer"]
]
#: Seconds after which a client gives up.
PATIENCE = 30.0
#: Between two ordinary queries of one client, as a busy reader has them.
PAUSE = 0.05
READERS = 2
#: Addresses that the attack comes from.
ATTACKERS = 4


async def attack(url: str, clients: int, until: float, *, vary: bool) -> Counter[str]:
    """Send killers from so many clients at once, each the next as soon as it has an answer."""
    seen: Counter[str] = Counter()
    texts, sources = KILLERS, list[httpx.AsyncClient]()
    attackers = [f"127.0.0.{2 + number}" for number in range(ATTACKERS)]
    loop = asyncio.get_running_loop()

    async def send(client: httpx.AsyncClient, start: int) -> None:
        number = start
        while time.monotonic() < until:
            number += 1
            try:
                text = texts[number % len(texts)]
                if vary:
                    begin = "WHERE {" if "WHERE {" in text else "{"
                    unique = f"{begin} OPTIONAL {{ <x:{start}-{number}> <x:p> <x:o> }}"
                    text = text.replace(begin, unique, 1)
                # A result that never ends is given up with the attack.
                async with asyncio.timeout_at(loop.time() + until - time.monotonic() + 1):
                    answer = await client.post(url, data={"query": text})
                seen[str(answer.status_code)] += 1
            except (httpx.HTTPError, TimeoutError) as error:
                seen[type(error).__name__] += 1
                await asyncio.sleep(0.05)

    # From addresses of their own: a server may refuse one address more than so many at once, and
    # would then refuse an attack from the readers' address before it has begun.
    async with contextlib.AsyncExitStack() as stack:
        for address in attackers:
            limits = httpx.Limits(max_connections=clients)
            transport = httpx.AsyncHTTPTransport(local_address=address, limits=limits)
            made = httpx.AsyncClient(timeout=PATIENCE, transport=transport)
            sources.append(await stack.enter_async_context(made))
        await asyncio.gather(*(send(sources[n % len(sources)], n) for n in range(clients)))
    return seen


def run_attack(url: str, clients: int, seconds: float, vary: bool, out: Path) -> None:
    """Run an attack in a process of its own, which gives way to the server's."""
    os.nice(5)
    seen = asyncio.run(attack(url, clients, time.monotonic() + seconds, vary=vary))
    out.write_text(json.dumps(seen, sort_keys=True), encoding="utf-8")


async def read(url: str, seconds: float) -> list[tuple[float, int]]:
    """Put the canned questions again and again; return seconds and status of each answer."""
    texts = [read_question(name).text for name, _ in list_questions()]
    found: list[tuple[float, int]] = []
    until = time.monotonic() + seconds

    async def ask(client: httpx.AsyncClient, start: int) -> None:
        number = start
        while time.monotonic() < until:
            number += 1
            began = time.monotonic()
            try:
                answer = await client.post(
                    url,
                    data={"query": texts[number % len(texts)]},
                    headers={"Accept": "application/sparql-results+json"},
                )
                status = answer.status_code
            except httpx.HTTPError:
                status = 0
            found.append((time.monotonic() - began, status))
            await asyncio.sleep(PAUSE)

    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        await asyncio.gather(*(ask(client, 7 * n) for n in range(READERS)))
    return found


def find_family(pid: int) -> list[int]:
    """Return a process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8")
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def measure_memory(pids: list[int]) -> float:
    """Return megabytes that the processes have together, shared pages counted once."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in text.splitlines() if "Pss:" in line), 0)
    return total / 1024


@contextmanager
def running(server: str, output: Path) -> Iterator[tuple[int, str]]:
    """Start a server; give its process number and the address of its queries."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    graph = output / "graph" / "cablegraph.nq"
    options = ["--union-default-graph", "--timeout-s", "10"]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "cablegraph": [
                [sys.executable, "-m", "cablegraph", "serve", str(output), "--port", str(port)]
            ],
            "oxigraph": [
                ["oxigraph", "load", "-l", folder, "-f", str(graph)],
                ["oxigraph", "serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}", *options],
            ],
            "rdflib-endpoint": [
                ["rdflib-endpoint", "serve", "--port", str(port), str(graph)],
            ],
        }
        *before, command = commands[server]
        for step in before:
            subprocess.run(step, check=True, capture_output=True)
        path = {"cablegraph": "sparql", "oxigraph": "query", "rdflib-endpoint": ""}[server]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        url = f"http://127.0.0.1:{port}/{path}"
        try:
            wait_for(url)
            yield process.pid, url
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(url: str) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            httpx.post(url, data={"query": "ASK {}"}, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"no server at {url}")


def share(values: list[float], part: float) -> float:
    """Return the value below which a part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]


def summarise(found: list[tuple[float, int]]) -> dict[str, object]:
    """Return the figures of ordinary queries."""
    seconds = [taken if status == 200 else math.inf for taken, status in found]
    good = [taken for taken, status in found if status == 200]
    p95 = share(seconds, 0.95)
    return {
        "queries": len(found),
        "answered": len(good),
        "median seconds": round(statistics.median(good), 4) if good else None,
        "p95 seconds": round(p95, 4) if math.isfinite(p95) else None,
        "slowest answered, seconds": round(max(good), 4) if good else None,
        "statuses": {str(k): v for k, v in sorted(Counter(s for _, s in found).items())},
    }


def measure(
    server: str, output: Path, clients: int, seconds: float, *, vary: bool
) -> dict[str, object]:
    """Return all figures of one server."""
    with running(server, output) as (pid, url), tempfile.TemporaryDirectory() as folder:
        quiet = summarise(asyncio.run(read(url, min(5.0, seconds))))
        began = measure_memory(find_family(pid))
        out = Path(folder) / "attack.json"
        attacker = multiprocessing.get_context("spawn").Process(
            target=run_attack, args=(url, clients, seconds, vary, out)
        )
        attacker.start()
        time.sleep(2)
        peak, processes = meanwhile = [0.0], [0]
        found = asyncio.run(read_and_watch(url, seconds - 2, pid, meanwhile))
        attacker.join(PATIENCE + 10)
        time.sleep(2)
        left = len(find_family(pid)) - (2 if server == "cablegraph" else 1)
        cpu = measure_idle(pid)
        return {
            "ordinary queries before": quiet,
            "ordinary queries under attack": summarise(found),
            "killers": json.loads(out.read_text(encoding="utf-8")) if out.exists() else None,
            "memory before, MB": round(began),
            "most memory, MB": round(peak[0]),
            "memory after, MB": round(measure_memory(find_family(pid))),
            "most processes": processes[0],
            "workers left": left,
            "cores still busy 2 s after": round(cpu, 2),
        }


async def read_and_watch(
    url: str, seconds: float, pid: int, seen: tuple[list[float], list[int]]
) -> list[tuple[float, int]]:
    """Put ordinary queries while memory and processes are counted four times a second."""

    async def watch() -> None:
        while True:
            family = await asyncio.to_thread(find_family, pid)
            memory = await asyncio.to_thread(measure_memory, family)
            seen[0][0], seen[1][0] = max(seen[0][0], memory), max(seen[1][0], len(family))
            await asyncio.sleep(0.25)

    watching = asyncio.ensure_future(watch())
    try:
        return await read(url, seconds)
    finally:
        watching.cancel()


def measure_idle(pid: int) -> float:
    """Return how many cores the processes use over a second in which nobody asks."""

    def spent() -> float:
        total = 0
        for one in find_family(pid):
            try:
                stat = Path(f"/proc/{one}/stat").read_text(encoding="utf-8")
            except OSError:
                continue
            fields = stat.rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    before = spent()
    time.sleep(1)
    return spent() - before


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument(
        "--vary", action="store_true", help="send no killer twice in the same shape"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument(
        "--server", choices=("cablegraph", "oxigraph", "rdflib-endpoint"), default="cablegraph"
    )
    asked = parser.parse_args()
    if asked.server != "cablegraph" and not shutil.which(asked.server):
        raise SystemExit(
            f"{asked.server} is not installed; pip install it into another environment"
        )
    figures = measure(asked.server, asked.output, asked.clients, asked.seconds, vary=asked.vary)
    all_figures = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    all_figures[asked.server + (", no killer twice" if asked.vary else "")] = figures = {
        "clients": asked.clients,
        "seconds": asked.seconds,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **figures,
    }
    text = json.dumps(all_figures, indent=2, sort_keys=True)
    RESULT.write_text(f"{text}\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
