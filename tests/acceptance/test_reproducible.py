"""Same input, same bytes: whatever the hash seed, the number of workers and the day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder by its path from there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files that only one has, or that differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_hash_seeds_give_the_same_bytes(build_seeds: Callable[..., Path]) -> None:
    """The order in which Python keeps a set never reaches the output."""
    one = read_folder(build_seeds("one", PYTHONHASHSEED="1"))
    two = read_folder(build_seeds("two", PYTHONHASHSEED="2"))

    assert [] == differences(one, two)


def test_more_workers_give_the_same_bytes(build_seeds: Callable[..., Path]) -> None:
    """Reading documents side by side changes nothing."""
    alone = read_folder(build_seeds("alone", "--workers", "1"))
    together = read_folder(build_seeds("together", "--workers", "2"))

    assert [] == differences(alone, together)


def test_the_committed_output_is_what_the_seeds_give(build_seeds: Callable[..., Path]) -> None:
    """output/ is neither edited nor stale."""
    built = read_folder(build_seeds("built"))

    assert [] == differences(read_folder(ROOT / "output"), built)


def test_a_build_writes_what_an_output_folder_has(build_seeds: Callable[..., Path]) -> None:
    """A folder without a graph would make every comparison here an empty one."""
    names = read_folder(build_seeds("built")).keys()

    assert {"MANIFEST.json", "graph/cablegraph.nq", "graph/cablegraph.ttl"} <= names


def test_a_difference_is_seen() -> None:
    """The comparison names a changed file and a missing one."""
    one, other = {"a": b"1", "b": b"2", "c": b"3"}, {"a": b"1", "b": b"!"}

    assert ["b", "c"] == differences(one, other)
