"""One corpus into triple stores, verified, beside what a user would do without this package.

``.venv/bin/python benchmarks/loading.py TEI-FOLDER [COUNT]`` builds COUNT telegrams made of the
running prose of an edition, in parts, and brings them into Oxigraph, Virtuoso and TDB2, each time
into a new store: by ``cablegraph load``, which reads every statement back, by curl, a PUT for each
graph, and by the store's own loader, which verify nothing. TDB2 has no address here: its loader
takes the files of ``load --bulk``, and ``load --dump`` verifies what it wrote out. Seconds are of
the wall clock, from the command to its end, the start of Python included and that of a server not;
the median of several turns, in each of which every tool has one. Writes loading.json beside this
file and prints the table.
"""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TypeVar
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests"), str(HERE.parent / "tests" / "stores")]

from real_stores import (  # noqa: E402
    NO_OXIGRAPH,
    NO_VIRTUOSO,
    Running,
    find_oxigraph,
    has_virtuoso,
    run_oxigraph,
    run_virtuoso,
)
from telegrams import write_telegrams  # noqa: E402

from cablegraph.loading.graphs import Graphs  # noqa: E402
from cablegraph.serialise.canonical import read_lines  # noqa: E402
from java_programs import NO_JENA, find_riot, has_jena  # noqa: E402

COUNT, TIMES = 200, 3
OURS = [sys.executable, "-m", "cablegraph"]
_LIMIT = 900  # seconds of one command


@dataclass
class Corpus:
    """A build, and the same as files that other tools take."""

    output: Path
    whole: Path  # N-Quads
    graphs: dict[str, Path] = field(default_factory=dict)  # N-Triples, by the name of the graph
    statements: int = 0


@dataclass
class Row:
    """A line of the table."""

    store: str
    tool: str
    verified: bool
    seconds: list[float] = field(default_factory=list)
    note: str = ""


def run(*words: object, folder: Path | None = None, **more: str) -> str:
    """Run a command, which must end well, and return what it printed."""
    command = [str(word) for word in words]
    environment = {**os.environ, **more}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LIMIT,
        check=False,
    )  # fmt: skip
    assert not done.returncode, f"{shlex.join(command)[:300]}: {done.stderr[-500:]}"
    return done.stdout


def make_corpus(edition: Path, folder: Path, count: int) -> Corpus:
    """Build telegrams in parts, and write the same graph whole and apart."""
    write_telegrams(edition, folder / "telegrams", count)
    output = folder / "output"
    command = [*OURS, "build", str(folder / "telegrams"), "-o", str(output), "--layout", "parts"]
    subprocess.run([*command, "-q", "--fail-on", "never"], check=True, stdout=subprocess.DEVNULL)
    corpus = Corpus(output, folder / "whole.nq")
    corpus.whole.write_bytes(b"".join(line + b"\n" for line in read_lines(output)))
    (folder / "graphs").mkdir()
    with Graphs(read_lines(output), folder / "apart", where=str(output)) as graphs:
        for number, name in enumerate(graphs.names):
            corpus.graphs[name] = folder / "graphs" / f"{number:06}.nt"
            corpus.graphs[name].write_bytes(graphs.read(name))
            corpus.statements += graphs.size(name)
    return corpus


def load(corpus: Corpus, store: Running) -> None:
    """Load by this package: all is verified, or it fails."""
    journal = store.folder / "journal.jsonl"
    said = run(*OURS, "load", corpus.output, "--to", store.url, "--journal", journal,
               **store.environment)  # fmt: skip
    assert f"{len(corpus.graphs)} loaded and verified ({corpus.statements} " in said, said


def load_again(corpus: Corpus, store: Running) -> None:
    """Load what is there already."""
    journal = store.folder / "journal.jsonl"
    said = run(*OURS, "load", corpus.output, "--to", store.url, "--journal", journal,
               **store.environment)  # fmt: skip
    assert f"{len(corpus.graphs)} kept as verified before" in said, said


