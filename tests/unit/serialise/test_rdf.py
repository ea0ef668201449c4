"""N-Quads, Turtle and TriG files, and the graph without its evidence."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

import cablegraph
from cablegraph.errors import OutputError
from cablegraph.namespaces import SCHEME, expand
from cablegraph.serialise.rdf import (
    clean_lines,
    literal,
    quad_line,
    write_nquads,
    write_trig,
    write_turtle,
)

# rdflib 7 warns of its own parts when it reads TriG.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")

Triples = set[tuple[str, str, str]]
_WRITE = """
import sys
from pathlib import Path
from cablegraph.serialise import jsonld, rdf
lines = set(Path(sys.argv[1]).read_text(encoding="utf-8").split("\\n"))
rdf.write_nquads(lines, Path(sys.argv[2]))
rdf.write_turtle(lines, Path(sys.argv[3]))
rdf.write_trig(lines, Path(sys.argv[4]))
context = jsonld.read_context(Path(sys.argv[6]))
Path(sys.argv[5]).write_text("".join(jsonld.to_jsonld(lines, context)), encoding="utf-8")
"""


def triples_of(lines: list[str]) -> Triples:
    """Read lines by pyoxigraph and forget the graphs."""
    read = pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in read}


def n3(term: rdflib.term.Node) -> str:
    """Return a term of rdflib as N-Quads has it."""
    if isinstance(term, rdflib.Literal):
        return literal(str(term), term.language, str(term.datatype) if term.datatype else None)
    return f"<{term}>"


def test_nquads_are_sorted_lines_each_once(lines: list[str], tmp_path: Path) -> None:
    """Order and repetition of what goes in leave no trace."""
    path = tmp_path / "deep" / "a.nq"
    write_nquads([*reversed(lines), lines[0] + "\n"], path)

    assert "".join(line + "\n" for line in lines).encode() == path.read_bytes()
    assert [file.name for file in path.parent.iterdir()] == ["a.nq"]


def test_turtle_says_the_union_to_two_readers(lines: list[str], tmp_path: Path) -> None:
    """pyoxigraph and rdflib read back the triples of all graphs."""
    path = tmp_path / "a.ttl"
    write_turtle(lines, path)
    by_oxigraph = {
        (str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(path=str(path))
    }
    by_rdflib = {tuple(map(n3, triple)) for triple in rdflib.Graph().parse(str(path))}

    assert triples_of(lines) == by_oxigraph
    assert triples_of(lines) == by_rdflib


def test_trig_says_the_same_quads_to_two_readers(lines: list[str], tmp_path: Path) -> None:
    """pyoxigraph and rdflib read back every quad in its graph."""
    path = tmp_path / "a.trig"
    default = quad_line("<a:s>", "<a:p>", '"in the default graph"')
    write_trig([*lines, default], path)
    by_oxigraph = {str(quad) for quad in pyoxigraph.parse(path=str(path))}
    dataset = rdflib.Dataset()
    dataset.parse(data=path.read_text(encoding="utf-8"), format="trig")
    by_rdflib = {
        quad_line(n3(s), n3(p), n3(o), "" if "rdflib:default" in str(g) else f"<{g}>")
        for s, p, o, g in dataset.quads()
    }
    expected = pyoxigraph.parse("\n".join([*lines, default]), format=pyoxigraph.RdfFormat.N_QUADS)

    assert {str(quad) for quad in expected} == by_oxigraph
    assert {*lines, default} == by_rdflib


def test_turtle_reads_well(lines: list[str], tmp_path: Path) -> None:
    """Type and title first, evidence last, names relative, numbers in order, long text open."""
    path = tmp_path / "a.ttl"
    write_turtle(lines, path)
    text = path.read_text(encoding="utf-8")

    assert text.startswith("@base <https://example.org/archive/id/> .\n@prefix cbl: ")
    assert '\n<telegram/x-1> a cbl:Telegram ;\n    dcterms:title "Telegram"@en,\n' in text
    assert "<telegram/x-1/number/a-9>,\n        <telegram/x-1/number/a-10> ." in text
    assert "\n    cbl:kind number:cipher-telegram-number ;" in text
    assert "\n    cbl:evidence <telegram/x-1/text/scan/span/0-2> .\n" in text
    assert '"""первая\nвторая\\r\nтретья\\\\"""' in text
    assert "cbl:firstLeaf 7 ;" in text
    assert "@prefix owl:" not in text
    assert "\n# telegram\n" in text


def test_names_that_need_care_are_written_whole(tmp_path: Path) -> None:
    """An IRI is shortened only where the short form leads back to it."""
    kind = expand("rdf:type")
    odd = ["https://x.org/id/a/../b", "https://x.org/id/c:d", "http://purl.org/dc/terms/a."]
    odd += [SCHEME + "1st/a", SCHEME + "_/a", SCHEME + "date/a/b", "urn:x", kind]
    lines = [quad_line(f"<{name}>", f"<{kind}>", f"<{kind}>") for name in odd]
    path = tmp_path / "a.ttl"
    write_turtle(lines, path)

    assert triples_of(lines) == {
        (str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(path=str(path))
    }


def test_equal_graphs_give_equal_bytes_for_any_hash_seed(
    lines: list[str], context_file: Path, tmp_path: Path
) -> None:
    """Neither the hash seed nor the order of the lines shows in any file."""
    written = []
    source = tmp_path / "lines"
    for seed in ("0", "4711"):
        random.Random(seed).shuffle(lines)
        source.write_text("\n".join(lines), encoding="utf-8")
        files = [tmp_path / f"{seed}.{form}" for form in ("nq", "ttl", "trig", "json")]
        root = str(Path(cablegraph.__file__).parent.parent)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root}
        command = [sys.executable, "-c", _WRITE, *map(str, [source, *files, context_file])]
        subprocess.run(command, env=environment, check=True)
        written.append([file.read_bytes() for file in files])

    assert written[0] == written[1]


def test_clean_lines_leave_what_a_reader_asserts(lines: list[str]) -> None:
    """Spans, evidence and repeating claims go; a hypothesis and the words of the text stay."""
    cleaned = clean_lines(lines)
    text = "\n".join(cleaned)

    assert "/span/" not in text
    assert "def#evidence" not in text
    assert "def#rule" not in text
    assert "claim/asserted" not in text
    assert "status/hypothetical" in text
    assert sum("claim/guessed> " in line for line in cleaned) == 6
    assert sum("def#text> " in line for line in cleaned) == 10
    assert set(cleaned) <= set(lines)
    assert sorted(cleaned) == cleaned


def test_a_file_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    """A folder in the way is an OutputError with its path."""
    (tmp_path / "a.nq").mkdir()
    with pytest.raises(OutputError, match=r"a\.nq:1:1: OutputError: .*; free the path"):
        write_nquads([], tmp_path / "a.nq")

    assert [file.name for file in tmp_path.iterdir()] == ["a.nq"]
