"""Questions to a written graph."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from cablegraph.dataset import Dataset, list_questions, to_rdflib
from cablegraph.errors import DataError, QueryError
from cablegraph.serialise.rdf import write_trig

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
LINES = [
    "<a:t1> <http://purl.org/dc/terms/title> \"One, 'two' | three\\nfour\"@en <a:g1> .",
    '<a:t2> <http://purl.org/dc/terms/title> "SERVICE"@en <a:g2> .',
    f'<a:t2> <http://purl.org/dc/terms/extent> "007"^^<{INTEGER}> <a:g2> .',
    '<a:t3> <http://purl.org/dc/terms/extent> "in the default graph" .',
]  # fmt: skip
TITLES = "SELECT ?t ?title WHERE { ?t dcterms:title ?title }"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a small graph."""
    (tmp_path / "graph").mkdir()
    path = tmp_path / "graph" / "cablegraph.nq"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def dataset(output: Path) -> Dataset:
    """The small graph, opened."""
    return Dataset.open(output, vocabulary=False)


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of canned questions in place of the project's own."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "03-titles.rq").write_text(f"# Which titles are there?\n{TITLES}", encoding="utf-8")
    (folder / "12-broken.rq").write_text("# What fails?\nSELECT {", encoding="utf-8")
    monkeypatch.setattr("cablegraph.questions.ontology_path", lambda *_: folder)
    return folder


def test_the_default_graph_is_the_union(dataset: Dataset) -> None:
    """A query without GRAPH sees all graphs, with the prefixes of the project, sorted rows."""
    result = dataset.query(TITLES)

    assert result.columns == ["t", "title"]
    assert result.rows == [["a:t1", "One, 'two' | three\nfour"], ["a:t2", "SERVICE"]]
    assert result.terms[1][1] == '"SERVICE"@en'


def test_order_by_is_kept_and_unbound_is_none(dataset: Dataset) -> None:
    """Rows come in the order asked for."""
    result = dataset.query(
        "SELECT ?t ?n { ?t dcterms:title ?x OPTIONAL { ?t dcterms:extent ?n } } ORDER BY DESC(?t)"
    )

    assert result.rows == [["a:t2", "7"], ["a:t1", None]]


def test_rows_are_written_in_every_form(dataset: Dataset) -> None:
    """CSV, TSV, JSON and a table say the same."""
    result = dataset.query(TITLES)

    assert result.to_csv() == "t,title\r\na:t1,\"One, 'two' | three\nfour\"\r\na:t2,SERVICE\r\n"
    assert "?t\t?title\n<a:t1>\t\"One, 'two' | three\\nfour\"@en\n" in result.to_tsv()
    assert '"xml:lang": "en"' in result.to_json()
    assert result.to_table() == (
        "| t    | title                    |\n"
        "| ---- | ------------------------ |\n"
        "| a:t1 | One, 'two' \\| three four |\n"
        "| a:t2 | SERVICE                  |\n"
    )


def test_ask_is_one_cell(dataset: Dataset) -> None:
    """A yes or no is an answer like any other."""
    result = dataset.query("ASK { ?s dcterms:title ?o }")

    assert (result.kind, result.rows, result.to_csv()) == ("ask", [["true"]], "true\n")
    assert result.to_table() == "| answer |\n| ------ |\n| true   |\n"
    with pytest.raises(ValueError, match="gives no triples"):
        result.to_turtle()


def test_construct_gives_turtle(dataset: Dataset) -> None:
    """Triples are written as Turtle, and as rows where rows are wanted."""
    result = dataset.query("CONSTRUCT { ?s dcterms:extent ?o } { ?s dcterms:extent ?o }")

    assert "\n<a:t2> dcterms:extent 7 .\n" in result.to_table()
    assert "a:t2,http://purl.org/dc/terms/extent,7\r\n" in result.to_csv()
    assert "<a:t3>\t<http://purl.org/dc/terms/extent>\t" in result.to_tsv()
    assert '"object": "7"' in result.to_json()


@pytest.mark.parametrize("name", ["3", "03", "03-titles", "titles"])
@pytest.mark.usefixtures("questions")
def test_a_question_is_found_by_number_or_name(output: Path, name: str) -> None:
    """Every short way to name a question leads to it."""
    dataset = Dataset.open(output, vocabulary=False)

    assert len(dataset.query(name).rows) == 2


