"""A build in parts gives what a build from nothing would, whatever happened before."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import msgspec
import pytest
import zstandard
from partition_papers import build, content, write_corpus, write_paper

from cablegraph.errors import OutputError
from cablegraph.partitions.build import explain_parts
from cablegraph.partitions.store import open_database, state_folder
from cablegraph.partitions.task import Order
from cablegraph.records.claims import Reading

pytestmark = pytest.mark.usefixtures("_small_buckets")
#: Builds that are killed, as many as it takes to meet every step of one.
_KILLS = 20


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of a few buckets."""
    return write_corpus(tmp_path / "corpus", 12)


def _anew(corpus: Path, folder: Path) -> dict[str, bytes]:
    """Return what a build from nothing gives."""
    for place in (folder, state_folder(folder)):
        shutil.rmtree(place, ignore_errors=True)
    build(corpus, folder)
    return content(folder)


def _stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_second_build_touches_nothing(corpus: Path, tmp_path: Path) -> None:
    """What did not change is not written again, and the same is said of it."""
    first = build(corpus, tmp_path / "out")
    before = _stamps(tmp_path / "out")
    second = build(corpus, tmp_path / "out")

    assert before == _stamps(tmp_path / "out")
    assert (first.counts, first.faults, 0) == (second.counts, second.faults, second.made)
    assert first.made > 1


def test_looking_writes_nothing_at_all(corpus: Path, tmp_path: Path) -> None:
    """``--check`` leaves no file, neither before a first build nor after a change."""
    order = Order(str(tmp_path / "out"))
    everything = explain_parts([corpus], order)
    assert [corpus.name] == [path.name for path in tmp_path.iterdir()]
    assert 12 == sum(one.documents for one in everything)

    build(corpus, tmp_path / "out")
    write_paper(corpus, "a/paper-004", 930004, turn=1)
    before = _stamps(tmp_path)
    reasons = explain_parts([corpus], order)

    assert before == _stamps(tmp_path)
    assert [("corpus/a/paper-004.txt changed",)] == [one.why for one in reasons]


def test_one_change_makes_one_bucket(corpus: Path, tmp_path: Path) -> None:
    """Only the part of the changed document is written again, and what lists all parts."""
    build(corpus, tmp_path / "out")
    before = content(tmp_path / "out")
    write_paper(corpus, "a/paper-004", 930004, turn=len("unlike"))
    built = build(corpus, tmp_path / "out")
    after = content(tmp_path / "out")

    changed = {path for path in after if before.get(path) != after[path]}
    assert 1 == built.made
    assert 1 == sum(path.startswith("records/") for path in changed)
    assert after == _anew(corpus, tmp_path / "anew")


def test_a_damaged_output_is_made_whole(corpus: Path, tmp_path: Path) -> None:
    """Parts deleted by hand come back; what nobody made goes; a lost state changes no byte."""
    out = tmp_path / "out"
    build(corpus, out)
    expected = content(out)
    for kind in ("graph", "graph/index", "records", "reports"):
        next(path for path in sorted((out / kind).iterdir()) if path.is_file()).unlink()
    (out / "graph/part-vocabulary.nq.zst").unlink()
    (out / "graph/cablegraph.nq").write_text("<a:b> <a:c> <a:d> .\n", "utf-8")
    (out / "records/old.json").write_text("{}", "utf-8")
    build(corpus, out)
    assert expected == content(out)

    (corpus / "a/paper-002.txt").unlink()
    shutil.rmtree(state_folder(out))
    build(corpus, out)
    assert content(out) == _anew(corpus, tmp_path / "anew")


def test_the_first_of_two_files_with_one_record_is_built(corpus: Path, tmp_path: Path) -> None:
    """Which file is first does not depend on what was built before; the other one is named."""
    out = tmp_path / "out"
    write_paper(corpus, "b/twin", 930004, turn=3)
    one = build(corpus, out)
    assert ["DuplicateError"] == [fault.kind for fault in one.faults]
    assert ["paper-004.txt"] == _sources_of(out, "wcda-930004")
    assert f"{corpus}/b/twin.txt:1:1" == one.faults[0].where
    assert content(out) == _anew(corpus, tmp_path / "anew")

    (corpus / "a/paper-004.txt").unlink()
    assert () == build(corpus, out).faults
    assert ["twin.txt"] == _sources_of(out, "wcda-930004")
    assert content(out) == _anew(corpus, tmp_path / "anew")

    write_paper(corpus, "a/a-twin", 930004, turn=5)
    assert [f"{corpus}/b/twin.txt:1:1"] == [fault.where for fault in build(corpus, out).faults]
    assert ["a-twin.txt"] == _sources_of(out, "wcda-930004")
    assert content(out) == _anew(corpus, tmp_path / "anew")


def test_faults_keep_their_files_when_a_corpus_moves(corpus: Path, tmp_path: Path) -> None:
    """A moved corpus is not built anew, and its faults are where it lies now."""
    (corpus / "a/broken.txt").write_bytes(b"\x00\x01\x02 no text")
    build(corpus, tmp_path / "out")
    moved = tmp_path / "elsewhere" / corpus.name
    moved.parent.mkdir()
    corpus.rename(moved)
    built = build(moved, tmp_path / "out")

    assert 0 == built.made
    assert [f"{moved}/a/broken.txt"] == [fault.where.split(":")[0] for fault in built.faults]


def _sources_of(folder: Path, key: str) -> list[str]:
    """Return the files of which a record was built."""
    found = []
    for path in sorted((folder / "records").iterdir()):
        with path.open("rb") as file:
            lines = zstandard.ZstdDecompressor().stream_reader(file).readall().splitlines()
        readings = [msgspec.json.decode(line, type=Reading) for line in lines]
        found += [reading.source for reading in readings if reading.key == key]
    return found