def put_by_curl(corpus: Corpus, store: Running) -> None:
    """Put graph after graph, as a loop of a shell would; a failure ends it."""
    virtuoso = store.name == "virtuoso"
    end = "sparql-graph-crud-auth?graph-uri=" if virtuoso else "store?graph="
    media = "text/turtle" if virtuoso else "application/n-triples"
    words = [
        "curl",
        "-sS",
        "--fail",
        "-o",
        "/dev/null",
        "-X",
        "PUT",
        "-H",
        f"Content-Type: {media}",
    ]
    words += ["--digest", "-u", "dba:dba"] if virtuoso else []
    for name, path in corpus.graphs.items():
        run(*words, "--data-binary", f"@{path}", f"{store.url}{end}{quote(name, safe='')}")


def post_by_curl(corpus: Corpus, store: Running) -> None:
    """Post the whole dataset in one request."""
    head = "Content-Type: application/n-quads"
    run("curl", "-sS", "--fail", "-o", "/dev/null", "-H", head, "--data-binary", f"@{corpus.whole}",
        f"{store.url}store")  # fmt: skip


def fill_virtuoso(corpus: Corpus, store: Running) -> None:
    """Let Virtuoso's own loader take the file."""
    folder = store.folder / "bulk"
    folder.mkdir()
    shutil.copy(corpus.whole, folder / "whole.nq")
    script = folder / "load.sql"
    script.write_text(
        f"ld_dir('{folder}', '*.nq', 'urn:x:unused');\nrdf_loader_run();\ncheckpoint;\n", "utf-8"
    )
    run("isql-vt", f"127.0.0.1:{store.port}", "dba", "dba", script)


def fill_oxigraph(corpus: Corpus, folder: Path) -> None:
    """Let Oxigraph's own loader take the file, while no server runs."""
    run(find_oxigraph(), "load", "--location", folder / "db", "--file", corpus.whole)


def fill_tdb2(corpus: Corpus, folder: Path) -> None:
    """Let Jena's own loader take the file."""
    java = find_riot(folder / "jena")[:-1]
    run(*java, "tdb2.tdbloader", "--loc", folder / "db", corpus.whole)


def bring_to_tdb2(corpus: Corpus, folder: Path) -> None:
    """Write the files of --bulk, give the commands it prints, and compare the dump."""
    java = find_riot(folder / "jena")[:-1]
    bulk, dump = folder / "bulk", folder / "dump.nq"
    said = run(*OURS, "load", corpus.output, "--bulk", bulk, "--store", "fuseki")
    command = said.splitlines()[2].partition("   #")[0].split()
    run(*java, *(folder / "db" if word == "STORE" else word for word in command))
    dump.write_text(run(*java, "tdb2.tdbdump", "--loc", folder / "db"), "utf-8")
    told = run(*OURS, "load", corpus.output, "--dump", dump, "--store", "fuseki")
    assert f"{len(corpus.graphs)} verified ({corpus.statements} " in told, told


def count(store: Running) -> int:
    """Return how many statements a store has in graphs of ours, asked by no code of ours."""
    named = "STRSTARTS(STR(?g), 'https://w3id.org/cablegraph/graph/')"
    asked = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g HAVING({named})"
    return sum(int(row["n"]) for row in store.ask(asked))


Place = TypeVar("Place")
Way = Callable[[Corpus, Running], None]
Offline = Callable[[Corpus, Path], None]
SERVED: list[tuple[str, str, bool, Way]] = [
    ("Oxigraph", "cablegraph load", True, load),
    ("Oxigraph", "curl, one PUT a graph", False, put_by_curl),
    ("Oxigraph", "curl, one POST of N-Quads", False, post_by_curl),
    ("Virtuoso", "cablegraph load", True, load),
    ("Virtuoso", "curl, one PUT a graph", False, put_by_curl),
    ("Virtuoso", "rdf_loader_run", False, fill_virtuoso),
]
AGAIN = "cablegraph load, again"
OFFLINE: list[tuple[str, str, bool, Offline]] = [
    ("Oxigraph", "oxigraph load", False, fill_oxigraph),
    ("TDB2", "cablegraph load --bulk, tdbloader, load --dump", True, bring_to_tdb2),
    ("TDB2", "tdbloader", False, fill_tdb2),
]
MISSING = {
    "Oxigraph": "" if find_oxigraph() else NO_OXIGRAPH,
    "Virtuoso": "" if has_virtuoso() else NO_VIRTUOSO,
    "TDB2": "" if has_jena() else NO_JENA,
}