def test_questions_are_listed_with_their_wording(questions: Path, dataset: Dataset) -> None:
    """The first comment of a question is its wording; a path is answered like a name."""
    assert (list_questions()) == [
        ("03-titles", "Which titles are there?"),
        ("12-broken", "What fails?"),
    ]
    with pytest.raises(QueryError, match=r"12-broken\.rq:2:\d+: QueryError"):
        dataset.query(questions / "12-broken.rq")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (
            "SELECT * {\n  SERVICE <http://x/> { ?s ?p ?o } }",
            "query:2:3: QueryError: SERVICE would",
        ),
        ("select * from <a:g1> { ?s ?p ?o }", "query:1:10: QueryError: FROM would"),
        ("LOAD <http://x/>", "query:1:1: QueryError: LOAD would"),
        ("SELECT * {\n ?s foo:bar 1 }", "query:2:12: QueryError: a prefix is not declared"),
        ("SELECT * { ?s ?p }", "query:1:12: QueryError: no query can be read on from '?s'"),
        (
            "INSERT DATA { <a:a> <a:b> <a:c> }",
            "query:1:1: QueryError: no query can be read on from 'INSERT'",
        ),
        ("SELECT * { ?s", "query:1:12: QueryError: no query can be read on from '?s'"),
        ("no-such", "query:1:1: QueryError: no canned question is named 'no-such'"),
        ("no/such.rq", "query:1:1: QueryError: no query can be read from 'no/such.rq'"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_place(
    dataset: Dataset, query: str, place: str
) -> None:
    """Reaching outside, wrong syntax and unknown names are one line each."""
    with pytest.raises(QueryError) as caught:
        dataset.query(query)

    assert str(caught.value).startswith(place)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?from { ?from dcterms:title 'SERVICE'@en } # LOAD",
        'SELECT ?s { ?s dcterms:title ?t FILTER(STR(?t) = """SERVICE""" && 1 <2) }',
        "PREFIX from: <http://purl.org/dc/terms/> SELECT ?s { ?s from:extent 007 }",
        "SELECT ?s { ?s <http://purl.org/dc/terms/extent> 007 FILTER(STR(?s) != 'it\\'s FROM') }",
    ],
)
def test_words_in_strings_comments_and_names_are_no_keywords(dataset: Dataset, query: str) -> None:
    """Only a keyword is refused, never a word that looks like one."""
    assert dataset.query(query).rows == [["a:t2"]]


def test_labels_of_concepts_come_with_the_package(output: Path) -> None:
    """Data without concept schemes are read together with the vocabulary, in its own graph."""
    query = "ASK { GRAPH ?g { ?c skos:inScheme ?s ; skos:prefLabel ?l } }"

    assert Dataset.open(output).query(query).rows == [["true"]]
    assert Dataset.open(output, vocabulary=False).query(query).rows == [["false"]]


@pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")
def test_rdflib_reads_the_same_statements(output: Path, tmp_path: Path) -> None:
    """The union is rdflib's default graph, and lexical forms are as written."""
    write_trig(LINES, tmp_path / "a.trig")
    from_folder, from_trig = to_rdflib(output), to_rdflib(tmp_path / "a.trig")

    assert set(from_folder.quads()) == set(from_trig.quads())
    assert len(from_folder) == 4
    assert "007" in {str(value) for value in from_folder.objects()}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.nq", "<a:a> <a:b> <a:c> .\n<a:a> x .\n", r"a\.nq:2:\d+: DataError"),
        ("a.doc", "", r"a\.doc:1:1: DataError: '\.doc' names no format"),
        ("missing", None, r"missing:1:1: DataError: there is no such file"),
    ],
)
def test_data_that_cannot_be_read_have_a_place(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    """A broken line is named with file, line and column."""
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Dataset.open(tmp_path / name)


def test_a_part_that_was_cut_short_is_named_once(tmp_path: Path) -> None:
    """The message has the place of the part that is damaged, and no other."""
    (tmp_path / "graph").mkdir()
    rows = b"".join(b'<a:a> <a:b> "%d" <a:d> .\n' % (n * n * n * 7919) for n in range(200))
    packed = zstandard.compress(rows)
    (tmp_path / "graph/part-a.nq.zst").write_bytes(packed)
    (tmp_path / "graph/part-b.nq.zst").write_bytes(packed[:-20])
    with pytest.raises(DataError) as raised:
        Dataset.open(tmp_path)

    said = "DataError: the file ends in the middle; run the build again"
    assert f"{tmp_path}/graph/part-b.nq.zst:1:1: {said}" == str(raised.value)
