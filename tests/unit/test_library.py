"""What ``import cablegraph`` offers for reading a file of several documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import cablegraph
from cablegraph.errors import CablegraphError, Faults, SourceError

TABLE = (
    "No,From,To,Date\n1,Anna Berg,Carl Dahl,1921-05-03\n{second}\n3,Eva Falk,Gro Holm,1921-05-09\n"
)
MAPPING = '[columns]\nid = "No"\nsender = "From"\naddressee = "To"\nsent = "Date"\n'


def write_table(folder: Path, second: str) -> Path:
    """Write three letters in a table with its mapping."""
    (folder / "t.toml").write_text(MAPPING, "utf-8")
    path = folder / "t.csv"
    path.write_text(TABLE.format(second=second), "utf-8")
    return path


def test_every_document_of_a_file_is_read(tmp_path: Path) -> None:
    """The readings come in the order of the file, each with claims of its own."""
    path = write_table(tmp_path, "2,Carl Dahl,Anna Berg,1921-05-04")
    readings = list(cablegraph.read_all(str(path)))

    assert ["t-1", "t-2", "t-3"] == [reading.key for reading in readings]
    text = path.read_text("utf-8")
    for reading in readings:
        evidence = [one for claim in reading.claims for one in claim.evidence]
        assert evidence
        assert [text[one.start : one.end] for one in evidence] == [one.quote for one in evidence]


def test_what_cannot_be_read_is_raised_after_the_others(tmp_path: Path) -> None:
    """A bad row keeps none of the good ones back, and is not passed over in silence."""
    path = write_table(tmp_path, "1,Anna Berg,Carl Dahl,1921-05-03")
    readings = cablegraph.read_all(path)

    assert ["t-1", "t-3"] == [next(readings).key, next(readings).key]
    with pytest.raises(Faults) as caught:
        next(readings)
    (fault,) = caught.value.exceptions
    assert isinstance(fault, CablegraphError)
    assert fault.where.startswith(f"{path}:3:")


def test_a_file_of_one_document_is_read_as_by_read(tmp_path: Path) -> None:
    """The two functions agree where both can be used."""
    path = tmp_path / "t.csv"
    write_table(tmp_path, "")
    path.write_text("".join(TABLE.splitlines(keepends=True)[:2]), "utf-8")

    assert [cablegraph.read(path)] == list(cablegraph.read_all(path))


def test_reading_one_document_of_many_names_the_function_for_all(tmp_path: Path) -> None:
    """The remedy of ``read`` names a function that exists."""
    path = write_table(tmp_path, "2,Carl Dahl,Anna Berg,1921-05-04")
    with pytest.raises(SourceError, match=r"3 documents in one file; .*library\.read_all"):
        cablegraph.read(path)
    assert callable(cablegraph.library.read_all)


def test_a_missing_file_is_told_when_reading_begins(tmp_path: Path) -> None:
    """A file that is not there is one error, not a group of them."""
    with pytest.raises(SourceError, match="no such file"):
        next(cablegraph.read_all(tmp_path / "nowhere.csv"))
