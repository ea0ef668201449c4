"""One build, whatever the workers and wherever the collection lies; faults stop only themselves."""

from __future__ import annotations

import filecmp
import pickle
import shutil
from pathlib import Path

from cablegraph.errors import DuplicateError, LayoutError
from cablegraph.pipeline import Built, build

ROOT = Path(__file__).parents[2]


def same_files(one: Path, other: Path) -> bool:
    """Compare two output folders byte for byte."""
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    others = sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    equal, _, _ = filecmp.cmpfiles(one, other, [str(path) for path in files], shallow=False)
    return files == others and len(equal) == len(files)


def test_workers_and_place_change_no_byte(output: tuple[Path, Built], tmp_path: Path) -> None:
    """Two workers, and a copy of the collection in another folder, give the same files."""
    moved = tmp_path / "elsewhere" / "seeds"
    shutil.copytree(ROOT / "seeds", moved)
    build([moved], tmp_path / "out", workers=2)

    assert same_files(output[0], tmp_path / "out")


def test_a_bad_document_stops_only_itself(tmp_path: Path) -> None:
    """With two workers too the others are built, and the fault says which file it was."""
    bad = tmp_path / "bad.txt"
    bad.write_text("no document\n", encoding="utf-8")
    built = build([ROOT / "seeds", bad], tmp_path / "out", workers=2)
    (fault,) = built.faults

    assert built.documents == 2
    assert isinstance(fault, LayoutError)
    assert str(fault).startswith(f"{bad}:1:1: LayoutError: ")


def test_a_record_that_stands_in_two_files_is_told(tmp_path: Path) -> None:
    """The second file of one record is a fault: neither overwrites the other in silence."""
    first = next(iter(sorted((ROOT / "seeds").glob("*.txt"))))
    for name in ("a.txt", "b.txt"):
        shutil.copy(first, tmp_path / name)
    built = build([tmp_path], tmp_path / "out")
    (fault,) = built.faults

    assert built.documents == 1
    assert isinstance(fault, DuplicateError)
    assert "b.txt:1:1: DuplicateError: the record" in str(fault)


def test_an_older_output_stays_where_nothing_could_be_built(tmp_path: Path) -> None:
    """A run on unreadable files only must not empty the graph of a better day."""
    out = tmp_path / "out"
    build([ROOT / "seeds"], out)
    before = (out / "MANIFEST.json").read_bytes()
    bad = tmp_path / "bad.txt"
    bad.write_text("no document\n", encoding="utf-8")
    built = build([bad], out)

    assert (built.documents, len(built.faults), built.files) == (0, 1, ())
    assert (out / "MANIFEST.json").read_bytes() == before


def test_an_error_survives_the_way_between_processes() -> None:
    """Place, class and remedy are the same on the other side."""
    error = LayoutError("no title", where="a.txt:1:1", remedy="write one")
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is LayoutError
    assert str(again) == str(error)


def test_output_inside_the_sources_is_no_source_of_the_next_build(tmp_path: Path) -> None:
    """A collection may keep its output beside its documents; the reports are not read as such."""
    folder = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds", folder)
    for _ in range(2):
        built = build([folder], folder / "output")

        assert (built.documents, built.faults) == (2, ())
