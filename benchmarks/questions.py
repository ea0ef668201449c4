"""The questions of the project over corpora of growing size, in a store on disk.

``.venv/bin/python benchmarks/questions.py [COUNT ...]`` makes one corpus of each COUNT documents
(1,000, 10,000 and 100,000 if none is given), loads it into an Oxigraph store on disk, and asks
every question of ontology/questions several times, each in a process of its own that is ended at
the time limit. 100000 takes 6 GB and some minutes, 1000000 ten times that. Writes questions.json
beside this file and prints the table.

Nineteen of twenty documents are generated records (mapped/records.py) as the package writes them.
Every twentieth is one of the two seeds as the package wrote it, with their proposals, stances and
messages, under names of its own: its record, proposals, messages, copies and files are others than
those of the seeds. The seeds themselves, their vocabulary, authorities and links are there whole.
Left out of all other documents: the selectors of evidence (position and quotation), but for those
of stances, which questions ask for.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median

import msgspec

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "mapped"))

from records import _NAMES as PEOPLE  # noqa: E402
from records import make_reading, make_row  # noqa: E402

from cablegraph.graph.iris import Iris  # noqa: E402
from cablegraph.graph.statements import to_lines  # noqa: E402
from cablegraph.questions import list_questions, read_question  # noqa: E402
from cablegraph.records.claims import Reading  # noqa: E402

OUTPUT = HERE.parent / "output"
ANSWERS = HERE.parent / "tests" / "acceptance" / "questions.json"
COUNTS, LIMIT, TIMES = (1_000, 10_000, 100_000), 60, 3
EVERY = 20  # one in so many documents is a seed under other names
NUMBERS = range(1, 21)
_BASE = "https://w3id.org/cablegraph/"
_IRIS = Iris(_BASE)
_CHUNK = 5_000  # documents loaded at once
_SELECTOR = re.compile(r"#(?:position|quote)> ")
_EVIDENCE = re.compile(r"/stance/[^ >/]+> <[^>]*#evidence> <([^>]+)>")
#: What stands for the number of a variant until it is known: of its record, and of its file.
_OWN, _FILE = "@OWN@", "@FILE@"
_LABELS = """\
<{base}id/person/{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<https://www.ica.org/standards/RiC/ontology#Person> <{base}graph/authorities> .
<{base}id/person/{name}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@en \
<{base}graph/authorities> .
"""


def keep(lines: list[str]) -> list[str]:
    """Leave out the selectors of evidence, but for those of stances."""
    asked = {found[1] for line in lines if (found := _EVIDENCE.search(line))}
    return [
        line for line in lines
        if not _SELECTOR.search(line) or line[1:].partition("#")[0].partition(">")[0] in asked
    ]  # fmt: skip


def make_templates() -> list[str]:
    """Return the own graphs of the seeds, their names open."""
    found = []
    for path in sorted((OUTPUT / "records").glob("*.json")):
        reading = msgspec.json.decode(path.read_bytes(), type=Reading)
        opened = _open_names(
            "\n".join(keep(to_lines(reading, _IRIS))), reading.key.rpartition("-")[2]
        )
        # What keeps its name is shared, and comes with the seeds.
        lines = (line for line in opened.split("\n") if _OWN in line or _FILE in line)
        found.append("".join(f"{line}\n" for line in lines))
    return found


def _open_names(text: str, number: str) -> str:
    base = re.escape(f"<{_BASE}id/")
    text = re.sub(rf"({base}(?:proposal|message|recordset|source)/[\w-]+)", rf"\1-{_OWN}", text)
    text = re.sub(rf"({base}unit/\w+/\w+/\w+/\w+)", rf"\1-{_FILE}", text)
    text = re.sub(rf"({base}holding/\w+/\w+/\w+/\w+)/([\w-]+)", rf"\1-{_FILE}/\2-{_OWN}", text)
    return text.replace(number, _OWN)


def make_corpus(count: int) -> Iterator[bytes]:
    """Yield N-Quads of documents, some thousand at once."""
    templates, text = make_templates(), list[str]()
    for number in range(count):
        if number % EVERY:
            lines = keep(to_lines(make_reading(make_row(number)), _IRIS))
            text.append("\n".join(lines) + "\n")
        else:
            own = templates[number // EVERY % len(templates)]
            file = str(number // (EVERY * 60))
            text.append(own.replace(_OWN, str(9_000_000 + number)).replace(_FILE, file))
        if number % _CHUNK == _CHUNK - 1 or number == count - 1:
            yield "".join(text).encode()
            text.clear()


def fill(place: Path, count: int) -> dict[str, float]:
    """Load the seeds and a corpus, and say what it took."""
    import pyoxigraph

    store, taken = pyoxigraph.Store(str(place)), 0.0
    shared = "".join(_LABELS.format(base=_BASE, name=name) for name in PEOPLE)
    form = pyoxigraph.RdfFormat.N_QUADS
    store.bulk_load(shared.encode(), form)
    store.bulk_load(path=str(OUTPUT / "graph" / "cablegraph.nq"), format=form)
    begin = time.perf_counter()
    for part in make_corpus(count):
        start = time.perf_counter()
        store.bulk_load(part, form)
        taken += time.perf_counter() - start
    store.flush()
    made = time.perf_counter() - begin - taken
    statements = len(store)
    del store
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    return {
        "documents": count, "statements": statements, "making, s": round(made, 1),
        "loading, s": round(taken, 1), "statements/s": round(statements / taken),
        "MB on disk": round(size / 1e6),
    }  # fmt: skip


def ask(place: Path, number: int, times: int) -> None:
    """Ask one question several times; print seconds and rows. Runs in a process of its own."""
    import pyoxigraph

    store = pyoxigraph.Store.read_only(str(place))
    text, seconds, rows = read_question(str(number)).text, list[float](), list[list[str | None]]()
    for _ in range(times):
        start = time.perf_counter()
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        rows = [[_value(cell) for cell in row] for row in found]
        seconds.append(round(time.perf_counter() - start, 4))
        print(json.dumps({"seconds": seconds}), flush=True)
    wanted = {one["n"]: one["rows"] for one in json.loads(ANSWERS.read_text("utf-8"))}[number]
    given = {json.dumps(row) for row in rows}
    lost = sum(json.dumps(row) not in given for row in wanted)
    print(json.dumps({"seconds": seconds, "rows": len(rows), "lost": lost}))


def _value(cell: object) -> str | None:
    return None if cell is None else str(getattr(cell, "value", cell))


def measure(place: Path, number: int, limit: float) -> dict[str, object]:
    """Ask one question in a process of its own, which has its time."""
    command = [sys.executable, __file__, "--ask", str(number), "--store", str(place)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit * TIMES, check=False
        )
    except subprocess.TimeoutExpired as late:
        out = late.stdout or b""
        told = (out if isinstance(out, str) else out.decode()).splitlines()
        seconds = json.loads(told[-1])["seconds"] if told else []
        return {"seconds": seconds, "ended at the limit": True}
    assert not done.returncode, done.stderr[-500:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    assert not found.pop("lost"), f"question {number} has lost rows that the seeds give"
    return found


def measure_all(count: int, numbers: list[int], limit: float, folder: Path) -> dict[str, object]:
    """Make one corpus and ask everything."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        row: dict[str, object] = {**fill(Path(place) / "store", count)}
        print(row, flush=True)
        row["questions"] = {str(n): measure(Path(place) / "store", n, limit) for n in numbers}
    return row


def show(rows: list[dict[str, object]], limit: float) -> None:
    """Print the table of questions."""
    titles = {int(name[:2]): name for name, _ in list_questions()}
    print("| question | " + " | ".join(f"{row['documents']:,}" for row in rows) + " | rows |")
    print("|---|" + "--:|" * (len(rows) + 1))
    for number in dict.fromkeys(n for row in rows for n in row["questions"]):  # type: ignore[attr-defined]
        found = [row["questions"][number] for row in rows]  # type: ignore[index]
        cells = [
            f"{median(one['seconds']):.4f}" if "rows" in one else f"over {limit:g}" for one in found
        ]
        last = found[-1].get("rows", "")
        print(f"| {titles[int(number)]} | {' | '.join(cells)} | {last} |")


def main() -> None:
    """Measure, print, and write questions.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS, help="numbers of documents")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of one question")
    parser.add_argument("--only", type=int, nargs="*", default=list(NUMBERS), help="questions")
    parser.add_argument("--folder", type=Path, help="where the stores are made")
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        ask(given.store, given.ask, TIMES)
        return
    rows = [measure_all(n, given.only, given.limit, given.folder) for n in given.counts or COUNTS]
    names = ("cablegraph", "pyoxigraph")
    kept = {
        "versions": {"python": platform.python_version(), **{n: version(n) for n in names}},
        "cores": os.cpu_count(),
        "load at end": round(os.getloadavg()[0], 1),
        "time limit of a question, s": given.limit,
        "left out": "the selectors of evidence (position, quotation), but those of stances",
        "corpora": rows,
    }
    if given.only == list(NUMBERS):
        (HERE / "questions.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    show(rows, given.limit)


if __name__ == "__main__":
    main()
