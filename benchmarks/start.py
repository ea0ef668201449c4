"""How long the command and the library take to start, beside imports of rdflib and pySHACL.

``.venv/bin/python benchmarks/start.py`` prints the table and writes start.json beside this file.
Every command runs in turn with all others, so that what else the machine does falls on all alike;
the first round is not counted.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TIMES = 15


def commands(folder: str) -> dict[str, list[str]]:
    """Return what is measured, by the name it has in the table."""
    python, run = sys.executable, [sys.executable, "-m", "cablegraph"]
    document = next(iter(sorted((ROOT / "seeds").glob("*.txt"))))
    config = str(ROOT / "seeds" / "cablegraph.toml")
    return {
        "python, nothing else": [python, "-c", "pass"],
        "cablegraph --version": [*run, "--version"],
        "cablegraph --help": [*run, "--help"],
        "import cablegraph": [python, "-c", "import cablegraph"],
        "import cablegraph.library": [python, "-c", "import cablegraph.library"],
        "cablegraph build, one document": [
            *[*run, "build", str(document), "--config", config, "-o", folder]
        ],
        "import rdflib": [python, "-c", "import rdflib"],
        "import pyshacl": [python, "-c", "import pyshacl"],
    }


def measure(times: int) -> dict[str, list[float]]:
    """Return the wall-clock seconds of each run of each command."""
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(times + 1):
            for name, command in commands(folder).items():
                start = time.perf_counter()
                subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
                if number:
                    taken.setdefault(name, []).append(round(time.perf_counter() - start, 4))
    return taken


def main() -> None:
    """Measure, keep and print the figures."""
    taken = measure(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
    versions = {name: version(name) for name in ("cablegraph", "rdflib", "pyshacl")}
    kept = {"python": platform.python_version(), "cores": os.cpu_count(),
            "versions": versions, "seconds": taken}  # fmt: skip
    text = json.dumps(kept, indent=1) + "\n"
    (HERE / "start.json").write_text(text, encoding="utf-8")
    base = median(taken["import rdflib"])
    print("| what | seconds | of import rdflib |\n|---|--:|--:|")
    for name, seconds in taken.items():
        print(f"| `{name}` | {median(seconds):.3f} | {median(seconds) / base:.2f} |")


if __name__ == "__main__":
    main()
