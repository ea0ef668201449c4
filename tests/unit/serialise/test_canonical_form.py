"""The canonical document of RDFC-1.0: our lines are it, and its hash is in the manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from cablegraph.errors import DataError
from cablegraph.manifest import check_manifest, write_manifest
from cablegraph.serialise.canonical import canonical_line, hash_canonical, read_lines
from cablegraph.serialise.rdf import write_nquads
from cablegraph.terms import iri, literal, quad_line

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "output"
MODULES = ROOT / "build" / "browser" / "node_modules"
SCRIPT = Path(__file__).with_name("rdfc10_hash.mjs")
N_QUADS = pyoxigraph.RdfFormat.N_QUADS

#: Every character that the canonical form treats in a way of its own, and neighbours.
SPECIAL = (
    "".join(map(chr, range(0x20))) + '"\\\x7f\x80\xa0\u2028\ufeff\ufffd\ufffe\uffff𐀀\U0010ffff'
)
texts = st.text(st.sampled_from(SPECIAL + "aé中") | st.characters(exclude_categories=["Cs"]))
objects = (
    texts.map(literal)
    | texts.map(lambda text: literal(text, language="zh-Hant"))
    | texts.map(lambda text: literal(text, datatype="http://www.w3.org/2001/XMLSchema#token"))
    | st.sampled_from(["é", "a/b", "x~"]).map(lambda step: iri(f"https://example.org/{step}"))
)
lines = st.builds(
    quad_line, st.just("<e:s>"), st.just("<e:p>"), objects, st.sampled_from(["", "<e:g>"])
)


def canonical_elsewhere(content: bytes) -> bytes:
    """Return the canonical document as pyoxigraph makes it."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(content, format=N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    rows = pyoxigraph.serialize(dataset, format=N_QUADS)
    assert rows is not None
    return b"".join(sorted(rows.splitlines(keepends=True)))


def written(found: Iterable[str], folder: Path) -> bytes:
    """Return what a build writes of lines."""
    write_nquads(found, folder / "cablegraph.nq")
    return (folder / "cablegraph.nq").read_bytes()


@given(st.lists(lines, max_size=8))
@example([quad_line("<e:s>", "<e:p>", literal(SPECIAL), "<e:g>")])
def test_what_a_build_writes_is_canonical(
    tmp_path_factory: pytest.TempPathFactory, found: list[str]
) -> None:
    """Another implementation of the algorithm gives the same bytes, whatever a literal holds."""
    content = written(found, tmp_path_factory.mktemp("canonical"))

    assert canonical_elsewhere(content) == content
    assert hashlib.sha256(content).hexdigest() == hash_canonical(content.split(b"\n")[:-1])


def test_the_graph_of_the_seeds_is_canonical() -> None:
    """The committed graph is its own canonical document, line by line and as a whole."""
    content = (SEEDS / "graph/cablegraph.nq").read_bytes()
    found = content.decode("utf-8").split("\n")[:-1]

    assert canonical_elsewhere(content) == content
    assert found == [canonical_line(line) for line in found]


def test_rdf_canonize_has_the_same_hash() -> None:
    """The implementation in JavaScript hashes the graph of the seeds as we do."""
    if not shutil.which("node") or not (MODULES / "rdfc10" / "package.json").is_file():
        pytest.skip("rdf-canonize is not there; make browser brings it")
    command = ["node", str(SCRIPT), str(MODULES), str(SEEDS / "graph/cablegraph.nq")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)

    assert 0 == done.returncode, done.stderr
    assert hash_canonical(read_lines(SEEDS)) == done.stdout.strip()


@given(st.lists(lines, max_size=8))
def test_any_spelling_of_a_line_has_one_canonical_form(found: list[str]) -> None:
    """Escapes of code points, more blanks and none before the full stop change nothing."""
    for line in found:
        spelt = "".join(
            f"\\U{ord(letter):08X}" if ord(letter) > 0x7F and '"' in line else letter
            for letter in line
        )
        if "/é>" not in line:
            assert line == canonical_line(spelt)
        assert line == canonical_line(line[:-2].replace("<e:p> ", "  <e:p>\t", 1) + ".")


