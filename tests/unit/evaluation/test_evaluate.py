"""``cablegraph evaluate``: what is printed and written, and when it ends with 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from evaluation_papers import write_pair

from cablegraph.cli import main
from cablegraph.errors import LayoutError
from cablegraph.evaluation import evaluate
from cablegraph.records.model import Record

SEEDS = Path(__file__).parents[3] / "seeds"
TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
TELEGRAM = f"""July 3, 1951
**{TITLE}**

Citation:

"{TITLE}", July 3, 1951, Wilson Center Digital Archive, APRF, f. 45, op. 1, d. 339, l. 11.
<https://digitalarchive.wilsoncenter.org/document/119999>

Summary:

A summary.

Original Language:

Russian

Contents:

Translation - English

[...]

CIPHERED TELEGRAM No. 12

BEIJING, TO KRASOVSKY.
For Comrade MAO ZEDONG.

The boats went north.

FILIPPOV [Stalin]

[...]
"""
TRUTH = {
    "is_telegram": True,
    "date": "1951-07-03",
    "numbers": [{"value": "12"}, {"value": "13"}],
    "senders": [{"name": "Joseph Stalin", "as_written": "Filippov"}],
    "recipients": [{"name": "Kim Il Sung"}],
    "intermediaries": [{"name": "Stepan Krasovsky"}],
    "original_language": "Russian",
}


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one document of a known layout and its truth, not wholly right."""
    write_pair(tmp_path, "a", TELEGRAM, **TRUTH)
    return tmp_path


def row_of(result: Result, field: str) -> list[str]:
    """Return the measures of a field as they are printed."""
    lines = result.stdout.splitlines()
    return next(line.split()[1:] for line in lines if line.split()[:1] == [field])


def test_the_table_has_every_field_and_mistakes_their_place(folder: Path) -> None:
    """Measures come first, then each miss and false alarm with path and line; the end is 0."""
    result = run(folder)
    path = folder / "a.txt"

    assert 0 == result.exit_code, result.output
    assert ["precision", "recall", "F1", "support"] == row_of(result, "field")
    assert ["1.000", "1.000", "1.000", "1"] == row_of(result, "sender")
    assert ["1.000", "0.500", "0.667", "2"] == row_of(result, "number")
    assert ["0.000", "0.000", "0.000", "1"] == row_of(result, "addressee")
    assert f"{path}: number: missed '13'\n" in result.stdout
    assert f"{path}: addressee: missed 'Kim Il Sung'\n" in result.stdout
    assert f"{path}:2: addressee: false alarm 'Mao Zedong (person/mao)'\n" in result.stdout
    assert "" == result.stderr


def test_json_has_fields_and_documents(folder: Path) -> None:
    """The same comes as one object, to stdout or to a file."""
    printed = json.loads(run(folder, "--json").stdout)
    run(folder, "--json", "--output", folder / "report.txt")

    assert printed == json.loads((folder / "report.txt").read_text("utf-8"))
    assert {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "support": 2} == printed["fields"][
        "number"
    ]
    assert "proposals-coarse" in printed["fields"]
    assert "proposals-fine" not in printed["fields"]
    document = printed["documents"]["a"]
    assert {"correct": 1.0, "found": 1, "wanted": 2} == document["counts"]["number"]
    assert {"field": "number", "value": "13", "path": str(folder / "a.txt"), "line": None} in (
        document["misses"]
    )
    assert {2} == {one["line"] for one in document["false_alarms"] if one["field"] == "addressee"}


def test_a_refused_document_counts_as_missed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the pipeline refuses is named, all its truth is missed, and the others are judged."""
    write_pair(folder, "b", "Boats.", **TRUTH)
    read = evaluate.read_document

    def refuse(path: Path) -> Record:
        if path.name == "b.txt":
            raise LayoutError("no title", where=f"{path}:1:1", remedy="write one")
        return read(path)

    monkeypatch.setattr(evaluate, "read_document", refuse)
    result = run(folder)

    assert 0 == result.exit_code
    assert f"{folder / 'b.txt'}:1:1: LayoutError: no title; write one\n" == result.stderr
    assert f"{folder / 'b.txt'}: not read, all its truth counts as missed\n" in result.stdout
    assert f"{folder / 'b.txt'}: sender: missed 'Joseph Stalin'\n" in result.stdout
    assert ["1.000", "0.500", "0.667", "2"] == row_of(result, "sender")


def test_a_truth_without_a_text_is_told_and_the_others_judged(folder: Path) -> None:
    """The exit code is 1, one line says what is missing, and the table is printed."""
    write_pair(folder, "b", None)
    result = run(folder)

    assert 1 == result.exit_code
    assert [f"{folder / 'b.json'}:1:1: TruthError"] == [
        line.rpartition(": no text")[0] for line in result.stderr.splitlines()
    ]
    assert ["1.000", "1.000", "1.000", "1"] == row_of(result, "sender")


def test_a_field_that_fell_gives_one(folder: Path) -> None:
    """Scores written by one run guard the next; a lower F1 is named on stderr."""
    scores = folder / "scores.json"
    assert 0 == run(folder, "--write", scores).exit_code
    assert 0 == run(folder, "--check", scores).exit_code
    kept = json.loads(scores.read_text("utf-8"))
    assert sorted(kept) == list(kept)
    kept["number"]["f1"] = 0.6668
    scores.write_text(json.dumps(kept))
    result = run(folder, "--check", scores)

    assert 1 == result.exit_code
    assert f"{scores}: number: F1 fell from 0.6668 to 0.6667\n" == result.stderr


@pytest.mark.parametrize("content", ["", "{", '{"number": 1}', '{"number": {"f1": 1}}'])
def test_scores_that_are_none_are_refused(content: str, folder: Path) -> None:
    """A file of something else is named with a remedy, before anything is read."""
    (folder / "scores.json").write_text(content)
    result = run(folder, "--check", folder / "scores.json")

    assert 1 == result.exit_code
    assert "TruthError: no file of scores" in result.stderr
    assert "" == result.stdout


def test_files_that_cannot_be_written_are_named(folder: Path) -> None:
    """A folder that does not exist is a fault of one line, for report and scores."""
    for option in ("--output", "--write"):
        result = run(folder, option, folder / "none" / "x.json")

        assert 1 == result.exit_code
        assert "OutputError: can't be written" in result.stderr


def test_another_authority_file_takes_the_place_of_the_settings(folder: Path) -> None:
    """With an authority file that knows nobody, a pseudonym leads to no person."""
    empty = folder / "authorities"
    empty.mkdir()
    for name in ("entities.csv", "names.csv"):
        head = (SEEDS / "authorities" / name).read_text("utf-8").splitlines()[0]
        (empty / name).write_text(head + "\n")
    result = run(folder / "a.json", "--authorities", empty)

    assert 0 == result.exit_code, result.output
    assert "false alarm 'Mao Zedong (person/mao)'" in run(folder / "a.json").stdout
    assert "(person/mao)" not in result.stdout
