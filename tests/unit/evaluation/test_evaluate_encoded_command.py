"""``cablegraph evaluate`` on encoded files: table, coverage, misses, JSON, exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from encoded_papers import VOLUME, entry, letters_list

from cablegraph.cli import main


def _run(*options: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *options])


def test_a_folder_of_encoded_files_is_judged_by_itself(tmp_path: Path) -> None:
    """A row a field, then how many documents and characters were read."""
    (tmp_path / "harbour.xml").write_text(VOLUME, encoding="utf-8")
    result = _run(str(tmp_path))
    rows = {line.split()[0]: line.split()[1:4] for line in result.output.splitlines() if line}

    assert 0 == result.exit_code
    assert ["2", "2", "1.000"] == rows["sender"]
    assert "2 letters by the encoding of 1 files, 2 documents read, 0 letters lost" in result.output


def test_misses_are_printed_when_asked_for(tmp_path: Path) -> None:
    """A name without a letter is nobody, and is missed at its place."""
    path = tmp_path / "letters.xml"
    path.write_text(letters_list(entry("a")).replace("Bo Pell", "123"), encoding="utf-8")

    assert "missed" not in _run(str(path)).output
    assert ":5:32: " in next(
        line for line in _run(str(path), "--misses").output.splitlines() if "missed '123'" in line
    )


def test_json_has_fields_coverage_and_every_file(tmp_path: Path) -> None:
    """The measures of the whole and of each file by its path."""
    path = tmp_path / "harbour.xml"
    path.write_text(VOLUME, encoding="utf-8")
    told = json.loads(_run(str(path), "--json").output)

    assert 2 == told["coverage"]["documents"] == told["files"][str(path)]["coverage"]["documents"]
    assert 1.0 == told["fields"]["origin"]["share"]
    assert [] == told["mistakes"] == told["faults"]


def test_a_fault_of_a_reader_gives_exit_code_1(tmp_path: Path) -> None:
    """The fault is printed, and the rest is judged."""
    (tmp_path / "a.xml").write_text("<TEI", encoding="utf-8")
    (tmp_path / "b.xml").write_text(VOLUME, encoding="utf-8")
    result = _run(str(tmp_path))

    assert 1 == result.exit_code
    assert "a.xml:1:" in result.output


def test_untyped_heads_are_judged_by_their_wording(tmp_path: Path) -> None:
    """Only the sides are in the table."""
    (tmp_path / "harbour.xml").write_text(VOLUME, encoding="utf-8")
    output = _run(str(tmp_path), "--untyped-heads").output

    assert ("sender" in output, "origin " in output) == (True, False)


def test_a_field_that_falls_below_the_scores_of_before_gives_1(tmp_path: Path) -> None:
    """The scores of a run are the check of a later one."""
    path, scores = tmp_path / "letters.xml", tmp_path / "scores.txt"
    path.write_text(letters_list(entry("a")), encoding="utf-8")
    assert 0 == _run(str(path), "--write", str(scores)).exit_code
    path.write_text(letters_list(entry("a")).replace("Bo Pell", "123"), encoding="utf-8")
    result = _run(str(path), "--check", str(scores))

    assert 1 == result.exit_code
    assert "addressee: F1 fell from 1.0 to 0.0" in result.output
