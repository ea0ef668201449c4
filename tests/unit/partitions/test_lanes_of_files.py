"""The lanes of a large file have each document once, and a worker looks through it once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from partition_papers import build, write_corpus

from cablegraph.errors import CablegraphError
from cablegraph.partitions import buckets, inventory, lanes
from cablegraph.partitions.buckets import MOST_KEPT, Bucket, Unit
from cablegraph.records.model import Record
from cablegraph.records.readers import list_documents, read_documents
from cablegraph.serialise.canonical import read_lines
from cablegraph.sources.files import SourceFile, read_file

_TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
_DOCUMENTS = 45


def _document(number: int) -> str:
    """Return a telegram; one is without words, and one has the name of another."""
    name = f"d{5 if number == 6 else number}"
    if number == 9:
        return f'<div type="document" xml:id="{name}"/>'
    return (
        f'<div type="document" xml:id="{name}"><head>The Consul to the Secretary</head><dateline>'
        f'<date when="1921-12-{1 + number % 28:02d}">December {1 + number % 28}, 1921</date>'
        f"</dateline><p>{number}. Mr. Vane of Port Alba left on December {1 + number % 9}.</p>"
        "<closer><signed>Orme</signed></closer></div>"
    )


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A volume of more documents than a lane has in one stretch."""
    path = tmp_path / "corpus/papers.xml"
    path.parent.mkdir()
    body = "".join(map(_document, range(1, _DOCUMENTS + 1)))
    path.write_text(
        f"<TEI {_TEI}><teiHeader><fileDesc><titleStmt><title>Papers</title></titleStmt></fileDesc>"
        f"</teiHeader><text><body>{body}</body></text></TEI>",
        "utf-8",
    )
    return path


def _unit(path: Path, size: int = 0) -> Unit:
    data = path.read_bytes()
    return Unit(str(path), path.name, size or len(data), hashlib.sha256(data).hexdigest())


def _lane(unit: Unit, lane: int, count: int) -> list[Record | CablegraphError]:
    return list(lanes.read_lane(Bucket(f"f-{lane:02d}", (unit,), lane, count)))


def _say(items: list[Record | CablegraphError]) -> list[str]:
    return sorted(repr(one) for one in items)


def test_what_is_listed_is_what_is_read(volume: Path, tmp_path: Path) -> None:
    """Documents read one by one, the last first, are those that are read in turn."""
    folder = write_corpus(tmp_path / "papers", 1)
    for path in (volume, next(folder.rglob("*.txt")), Path(__file__).parent / "none.csv"):
        data = path.read_bytes() if path.exists() else b"a,b\n1,2\n"
        listed = list(list_documents(SourceFile(path, data)))
        backwards = [read() for read in reversed(listed)]

        in_turn = list(read_documents(SourceFile(path, data)))
        assert in_turn
        assert list(map(repr, in_turn)) == list(map(repr, reversed(backwards)))


@pytest.mark.parametrize("count", [2, 3, 16])
def test_each_document_is_in_one_lane(volume: Path, count: int) -> None:
    """All lanes together have what the file has, and as many as others, but for a stretch."""
    unit = _unit(volume)
    made = [_lane(unit, lane, count) for lane in range(count)]
    whole = list(read_documents(read_file(volume)))

    assert _DOCUMENTS == len(whole)
    assert _say(whole) == _say([one for lane in made for one in lane])
    assert max(map(len, made)) - min(map(len, made)) <= lanes.STRETCH


@pytest.mark.parametrize(("size", "wanted"), [(0, 1), (MOST_KEPT + 1, 3)])
def test_a_worker_looks_through_a_file_once(
    volume: Path, size: int, wanted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lane after lane of one file is made of what is known of it; too large a file is not kept."""
    read: list[Path] = []
    monkeypatch.setattr(lanes, "read_file", lambda path: read.append(path) or read_file(path))
    lanes.forget_file()
    unit = _unit(volume, size)
    for lane in range(3):
        _lane(unit, lane, 3)

    assert [volume] * wanted == read
    lanes.forget_file()
    _lane(unit, 0, 3)
    assert [volume] * (wanted + 1) == read


def test_a_file_that_cannot_be_read_is_said_once(tmp_path: Path) -> None:
    """The error of a file is in its first lane."""
    unit = Unit(str(tmp_path / "gone.xml"), "gone.xml", 1 << 20, "0")
    found = [len(_lane(unit, lane, 3)) for lane in range(3)]

    assert [1, 0, 0] == found


def test_lanes_state_what_one_bucket_does(
    volume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many share a file, statements and faults are the same."""
    one = build(volume.parent, tmp_path / "one")
    for module in (buckets, inventory):
        monkeypatch.setattr(module, "LARGE", 1024)
    monkeypatch.setattr(buckets, "_LANE", 4096)
    many = build(volume.parent, tmp_path / "many")

    assert (1, 2) == (one.made, len(one.faults))
    assert 3 == many.made
    assert [str(fault) for fault in one.faults] == [str(fault) for fault in many.faults]
    assert list(read_lines(tmp_path / "one")) == list(read_lines(tmp_path / "many"))
    assert one.counts == many.counts
