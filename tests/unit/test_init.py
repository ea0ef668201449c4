"""Beginning a collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cablegraph.authorities.decisions import read_decisions
from cablegraph.authorities.table import read_authorities
from cablegraph.cli import main
from cablegraph.collection import write_collection
from cablegraph.config import _KEYS, Settings, find_config, read_settings
from cablegraph.errors import OutputError

FILES = [
    "README.md",
    "authorities/entities.csv",
    "authorities/names.csv",
    "cablegraph.toml",
    "decisions.csv",
]


def names_in(folder: Path) -> list[str]:
    """Return the files of a folder, sorted, as paths from it."""
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(found)


@pytest.mark.parametrize("title", ["Talks, 1951", 'A "quoted" \\ title\x7f', "Переговоры"])
def test_a_new_collection_can_be_read(tmp_path: Path, title: str) -> None:
    """Settings, tables and ledger are what their readers expect, whatever the title."""
    written = write_collection(tmp_path / "new", title=title)
    settings = read_settings(find_config([tmp_path / "new"]))

    assert FILES == names_in(tmp_path / "new")
    assert sorted(written) == sorted(tmp_path / "new" / name for name in FILES)
    assert title == settings.title
    assert settings.decisions is not None
    assert () == read_decisions(settings.decisions)
    assert 0 == len(read_authorities(settings.authorities).entities)


def test_every_setting_is_explained_at_its_default(tmp_path: Path) -> None:
    """Each key stands in the file, and a line taken out of its comment is valid."""
    write_collection(tmp_path, title="T")
    path = tmp_path / "cablegraph.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = {line.lstrip("# ").partition(" = ")[0] for line in lines if " = " in line}
    opened = [line.removeprefix("# ") if " = " in line else line for line in lines]
    path.write_text("\n".join(opened), encoding="utf-8")

    assert _KEYS == keys
    assert Settings().base == read_settings(path).base


def test_the_packaged_names_can_be_taken_along(tmp_path: Path) -> None:
    """With them the tables hold entities and an explanation of their columns."""
    write_collection(tmp_path, title="T", with_authorities=True)

    assert read_authorities(tmp_path / "authorities").entities
    assert (tmp_path / "authorities" / "README.md").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """One file in the way, and none is written."""
    (tmp_path / "decisions.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match=r"decisions\.csv:1:1: OutputError: the file exists; "):
        write_collection(tmp_path, title="T")
    assert ["decisions.csv"] == names_in(tmp_path)


def test_documents_that_lie_there_are_left_alone(tmp_path: Path) -> None:
    """A folder of documents may become a collection."""
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    result = CliRunner().invoke(main, ["init", str(tmp_path), "--title", "T"])

    assert 0 == result.exit_code
    assert sorted([*FILES, "a.txt"]) == names_in(tmp_path)
    assert str(tmp_path / "cablegraph.toml") in result.output


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where a folder should be is an error of ours."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="can't be written"):
        write_collection(tmp_path / "file" / "new", title="T")
