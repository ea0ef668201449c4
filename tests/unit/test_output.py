"""A build's files are whole or unchanged, and nothing else in the folder is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import OutputError
from cablegraph.output import Staging


def fill(staging: Staging, words: str) -> None:
    (staging.folder / "graph").mkdir()
    (staging.folder / "graph" / "cablegraph.nq").write_text(words)
    (staging.folder / "MANIFEST.json").write_text(words)


def test_what_was_made_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """The second build replaces the files of the first; files of others stay."""
    (tmp_path / "notes.txt").write_text("mine")
    for words in ("old", "new"):
        with Staging(tmp_path) as staging:
            fill(staging, words)
            files = staging.publish()

    assert [path.name for path in files] == ["MANIFEST.json", "cablegraph.nq"]
    assert (tmp_path / "graph" / "cablegraph.nq").read_text() == "new"
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "MANIFEST.json",
        "graph",
        "notes.txt",
    ]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_a_build_that_stops_leaves_the_old_files(tmp_path: Path, stop: type[BaseException]) -> None:
    """Ctrl-C or a bug in the middle: the old graph is there, nothing half-written beside it."""
    with Staging(tmp_path) as staging:
        fill(staging, "old")
        staging.publish()

    def build() -> None:
        with Staging(tmp_path) as staging:
            fill(staging, "new")
            raise stop

    with pytest.raises(stop):
        build()

    assert (tmp_path / "graph" / "cablegraph.nq").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["MANIFEST.json", "graph"]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """A path that is a file can't be a folder: one line says so, with the way out."""
    path = tmp_path / "out"
    path.write_text("")
    with pytest.raises(OutputError, match=r"out:1:1: OutputError: .*--output"), Staging(path):
        pass


def test_a_full_disk_is_an_error_of_the_output(tmp_path: Path) -> None:
    """An OSError while the files are written says which folder it was."""
    with pytest.raises(OutputError, match="No space left"), Staging(tmp_path):
        raise OSError(28, "No space left on device")
