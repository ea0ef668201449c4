"""The table of proposals, from the graph alone, in three forms."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.cli import main
from cablegraph.dataset import Dataset
from cablegraph.tables.model import Table
from cablegraph.tables.proposals import read_proposals
from cablegraph.tables.write import FORMULAS, to_csv, to_markdown, to_terminal

GRAPH = """
@base <https://example.org/id/> .
@prefix c: <https://w3id.org/cablegraph/scheme/condition/> .
@prefix cbl: <https://w3id.org/cablegraph/def#> .
@prefix d: <https://w3id.org/cablegraph/scheme/date/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix f: <https://w3id.org/cablegraph/scheme/force/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix st: <https://w3id.org/cablegraph/scheme/stance/> .

<person/a> skos:prefLabel "Anna Alder"@en .
<person/b> skos:prefLabel "Boris Birch"@en .
<telegram/t-1> a cbl:Telegram ; rico:isAssociatedWithDate <telegram/t-1/date> ;
    cbl:expresses <telegram/t-1/stance/02> , <telegram/t-1/stance/01> .
<telegram/t-1/date> cbl:kind d:catalogue-date ; cbl:edtf "1951-07-03" .
<telegram/t-1/draft/1> cbl:expresses <telegram/t-1/draft/1/stance/03> .
<proposal/x> a cbl:Proposal ; skos:prefLabel "=cmd|' /C calc'!A0"@en ; cbl:proposedBy <person/b> .
<proposal/y> a cbl:Proposal ; skos:prefLabel "wait | in Ashford"@en .
<telegram/t-1/stance/01> a cbl:Stance ; cbl:onProposal <proposal/x> ; cbl:kind st:may-drop ;
    cbl:force f:permit ; cbl:holder <person/a> ; cbl:advises <person/b> ;
    cbl:condition <telegram/t-1/condition/1> ; cbl:reason <telegram/t-1/reason/1> ;
    cbl:evidence <text/en/span/0-5> , <text/ru/span/0-4> .
<telegram/t-1/stance/02> a cbl:Stance ; cbl:onProposal <proposal/y> ; cbl:kind st:counter-propose ;
    cbl:force f:recommend ; cbl:holder <person/a> ; cbl:answers <proposal/x> .
<telegram/t-1/draft/1/stance/03> a cbl:Stance ; cbl:onProposal <proposal/y> ; cbl:kind st:accept ;
    cbl:force f:commit ; cbl:holder <person/a> , <person/b> .
<telegram/t-1/condition/1> cbl:kind c:if-opponent-proposes ; cbl:actor <person/b> ;
    cbl:triggeredBy <proposal/y> .
<telegram/t-1/reason/1> skos:prefLabel "it is late"@en .
<text/en> cbl:text "wait, then go" ; dcterms:language "en" ; cbl:startLine 9 ; oa:hasSource <src> .
<text/ru> cbl:text "ждать" ; dcterms:language "ru" ; cbl:startLine 5 ; oa:hasSource <src> .
<src> dcterms:identifier "a.txt" .
<text/en/span/0-5> oa:hasSource <text/en> ; oa:hasSelector <e> .
<e> oa:start 0 ; oa:end 5 ; oa:exact "wait," .
<text/ru/span/0-4> oa:hasSource <text/ru> ; oa:hasSelector <r> .
<r> oa:start 0 ; oa:end 4 ; oa:exact "ждат" .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "a.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def table(graph: Path) -> Table:
    return read_proposals(Dataset.open(graph))


def test_each_stance_is_a_row(table: Table) -> None:
    """Every column of the first stance, labels for nodes, in order of the text."""
    first = dict(zip(table.columns, table.rows[0], strict=True))

    assert {
        "document": "t-1",
        "date": "1951-07-03",
        "proposal": "=cmd|' /C calc'!A0",
        "proposed by": "Boris Birch",
        "stance": "may drop",
        "coarse stance": "withhold",
        "force": "permit",
        "holder": "Anna Alder",
        "advises": "Boris Birch",
        "condition": "if opponent proposes (Boris Birch): wait | in Ashford",
        "reason": "it is late",
        "answers": "",
        "words en": "wait,",
        "words ru": "ждат",
        "file:line": "a.txt:9; a.txt:5",
        "status": "",
    } == first
    assert ["may drop", "counter propose", "accept"] == [row[4] for row in table.rows]


