"""The whole pipeline, from telegrams and from TEI to checked statements on disk, stage by stage.

``.venv/bin/python benchmarks/pipeline.py TEI-FOLDER`` builds two corpora in parts, each with one
process and with two: telegrams of about 2 kB (telegrams.py, of the running prose of the edition),
and the first documents of each TEI file of the folder. Then one process does the same stage after
stage, counting the CPU time of each and of each rule of extraction, and writes the readings down;
these go from claims to zstd N-Quads as benchmarks/mapping.py measures it, which is the ceiling, and
through rdflib, which serialises the same statements. Documents a second are counted past the start
of a build, which is that of a build of one document. Writes pipeline.json beside this file and
prints the tables.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from telegrams import write_telegrams  # noqa: E402

TEXTS, TEI = 1_000, 60  # telegrams; documents of each TEI file
WARM = 20  # documents that are not counted: they load patterns and tables
PART = 128  # documents of a part
DEAREST = 10
PLAIN = 50_000  # statements that rdflib serialises
_DOCUMENT = "{http://www.tei-c.org/ns/1.0}div"
_RDFLIB = """
import sys, time, rdflib
data = rdflib.Dataset()
data.parse(sys.argv[1], format="nquads")
start = time.process_time()
data.serialize(sys.argv[1] + ".out", format="nquads", encoding="utf-8")
print(time.process_time() - start)
"""

Timed = Callable[..., Any]


def write_tei(edition: Path, folder: Path, count: int) -> None:
    """Write each file of an edition with its first *count* documents alone."""
    folder.mkdir()
    for path in sorted(edition.rglob("*.xml")):
        tree = etree.parse(str(path))
        parts = [one for one in tree.getroot().iter(_DOCUMENT) if one.get("type") == "document"]
        for part in parts[count:]:
            parent = part.getparent()
            assert parent is not None
            parent.remove(part)
        tree.write(str(folder / path.name), encoding="utf-8", xml_declaration=True)


def build(corpus: Path, output: Path, processes: int) -> tuple[dict[str, Any], float, float]:
    """Build a corpus; return what the build says of it, the seconds and the CPU seconds."""
    engine = ["--engine", "serial"] if processes == 1 else ["--engine", "processes"]
    command = [sys.executable, "-m", "cablegraph", "build", str(corpus), "-o", str(output)]
    command += ["--layout", "parts", "-j", str(processes), *engine, "--json"]
    with (output.parent / "told.json").open("w+b") as out:
        start = time.perf_counter()
        running = subprocess.Popen([*command, "--fail-on", "never"], stdout=out)
        _, status, used = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        assert running.returncode in (0, 1), command
        out.seek(0)
        told: dict[str, Any] = json.loads(out.read())
    return told, seconds, used.ru_utime + used.ru_stime


def measure_builds(corpus: Path, folder: Path) -> list[dict[str, object]]:
    """Build a corpus with one process and with two, and one of its documents for the start."""
    size = sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file())
    first = write_first(corpus, folder / "first")
    rows = list[dict[str, object]]()
    for processes in (1, 2):
        _, start, _ = build(first, folder / f"first-{processes}", processes)
        told, seconds, used = build(corpus, folder / f"out-{processes}", processes)
        past, documents = max(seconds - start, 0.01), told["documents"]
        rows.append(
            {
                "processes": processes, "documents": documents, "kB": round(size / 1000),
                "statements": told["statements"], "seconds": round(seconds, 2),
                "CPU seconds": round(used, 2), "start, seconds": round(start, 2),
                "documents/s": round(documents / past, 1), "kB/s": round(size / 1000 / past, 1),
                "statements/s": round(told["statements"] / past),
            }
        )  # fmt: skip
    return rows


def write_first(corpus: Path, folder: Path) -> Path:
    """Copy the first document of a corpus: a text, or a TEI file with one document in it."""
    path = next(path for path in sorted(corpus.rglob("*")) if path.is_file())
    if path.suffix == ".xml":
        (folder / "one").mkdir(parents=True)
        (folder / "one" / path.name).write_bytes(path.read_bytes())
        write_tei(folder / "one", folder / "tei", 1)
        return folder / "tei"
    folder.mkdir()
    (folder / path.name).write_bytes(path.read_bytes())
    return folder


class Stages:
    """CPU seconds by stage and by rule."""

    def __init__(self) -> None:
        self.stages: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()

    def time(self, name: str, act: Timed, *words: object, **more: object) -> Any:
        """Do something and count it under a name."""
        start = time.process_time()
        try:
            return act(*words, **more)
        finally:
            self.stages[name] += time.process_time() - start  # type: ignore[assignment]

    def watch(self, name: str, act: Timed, whole: Callable[[Any], Any]) -> Timed:
        """Return a rule that is counted each time; what it yields is found before it returns."""

        def watched(*words: object) -> Any:
            start = time.process_time()
            found = whole(act(*words))
            self.rules[name] += time.process_time() - start  # type: ignore[assignment]
            return found

        return watched

    def watch_rules(self) -> None:
        """Count each rule of extraction, and what is made ready for all of them."""
        from cablegraph.extraction import extract as module

        watched = (
            self.watch(
                f"{rule.__module__.rpartition('extraction.')[2]}.{rule.__name__}", rule, list
            )
            for rule in module.RULES
        )
        vars(module)["RULES"] = tuple(watched)
        same: Callable[[Any], Any] = lambda found: found  # noqa: E731
        vars(module)["set_scene"] = self.watch(
            "set_scene, before all rules", module.set_scene, same
        )

    def clear(self) -> None:
        """Forget what was counted."""
        self.stages.clear()
        self.rules.clear()


def read_corpus(corpus: Path) -> Iterator[tuple[Any, Any]]:
    """Yield each document of a corpus as the readers give it, with its source."""
    from cablegraph.errors import CablegraphError
    from cablegraph.records.readers import read_documents
    from cablegraph.sources.files import read_file
    from cablegraph.workshop import Source

    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        for item in read_documents(read_file(path)):
            if not isinstance(item, CablegraphError):
                yield item, Source(path, path.name)


def profile(corpus: Path, folder: Path) -> None:
    """Do the stages one after the other; print what each took. Runs in a process of its own."""
    import msgspec

    from cablegraph.graph.statements import to_lines
    from cablegraph.partitions.parts import Part, Tally, write
    from cablegraph.partitions.task import Order
    from cablegraph.workshop import check, open_workshop, read_claims

    counted, shop = Stages(), open_workshop(None)
    counted.watch_rules()
    order, written, readings, documents = Order(output=str(folder)), 0, list[bytes](), 0
    for part in (WARM, 0):
        records = counted.time("reading", lambda: list(read_corpus(corpus)))
        records = records[:part] or records
        for start in range(0, len(records), PART):
            made = []
            for item, source in records[start : start + PART]:
                reading = counted.time("extraction", read_claims, item, source, shop)
                rights = shop.settings.rights
                lines = counted.time("statements", to_lines, reading, shop.iris, rights)
                made.append(counted.time("shapes", check, source, reading, shop))
                written += len(lines)
                readings.append(msgspec.json.encode(reading))
            stretch = Part(made=made)
            counted.time("writing", write, stretch, f"{start:05}", order, shop, Tally())
        if part:
            counted.clear()
            readings.clear()
            written = 0
        documents = len(records)
    (folder / "readings.jsonl").write_bytes(b"".join(one + b"\n" for one in readings))
    # A check makes the statements again.
    counted.stages["shapes"] -= counted.stages["statements"]
    print(json.dumps({"documents": documents, "statements": written, "stages": counted.stages,
                      "rules": counted.rules}))  # fmt: skip


def measure_stages(corpus: Path, folder: Path) -> dict[str, object]:
    """Return CPU milliseconds of a document by stage and rule, and the ratios."""
    folder.mkdir()
    told = run(sys.executable, __file__, str(corpus), "--profile", str(folder))
    documents = told["documents"]
    stages = {name: round(s / documents * 1000, 3) for name, s in told["stages"].items()}
    whole = sum(told["stages"].values())
    rules = sorted(told["rules"].items(), key=lambda rule: -rule[1])
    ceiling = run(sys.executable, str(HERE / "mapped" / "by_cablegraph.py"), "map", folder=folder)
    speed, most = told["statements"] / whole, ceiling["lines"] / ceiling["seconds"]
    sample = folder / "sample.nq"
    with (folder / "by_cablegraph.nq").open("rb") as file:
        lines = [line for _, line in zip(range(PLAIN), file, strict=False)]
    sample.write_bytes(b"".join(lines))
    plain = run(sys.executable, "-c", _RDFLIB, str(sample)) / len(lines)
    ours = (told["stages"]["statements"] + told["stages"]["writing"]) / told["statements"]
    return {
        "documents": documents, "statements": told["statements"],
        "CPU ms a document": stages | {"all": round(whole / documents * 1000, 3)},
        "dearest rules, CPU ms a document": {
            name: round(s / documents * 1000, 3) for name, s in rules[:DEAREST]
        },
        "statements/CPU s": round(speed),
        "ceiling: claims to zstd N-Quads, statements/CPU s": round(most),
        "times slower than the ceiling": round(most / speed, 1),
        "rdflib serialises N-Quads, statements/CPU s": round(1 / plain),
        "rdflib's time to our statements and writing": round(plain / ours, 2),
    }  # fmt: skip


def run(*command: str, folder: Path | None = None) -> Any:
    """Run a program and return the JSON that its last line is."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-800:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(corpus: Path, folder: Path) -> dict[str, object]:
    """Measure one corpus."""
    folder.mkdir()
    builds = measure_builds(corpus, folder)
    return {"builds": builds, "stages": measure_stages(corpus, folder / "stages")}