def a_graph(folder: Path, parts: dict[str, list[str]]) -> Path:
    """Write files of a graph, each as its name says."""
    (folder / "graph").mkdir(parents=True)
    for name, found in parts.items():
        content = "".join(line + "\n" for line in found).encode()
        if name.endswith(".zst"):
            half = len(content) // 2
            content = zstandard.compress(content[:half]) + zstandard.compress(content[half:])
        (folder / "graph" / name).write_bytes(content)
    return folder


ROWS = [f'<e:{letter}> <e:p> "{letter}\U0001d11e" <e:g> .' for letter in "abcdefg"]


@pytest.mark.parametrize(
    "parts",
    [
        {"cablegraph.nq": ROWS},
        {"part-0.nq.zst": ROWS[:3], "part-1.nq.zst": ROWS[3:]},
        {"part-0.nq.zst": ROWS[::2], "part-1.nq.zst": ROWS[1::2], "part-2.nq": ROWS[2:4]},
        {"cablegraph.nq": ROWS, "part-0.nq": ["<e:x> <e:y> <e:z> ."]},
    ],
)
def test_the_hash_is_that_of_the_dataset(parts: dict[str, list[str]], tmp_path: Path) -> None:
    """However lines are divided, compressed or repeated, the dataset has one hash."""
    folder = a_graph(tmp_path / "output", parts)
    write_manifest(folder, {}, {})
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    expected = hashlib.sha256("".join(row + "\n" for row in ROWS).encode()).hexdigest()

    assert expected == manifest["rdfc10_sha256"]
    assert [] == check_manifest(folder)


def test_a_manifest_of_another_graph_is_found(tmp_path: Path) -> None:
    """Where the hash is of other statements, a line says so."""
    folder = a_graph(tmp_path / "output", {"cablegraph.nq": ROWS})
    write_manifest(folder, {}, {})
    manifest = folder / "MANIFEST.json"
    content = json.loads(manifest.read_bytes()) | {"rdfc10_sha256": "0" * 64}
    manifest.write_text(json.dumps(content))

    assert ["rdfc10_sha256: the graph has other statements than the manifest says"] == (
        check_manifest(folder)
    )


def test_a_folder_without_a_graph_has_no_hash(tmp_path: Path) -> None:
    """The field is left out, not empty."""
    write_manifest(tmp_path, {}, {})

    assert "rdfc10_sha256" not in json.loads((tmp_path / "MANIFEST.json").read_bytes())


@pytest.mark.parametrize(
    "line", ["_:b <e:p> <e:o> .", "<e:s> <e:p> _:b <e:g> .", '<e:s> <e:p> "" _:g .']
)
def test_a_blank_node_has_no_hash_of_its_own(line: str) -> None:
    """Its name would have to be made by the algorithm; we have none, and say so."""
    with pytest.raises(ValueError, match="has a blank node"):
        hash_canonical([line.encode()])


def test_words_that_look_like_a_blank_node_are_words() -> None:
    """What stands inside quotation marks is no node."""
    line = rb'<e:s> <e:p> "a \" _:b" <e:g> .'

    assert hashlib.sha256(line + b"\n").hexdigest() == hash_canonical([line])


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("cablegraph.nq", b"<e:b> .\n<e:a> .\n", "cablegraph.nq:2:1: DataError: the lines are not"),
        (
            "part-0.nq.zst",
            zstandard.compress(b"<e:a> .\n" * 99)[:-3],
            "the file ends in the middle",
        ),
        ("part-0.nq.zst", b"<e:a> .\n", "the file is not Zstandard data"),
        ("other.nq", b"", "output:1:1: DataError: there is no graph"),
    ],
)
def test_a_graph_that_can_not_be_read_is_reported(
    name: str, content: bytes, problem: str, tmp_path: Path
) -> None:
    """A file out of order, cut short or of another kind is never half a graph."""
    folder = a_graph(tmp_path / "output", {})
    (folder / "graph" / name).write_bytes(content)
    with pytest.raises(DataError, match=problem):
        list(read_lines(folder))
