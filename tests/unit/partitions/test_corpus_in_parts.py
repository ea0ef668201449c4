"""What needs the whole corpus holds in parts too: series of numbers, corpus rules, the hash."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import zstandard
from partition_papers import build, content
from pyoxigraph import Store
from troubled_papers import write_telegram, write_troubled

from cablegraph import pipeline
from cablegraph.manifest import check_manifest
from cablegraph.partitions import work
from cablegraph.partitions.build import build_parts
from cablegraph.partitions.store import state_folder
from cablegraph.partitions.task import Order
from cablegraph.records.claims import Finding, Reading
from cablegraph.records.model import Record
from cablegraph.serialise.canonical import read_lines
from cablegraph.validation.report import to_text
from cablegraph.validation.rules import Rule, find_solutions
from cablegraph.workshop import Source, Workshop, read_claims

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.usefixtures("_small_buckets")
_DOCUMENTS = 60
#: A telegram of the tidy series whose two numbers only its neighbours tell apart.
_OPEN = {
    "month": "March", "day": 15, "number": 175, "inside": 875, "sender": "Osbert",
    "host": "digitalarchive.wilsoncenter.org",
}  # fmt: skip


def _findings(output: Path) -> list[Finding]:
    """Return all findings of the reports of parts."""
    found: list[Finding] = []
    for path in sorted((output / "reports").glob("*.zst")):
        with path.open("rb") as file:
            lines = zstandard.ZstdDecompressor().stream_reader(file).readall().splitlines()
        found += [msgspec.json.decode(line, type=Finding) for line in lines]
    return found


def _manifest(output: Path) -> dict[str, object]:
    return msgspec.json.decode((output / "MANIFEST.json").read_bytes(), type=dict[str, object])


def _anew(corpus: Path, folder: Path) -> dict[str, bytes]:
    """Return what a build from nothing gives."""
    for place in (folder, state_folder(folder)):
        shutil.rmtree(place, ignore_errors=True)
    build(corpus, folder)
    return content(folder)


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with troubles, and what the layout whole makes of it, in the folder whole."""
    folder = tmp_path_factory.mktemp("troubled")
    corpus = write_troubled(folder / "corpus", _DOCUMENTS)
    write_telegram(corpus, 941000, random.Random(1), **_OPEN)
    pipeline.build([corpus], folder / "whole")
    return folder


def test_parts_and_the_whole_say_the_same_of_a_troubled_corpus(troubled: Path) -> None:
    """Statements, findings with their places, counts, faults and the hash are the same."""
    parts, whole = troubled / "parts", troubled / "whole"
    built = build_parts([troubled / "corpus"], Order(str(parts)), with_hash=True)
    said = (whole / "reports/validation.txt").read_text("utf-8")
    before, now = _manifest(whole), _manifest(parts)
    findings = _findings(parts)

    assert list(read_lines(whole)) == list(read_lines(parts))
    assert said == to_text(findings)
    assert before["rdfc10_sha256"] == now["rdfc10_sha256"]
    assert b"only this one fits the rising series" in b"\n".join(read_lines(parts))
    for name in ("documents", "claims", "statements"):
        assert before["counts"][name] == now["counts"][name]  # type: ignore[index]
    assert now["counts"] == built.counts
    assert dict(Counter(f"{one.severity} {one.code}" for one in findings)) == built.codes
    assert {"SourceError": 2, "DuplicateError": 3} == Counter(one.kind for one in built.faults)
    assert {"S13-falling-number-w", "S09-leaves-in-file-w", "S23-repeated-text-w"} <= {
        one.code for one in findings
    }


def test_the_seeds_in_parts_have_the_findings_of_the_whole(tmp_path: Path) -> None:
    """The reports of the project's own output say what those of its parts do."""
    build(ROOT / "seeds", tmp_path / "parts")

    said = (ROOT / "output/reports/validation.txt").read_text("utf-8")
    assert said == to_text(_findings(tmp_path / "parts"))


