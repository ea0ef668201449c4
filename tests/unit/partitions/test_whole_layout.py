"""A build of one graph is not made again when nothing changed, and says the same."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from partition_papers import content, write_corpus, write_paper

from cablegraph.cli import main
from cablegraph.serialise.canonical import read_lines

ROOT = Path(__file__).resolve().parents[3]


def _build(corpus: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", str(corpus), "-o", str(out), *options])


def test_a_whole_build_without_a_change_touches_nothing(tmp_path: Path) -> None:
    """Findings, faults and exit code are those of the build; no file is written."""
    corpus, out = write_corpus(tmp_path / "corpus", 2), tmp_path / "out"
    (corpus / "broken.txt").write_bytes(b"\x00\x01\x02 no text")
    assert 1 == _build(corpus, out, "--check").exit_code
    assert not out.exists()
    first = _build(corpus, out)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    second = _build(corpus, out)

    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert (first.output, first.exit_code) == (second.output, second.exit_code)
    assert 1 == first.exit_code
    assert "nothing to make\n" == _build(corpus, out, "--check").stdout


def test_a_whole_build_names_what_changed(tmp_path: Path) -> None:
    """A changed document, a settings file and a damaged output are told apart."""
    corpus, out = write_corpus(tmp_path / "corpus", 2), tmp_path / "out"
    _build(corpus, out)
    changed = write_paper(corpus, "a/paper-000", 930000, turn=1)
    (out / "graph/clean.ttl").unlink()
    reasons = json.loads(_build(corpus, out, "--check", "--json").stdout)

    assert [str(changed), "graph/clean.ttl"] == [one["bucket"] for one in reasons]
    _build(corpus, out)
    (corpus / "cablegraph.toml").write_text('title = "Other"\n', "utf-8")
    reasons = json.loads(_build(corpus, out, "--check", "--json").stdout)
    assert ["collection settings"] == [one["bucket"] for one in reasons]


def test_layouts_leave_nothing_of_each_other(tmp_path: Path) -> None:
    """An output built in parts after one graph, and the other way, is that of the last layout."""
    corpus = write_corpus(tmp_path / "corpus", 2)
    found = {}
    for name, layouts in {
        "whole": ("whole",), "parts": ("parts",), "changed": ("whole", "parts", "whole", "parts"),
        "back": ("parts", "whole"),
    }.items():  # fmt: skip
        for layout in layouts:
            assert 0 == _build(corpus, tmp_path / name, "--layout", layout).exit_code
        found[name] = content(tmp_path / name)

    assert found["parts"] == found["changed"]
    assert found["whole"] == found["back"]


def test_rdf12_needs_parts(tmp_path: Path) -> None:
    """What the layout can't give is refused, with the way to have it."""
    refused = _build(write_corpus(tmp_path / "corpus", 1), tmp_path / "out", "--rdf12")

    assert 2 == refused.exit_code
    assert "--layout parts" in refused.output


def test_parts_and_the_whole_have_the_same_statements(tmp_path: Path) -> None:
    """The seeds in parts state what output/ states, links of telegrams included."""
    result = _build(ROOT / "seeds", tmp_path / "parts", "--layout", "parts")

    assert 0 == result.exit_code
    assert list(read_lines(ROOT / "output")) == list(read_lines(tmp_path / "parts"))
