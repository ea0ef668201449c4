"""The command as it is installed, on the seeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cablegraph.pipeline import Built

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "cablegraph", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def test_a_build_says_what_it_made(tmp_path: Path) -> None:
    """The object that --json prints agrees with the files."""
    done = run("build", ROOT / "seeds", "-o", tmp_path / "out", "--json")
    report = json.loads(done.stdout)

    assert (0, "") == (done.returncode, done.stderr)
    assert report["ok"]
    assert len(SEEDS) == report["documents"]
    assert all(Path(path).is_file() for path in report["files"])
    lines = (tmp_path / "out" / "graph" / "cablegraph.nq").read_text(encoding="utf-8")
    assert lines.count("\n") == report["statements"]


def test_an_unreadable_document_leaves_the_others_built(tmp_path: Path) -> None:
    """One line on stderr with the place, exit code 1, and the graph of the rest."""
    bad = tmp_path / "bad.txt"
    bad.write_text("no document at all", encoding="utf-8")
    done = run("build", SEEDS[0], bad, "-o", tmp_path / "out")

    assert 1 == done.returncode
    assert [f"{bad}:1:1"] == [":".join(x.split(":")[:3]) for x in done.stderr.splitlines()]
    assert (tmp_path / "out" / "graph" / "cablegraph.nq").is_file()


def test_everything_the_graph_says_can_be_explained(output: tuple[Path, Built]) -> None:
    """Every node of a document can be asked for; most statements show words at their place."""
    from cablegraph.dataset import Dataset
    from cablegraph.explain.gather import explain
    from cablegraph.explain.render import to_text

    store = Dataset.open(output[0]).store
    nodes = {str(quad.subject.value) for quad in store if "graph/telegram/" in str(quad.graph_name)}
    origins = []
    for node in sorted(node for node in nodes if "/text/" not in node):
        found = explain(store, node)
        assert to_text(found)
        origins += [told.origin for told in found.statements]
        assert all(support.words for support in found.support.values())
        assert all(told.support for told in found.statements if told.origin == "words")

    assert 0.8 < sum(origin in ("words", "carried") for origin in origins) / len(origins)


def test_explained_places_are_those_of_the_file(output: tuple[Path, Built]) -> None:
    """Line and column lead to the very words in the source file."""
    done = run("explain", "person/mao", "-d", output[0], "--json", "--incoming",
               "--source", ROOT / "seeds")  # fmt: skip
    found = json.loads(done.stdout)
    words = [one for support in found["support"].values() for one in support["words"]]

    assert words
    assert [] == found["notices"]
    for one in words:
        lines = Path(one["file"]).read_text(encoding="utf-8").split("\n")
        rest = "\n".join(lines[one["line"] - 1 :])
        assert rest[one["column"] - 1 :].startswith(one["exact"])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_document_is_shown_whole(seed: Path, output: tuple[Path, Built]) -> None:
    """Read afresh or from its record, every line of a text version and every claim is shown."""
    fresh = run("inspect", seed)
    found = json.loads(run("inspect", seed, "--json").stdout)
    built = run("inspect", found["key"], "-d", output[0])

    assert (0, "") == (fresh.returncode, fresh.stderr)
    assert fresh.stdout == built.stdout
    for note in found["notes"]:
        assert note["kind"] == "version" or f"[{note['number']}] {note['kind']}:" in fresh.stdout


def test_output_is_the_same_for_any_hash_seed(output: tuple[Path, Built]) -> None:
    """Explanations and inspections do not depend on the order of sets."""
    for command in (
        ("explain", "person/mao", "-d", output[0], "--incoming"),
        ("inspect", SEEDS[0]),
        ("query", "3", "-d", output[0]),
    ):
        first, second = (run(*command, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
        assert first == second


def test_a_closed_pipe_ends_quietly(output: tuple[Path, Built]) -> None:
    """A reader that stops early, such as head, brings no traceback."""
    command = [sys.executable, "-m", "cablegraph", "query", "SELECT * { ?s ?p ?o }",
               "--format", "tsv", "-d", str(output[0])]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()

        assert b"" == process.stderr.read()


def test_a_narrow_terminal_is_no_crash(output: tuple[Path, Built]) -> None:
    """Letters that the encoding lacks are shown as escapes, never a traceback."""
    done = run("explain", "person/mao", "-d", output[0], PYTHONIOENCODING="latin-1")

    assert 0 == done.returncode
    assert "\\u" in done.stdout


def test_a_new_collection_is_built(tmp_path: Path) -> None:
    """What init writes and a document give a graph."""
    folder = tmp_path / "new"
    made = run("init", folder, "--title", "A title")
    (folder / "one.txt").write_bytes(SEEDS[0].read_bytes())
    done = run("build", folder, "-o", tmp_path / "out")
    asked = run("query", "SELECT ?t { ?d a dcat:Dataset ; dcterms:title ?t }",
                "-d", tmp_path / "out", "--format", "csv")  # fmt: skip

    assert (0, 0) == (made.returncode, done.returncode)
    assert "A title" in asked.stdout
