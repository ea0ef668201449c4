"""What is said before a build is why it is made, and what is not made again is not touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from partition_papers import build, content, write_corpus, write_paper

from cablegraph.cli import main
from cablegraph.partitions.build import explain_parts
from cablegraph.partitions.task import Order

pytestmark = pytest.mark.usefixtures("_small_buckets")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of a few buckets, with settings and an authority file of its own."""
    folder = write_corpus(tmp_path / "corpus", 12)
    shutil.copytree(Path(__file__).parents[3] / "seeds/authorities", folder / "authorities")
    _write_settings(folder, "Telegrams")
    return folder


def _write_settings(folder: Path, title: str) -> None:
    said = f'title = "{title}"\nauthorities = "authorities"\n'
    (folder / "cablegraph.toml").write_text(said, "utf-8")


def _why(corpus: Path, output: Path) -> dict[str, tuple[str, ...]]:
    return {one.bucket: one.why for one in explain_parts([corpus], Order(str(output)))}


def test_another_title_is_named_as_the_reason(corpus: Path, tmp_path: Path) -> None:
    """What concerns no document is said as it is: the last build did come to its end."""
    build(corpus, tmp_path / "out")
    _write_settings(corpus, "Wires")

    assert {"MANIFEST.json": ("collection settings changed",)} == _why(corpus, tmp_path / "out")
    assert 0 == build(corpus, tmp_path / "out").made
    assert {} == _why(corpus, tmp_path / "out")


def test_files_that_another_bucket_has_now_are_not_new(corpus: Path, tmp_path: Path) -> None:
    """Where buckets are divided or joined, only the file that came or went is named so."""
    build(corpus, tmp_path / "out")
    for number in range(12, 40):
        path = write_paper(corpus, f"a/paper-{number:03d}", 930000 + number)
        why = _why(corpus, tmp_path / "out")
        said = {word for words in why.values() for word in words if not word.startswith("it has")}
        new = f"corpus/a/{path.name} is new"
        if said != {new}:
            break
        build(corpus, tmp_path / "out")
    assert {new, "other buckets have its files"} == said
    gone = next(name for name, words in why.items() if words == ("other buckets have its files",))
    halves = [words for name, words in why.items() if name.startswith(gone) and name != gone]
    assert all(f"it has files of {gone}" in words for words in halves)

    build(corpus, tmp_path / "out")
    path.unlink()
    said = {word for words in _why(corpus, tmp_path / "out").values() for word in words}
    assert f"corpus/a/{path.name} is gone" in said
    assert not any(word.endswith((" is new", "files are gone")) for word in said)


def test_what_comes_out_the_same_is_not_touched(corpus: Path, tmp_path: Path) -> None:
    """A row of the authority file that no document names makes all anew, and changes no file."""
    output = tmp_path / "out"
    build(corpus, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    with (corpus / "authorities/names.csv").open("a", encoding="utf-8") as table:
        table.write("org/un,Quite Another Name,en,common,,,\n")
    built = build(corpus, output)
    after = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}

    assert built.made > 1
    changed = {path.name for path in after if after[path] != before.get(path)}
    assert {"MANIFEST.json"} == changed
    build(corpus, tmp_path / "anew")
    assert content(tmp_path / "anew") == content(output)


@pytest.mark.parametrize("layout", ["parts", "whole"])
def test_a_name_with_a_line_end_makes_no_second_line(layout: str, tmp_path: Path) -> None:
    """Names of files can't break a message in two, colour a terminal or turn its words round."""
    corpus = tmp_path / "corpus"
    write_paper(corpus, "good", 930001)
    for number, name in enumerate(("new\nline", "red\x1b[31m", "turned\u202e")):
        write_paper(corpus, f"{name} good", 930002 + number)
        (corpus / f"{name}.txt").write_text("no document", "utf-8")
    arguments = ["build", str(corpus), "-o", str(tmp_path / "out"), "--layout", layout]
    ahead = CliRunner().invoke(main, [*arguments, "--check"])
    found = CliRunner().invoke(main, [*arguments, "--fail-on", "warning"])

    faults = found.stderr.split("\n")[:-1]
    assert [f"{corpus}/new\\nline.txt", f"{corpus}/red\\x1b[31m.txt"] == [
        line.partition(":1:1: LayoutError: ")[0] for line in faults[:2]
    ]
    assert (3, True) == (len(faults), faults[2].startswith(f"{corpus}/turned\\u202e.txt:1:1: "))
    said = ahead.output + found.output
    assert not {"\x1b", "\u202e"} & set(said)
    assert not any(line.startswith("line") for line in said.split("\n"))
