"""Measure ``cablegraph site`` and the start of ``cablegraph serve`` on many documents.

``.venv/bin/python benchmarks/site.py 1000 3000 10000 [--workers 2]`` builds the texts of
tests/quality once, in parts, and copies what was built under other keys until there are so many
documents: each copy has its own telegram, messages, holdings and proposals, and shares people,
places and archives with the others. The site is written into an empty folder, then again with
nothing changed, then with one word more in the summary of one telegram, in the title of one, and
with one telegram more. It prints the figures and writes them to ``site.json`` beside it. The
site is written to a folder of the system's for temporary files and deleted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from cablegraph.serialise.canonical import find_graph_files, read_rows

RESULT = Path(__file__).with_suffix(".json")
ROOT = Path(__file__).resolve().parent.parent
#: Names that each copy has for itself.
OWN = re.compile(rb"(/(?:id|graph)/(?:telegram|message|holding|proposal|recordset)/)")
#: Copies of all documents in one part: some 150,000 statements.
TOGETHER = 3
PAUSE = 0.25  # seconds between two looks at the memory
SHARED = "part-authorities-00.nq.zst"
#: Properties of which a word is added to the value; an empty one stands for a whole telegram.
CHANGES = {
    "nothing": None, "one summary": b'/terms/abstract> "', "one title": b'/terms/title> "',
    "one telegram more": b"",
}  # fmt: skip


def build(folder: Path) -> Path:
    """Build the texts of tests/quality and return the output folder."""
    texts = sorted((ROOT / "tests" / "quality").glob("*.txt"))
    command = [sys.executable, "-m", "cablegraph", "build", *map(str, texts), "-q"]
    more = ["--layout", "parts", "--fail-on", "never", "-o", str(folder)]
    subprocess.run([*command, *more], check=False, cwd=folder.parent)
    return folder


def copy(output: Path, target: Path, count: int) -> int:
    """Write so many documents, at least, into an output folder; return how many it has."""
    (target / "graph").mkdir(parents=True)
    files = find_graph_files(output)
    own = [row for file in files if _has_documents(file) for row in read_rows(file)]
    shared = [row for file in files if not _has_documents(file) for row in read_rows(file)]
    graphs = {row.rpartition(b" <")[2] for row in own if b"/graph/telegram/" in row}
    copies = -(-count // len(graphs))
    for start in range(0, copies, TOGETHER):
        numbers = range(start, min(copies, start + TOGETHER))
        _write(target / "graph" / f"part-d{start:05d}.nq.zst", _renamed(own, numbers))
    _write(target / "graph" / SHARED, _renamed(shared, range(copies)))
    manifest = {"files": [_list(path, target) for path in sorted((target / "graph").iterdir())]}
    (target / "MANIFEST.json").write_text(json.dumps(manifest), "utf-8")
    return copies * len(graphs)


def _has_documents(file: Path) -> bool:
    return re.match(r"part-[df](?!ataset)", file.name) is not None


def _renamed(rows: Iterable[bytes], numbers: range) -> set[bytes]:
    # What names no thing of its own stays as it is and is there once.
    return {OWN.sub(rb"\g<1>c%d-" % number, row) for row in rows for number in numbers}


def _write(path: Path, rows: set[bytes]) -> None:
    data = b"".join(row + b"\n" for row in sorted(rows))
    path.write_bytes(zstandard.ZstdCompressor(level=3).compress(data))


def _list(path: Path, folder: Path) -> dict[str, object]:
    data = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def find_family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from find_family(int(child))


def measure_memory(pid: int) -> tuple[int, int]:
    """Return megabytes that the processes have of their own, and those with mapped files."""
    own = whole = 0
    for one in list(find_family(pid)):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        said = {line.split(":")[0]: int(line.split()[1]) for line in text.splitlines()[1:]}
        own, whole = own + said["Pss_Anon"], whole + said["Pss"]
    return own // 1024, whole // 1024


def run(command: list[str]) -> dict[str, object]:
    """Run a command and return its figures."""
    began, own, whole = time.monotonic(), 0, 0
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        done, status, usage = os.wait4(child.pid, os.WNOHANG)
        if done:
            break
        here = measure_memory(child.pid)
        own, whole = max(own, here[0]), max(whole, here[1])
        time.sleep(PAUSE)
    if status:
        raise SystemExit(f"{command[:5]} ended with {os.waitstatus_to_exitcode(status)}")
    return {
        "seconds": round(time.monotonic() - began, 1),
        "processor seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "most memory, MB": own,
        "most memory with mapped files, MB": whole,
    }


def weigh(site: Path) -> dict[str, object]:
    """Return what a site takes up."""
    sizes = [
        (path.stat().st_size, path.relative_to(site).as_posix())
        for path in site.rglob("*")
        if path.is_file()
    ]
    pages = [one for one in sizes if one[1].endswith(".html")]
    loaded = [one for one in sizes if one[1].startswith("search/")]
    return {
        "files": len(sizes),
        "MB": sum(size for size, _ in sizes) // 1_000_000,
        "largest pages, kB": {name: size // 1000 for size, name in sorted(pages)[-3:]},
        "largest file of the search, kB": max(loaded)[0] // 1000,
        "search, MB": round(sum(size for size, _ in loaded) / 1e6, 1),
    }


def change(output: Path, mark: bytes) -> None:
    """Add a word to the first value with this mark in the middle one of the files of documents.

    Without a mark a telegram of that file is added once more under a key of its own.
    """
    files = [path for path in sorted((output / "graph").iterdir()) if _has_documents(path)]
    path = files[len(files) // 2]
    rows = list(read_rows(path))
    if mark:
        number = next(n for n, row in enumerate(rows) if mark in row and b"/id/telegram/" in row)
        rows[number] = rows[number].replace(mark, mark + b"Changed ", 1)
    else:
        graph = next(end for row in rows if b"/graph/telegram/" in (end := _graph(row)))
        more = [row for row in rows if _graph(row) == graph]
        rows += [OWN.sub(rb"\g<1>more-", row) for row in more]
    _write(path, set(rows))


def _graph(row: bytes) -> bytes:
    return row.rpartition(b" <")[2]


def list_stamps(site: Path) -> dict[str, tuple[int, int]]:
    """Return number and time of each file of a site."""
    files = ((path, path.stat()) for path in site.rglob("*") if path.is_file())
    return {str(path): (one.st_ino, one.st_mtime_ns) for path, one in files}


def measure(base: Path, folder: Path, count: int, workers: int) -> dict[str, object]:
    """Return all figures for so many documents."""
    output, site = folder / f"output-{count}", folder / f"site-{count}"
    documents = copy(base, output, count)
    statements = sum(1 for file in find_graph_files(output) for _ in read_rows(file))
    more = ["--to", str(site), "--workers", str(workers)]
    command = [sys.executable, "-m", "cablegraph", "site", str(output), *more]
    figures = run(command)
    stamps = list_stamps(site)
    again: dict[str, dict[str, object]] = {}
    for name, mark in CHANGES.items():
        if mark is not None:
            change(output, mark)
        again[name] = run(command)
        before, stamps = stamps, list_stamps(site)
        written = sum(stamps[file] != before.get(file) for file in stamps)
        again[name]["files written"] = written
    kept = sum(path.stat().st_size for path in (folder / f".{site.name}.build").iterdir())
    return {
        "documents": documents, "statements": statements, **figures, "after a change of": again,
        "remembered, MB": kept // 1_000_000, "site": weigh(site),
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    known = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = build(folder / "base")
        for count in asked.documents:
            before = os.getloadavg()[0]
            found = measure(base, folder, count, asked.workers)
            known[str(count)] = {
                "cores": os.cpu_count(), "python": platform.python_version(),
                "workers": asked.workers, "load of the machine before": round(before, 1), **found,
            }  # fmt: skip
            print(json.dumps(known[str(count)], indent=2), flush=True)
            text = json.dumps(known, indent=2, sort_keys=True)
            RESULT.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
