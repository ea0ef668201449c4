"""Files are divided into buckets by their names alone, evenly, and one file moves few of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cablegraph.partitions.buckets import (
    BITS,
    LARGE,
    MOST_DOCUMENTS,
    MOST_KEPT,
    Bucket,
    divide,
    number_of,
)
from cablegraph.partitions.files import list_files, write_part
from cablegraph.partitions.inventory import Inventory, name_sources
from cablegraph.partitions.state import DATASET, State, shard_of
from cablegraph.partitions.store import open_database
from cablegraph.partitions.summary import Document, MadeFile, Stock, Summary


def test_every_file_is_in_one_bucket() -> None:
    """Slots lie side by side, cover all numbers, and hold no more than they may."""
    numbers = sorted(number_of(f"corpus/{one}.txt") for one in range(2000))
    slots = list(divide(numbers, []))

    assert 0 == slots[0].low
    assert 1 << BITS == slots[-1].high
    assert [one.high for one in slots[:-1]] == [one.low for one in slots[1:]]
    held = [sum(one.low <= number < one.high for number in numbers) for one in slots]
    assert max(held) <= MOST_DOCUMENTS
    assert 2000 == sum(held)


def test_one_file_more_concerns_one_bucket() -> None:
    """A new file leaves all slots as they are, or divides the one that it falls into."""
    numbers = sorted(number_of(f"corpus/{one}.txt") for one in range(1000))
    before = set(divide(numbers, []))
    for one in range(50):
        more = sorted([*numbers, number_of(f"corpus/new-{one}.txt")])
        assert len(before - set(divide(more, []))) <= 1


def test_a_large_file_has_lanes_of_its_own() -> None:
    """A file of several megabytes is several buckets, whatever else there is."""
    for size, lanes in ((LARGE, 1), (3 * LARGE + 1, 4), (MOST_KEPT, 16), (MOST_KEPT + 1, 4)):
        slots = list(divide([], [("corpus/big.xml", size)]))
        assert [(lane, lanes) for lane in range(lanes)] == [(one.lane, one.lanes) for one in slots]


def test_sources_of_one_name_are_told_apart() -> None:
    """Two folders of one name are shown with as much of their paths as tells them apart."""
    names = list(name_sources([Path("/a/texts"), Path("/b/texts"), Path("/b/notes")]))

    assert ["a/texts", "b/texts", "notes"] == names


def test_what_was_seen_is_read_again_only_if_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with the stamp of the last time keeps its digest; one changed just now is read."""
    from cablegraph.partitions import inventory, stamps

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("a.txt", "b.txt"):
        (corpus / name).write_text(name, "utf-8")
    read: list[str] = []
    plain = stamps._read_one
    monkeypatch.setattr(stamps, "_read_one", lambda path: read.append(path) or plain(path))
    monkeypatch.setattr(inventory, "_TICK_NS", -1)
    with open_database(tmp_path / "state") as db:
        for expected in (2, 0, 1):
            read.clear()
            found = Inventory(db)
            found.take([corpus])
            found.remember()
            assert expected == len(read)
            if not expected:
                (corpus / "b.txt").write_text("other", "utf-8")


def test_a_line_is_there_as_long_as_a_bucket_states_it(tmp_path: Path) -> None:
    """Shared lines are counted; a shard is dirty only if its first came or its last went."""
    line = "<a:s> <a:p> <a:o> <a:g> ."
    made = Summary(stock=Stock((line,), ("<a:s>",)), documents=(Document("k", "f", "x/k"),))
    with open_database(tmp_path) as db:
        state, shard = State(db), shard_of(line)
        dirty = []
        for act in ("one", "two", "-one", "-two"):
            if act[0] == "-":
                state.drop(act[1:])
            else:
                state.enter(Bucket(act, ()), "print", made)
            dirty.append(state.dirty())
            for one in dirty[-1]:
                state.is_clean(one)
            state.clear_counts()
        listed = [DATASET] == dirty[1] == dirty[2]
        assert ([[shard, DATASET]] * 2, True) == ([dirty[0], dirty[3]], listed)
        assert [] == state.lines_of(shard)
        assert not state.is_named("<a:s>")


def test_a_bucket_says_which_files_it_no_longer_has(tmp_path: Path) -> None:
    """What a bucket had and has no more is given back, to be taken away."""
    with open_database(tmp_path) as db:
        state = State(db)
        files = tuple(MadeFile(name, 1, "0") for name in ("a", "b"))
        assert [] == state.enter(Bucket("d", ()), "1", Summary(files=files))
        assert ["a"] == state.enter(Bucket("d", ()), "2", Summary(files=files[1:]))
        state.begin(["d"])
        assert {"d": ""} == dict(state.fingerprints())


def test_the_same_lines_give_the_same_file(tmp_path: Path) -> None:
    """However many lines there are, and whatever lies there, the bytes depend on them alone."""
    chance = random.Random(3)
    lines = [f"<a:{chance.random()}> .".encode() for _ in range(3000)]
    one = write_part(tmp_path, "graph/part-x.nq.zst", lines)
    two = write_part(tmp_path, "graph/part-x.nq.zst", iter(lines))

    assert one == two
    assert {"graph/part-x.nq.zst": one.size} == dict(list_files(tmp_path))