def _edit(corpus: Path, chance: random.Random) -> None:
    """Change a corpus as an editor does: add, change, delete, rename, copy, settings."""
    files = sorted(corpus.rglob("*.txt"))
    number = 930000 + chance.randrange(16)
    act = chance.randrange(6)
    one = chance.choice(files)
    if act == 0:
        write_paper(corpus, f"c/new-{chance.randrange(9)}", number, chance.randrange(9))
    elif act == 1:
        one.write_text(one.read_text("utf-8").replace("Warsaw", "Vienna"), "utf-8")
    elif act == 2 and len(files) > 6:
        one.unlink()
    elif act == 3:
        one.rename(one.with_name(f"renamed-{chance.randrange(99)}.txt"))
    elif act == 4:
        shutil.copy(one, one.with_name(f"copy-{chance.randrange(99)}.txt"))
    else:
        (corpus / "cablegraph.toml").write_text(f'title = "{chance.random()}"\n', "utf-8")


def test_any_edits_give_what_a_build_from_nothing_gives(corpus: Path, tmp_path: Path) -> None:
    """Files added, changed, deleted, renamed and copied leave no trace of what was before."""
    chance = random.Random(7)
    for _ in range(8):
        for _ in range(chance.randrange(1, 4)):
            _edit(corpus, chance)
        built = build(corpus, tmp_path / "out")
        expected = _anew(corpus, tmp_path / "anew")
        again = build(corpus, tmp_path / "anew")
        assert expected == content(tmp_path / "out")
        assert (again.faults, again.counts) == (built.faults, built.counts)


def test_a_decision_and_an_authority_row_are_taken_up(corpus: Path, tmp_path: Path) -> None:
    """A row of the ledger makes one bucket again, one of the authority file makes all."""
    tables = tmp_path / "tables"
    shutil.copytree(Path(__file__).parents[3] / "seeds/authorities", tables)
    said = f'authorities = "{tables}"\n'
    (corpus / "cablegraph.toml").write_text(said, "utf-8")
    every = build(corpus, tmp_path / "out").made
    ledger = (
        "document,claim,action,field,value,by,date,reason,words\n"
        "wcda-930004,telegram/wcda-930004/none,reject,,,An editor,2026-01-02,not so,\n"
    )
    (corpus / "decisions.csv").write_text(ledger, "utf-8")
    build(corpus, tmp_path / "out")
    assert content(tmp_path / "out") == _anew(corpus, tmp_path / "anew")

    with (tables / "entities.csv").open("a", encoding="utf-8") as table:
        table.write("person/velde,person,Jan Velde,,,,\n")
    assert every == build(corpus, tmp_path / "out").made
    assert content(tmp_path / "out") == _anew(corpus, tmp_path / "anew")


def test_other_forms_come_and_go(corpus: Path, tmp_path: Path) -> None:
    """Every part has the forms that were asked for, and none when they are asked for no longer."""
    out = tmp_path / "out"
    build(corpus, out)
    plain = content(out)
    build(corpus, out, forms=("ttl", "trig", "jsonld", "rdf12"))
    names = {path.name for path in (out / "graph").iterdir() if "authorities" not in path.name}
    parts = {name for name in names if name.endswith(".nq.zst") and "dataset" not in name}

    for ending in ("ttl", "trig", "jsonld"):
        assert parts <= {name.replace(f".{ending}.", ".nq.") for name in names}
    assert parts <= {path.name for path in (out / "graph/rdf12").iterdir()}
    build(corpus, out)
    assert plain == content(out)


def test_a_build_that_is_killed_goes_on(corpus: Path, tmp_path: Path) -> None:
    """After twenty kills at random moments the next build gives what one from nothing does."""
    expected = _anew(corpus, tmp_path / "anew")
    start = time.monotonic()
    _anew(corpus, tmp_path / "timed")
    whole, chance, killed = time.monotonic() - start, random.Random(11), 0
    out = tmp_path / "out"
    for turn in range(_KILLS):
        if turn % 5 == 0:
            write_paper(corpus, "a/paper-004", 930004, turn=turn)
        child = os.fork()
        if not child:
            build(corpus, out)
            os._exit(0)
        time.sleep(chance.uniform(0.02, whole if turn % 5 == 0 else whole / 3))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    write_paper(corpus, "a/paper-004", 930004)
    build(corpus, out)

    assert killed > _KILLS // 4
    assert expected == content(out)


def test_an_output_is_written_by_one_build_at_a_time(corpus: Path, tmp_path: Path) -> None:
    """A second build of the same output is refused."""
    with (
        open_database(state_folder(tmp_path / "out")),
        pytest.raises(OutputError, match="another build"),
    ):
        build(corpus, tmp_path / "out")


def test_an_output_that_cannot_be_made_is_one_line(corpus: Path, tmp_path: Path) -> None:
    """A file where the output should be, and one where its state should be, are refused."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        build(corpus, tmp_path / "file")
    with pytest.raises(OutputError, match="can't be kept"):
        build(corpus, tmp_path / "file" / "out")


def test_what_a_killed_build_left_is_taken_away(corpus: Path, tmp_path: Path) -> None:
    """A file that was never moved into its place goes, wherever in the output it stands."""
    out = tmp_path / "out"
    build(corpus, out)
    expected = content(out)
    for name in (".MANIFEST.json.host.17", "graph/.part-x.nq.zst.host.17"):
        (out / name).write_bytes(b"half")
    build(corpus, out)

    assert expected == content(out)
