"""Many sorted files are merged into one stream, with few of them open at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from cablegraph.errors import DataError
from cablegraph.serialise import merging
from cablegraph.serialise.canonical import read_lines


def _write_parts(folder: Path, count: int, lines: int, chance: random.Random) -> set[bytes]:
    """Write parts some of whose lines stand in several, as those of a build never do."""
    every: set[bytes] = set()
    (folder / "graph").mkdir(parents=True)
    for number in range(count):
        own = {b"<a:%d> <a:p> <a:o> ." % chance.randrange(count * lines) for _ in range(lines)}
        every |= own
        data = b"".join(line + b"\n" for line in sorted(own))
        part = folder / f"graph/part-{number:04d}.nq.zst"
        part.write_bytes(zstandard.ZstdCompressor().compress(data))
    return every


@pytest.mark.parametrize("count", [1, 2, 5, 23])
def test_all_lines_come_once_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """However many files there are, more than may be open and more than a square of it too."""
    monkeypatch.setattr(merging, "MOST_OPEN", 4)
    monkeypatch.setattr(merging, "_HELD", 7)
    every = _write_parts(tmp_path, count, 40, random.Random(count))

    assert sorted(every) == list(read_lines(tmp_path))


def test_few_files_are_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is opened only when its turn comes, and closed when its lines are read."""
    monkeypatch.setattr(merging, "MOST_OPEN", 3)
    monkeypatch.setattr(merging, "_HELD", 1)
    now = most = 0

    def read(path: Path) -> Iterator[bytes]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if path.suffix == ".zst":
            yield from zstandard.decompress(path.read_bytes(), 10_000).splitlines()
        else:
            yield from (b"%s %s" % (letter, path.name.encode()) for letter in (b"a", b"b"))
        now -= 1

    names = [Path(f"{number:02d}") for number in range(20)]
    assert 40 == len(list(merging.merge_files(names, read)))
    assert 0 == now
    assert 3 == most


def test_a_part_that_is_not_sorted_is_refused(tmp_path: Path) -> None:
    """The place is said: a merge of such files would not be sorted either."""
    (tmp_path / "part-a.nq").write_bytes(b"<a:b> <a:p> <a:o> .\n<a:a> <a:p> <a:o> .\n")
    (tmp_path / "part-b.nq").write_bytes(b"<a:a> <a:p> <a:o> .\n")

    with pytest.raises(DataError, match="not sorted"):
        list(read_lines(tmp_path))
