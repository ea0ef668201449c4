"""Records are found in files of their own and in parts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import zstandard

from cablegraph.errors import DataError
from cablegraph.records.claims import Reading
from cablegraph.records.kept import find_kept, list_keys, read_kept


def a_reading(key: str) -> Reading:
    """Return a record without claims; the words end no line of the file."""
    return Reading(
        key=key, source=f"{key}.txt", sha256="0" * 64, claims=(), texts={"scan": "a\n\u2028b"}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return records of three documents, two of them in one part of two frames."""
    frames = [zstandard.compress(msgspec.json.encode(a_reading(key)) + b"\n") for key in "bc"]
    (tmp_path / "part-d0.jsonl.zst").write_bytes(b"".join(frames))
    (tmp_path / "a.json").write_bytes(msgspec.json.encode(a_reading("a")))
    return tmp_path


def test_every_record_is_read(folder: Path) -> None:
    """One at a time, from files and parts."""
    assert [a_reading(key) for key in "abc"] == list(read_kept(folder))
    assert ["a", "b", "c"] == list_keys(folder)


@pytest.mark.parametrize("key", ["a", "b", "c"])
def test_a_record_is_found_by_its_key(folder: Path, key: str) -> None:
    """Whether it has a file or stands in a part."""
    assert a_reading(key) == find_kept(folder, key)


@pytest.mark.parametrize("key", ["d", "", "../a", "part-d0"])
def test_what_is_no_key_is_not_found(folder: Path, key: str) -> None:
    """A path out of the folder is no key."""
    (folder / "inside").mkdir()

    assert find_kept(folder, key) is None
    assert find_kept(folder / "inside", key) is None


def test_a_bad_line_of_a_part_is_told_with_its_place(folder: Path) -> None:
    """Its line is counted from one; a part that is no Zstandard data is told too."""
    rows = msgspec.json.encode(a_reading("x")) + b'\n{"key": 1}\n'
    (folder / "part-e.jsonl.zst").write_bytes(zstandard.compress(rows))
    with pytest.raises(DataError, match=r"part-e\.jsonl\.zst:2:1: DataError"):
        list(read_kept(folder))
    (folder / "part-e.jsonl.zst").write_bytes(b"no such data")
    with pytest.raises(DataError, match=r"part-e\.jsonl\.zst:1:1: DataError"):
        list_keys(folder)