@contextmanager
def run_store(name: str, folder: Path) -> Iterator[Running]:
    """Run a new store."""
    with (run_virtuoso if name == "Virtuoso" else run_oxigraph)(folder) as store:
        yield store


def measure(corpus: Corpus, rows: dict[tuple[str, str], Row]) -> None:
    """Give each tool one turn in a new store."""
    for name, tool, _, way in SERVED:
        if MISSING[name]:
            continue
        with tempfile.TemporaryDirectory() as place, run_store(name, Path(place)) as store:
            rows[name, tool].seconds.append(clock(way, corpus, store))
            assert corpus.statements == count(store), tool
            if way is load:
                rows[name, AGAIN].seconds.append(clock(load_again, corpus, store))
    for name, tool, _, offline in OFFLINE:
        if not MISSING[name]:
            with tempfile.TemporaryDirectory() as place:
                rows[name, tool].seconds.append(clock(offline, corpus, Path(place)))


def clock(way: Callable[[Corpus, Place], None], corpus: Corpus, place: Place) -> float:
    """Return the seconds that it takes."""
    start = time.perf_counter()
    way(corpus, place)
    return round(time.perf_counter() - start, 2)


def make_rows() -> dict[tuple[str, str], Row]:
    """Return the lines of the table, by store."""
    rows = [Row(name, tool, verified) for name, tool, verified, _ in (*SERVED, *OFFLINE)]
    rows += [Row(name, AGAIN, True) for name in ("Oxigraph", "Virtuoso")]
    order = ("Oxigraph", "Virtuoso", "TDB2")
    rows.sort(key=lambda row: (order.index(row.store), not row.verified))
    for row in rows:
        row.note = MISSING[row.store]
    return {(row.store, row.tool): row for row in rows}


def to_table(rows: list[Row], statements: int) -> list[dict[str, object]]:
    """Return the lines with their figures; a ratio is to loading by this package."""
    found = list[dict[str, object]]()
    for row in rows:
        line: dict[str, object] = {"store": row.store, "tool": row.tool, "verified": row.verified}
        if row.seconds:
            ours = next(one for one in rows if one.store == row.store and one.verified)
            taken = median(row.seconds)
            line |= {"seconds": round(taken, 2), "statements/s": round(statements / taken),
                     "cablegraph load takes times as long": round(median(ours.seconds) / taken, 2),
                     "runs": row.seconds}  # fmt: skip
        found.append(line | ({"note": row.note} if row.note else {}))
    return found


def main() -> None:
    """Measure, print, and write loading.json."""
    edition = Path(sys.argv[1])
    number = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    rows = make_rows()
    with tempfile.TemporaryDirectory() as place:
        corpus = make_corpus(edition, Path(place), number)
        for _ in range(TIMES):
            measure(corpus, rows)
    table = to_table(list(rows.values()), corpus.statements)
    names = ("cablegraph", "oxigraph", "pyoxigraph", "httpx")
    kept = {
        "versions": {"python": platform.python_version(), **{n: version(n) for n in names}},
        "cores": os.cpu_count(),
        "load at end": round(os.getloadavg()[0], 1),
        "telegrams": number,
        "graphs": len(corpus.graphs),
        "statements": corpus.statements,
        "rows": table,
    }
    (HERE / "loading.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(
        f"{number:,} telegrams, {len(corpus.graphs):,} graphs, {corpus.statements:,} statements\n"
    )
    print("| store | tool | verified | seconds | statements/s | load takes times as long |")
    print("|---|---|---|--:|--:|--:|")
    for line in table:
        taken = [f"{value:,}" for value in list(line.values())[3:6]] if "seconds" in line else []
        cells = taken or [str(line.get("note", "")), "", ""]
        print(f"| {line['store']} | {line['tool']} | {'yes' if line['verified'] else 'no'} | "
              f"{' | '.join(cells)} |")  # fmt: skip


if __name__ == "__main__":
    main()
