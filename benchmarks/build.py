"""Time and memory of the frame of a build in parts: what files cost, whatever stands in them.

``.venv/bin/python benchmarks/build.py [COUNT ...]`` measures listing, state and manifest (each
document stands for one short statement) with so many files, beside ``sha256sum -c``, and writes
build.json beside this file. Real documents are built by corpus.py.
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
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TIMES = 3
COUNTS = (10_000, 100_000)
#: A builder whose reading costs nothing; it is the rest that is measured.
FRAME = """
import sys
from pathlib import Path
from cablegraph.partitions import engines
from cablegraph.partitions.files import write_part
from cablegraph.partitions.summary import Document, Stock, Summary

def work(task):
    keys = [Path(unit.path).stem for unit in task.bucket.units]
    lines = [f"<a:{key}> <a:b> <a:c> <a:{key}> .".encode() for key in keys]
    names = [f"graph/part-{task.bucket.name}.nq.zst", f"records/part-{task.bucket.name}.jsonl.zst"]
    files = tuple(write_part(Path(task.order.output), name, lines) for name in names)
    stock = Stock(tuple(f"<a:{int(key[1:]) % 5000}> <a:b> <a:c> <a:g> ." for key in keys))
    documents = tuple(Document(k, u.shown, f"x/{k}") for k, u in zip(keys, task.bucket.units))
    return Summary(files=files, documents=documents, stock=stock, counts={"documents": len(keys)})

engines.make_bucket.__code__ = (lambda task: __import__("__main__").work(task)).__code__
from cablegraph.cli import main
main()
"""


class Measured(NamedTuple):
    """What a command took.

    Units: seconds, of a clock and of processors; ``memory`` is the most that any of its
        processes held, in MB.
    """

    seconds: float
    cpu: float
    memory: int


def measure(command: list[str], *, good: tuple[int, ...] = (0,)) -> Measured:
    """Run a command to its end and return what it took; modules are compiled once, as installed."""
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/cablegraph-compiled"}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=compiled)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode in good, command
    seconds = time.perf_counter() - start
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def middle(found: list[Measured]) -> dict[str, float]:
    """Return the medians of what a command took, and the most memory."""
    return {
        "s": round(median(one.seconds for one in found), 2),
        "cpu s": round(median(one.cpu for one in found), 2),
        "MB": max(one.memory for one in found),
    }


def write_copies(folder: Path, count: int) -> Path:
    """Write copies of the first seed, each with a number of its own, a thousand a folder."""
    seed = next(path for path in sorted((ROOT / "seeds").glob("*.txt")))
    text = seed.read_text("utf-8")
    number = text.partition("/document/")[2].partition(">")[0]
    for one in range(count):
        place = folder / f"{one // 1000:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"t{one:07d}.txt").write_text(text.replace(number, str(5_000_000 + one)), "utf-8")
    return folder


def measure_frame(folder: Path, count: int) -> dict[str, object]:
    """Build a corpus whose reading costs nothing: first, again, after one change; look at it."""
    corpus = write_copies(folder / "corpus", count)
    sums = "find {0} -name '*.txt' -exec sha256sum {{}} + > {1}"
    subprocess.run(["sh", "-c", sums.format(corpus, folder / "sums")], check=True)
    time.sleep(2.1)  # a file that changed just now is read again
    (folder / "frame.py").write_text(FRAME, "utf-8")
    out = folder / "out"
    said = [sys.executable, str(folder / "frame.py"), "build", str(corpus), "-o", str(out)]
    said += ["--layout", "parts", "-q"]
    first = measure(said)
    again = [measure(said) for _ in range(TIMES)]
    look = [measure([*said, "--check"]) for _ in range(TIMES)]
    changed = []
    for turn in range(TIMES):
        one = corpus / "0000" / f"t{turn:07d}.txt"
        one.write_text(one.read_text("utf-8") + "changed\n", "utf-8")
        changed.append(measure(said))
    plain = measure(["sha256sum", "--quiet", "-c", str(folder / "sums")], good=(0, 1))
    return {
        "documents": count,
        "first build": middle([first]),
        "nothing changed": middle(again),
        "--check": middle(look),
        "one changed": middle(changed),
        "sha256sum -c, s": round(plain.seconds, 2),
    }


def main() -> None:
    """Measure, print, and write build.json."""
    names = ("cablegraph", "zstandard")
    found: dict[str, object] = {
        "versions": {"python": platform.python_version(), **{one: version(one) for one in names}},
        "cores": os.cpu_count(),
        "load at start": round(os.getloadavg()[0], 1),
        "frame": [],
    }
    for count in map(int, sys.argv[1:] or COUNTS):
        with tempfile.TemporaryDirectory() as folder:
            row = measure_frame(Path(folder), count)
        found["frame"].append(row)  # type: ignore[attr-defined]
        print(row, flush=True)
    text = json.dumps(found, indent=1) + "\n"
    (ROOT / "benchmarks" / "build.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
