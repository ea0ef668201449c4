"""RDF 1.2: claims that reify their statement, read by others, and the way back."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.cli import main
from cablegraph.namespaces import CBL
from cablegraph.serialise.canonical import read_lines
from cablegraph.serialise.rdf12 import REIFIES, from_rdf12, to_rdf12, write_rdf12
from cablegraph.terms import RDF_TYPE, literal, quad_line

SEEDS = Path(__file__).parents[3] / "output"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SUBJECT, PREDICATE, OBJECT = (f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
CLAIM = f"<{CBL.Claim}>"
FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}


def a_claim(value: str, name: str = "<e:c>", graph: str = "<e:g>") -> list[str]:
    """Return the lines of a claim that says that the snow is something."""
    return sorted(
        quad_line(name, predicate, term, graph)
        for predicate, term in (
            (RDF_TYPE, CLAIM), (SUBJECT, "<e:snow>"), (PREDICATE, "<e:is>"), (OBJECT, value),
            (f"<{CBL.certainty}>", "<e:certain>"),
        )
    )  # fmt: skip


def seeds() -> list[str]:
    """Return the lines of the committed graph."""
    return [line.decode("utf-8") for line in read_lines(SEEDS)]


def parsed(path: Path) -> list[pyoxigraph.Quad]:
    """Return what pyoxigraph reads."""
    return list(pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix[1:]]))


def test_a_claim_reifies_its_statement() -> None:
    """Three statements about the claim become one; what else is said of it stays."""
    assert list(to_rdf12(a_claim('"white"@en'))) == [
        f'<e:c> {REIFIES} <<( <e:snow> <e:is> "white"@en )>> <e:g> .',
        f"<e:c> {RDF_TYPE} {CLAIM} <e:g> .",
        f"<e:c> <{CBL.certainty}> <e:certain> <e:g> .",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line for line in a_claim('"a"') if CLAIM not in line],
        [line for line in a_claim('"a"') if OBJECT not in line],
        sorted({*a_claim('"a"'), *a_claim('"b"')}),
        [line.replace("<e:g>", "<e:h>") if OBJECT in line else line for line in a_claim('"a"')],
        [line.replace("<e:snow>", '"snow"') for line in a_claim('"a"')],
        sorted([*a_claim('"a"'), f"<e:c> {REIFIES} <<( <e:x> <e:y> <e:z> )>> <e:g> ."]),
    ],
    ids=["no claim", "no object", "two objects", "two graphs", "a literal subject", "both"],
)
def test_what_names_no_whole_statement_stays(lines: list[str]) -> None:
    """Only a claim that names one statement, within one graph, is changed."""
    assert lines == list(to_rdf12(lines))


@given(
    st.lists(
        st.builds(
            a_claim,
            st.text(st.characters(exclude_categories=["Cs"])).map(literal) | st.just("<e:o>"),
            st.sampled_from(["<e:c>", "<e:c1>", "<e:d>"]),
            st.sampled_from(["<e:g>", "<e:h>", ""]),
        ),
        max_size=5,
    )
)
def test_there_and_back_gives_the_same_lines(claims: list[list[str]]) -> None:
    """Whatever the claims say, and if one name has several, nothing is lost or added."""
    lines = sorted({line for claim in claims for line in claim})

    assert lines == list(from_rdf12(to_rdf12(lines)))
    assert sorted(to_rdf12(lines)) == list(to_rdf12(lines))


def test_the_seeds_go_there_and_back() -> None:
    """The whole graph comes back line by line; every claim of a statement reifies it."""
    lines = seeds()
    claims = {line.split(" ")[0] for line in lines if f" {RDF_TYPE} {CLAIM} " in line}
    found = list(to_rdf12(lines))

    assert lines == list(from_rdf12(found))
    assert claims == {line.split(" ")[0] for line in found if f" {REIFIES} " in line}
    assert [] == [line for line in found if line.split(" ")[1] in (SUBJECT, PREDICATE, OBJECT)]


@pytest.mark.parametrize("ending", FORMATS)
def test_oxigraph_reads_the_same_statements(ending: str, tmp_path: Path) -> None:
    """Each syntax holds the same triple terms, and as many as there are claims."""
    path = tmp_path / f"graph.{ending}"
    lines = seeds()
    write_rdf12(lines, path)
    expected = list(pyoxigraph.parse("\n".join(to_rdf12(lines)), format=FORMATS["nq"]))
    found = parsed(path)
    has_graphs = ending in ("trig", "nq")

    assert {str(quad if has_graphs else quad.triple) for quad in expected} == {
        str(quad if has_graphs else quad.triple) for quad in found
    }
    assert sum(f" {RDF_TYPE} {CLAIM} " in line for line in lines) == sum(
        isinstance(quad.object, pyoxigraph.Triple) for quad in found
    )


def test_a_store_answers_with_triple_terms(tmp_path: Path) -> None:
    """SPARQL 1.2 asks for the parts of a claim's statement."""
    path = tmp_path / "graph.nq"
    write_rdf12(a_claim('"white"@en'), path)
    store = pyoxigraph.Store()
    store.load(path=str(path), format=FORMATS["nq"])
    rows = store.query(
        f"SELECT ?o {{ ?c {REIFIES} <<( <e:snow> <e:is> ?o )>> }}",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, pyoxigraph.QuerySolutions)

    assert ['"white"@en'] == [str(row["o"]) for row in rows]


