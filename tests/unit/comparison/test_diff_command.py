"""The command ``cablegraph diff``: formats, exit codes, builds that can't be compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result

from cablegraph.cli import main

from .comparison_builds import a_claim, a_record, write_build


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds that differ in a number."""
    old = a_claim("telegram/t-1/number/7")
    new = old | {"value": old["value"] | {"written": "8"}}
    first = write_build(tmp_path / "old", a_record("t-1", old), a_record("t-2"))
    return first, write_build(tmp_path / "new", a_record("t-1", new), a_record("t-2"))


def run(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def test_the_text_tells_field_values_place_and_cause(builds: tuple[Path, Path]) -> None:
    """A reader sees the telegram, old and new value, where the words stand, and why."""
    result = run(*builds)

    assert 1 == result.exit_code
    assert result.output.split("\n") == [
        f"--- {builds[0]} (cablegraph 1.0, authority file aaaa)",
        f"+++ {builds[1]} (cablegraph 1.0, authority file aaaa)",
        "",
        "telegram/t-1  A telegram",
        "  why: rule: number; cablegraph 1.0 in both",
        "  ~ register number: 7 → 8",
        "      now t-1.txt:3:5 “No 7”",
        "      rule number; why: rule",
        "  statements: 1 added, 1 removed",
        "",
        "1 telegram differs (rule 1); 1 statements added, 1 removed",
        "",
    ]


def test_equal_builds_give_zero(builds: tuple[Path, Path]) -> None:
    """Nothing differs: exit code 0, in every format."""
    assert "no statement differs" in run(builds[0], builds[0]).output
    for options in ([], ["--json"], ["--format", "rdf-patch"], ["--quiet"]):
        assert 0 == run(builds[0], builds[0], *options).exit_code


@pytest.mark.parametrize("options", [[], ["--json"], ["--format", "rdf-patch"], ["--quiet"]])
def test_different_builds_give_one(options: list[str], builds: tuple[Path, Path]) -> None:
    """Something differs: exit code 1, in every format; --quiet prints nothing."""
    result = run(*builds, *options)

    assert 1 == result.exit_code
    assert (result.output == "") == ("--quiet" in options)


def test_json_is_one_object(builds: tuple[Path, Path]) -> None:
    """JSON has both builds, the groups with statements as N-Quads, and totals."""
    found = json.loads(run(*builds, "--json").output)

    assert ["old", "new", "groups", "totals"] == list(found)
    assert {"telegrams": 1, "added": 1, "removed": 1, "why": {"rule": 1}} == found["totals"]
    (group,) = found["groups"]
    assert group["added"][0].endswith("<https://example.org/graph/telegram/t-1> .")
    assert found == json.loads(run(*builds, "--format", "json").output)


def test_every_statement_can_be_listed(builds: tuple[Path, Path]) -> None:
    """--statements adds each line, short, with its sign."""
    lines = run(*builds, "--statements").output.split("\n")

    assert 1 == sum(line.startswith("  - <telegram/t-1/number/7>") for line in lines)
    assert 1 == sum(line.startswith("  + <telegram/t-1/number/7>") for line in lines)


def test_partitions_are_one_graph(builds: tuple[Path, Path], tmp_path: Path) -> None:
    """A build in compressed partitions says the same as the one in a single file."""
    parts = tmp_path / "parts"
    shutil.copytree(builds[1], parts)
    whole = parts / "graph/cablegraph.nq"
    lines = whole.read_bytes().splitlines(keepends=True)
    whole.unlink()
    for number in range(3):
        content = zstandard.compress(b"".join(lines[number::3]))
        (whole.parent / f"part-{number:03}.nq.zst").write_bytes(content)

    records = sorted((parts / "records").glob("*.json"))
    rows = b"".join(path.read_bytes() + b"\n" for path in records)
    for path in (*builds[0].glob("records/*.json"), *builds[1].glob("records/*.json")):
        path.write_text(json.dumps(json.loads(path.read_bytes()), indent=1) + "\n")
    for path in records:
        path.unlink()
    (parts / "records/part-0.jsonl.zst").write_bytes(zstandard.compress(rows))

    assert 0 == run(builds[1], parts).exit_code
    told, again = (run(builds[0], new).output.split("\n")[2:] for new in (builds[1], parts))
    assert told == again
    first, second = (
        run(builds[0], new, "--format", "rdf-patch").output for new in (builds[1], parts)
    )
    assert first == second


def spoil_record(folder: Path) -> None:
    (folder / "records/t-1.json").write_text("{")


def spoil_manifest(folder: Path) -> None:
    (folder / "MANIFEST.json").unlink()


def spoil_order(folder: Path) -> None:
    graph = folder / "graph/cablegraph.nq"
    graph.write_text("".join(reversed(graph.read_text().splitlines(keepends=True))))


def spoil_graph(folder: Path) -> None:
    (folder / "graph/cablegraph.nq").unlink()


def spoil_records(folder: Path) -> None:
    shutil.rmtree(folder / "records")


def spoil_partition(folder: Path) -> None:
    graph = folder / "graph/cablegraph.nq"
    (folder / "graph/part-0.nq.zst").write_bytes(zstandard.compress(graph.read_bytes())[:-9])
    graph.unlink()


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (spoil_record, "records/t-1.json:1:1: DataError: Input data was truncated; "),
        (spoil_manifest, "MANIFEST.json:1:1: DataError: there is no manifest; "),
        (spoil_order, "cablegraph.nq:2:1: DataError: the lines are not sorted by code point; "),
        (spoil_graph, "new:1:1: DataError: there is no graph; "),
        (spoil_records, "records:1:1: DataError: there are no records; "),
        (spoil_partition, "part-0.nq.zst:1:1: DataError: the file ends in the middle; "),
    ],
)
def test_what_can_not_be_compared_gives_two(
    spoil: object, problem: str, builds: tuple[Path, Path]
) -> None:
    """A build that can't be read is one line with a remedy; the exit code says it is no answer."""
    spoil(builds[1])  # type: ignore[operator]
    result = run(*builds)

    assert 2 == result.exit_code
    assert problem in result.stderr
    assert 1 == result.stderr.count("\n")
