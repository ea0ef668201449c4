"""Time and memory of ``cablegraph diff`` beside what one would use instead, on copied documents.

``.venv/bin/python benchmarks/diff.py`` copies the documents of output/ under new keys, changes the
certainty of one claim in every hundredth, and writes diff.json beside this file. The plain tools
say which lines differ; only the first row says of which telegram, in which words, and why.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (50, 400)  # documents
EVERY = 100  # of so many documents one differs
CERTAIN, DOUBTFUL = '"certainty": "certain"', '"certainty": "doubtful"'

OXIGRAPH = """
import sys, pyoxigraph as p
a, b = ({str(q) for q in p.parse(path=f, format=p.RdfFormat.N_QUADS)} for f in sys.argv[1:])
print(len(a - b), len(b - a))
"""
RDFLIB = """
import sys, rdflib
a, b = (set(rdflib.Dataset().parse(f, format="nquads").quads()) for f in sys.argv[1:])
print(len(a - b), len(b - a))
"""


def copies(key: str, count: int) -> Iterator[str]:
    """Yield the keys of the copies of a document."""
    yield from (f"{key}-copy-{number}" for number in range(count))


def write_build(folder: Path, count: int, *, changed: bool) -> Path:
    """Write a build of *count* documents and return its folder."""
    (folder / "records").mkdir(parents=True)
    (folder / "graph").mkdir()
    (folder / "MANIFEST.json").write_bytes((ROOT / "output/MANIFEST.json").read_bytes())
    lines = (ROOT / "output/graph/cablegraph.nq").read_text("utf-8").split("\n")[:-1]
    records = sorted((ROOT / "output/records").glob("*.json"))
    found = {line for line in lines if "/graph/telegram/" not in line}
    for path in records:
        key, text = path.stem, path.read_text("utf-8")
        own = [line for line in lines if line.endswith(f"/graph/telegram/{key}> .")]
        claim = next(line for line in own if line.endswith(f"certain> {own[0].split()[-2]} ."))
        for number, name in enumerate(copies(key, count // len(records))):
            other = changed and number % EVERY == 0
            for line in own:
                if other and line == claim:
                    line = line.replace("/certain>", "/doubtful>")
                found.add(line.replace(key, name))
            record = text.replace(CERTAIN, DOUBTFUL, 1) if other else text
            (folder / "records" / f"{name}.json").write_text(record.replace(key, name), "utf-8")
    with (folder / "graph/cablegraph.nq").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in sorted(found))
    return folder


def measure(command: list[str]) -> dict[str, float]:
    """Run a command; return seconds on the clock, seconds of work, and its peak of memory in MB."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, env={**os.environ, "LC_ALL": "C"})
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise SystemExit(f"{command[:3]} ended with {code}")
    busy = usage.ru_utime + usage.ru_stime
    return {
        "seconds": round(seconds, 2),
        "cpu": round(busy, 2),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
    }


def measure_all(folder: Path, count: int) -> dict[str, object]:
    """Measure every tool on two builds of one size."""
    # A child is charged with the memory of the process that it was forked from: keep this small.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        old = pool.submit(write_build, folder / "old", count, changed=False).result()
        new = pool.submit(write_build, folder / "new", count, changed=True).result()
    graphs = [str(build / "graph/cablegraph.nq") for build in (old, new)]
    diff = [sys.executable, "-m", "cablegraph", "diff", str(old), str(new)]
    tools = {
        "cablegraph diff": diff,
        "cablegraph diff --format rdf-patch": [*diff, "--format", "rdf-patch"],
        "cablegraph diff --json": [*diff, "--json"],
        "diff of the system, lines only": ["diff", *graphs],
        "pyoxigraph, sets of quads": [sys.executable, "-c", OXIGRAPH, *graphs],
    }
    if count == SIZES[0]:
        tools["rdflib, sets of quads"] = [sys.executable, "-W", "ignore", "-c", RDFLIB, *graphs]
    with Path(graphs[0]).open("rb") as file:
        statements = sum(1 for _ in file)
    return {
        "documents": count,
        "statements": statements,
        "megabytes": round(Path(graphs[0]).stat().st_size / 1e6, 1),
        "tools": {name: measure(command) for name, command in tools.items()},
    }


def main() -> None:
    """Measure and write the results."""
    resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
    found = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure_all(Path(folder), count))
    text = json.dumps({"python": sys.version.split()[0], "runs": found}, indent=1)
    Path(__file__).with_suffix(".json").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
