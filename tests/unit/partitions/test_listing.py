"""Folders are gone through in the order of paths, and a change is known until it is built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from partition_papers import build, write_corpus, write_paper

from cablegraph.partitions import listing
from cablegraph.partitions.build import explain_parts
from cablegraph.partitions.inventory import Inventory
from cablegraph.partitions.listing import walk_in_order
from cablegraph.partitions.plan import make_plan
from cablegraph.partitions.state import State
from cablegraph.partitions.store import open_database, state_folder
from cablegraph.partitions.task import Order

#: Names whose order differs if a folder is sorted without the stroke after it.
_NAMES = ("a/x", "a-b", "a.txt", "a0/y", "a/b/z", "a/b-c", "é/ж", "Z", "a/b.d/q")


@pytest.mark.parametrize("held", [2, 100])
def test_paths_come_in_their_order(
    held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order is that of whole paths, also where the names of a folder wait in files."""
    monkeypatch.setattr(listing, "_HELD", held)
    for name in _NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "a")

    assert sorted(_NAMES) == list(walk_in_order(str(tmp_path)))
    entered = walk_in_order(str(tmp_path), lambda folder: not folder.endswith("/b"))
    assert [one for one in sorted(_NAMES) if not one.startswith("a/b/")] == list(entered)


def test_a_name_that_is_no_text_is_one_fault(tmp_path: Path) -> None:
    """A file whose name is not in UTF-8 is named with a remedy; the others are listed."""
    (tmp_path / "good.txt").write_text("", "utf-8")
    (tmp_path / os.fsdecode(b"bad-\xff.txt")).write_text("", "utf-8")
    with open_database(tmp_path / ".state") as db:
        inventory = Inventory(db)
        faults = inventory.take([tmp_path])

        assert ["its name is not in UTF-8"] == [fault.problem for fault in faults]
        assert [str(tmp_path / "good.txt")] == [path for path, _ in inventory.digests()]


@pytest.mark.usefixtures("_small_buckets")
def test_a_change_that_was_seen_and_not_built_is_not_forgotten(tmp_path: Path) -> None:
    """If a build ends after it listed the files, the next one makes what changed all the same."""
    corpus, order = write_corpus(tmp_path / "corpus", 12), Order(str(tmp_path / "out"))
    build(corpus, tmp_path / "out")
    write_paper(corpus, "a/paper-004", 930004, turn=1)
    (reason,) = explain_parts([corpus], order)
    with open_database(state_folder(tmp_path / "out")) as db:
        make_plan([corpus], order, State(db))

    assert [reason] == explain_parts([corpus], order)
    assert 1 == build(corpus, tmp_path / "out").made
    assert [] == explain_parts([corpus], order)