def show(found: dict[str, Any]) -> None:
    """Print the tables."""
    print("| what | processes | documents/s | kB/s | statements/s | seconds |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, one in found.items():
        for row in one["builds"]:
            print(f"| {name} | {row['processes']} | {row['documents/s']:,} | {row['kB/s']:,} | "
                  f"{row['statements/s']:,} | {row['seconds']:,} |")  # fmt: skip
    print("\n| CPU ms a document | " + " | ".join(found) + " |\n|---|" + "--:|" * len(found))
    stages = [one["stages"]["CPU ms a document"] for one in found.values()]
    for stage in stages[0]:
        print(f"| {stage} | " + " | ".join(f"{one[stage]:.2f}" for one in stages) + " |")
    for name, one in found.items():
        print(f"\n{name}: {one['stages']['times slower than the ceiling']} times slower than the "
              f"ceiling; the dearest rules:")  # fmt: skip
        for rule, spent in one["stages"]["dearest rules, CPU ms a document"].items():
            print(f"- {rule}: {spent:.2f} ms")


def main() -> None:
    """Measure, print, and write pipeline.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", type=Path, help="folder of TEI files")
    parser.add_argument("--texts", type=int, default=TEXTS, help="number of telegrams")
    parser.add_argument("--tei", type=int, default=TEI, help="documents of each TEI file")
    parser.add_argument("--profile", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.profile:
        profile(given.edition, given.profile)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_telegrams(given.edition, folder / "texts", given.texts)
        write_tei(given.edition, folder / "tei", given.tei)
        found = {
            "telegrams": measure(folder / "texts", folder / "of-texts"),
            "TEI": measure(folder / "tei", folder / "of-tei"),
        }
    names = ("cablegraph", "lxml", "msgspec", "rdflib", "shacl", "zstandard")
    kept = {
        "versions": {"python": platform.python_version(), **{n: version(n) for n in names}},
        "cores": os.cpu_count(),
        "load at end": round(os.getloadavg()[0], 1),
        **found,
    }
    (HERE / "pipeline.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    show(found)


if __name__ == "__main__":
    main()
