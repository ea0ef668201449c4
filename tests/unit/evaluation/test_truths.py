"""Files of ground truth: which are read, and what is said of those that can't be."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation_papers import write_pair

from cablegraph.errors import CablegraphError
from cablegraph.evaluation.json_place import find_place
from cablegraph.evaluation.passages import find_line, find_words, sentences_of
from cablegraph.evaluation.truth import read_tasks
from cablegraph.sources.text import read_source


def faults_of(*places: Path) -> list[str]:
    """Return what is said of truths that can't be used."""
    return [str(fault) for fault in read_tasks(places)[1]]


def test_a_folder_and_a_file_give_each_document_once(tmp_path: Path) -> None:
    """Truths of a folder come in order of name; scores beside them are no truth."""
    for name in ("b", "a"):
        write_pair(tmp_path, name, f"Words of {name}.")
    (tmp_path / "scores.json").write_text("{}")
    tasks, faults = read_tasks([tmp_path / "b.json", tmp_path])

    assert ["b", "a"] == [task.truth.id for task in tasks]
    assert [] == faults
    assert ["a", "b"] == [task.truth.id for task in read_tasks([tmp_path])[0]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{\n x", ":2:2: TruthError: not JSON"),
        ("[]", ":1:1: TruthError: Expected `object`, got `array`"),
        ("{}", ":1:1: TruthError: Object missing required field `id`"),
    ],
)
def test_a_malformed_truth_is_named_with_its_place(content: str, said: str, tmp_path: Path) -> None:
    """Line and column of the fault stand before what is wrong; the others are read."""
    write_pair(tmp_path, "good", "Words.")
    (tmp_path / "bad.json").write_text(content)
    tasks, faults = read_tasks([tmp_path])

    assert ["good"] == [task.truth.id for task in tasks]
    assert [True] == [f"bad.json{said}" in str(fault) for fault in faults]
    assert all(isinstance(fault, CablegraphError) for fault in faults)


def test_a_value_of_the_wrong_kind_is_found_in_the_file(tmp_path: Path) -> None:
    """The place is that of the value, however deep it lies."""
    path = write_pair(tmp_path, "a", "Words.", numbers=[{"value": "1"}, {"value": 2}])
    text = path.read_text("utf-8")
    line = text.count("\n", 0, text.index("2")) + 1
    (said,) = faults_of(path)

    assert f"a.json:{line}:13: TruthError: Expected `str`, got `int`" in said


@pytest.mark.parametrize("day", ["4 May 1960", "1960-5-4", "1960-05-04T10:00"])
def test_a_day_that_is_no_date_is_a_fault(day: str, tmp_path: Path) -> None:
    """The day of a truth is a year, a month or a day."""
    assert ["TruthError"] == [
        said.split(": ")[1] for said in faults_of(write_pair(tmp_path, "a", "W.", date=day))
    ]


def test_a_truth_without_its_text_is_named(tmp_path: Path) -> None:
    """A missing text, a binary one, a missing truth and an empty folder are told, one line each."""
    write_pair(tmp_path, "a", None)
    write_pair(tmp_path, "b", "Words.").with_suffix(".txt").write_bytes(b"\x00\x01\x02\x00")
    (tmp_path / "empty").mkdir()
    said = faults_of(tmp_path, tmp_path / "c.json", tmp_path / "empty")

    assert ["TruthError", "SourceError", "TruthError", "TruthError"] == [
        one.split(": ")[1] for one in said
    ]
    assert all("\n" not in one for one in said)
    assert "no text 'a.txt'" in said[0]


def test_a_quotation_that_does_not_stand_in_the_text_is_a_fault(tmp_path: Path) -> None:
    """White space may differ, words may not."""
    proposal = {"what": "x", "stance": "accept", "stance_by": [], "quote": "we agree now"}
    good = write_pair(tmp_path, "a", "Here we\n  agree now.", proposals=[proposal])
    bad = write_pair(tmp_path, "b", "Here we agreed.", proposals=[proposal])

    assert [] == faults_of(good)
    (said,) = faults_of(bad)
    assert "TruthError: 'we agree now' does not stand in b.txt" in said


def test_an_id_belongs_to_one_truth(tmp_path: Path) -> None:
    """The second of two truths of one id is a fault."""
    write_pair(tmp_path, "a", "Words.")
    write_pair(tmp_path, "b", "Words.").write_text((tmp_path / "a.json").read_text())

    assert ["b.json:1:1"] == [
        said.split(": ")[0].rpartition("/")[2] for said in faults_of(tmp_path)
    ]


def test_words_are_found_where_they_stand_whole(tmp_path: Path) -> None:
    """The line is that of the first choice that stands in the text, in any case at need."""
    path = tmp_path / "a.txt"
    path.write_text("One.\nTwelve men\nof TWO lands.\n")
    source = read_source(path)

    assert 2 == find_line(source, ["men of"])
    assert 3 == find_line(source, ["Three", "two"])
    assert find_line(source, ["land", ""]) is None
    assert [] == find_words(source.text, "en")
    assert [(13, 15)] == find_words(source.text, "en", whole=False)
    assert ["Twelve men\nof TWO lands."] == [
        source.text[a:b] for a, b in sentences_of(source.text, "men of TWO")
    ]


def test_a_step_that_leads_nowhere_stops() -> None:
    """The place is that of the last value reached."""
    text = '{"a\\"": {"b": []}, "c": [[], {"d": "}"}]}'

    assert text.index('"}"') == find_place(text, ["c", 1, "d"])
    assert text.index("[]") == find_place(text, ['a"', "b", 3])
    assert 0 == find_place(text, ["z", "y"])
