"""Measure the commands on the seeds, and the same graph checked by rdflib and pySHACL alone.

Run it after ``make``: ``.venv/bin/python benchmarks/measure.py``. It prints a table for README.md.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5

_PLAIN = """
import rdflib, pyshacl
data = rdflib.Graph().parse("output/graph/cablegraph.ttl")
shapes = rdflib.Graph()
for name in ("core", "document"):
    shapes.parse(f"ontology/shapes/{name}.ttl")
conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
assert len(report) > 0 and isinstance(report, rdflib.Graph), report
"""


def measure(command: list[str], times: int = TIMES) -> float:
    """Return the median wall-clock time of a command, its start included, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    """Print a table of what was measured."""
    run = [sys.executable, "-m", "cablegraph"]
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            ("`cablegraph --help`", measure([*run, "--help"])),
            ("`cablegraph build seeds`", measure([*run, "build", "seeds", "-o", folder])),
            ("`cablegraph query 3`", measure([*run, "query", "3"])),
            ("`cablegraph validate output`", measure([*run, "validate", "output"])),
            (
                "rdflib reads the graph, pySHACL checks it",
                measure([sys.executable, "-c", _PLAIN], 1),
            ),
        ]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | seconds |\n|---|--:|")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