def test_a_node_with_two_statements_has_no_form_in_rdf_1_1() -> None:
    """Nobody could tell which subject belongs to which object, so nothing is guessed."""
    lines = [f"<e:c> {REIFIES} <<( <e:s> <e:p> <e:{o}> )>> ." for o in "ab"]
    with pytest.raises(ValueError, match="reifies several statements"):
        list(from_rdf12(lines))


def run(*arguments: object) -> Result:
    """Run ``cablegraph convert``."""
    return CliRunner().invoke(main, ["convert", *map(str, arguments)])


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq"])
def test_the_command_goes_there_and_back(ending: str, tmp_path: Path) -> None:
    """A file of RDF 1.2 comes out as the committed file of RDF 1.1, byte for byte."""
    there, back = tmp_path / f"there.{ending}", tmp_path / f"back.{ending}"

    assert 0 == run(SEEDS, "--rdf12", "-o", there).exit_code
    assert 0 == run(there, "-o", back).exit_code
    assert (SEEDS / f"graph/cablegraph.{ending}").read_bytes() == back.read_bytes()
    assert there.read_bytes() != back.read_bytes()


def test_the_syntax_can_be_named(tmp_path: Path) -> None:
    """--to is stronger than the ending of the file; triples are the union of the graphs."""
    path = tmp_path / "graph.txt"

    assert 0 == run(SEEDS, "--to", "ntriples", "-o", path).exit_code
    found = {str(q) for q in pyoxigraph.parse(path=str(path), format=FORMATS["nt"])}
    assert found == {str(q.triple) for q in parsed(SEEDS / "graph/cablegraph.nq")}


def test_jsonld_has_no_triple_terms(tmp_path: Path) -> None:
    """What can't be written is wrong usage, not a file that lacks it."""
    result = run(SEEDS, "--rdf12", "--to", "jsonld", "-o", tmp_path / "x")

    assert 2 == result.exit_code
    assert not (tmp_path / "x").exists()
    assert 2 == run(SEEDS, "--rdf12", "-o", tmp_path / "x.jsonld").exit_code


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.docx", "", "a.docx:1:1: DataError: '.docx' names no format of RDF; "),
        ("a.ttl", "<e:a> <e:b> ;;; .\n<e:c> <e:d>", "a.ttl:"),
        ("a.nq", f"<e:c> {REIFIES} <<( <e:s> <e:p> <e:a> )>> .\n"
                 f"<e:c> {REIFIES} <<( <e:s> <e:p> <e:b> )>> .\n", "reifies several statements; "),
    ],
)  # fmt: skip
def test_what_can_not_be_converted_is_one_line(
    name: str, content: str, problem: str, tmp_path: Path
) -> None:
    """A file that can't be read gives its place and a remedy, and writes nothing."""
    (tmp_path / name).write_text(content)
    result = run(tmp_path / name, "-o", tmp_path / "out.nq")

    assert 1 == result.exit_code
    assert problem in result.stderr
    assert 1 == result.stderr.count("\n")
    assert not (tmp_path / "out.nq").exists()
