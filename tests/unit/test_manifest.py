"""The manifest of an output folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from cablegraph.errors import DataError
from cablegraph.manifest import check_manifest, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three files and its manifest."""
    (tmp_path / "graph").mkdir()
    for name in ("graph/b.nq", "graph/a.ttl", "z.txt"):
        (tmp_path / name).write_text(f"Содержание {name}\n", encoding="utf-8")
    write_manifest(tmp_path, {"quads": 7, "documents": 2}, {"tool": "1.0"})
    return tmp_path


def test_the_manifest_lists_every_file_but_itself(folder: Path) -> None:
    """Paths are relative and sorted, with size and digest; counts are sorted."""
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    content = (folder / "graph/a.ttl").read_bytes()

    assert [file["path"] for file in manifest["files"]] == ["graph/a.ttl", "graph/b.nq", "z.txt"]
    assert {
        "path": "graph/a.ttl",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    } == manifest["files"][0]
    assert list(manifest["counts"].items()) == [("documents", 2), ("quads", 7)]
    assert manifest["versions"] == {"tool": "1.0"}


def test_writing_again_changes_nothing(folder: Path) -> None:
    """The manifest holds no clock and does not count itself."""
    before = (folder / "MANIFEST.json").read_bytes()
    write_manifest(folder, {"documents": 2, "quads": 7}, {"tool": "1.0"})

    assert before == (folder / "MANIFEST.json").read_bytes()
    assert check_manifest(folder) == []


def test_every_difference_is_found(folder: Path) -> None:
    """A changed, a grown, a missing and a new file are one line each."""
    (folder / "graph/a.ttl").write_bytes(b"x" * (folder / "graph/a.ttl").stat().st_size)
    (folder / "graph/b.nq").unlink()
    (folder / "new").write_bytes(b"")
    (folder / "z.txt").write_bytes(b"1")

    assert check_manifest(folder) == [
        "graph/a.ttl: same size, other content",
        "graph/b.nq: in the manifest, but missing",
        "new: not in the manifest",
        "z.txt: 1 bytes here, 27 in the manifest",
    ]


@pytest.mark.parametrize("content", [None, b"{", b'{"files": 1}'])
def test_a_manifest_that_cannot_be_read_is_reported(tmp_path: Path, content: bytes | None) -> None:
    """A missing or broken manifest is a DataError with its path."""
    if content is not None:
        (tmp_path / "MANIFEST.json").write_bytes(content)
    with pytest.raises(DataError, match=r"MANIFEST\.json:1:1: DataError: .*; run the build again"):
        check_manifest(tmp_path)
