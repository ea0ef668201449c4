"""A corpus of telegrams, no two alike, built in parts: engines, memory, what a change costs.

``.venv/bin/python benchmarks/corpus.py TEI-FOLDER [COUNT ...]`` writes COUNT telegrams of about two
kilobytes (telegrams.py) and builds them with two processes, again without a change and after a
change of one word in one of them. With each COUNT up to MOST it builds them with one process, with
Dask and by ``xargs -P`` of one command for 64 files too, and compares the manifests. Writes
corpus.json beside this file; ``--most`` says up to which COUNT every engine has a turn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from build import measure, middle
from telegrams import write_telegrams

HERE = Path(__file__).resolve().parent
TIMES, COUNTS, MOST = 3, (1_000, 10_000), 10_000
_WORD = re.compile(r" reports? to | reported to ")
WAYS = {
    "processes 2": ["--engine", "processes", "-j", "2"],
    "serial": ["--engine", "serial"],
    "dask 2": ["--engine", "dask", "-j", "2"],
}


def change(path: Path) -> None:
    """Put a word of the summary in another tense."""
    text = path.read_text("utf-8")
    other = " reported to " if " reports to " in text else " reports to "
    path.write_text(_WORD.sub(other, text, count=1), "utf-8")


def build(corpus: Path, out: Path, options: list[str]) -> dict[str, float]:
    """Build a corpus once and return what it took."""
    said = [sys.executable, "-m", "cablegraph", "build", "-q", "--layout", "parts"]
    took = measure([*said, "--fail-on", "never", *options, "-o", str(out), str(corpus)])
    return middle([took])


def measure_changes(corpus: Path, out: Path) -> dict[str, object]:
    """Build again without a change, and after a change of one document."""
    time.sleep(2.1)  # a file that changed just now is read again
    said = [sys.executable, "-m", "cablegraph", "build", "-q", "--layout", "parts"]
    said += ["--fail-on", "never", "-o", str(out), str(corpus)]
    again = [measure(said) for _ in range(TIMES)]
    changed = []
    for number in range(TIMES):
        change(corpus / "0000" / f"t{number:07d}.txt")
        changed.append(measure(said))
        change(corpus / "0000" / f"t{number:07d}.txt")
    return {"nothing changed": middle(again), "one changed": middle(changed)}


def digest(out: Path) -> str:
    """Return the SHA-256 of a manifest, which has that of every part."""
    return hashlib.sha256((out / "MANIFEST.json").read_bytes()).hexdigest()


def measure_corpus(folder: Path, tei: Path, count: int, most: int) -> dict[str, object]:
    """Build one corpus in every way, and compare what was made."""
    corpus, row, digests = folder / "corpus", dict[str, object](), set[str]()
    row |= {"documents": count, "bytes": write_telegrams(tei, corpus, count)}
    for way, options in list(WAYS.items()) if count <= most else list(WAYS.items())[:1]:
        out = folder / "out"
        row[way] = build(corpus, out, options)
        digests.add(digest(out))
        print(count, way, row[way], flush=True)
        if way == "processes 2":
            row |= measure_changes(corpus, folder / "out")
            print(count, row["nothing changed"], row["one changed"], flush=True)
        shutil.rmtree(out)
    row["digests of the manifest"] = len(digests)
    if count <= most:
        plain = f"find {corpus} -name '*.txt' | xargs -P 2 -n 64 sh -c '{sys.executable} -m "
        plain += "cablegraph build -q --layout parts --fail-on never "
        plain += f'-o {folder}/x-$$ "$@"\' -'
        row["xargs -P 2, 64 files each"] = middle([measure(["sh", "-c", plain], good=(0, 1, 123))])
    return row


def main() -> None:
    """Measure, print, and write corpus.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tei", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=list(COUNTS))
    parser.add_argument("--most", type=int, default=MOST)
    told = parser.parse_args()
    place = HERE / "corpus.json"
    names = ("cablegraph", "distributed", "shacl", "zstandard")
    found: dict[str, object] = {
        "versions": {"python": platform.python_version(), **{one: version(one) for one in names}},
        "cores": os.cpu_count(),
        "load at start": round(os.getloadavg()[0], 1),
        "corpora": [],
    }
    for count in told.counts:
        with tempfile.TemporaryDirectory() as folder:
            row = measure_corpus(Path(folder), told.tei, count, told.most)
        print(row, flush=True)
        found["corpora"].append(row)  # type: ignore[attr-defined]
        place.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
