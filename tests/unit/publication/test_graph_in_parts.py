"""A graph in parts is looked up, described and shown as the same graph in one file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import zstandard
from site_sample import write_hostile

from cablegraph.dataset import Dataset, to_rdflib
from cablegraph.errors import DataError
from cablegraph.publication import lookup, whole
from cablegraph.publication.census import count_lines
from cablegraph.publication.entities import Entities
from cablegraph.publication.lookup import Lookup
from cablegraph.publication.site.build import build_site
from cablegraph.publication.whole import find_cache, find_whole_graph


def put_in_parts(output: Path, target: Path, count: int = 5) -> Path:
    """Write the graph of an output folder in parts: documents apart, shared lines anywhere."""
    (target / "graph").mkdir(parents=True)
    lines = (output / "graph" / "cablegraph.nq").read_text("utf-8").split("\n")[:-1]
    draw = random.Random(4)
    parts: dict[str, list[str]] = {}
    for line in lines:
        is_own = "/graph/telegram/" in line
        name = "part-d0" if is_own else f"part-authorities-{draw.randrange(count):02x}"
        parts.setdefault(name, []).append(line)
    for name, rows in parts.items():
        data = "".join(f"{row}\n" for row in rows).encode()
        (target / "graph" / f"{name}.nq.zst").write_bytes(zstandard.compress(data))
    return target


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """Return an invented graph in one file and in parts."""
    output = write_hostile(tmp_path / "output")
    return output, put_in_parts(output, tmp_path / "parts")


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_parts_give_the_same_site(hostile: tuple[Path, Path], tmp_path: Path) -> None:
    """Every file of the site is the same, byte for byte."""
    for number, output in enumerate(hostile):
        build_site(output, tmp_path / f"site-{number}", workers=1)

    expected, found = read_tree(tmp_path / "site-0"), read_tree(tmp_path / "site-1")
    assert expected.keys() == found.keys()
    assert [] == [name for name in expected if expected[name] != found[name]]


def test_the_whole_of_parts_is_the_whole(
    hostile: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little is sorted at once, the lines are those of the one file."""
    monkeypatch.setattr(whole, "_RUN", 3000)
    expected = (hostile[0] / "graph" / "cablegraph.nq").read_bytes()

    assert expected == find_whole_graph(hostile[1]).read_bytes()
    assert hostile[0] / "graph" / "cablegraph.nq" == find_whole_graph(hostile[0])


def test_every_thing_of_parts_is_described_the_same(sample_output: Path, tmp_path: Path) -> None:
    """Its own statements, references, claims and words are found by the kept index too."""
    output = put_in_parts(sample_output, tmp_path / "parts")
    one, parts = Entities(sample_output), Entities(output)
    paths = list(one.owners())

    assert paths
    assert paths == list(parts.owners())
    assert [one.describe(path) for path in paths] == [parts.describe(path) for path in paths]
    assert (find_cache(output) / "references").is_file()


def test_terms_with_the_same_hash_are_told_apart(
    hostile: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index leads to every line of the hash; only those with the term are given."""
    path = hostile[0] / "graph" / "cablegraph.nq"
    usual = Lookup(path)
    things = sorted({line.split(" ")[2][1:-1] for line in usual.lines() if "> <https:" in line})
    expected = [usual.references(thing) for thing in things]
    monkeypatch.setattr(lookup, "crc32", lambda _: 7)
    crowded = Lookup(path)

    assert any(expected)
    assert expected == [crowded.references(thing) for thing in things]


def test_a_store_of_parts_answers_as_that_of_one_file(hostile: tuple[Path, Path]) -> None:
    """Named graphs and their union hold the same statements."""
    expected, found = (set(map(str, Dataset.open(output).store)) for output in hostile)

    assert expected == found
    assert len(to_rdflib(hostile[0])) == len(to_rdflib(hostile[1]))


def test_another_build_has_another_whole(hostile: tuple[Path, Path]) -> None:
    """The manifest tells builds apart, so nothing old is read."""
    first = find_whole_graph(hostile[1])
    (hostile[1] / "MANIFEST.json").write_text('{"files": []}')

    assert first != find_whole_graph(hostile[1])
    assert first == first.parent.parent / first.parent.name / "whole.nq"


def test_a_broken_part_is_told(hostile: tuple[Path, Path]) -> None:
    """A part cut short is not taken for a whole one, and no whole file is left of it."""
    part = hostile[1] / "graph" / "part-d0.nq.zst"
    part.write_bytes(part.read_bytes()[:-20])

    with pytest.raises(DataError, match=r"part-d0\.nq\.zst:1:1: DataError"):
        find_whole_graph(hostile[1])
    assert [] == list(find_cache(hostile[1]).glob("whole*"))


def test_objects_are_counted_once_each() -> None:
    """The census counts different objects, of words and of things."""
    lines = [
        f'<https://e.example/id/person/{n}> <https://e.example/p> "{n % 40}" <https://e.example/g>'
        " ."
        for n in range(100)
    ]

    assert 40 == count_lines(lines, "https://e.example/").objects