def test_a_neighbour_that_changes_brings_its_series_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number is settled, unsettled and settled again as others come, go and change.

    What is made again for that is not read again, and the build after it has nothing to do.
    """
    corpus, out, chance = tmp_path / "corpus", tmp_path / "out", random.Random(2)
    tidy = _OPEN | {"inside": 175}
    for number in range(12):
        day = {"day": 2 * number + 1, "number": 161 + 2 * number, "inside": 161 + 2 * number}
        write_telegram(corpus, 942000 + number, chance, **(tidy | day | {"sender": "Marenko"}))
    write_telegram(corpus, 943000, chance, **_OPEN)
    build(corpus, out)
    read: list[str] = []

    def note(record: Record, source: Source, shop: Workshop) -> Reading:
        read.append(record.key)
        return read_claims(record, source, shop)

    monkeypatch.setattr(work, "read_claims", note)
    settled = []
    for act in ({"day": 14, "number": 174}, {"day": 16, "number": 300}, None, {"day": 20}):
        neighbour = corpus / "b/telegram-943001.txt"
        if act is None:
            neighbour.unlink()
        else:
            write_telegram(corpus, 943001, chance, **(tidy | {"inside": act.get("number")} | act))
        read.clear()
        build(corpus, out)
        settled.append(b"only this one fits" in b"".join(read_lines(out)))
        assert {"wcda-943001"} >= set(read)
        assert 0 == build(corpus, out).made
        assert content(out) == _anew(corpus, tmp_path / "anew")
    assert [False, True, False, True] == settled


def test_a_change_is_compared_with_the_rest_again(tmp_path: Path) -> None:
    """After any edits the findings are those of a build from nothing, as is every file."""
    corpus, out, chance = tmp_path / "corpus", tmp_path / "out", random.Random(3)
    write_troubled(corpus, 24, seed=9)
    build(corpus, out)
    for turn in range(4):
        write_telegram(corpus, 940000 + 5 * turn, chance, number=150 + turn)
        (corpus / f"b/telegram-{940001 + 4 * turn}.txt").unlink()
        build(corpus, out)
        assert content(out) == _anew(corpus, tmp_path / "anew")


def test_one_change_does_not_compare_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document whose file, sender and words are its own concerns no other."""
    from cablegraph.partitions import compared

    corpus, out, chance = tmp_path / "corpus", tmp_path / "out", random.Random(4)
    write_troubled(corpus, 12)
    build(corpus, out)
    ran: list[str] = []

    def note(rule: Rule, store: Store) -> list[dict[str, str]]:
        ran.append(rule.code)
        return find_solutions(rule, store)

    monkeypatch.setattr(compared, "find_solutions", note)
    alone = {"sender": "Velde", "delo": 777, "number": 5, "inside": 5, "words": "Nothing new."}
    write_telegram(corpus, 949999, chance, host="digitalarchive.wilsoncenter.org", **alone)
    build(corpus, out)
    assert [] == ran

    write_telegram(corpus, 949998, chance, **alone)
    build(corpus, out)
    assert "S23-repeated-text-w" in ran


def test_a_crowd_is_not_compared_but_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More documents in one file than may be compared: the rule says so, and finds the rest."""
    from cablegraph.partitions import compared

    for name in ("FEW", "MOST_MEET"):
        monkeypatch.setattr(compared, name, 5)
    corpus = tmp_path / "corpus"
    for number in range(8):
        delo = 339 if number < 6 else 340
        write_telegram(corpus, 940000 + number, random.Random(number), delo=delo, leaves="7")
    built = build(corpus, tmp_path / "out")
    found = [one for one in _findings(tmp_path / "out") if one.code == "S09-leaves-in-file-i"]

    assert ["not compared where more than 5 meet: 1 groups, of up to 6"] == [
        one.message for one in found if one.focus is None
    ]
    assert built.codes["info S09-leaves-in-file-i"] == len(found)


def test_the_hash_stays_until_the_graph_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is computed when asked for, once, and is gone from the manifest when it is not true."""
    corpus, out, chance = tmp_path / "corpus", tmp_path / "out", random.Random(5)
    write_troubled(corpus, 6)
    build(corpus, out)
    assert "rdfc10_sha256" not in _manifest(out)

    order = Order(str(out))
    build_parts([corpus], order, with_hash=True)
    assert [] == check_manifest(out)
    known = _manifest(out)["rdfc10_sha256"]
    with monkeypatch.context() as patched:
        patched.setattr(
            "cablegraph.partitions.digest.add_hash", lambda folder: pytest.fail("again")
        )
        build_parts([corpus], order, with_hash=True)
        (out / "MANIFEST.json").unlink()
        build_parts([corpus], order)
    assert known == _manifest(out)["rdfc10_sha256"]

    write_telegram(corpus, 940000, chance, words="Other words.")
    build_parts([corpus], order)
    assert "rdfc10_sha256" not in _manifest(out)