def test_a_draft_has_the_day_of_its_message(table: Table) -> None:
    """Several holders stand in one cell; the draft is named."""
    last = dict(zip(table.columns, table.rows[2], strict=True))

    assert ("t-1, draft 1", "1951-07-03") == (last["document"], last["date"])
    assert "Anna Alder; Boris Birch" == last["holder"]


def test_a_formula_is_made_harmless(table: Table) -> None:
    """A spreadsheet that opens the CSV runs nothing; the rows end as RFC 4180 has it."""
    text = to_csv(table)

    assert "'=cmd|' /C calc'!A0" in text
    assert 4 == text.count("\r\n")
    assert all(not cell.startswith(FORMULAS) for row in _read(text) for cell in row)


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
def test_csv_reads_back(cells: list[str]) -> None:
    """Whatever a cell holds, line breaks and quotation marks too, it is the same when read."""
    cells = [cell.replace("\x00", "") for cell in cells]
    (_, row) = _read(to_csv(Table(("a", "b"), (tuple(cells),), ())))

    assert [f"'{c}" if c.startswith(FORMULAS) else c for c in cells] == row


def test_markdown_keeps_the_columns(table: Table) -> None:
    """A stroke in a cell is escaped; every line has as many cells as there are columns."""
    lines = to_markdown(table).splitlines()

    assert "wait \\| in Ashford" in lines[3]
    assert {len(table.columns) + 1} == {line.replace("\\|", "").count("|") for line in lines}


def test_a_terminal_shows_what_fits(table: Table) -> None:
    """No line is wider than the terminal; words and place are there."""
    text = to_terminal(table, 90)

    assert max(map(len, text.splitlines())) <= 90
    assert "ждат" in text
    assert "a.txt:5" in text
    assert "no row\n" == to_terminal(Table(("a",), (), ()), 90)


def test_the_command_writes_what_is_asked(graph: Path, tmp_path: Path) -> None:
    """CSV when piped; a file by its ending, with the line ends of CSV; stable in every run."""
    runner = CliRunner()
    piped = runner.invoke(main, ["table", "proposals", str(graph)])
    files = [tmp_path / "a.csv", tmp_path / "a.md"]
    for file in files:
        runner.invoke(main, ["table", "proposals", str(graph), "--to", str(file)])

    assert 0 == piped.exit_code
    assert files[0].read_bytes() == piped.stdout_bytes
    assert files[0].read_bytes().startswith(b"document,date,")
    assert files[1].read_text("utf-8").startswith("| document | date |")


def test_what_cannot_be_written_is_told(graph: Path, tmp_path: Path) -> None:
    """A missing folder and missing data are one line each, with a remedy."""
    runner = CliRunner()
    lost = runner.invoke(
        main, ["table", "proposals", str(graph), "--to", str(tmp_path / "x/a.csv")]
    )
    none = runner.invoke(main, ["table", "proposals", str(tmp_path / "none")])

    assert (1, 1) == (lost.exit_code, none.exit_code)
    assert "OutputError" in lost.output
    assert "run the build first" in none.output


def test_a_graph_without_stances_is_an_empty_table(tmp_path: Path) -> None:
    """Only the head is written."""
    path = tmp_path / "b.ttl"
    path.write_text("<https://example.org/id/x> a <https://example.org/Y> .", encoding="utf-8")

    assert 1 == len(_read(to_csv(read_proposals(Dataset.open(path)))))


def test_a_stance_is_explained_by_kind_and_proposal(graph: Path) -> None:
    """What has no label of its own is told by what it is about."""
    run = CliRunner().invoke(main, ["explain", "telegram/t-1/stance/01", "-d", str(graph)])

    assert 0 == run.exit_code
    assert run.output.startswith("may drop: =cmd")
    assert "condition → if opponent proposes: wait | in Ashford" in run.output
