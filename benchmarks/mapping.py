"""Claims to a checked graph, beside rdflib with pySHACL, Morph-KGC and SDM-RDFizer.

``.venv/bin/python benchmarks/mapping.py CACHE`` makes an environment for each mapper in the folder
CACHE, where they stay, and generates records: as claims for the package and a plain rdflib script,
as tables with one RML mapping for the mappers. All have to give the same graph. Each run is a
process of its own; its CPU seconds are counted from after the imports to the file written, and the
first run of each is not counted. Writes mapping.json beside this file and prints the table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph

HERE = Path(__file__).resolve().parent
PARTS, SHAPES = HERE / "mapped", HERE.parent / "ontology" / "shapes"
#: Records for mapping, for SDM-RDFizer and for pySHACL: each gets what it does in about a minute,
#: which is to the advantage of those that get fewer, for they slow down as the graph grows.
COUNTS = {"all": 2000, "rdfizer": 15, "pyshacl": 12}
#: SDM-RDFizer also needs the system's libodbc (unixodbc in Debian), whatever it reads.
_BLANKS = re.compile(r' +(?=")|(?<=> ") +')
TOOLS = {"morph": "morph-kgc", "rdfizer": "rdfizer"}


@dataclass
class Row:
    """A line of the table: the CPU seconds of each run, or why there is none."""

    what: str
    records: int
    seconds: list[float] = field(default_factory=list)
    decoding: float = 0  # of that, for reading the claims, where it is known
    triples: int = 0
    graph: str = ""
    trimmed: str = ""  # the same without the blanks at the ends of literals
    note: str = ""

    @property
    def speed(self) -> float:
        """Triples a second of one core."""
        return self.triples / median(self.seconds) if self.seconds else 0


def install(cache: Path, tool: str) -> Path | str:
    """Return the Python of an environment with one mapper, or why it can't be had."""
    python = cache / tool / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(cache / tool)], check=True)
        command = [str(python), "-m", "pip", "install", "-q", TOOLS[tool]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(cache / tool)
            return str(done.stderr.strip().splitlines()[-1])
    return python


def find_version(python: Path | str, package: str) -> str:
    """Return the version of a package in the environment of a Python."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "not installed"


def write_records(folder: Path, count: int) -> Path:
    """Generate records in a folder of their own."""
    place = folder / str(count)
    if not place.exists():
        command = [sys.executable, str(PARTS / "records.py"), str(place), str(count)]
        subprocess.run(command, check=True)
        shutil.copy(PARTS / "telegrams.rml.ttl", place)
    return place


def run(
    what: str, place: Path, python: Path | str, script: str, *args: str | Path, times: int, out: str
) -> Row:
    """Run a script several times, and once more before, and read what it wrote."""
    row = Row(what, int(place.name))
    if isinstance(python, str):
        row.note = python
        return row
    for number in range(times + 1):
        command = [python, PARTS / script, *args]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            row.note = done.stderr.strip().splitlines()[-1]
            return row
        told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        if number:
            row.seconds.append(round(told["seconds"], 4))
            row.decoding = round(told.get("decoding", 0), 4)
    if args and args[0] != "map":
        row.note = f"{told['results']} results"
    triples = read_graph(place / out)
    row.triples, row.graph = len(triples), digest(triples)
    row.trimmed = digest({_BLANKS.sub("", triple) for triple in triples})
    return row


def read_graph(path: Path) -> set[str]:
    """Return the triples of a file, their graphs left out."""
    form = pyoxigraph.RdfFormat.N_QUADS
    return {str(quad.triple) for quad in pyoxigraph.parse(path=str(path), format=form)}


def digest(triples: set[str]) -> str:
    """Return the SHA-256 of triples, which have no blank node, in their canonical order."""
    return hashlib.sha256("\n".join(sorted(triples)).encode()).hexdigest()


def measure(folder: Path, cache: Path, counts: dict[str, int], times: int) -> list[Row]:
    """Return all lines of the table; the package itself at each number of records."""
    python = Path(sys.executable)
    shapes = [SHAPES / f"{name}.ttl" for name in ("core", "document", "links")]
    schemes = sorted((SHAPES.parent / "schemes").glob("*.ttl"))
    rows: list[Row] = []

    def add(
        what: str, count: str, python: Path | str, script: str, *args: str | Path, out: str = ""
    ) -> None:
        place, stem = write_records(folder, counts[count]), script.removesuffix(".py")
        out = out or f"{stem}.nq"
        rows.append(run(what, place, python, script, *args, times=times, out=out))

    for count in dict.fromkeys(("all", "rdfizer")):
        add("cablegraph, claims to zstd N-Quads", count, python, "by_cablegraph.py", "map")
    add("rdflib, plain script", "all", python, "by_rdflib.py", "map")
    add("Morph-KGC", "all", install(cache, "morph"), "by_morph.py", out="by_morph.nt")
    rdfizer = install(cache, "rdfizer")
    add("SDM-RDFizer", "rdfizer", rdfizer, "by_rdfizer.py", out="rdfizer/by_rdfizer.nt")
    add("cablegraph, checked by core shapes", "all", python, "by_cablegraph.py", "core", shapes[0])
    for count in ("all", "pyshacl"):
        add("cablegraph, checked by all shapes", count, python, "by_cablegraph.py", "check")
    add(
        "rdflib, core shapes by pySHACL",
        "pyshacl",
        python,
        "by_rdflib.py",
        "check",
        shapes[0],
        *schemes,
    )
    add(
        "rdflib, all shapes by pySHACL",
        "pyshacl",
        python,
        "by_rdflib.py",
        "check",
        *shapes,
        *schemes,
    )
    return rows


def find_differences(rows: list[Row]) -> list[str]:
    """Return the lines whose graph differs from that of the first line with as many records.

    Shape: a mapper that leaves out blanks at the ends of literals is told so in its line.
    """
    first: dict[int, Row] = {}
    found = []
    for row in rows:
        expected = first.setdefault(row.records, row)
        if row.seconds and row.graph != expected.graph:
            if row.trimmed == expected.trimmed:
                row.note = "blanks at the ends of literals are lost"
            else:
                found.append(row.what)
    return found


def show(rows: list[Row]) -> None:
    """Print the table; a ratio is to the first line, or to the checked one where it is checked."""
    checked: Callable[[Row], bool] = lambda row: "shapes" in row.what  # noqa: E731
    print("| what | records | triples | CPU seconds | triples/s | times slower |  |")
    print("|---|--:|--:|--:|--:|--:|---|")
    for row in rows:
        if not row.seconds:
            print(f"| {row.what} | {row.records:,} | | | | | {row.note} |")
            continue
        kind = "core" if "core" in row.what else "all"
        same = [one for one in rows if checked(one) == checked(row) and one.seconds]
        ours = next(one for one in same if not checked(row) or kind in one.what)
        ratio = ours.speed / row.speed
        print(f"| {row.what} | {row.records:,} | {row.triples:,} | {median(row.seconds):.2f} "
              f"| {row.speed:,.0f} | {ratio:.1f} | {row.note} |")  # fmt: skip


def main() -> None:
    """Measure, compare the graphs, keep and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path, help="folder that keeps the mappers' environments")
    parser.add_argument("--times", type=int, default=3, help="runs that count, of each")
    for name, count in COUNTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help="number of records")
    given = parser.parse_args()
    cache = given.cache.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        counts = {name: getattr(given, name) for name in COUNTS}
        rows = measure(Path(folder), cache, counts, given.times)
    own = {name: find_version(sys.executable, name) for name in ("cablegraph", "rdflib", "pyshacl",
           "shacl", "zstandard")}  # fmt: skip
    others = {TOOLS[name]: find_version(cache / name / "bin" / "python", TOOLS[name])
              for name in TOOLS}  # fmt: skip
    different = find_differences(rows)
    kept = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "versions": own | others,
        "graphs_that_differ": different,
        "rows": [vars(row) | {"triples_a_second": round(row.speed)} for row in rows],
    }
    text = json.dumps(kept, indent=1) + "\n"
    (HERE / "mapping.json").write_text(text, encoding="utf-8")
    show(rows)
    if different:
        sys.exit(f"another graph than the first: {', '.join(different)}")


if __name__ == "__main__":
    main()
