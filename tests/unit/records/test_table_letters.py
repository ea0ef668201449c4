"""Reading tables of letters by a mapping: parties, ids, dates, keys, and rows that do not fit."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cablegraph.errors import CablegraphError, TableError
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    Stated,
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedNumber,
    StatedPlace,
    StatedReference,
    StatedText,
)
from cablegraph.records.tabular.read import read_table
from cablegraph.sources.files import SourceFile

MAPPING = """\
[columns]
id = "No"
sender = "From"
sender-id = "From id"
addressee = "To"
sent = "Date"
"""


def read(
    folder: Path, table: str, mapping: str = MAPPING, name: str = "t.csv"
) -> tuple[list[Record], list[CablegraphError]]:
    """Return the letters and the errors of a table with its mapping."""
    if mapping:
        (folder / "t.toml").write_text(mapping, encoding="utf-8")
    documents = list(read_table(SourceFile(folder / name, table.encode())) or ())
    records = [one for one in documents if isinstance(one, Record)]
    return records, [one for one in documents if isinstance(one, CablegraphError)]


def of(record: Record, kind: type[Stated]) -> list[Stated]:
    """Return the facts of a kind."""
    return [fact for fact in record.stated if isinstance(fact, kind)]


def agents(record: Record) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return role, name and ids of each agent."""
    return [(a.role, a.name, a.refs) for a in record.stated if isinstance(a, StatedAgent)]


def tell(errors: Iterable[CablegraphError], folder: Path) -> list[str]:
    """Return the errors as printed, without the folder."""
    return [str(error).replace(f"{folder}/", "") for error in errors]


def test_a_row_is_a_letter_whose_facts_point_at_its_cells(tmp_path: Path) -> None:
    """Each fact's words re-slice from the file, doubled quotes and all."""
    table = 'No;From;From id;To;Date\n7;"Ann ""Nan"" Bly";gnd:11;Bo;3.2.1951\n'
    (record,), errors = read(tmp_path, table)

    assert [] == errors
    assert "t-7" == record.key
    assert [
        ("sender", 'Ann "Nan" Bly', ("https://d-nb.info/gnd/11",)),
        ("addressee", "Bo", ()),
    ] == agents(record)
    (date,) = of(record, StatedDate)
    assert isinstance(date, StatedDate)
    assert ("sent", "3.2.1951", "1951-02-03") == (date.kind, date.written, date.edtf)
    for fact in record.stated:
        for words in fact.words:
            evidence = record.evidence(words)
            assert evidence.within is not None
            assert evidence.quote == table[evidence.start : evidence.end]
            layer = record.layer(evidence.layer)
            assert layer is not None
            inner = layer.text[slice(*evidence.within)]
            assert inner == evidence.quote.replace('""', '"')
    assert '7\nAnn "Nan" Bly\ngnd:11\nBo\n3.2.1951' == record.layers[0].text


def test_several_parties_have_their_ids_by_position(tmp_path: Path) -> None:
    """A position without an id has none, and the others keep theirs."""
    table = "No,From,From id,To,Date\n1,Ann|Bo|Cy,http://x.org/a||http://x.org/c,Di,1951\n"
    (record,), errors = read(tmp_path, table)

    assert [] == errors
    assert [
        ("sender", "Ann", ("http://x.org/a",)),
        ("sender", "Bo", ()),
        ("sender", "Cy", ("http://x.org/c",)),
        ("addressee", "Di", ()),
    ] == agents(record)
    assert [["Ann", "http://x.org/a"], ["Bo"], ["Cy", "http://x.org/c"], ["Di"]] == [
        [record.evidence(words).quote for words in fact.words] for fact in of(record, StatedAgent)
    ]


def test_names_and_ids_that_do_not_match_are_told_and_no_id_is_guessed(tmp_path: Path) -> None:
    """The letter is read; the error names row, columns and both counts."""
    table = (
        "No,From,From id,To,Date\n1,Ann|Bo,http://x.org/a|http://x.org/b,C,1951\n"
        "2,Ann|Bo,http://x.org/a,C,1951\n"
    )
    records, errors = read(tmp_path, table)

    assert [("sender", "Ann", ()), ("sender", "Bo", ()), ("addressee", "C", ())] == agents(
        records[1]
    )
    assert [
        "t.csv:3:10: TableError: row 3 has 2 in From and 1 in From id, no id is used; "
        "give each name its id, in the same order"
    ] == tell(errors, tmp_path)


def test_a_separator_may_be_stated_or_none(tmp_path: Path) -> None:
    """For the whole table, and otherwise for one field."""
    table = "No,From,From id,To,Date\n1,Ann & Bo,,C|D & E,1951\n"
    mapping = '[table]\nseparator = " & "\n' + MAPPING.replace(
        'addressee = "To"', 'addressee = { column = "To", separator = "|", kind = "org" }'
    )
    (record,), _ = read(tmp_path, table, mapping)

    assert ["Ann", "Bo", "C", "D & E"] == [name for _, name, _ in agents(record)]
    assert [None, None, "org", "org"] == [a.kind for a in record.stated if hasattr(a, "kind")][1:-1]


def test_what_stands_for_nothing_is_no_name(tmp_path: Path) -> None:
    """Brackets and signs of doubt say how sure a name is."""
    table = "No,From,From id,To,Date\n1,N. N.,,[Jo Ka?]|[Jo] K[a],n.d.\n"
    (record,), errors = read(tmp_path, table)

    assert [("addressee", "Jo Ka", ()), ("addressee", "Jo Ka", ())] == agents(record)
    assert ["possible", "certain"] == [a.certainty for a in of(record, StatedAgent)]
    assert ([], []) == (of(record, StatedDate), errors)


def test_a_date_that_cannot_be_read_stands_as_written(tmp_path: Path) -> None:
    """It is no fault of the letter; stretches and doubt of EDTF are kept."""
    rows = ["Lent 1951", "1535/1537", "1541~", "[1542-05-05,1542-05-06]", "02/03/1951"]
    table = "No,From,From id,To,Date\n" + "".join(
        f'{n},A,,B,"{date}"\n' for n, date in enumerate(rows)
    )
    records, errors = read(tmp_path, table)
    dates = [of(record, StatedDate)[0] for record in records]

    assert [] == errors
    assert [
        ("Lent 1951", None),
        ("1535/1537", "1535/1537"),
        ("1541~", "1541~"),
        ("[1542-05-05,1542-05-06]", "[1542-05-05,1542-05-06]"),
        ("02/03/1951", None),
    ] == [(date.written, date.edtf) for date in dates if isinstance(date, StatedDate)]


def test_a_date_may_stand_in_three_columns(tmp_path: Path) -> None:
    """The words as written come first; a second date makes a stretch."""
    mapping = '[columns]\nsent = "a"\nsent-end = "b"\nsent-text = "c"\n'
    records, _ = read(tmp_path, "a,b,c\n1951-02-03,1951-02-05,early in Feb.\n1951,,\n", mapping)
    first, second = (of(record, StatedDate)[0] for record in records)

    assert isinstance(first, StatedDate)
    assert isinstance(second, StatedDate)
    assert ("early in Feb.", "1951-02-03/1951-02-05") == (first.written, first.edtf)
    assert 3 == len(first.words)
    assert ("1951", "1951") == (second.written, second.edtf)


def test_columns_of_every_kind_become_facts_or_fields(tmp_path: Path) -> None:
    """Archive with its levels and leaves, notes, keywords, numbers, links, places and fields."""
    mapping = """\
[columns]
archive = "A"
archive-id = "Aid"
fonds = "F"
series = "O"
file = "D"
leaves = "L"
note = "N"
subject = { column = "S", separator = ";" }
number = "No"
facsimile = "Fx"
sender-place = "P"
sender-place-id = { column = "Pid", prefix = "https://www.geonames.org/" }
title = "T"
url = "U"
"""
    table = (
        "A,Aid,F,O,D,L,N,S,No,Fx,P,Pid,T,U\n"
        "RGA,Q42,45,1,339,12-14,kept; whole,war;peace,482,http://x.org/i.jpg,Omsk,1496153,"
        '"Cable, A to B",http://x.org/1\n'
    )
    (record,), errors = read(tmp_path, table, mapping)
    facts = {type(fact): fact for fact in record.stated}

    assert [] == errors
    reference, place = facts[StatedReference], facts[StatedPlace]
    assert isinstance(reference, StatedReference)
    assert isinstance(place, StatedPlace)
    assert ("RGA, 45, 1, 339, 12-14", "RGA", ("45", "1", "339"), (12, 14)) == (
        reference.written,
        reference.archive,
        reference.levels,
        reference.leaves,
    )
    assert ("http://www.wikidata.org/entity/Q42",) == reference.archive_refs
    assert ("Omsk", ("https://www.geonames.org/1496153",)) == (place.name, place.refs)
    assert [
        ("skos:note", "kept; whole"),
        ("schema:keywords", "war"),
        ("schema:keywords", "peace"),
    ] == [(t.property, t.text) for t in record.stated if isinstance(t, StatedText)]
    assert ["482"] == [n.written for n in record.stated if isinstance(n, StatedNumber)]
    assert ["http://x.org/i.jpg"] == [f.target for f in record.stated if isinstance(f, StatedLink)]
    assert {"title": "Cable, A to B", "url": "http://x.org/1"} == {
        name: field[0].text for name, field in record.fields.items()
    }


def test_a_table_without_headings_is_mapped_by_number(tmp_path: Path) -> None:
    """The first row is a letter."""
    mapping = "[table]\nheader = 0\n[columns]\nid = 1\nsender = 2\nsent = 3\n"
    records, errors = read(tmp_path, "1\tAnn\t1951\n2\tBo\t1952\n", mapping, "t.tsv")

    assert [] == errors
    assert ["t-1", "t-2"] == [record.key for record in records]


def test_rows_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    """The row of headings is counted among those that hold something."""
    mapping = "[table]\nheader = 2\n" + MAPPING
    records, errors = read(
        tmp_path, "Letters of a year,,,,\n\nNo,From,From id,To,Date\n1,A,,B,1951\n", mapping
    )

    assert (["t-1"], []) == ([record.key for record in records], errors)


def test_several_rows_may_be_one_letter(tmp_path: Path) -> None:
    """By the same id, wherever it stands again: facts alike are one, with the words of all."""
    table = "No,From,From id,To,Date\n1,Ann,,Bo,1951\n2,Cy,,Di,1952\n1,Ann,,Ed,1951\n"
    records, errors = read(tmp_path, table, '[table]\nrows = "several"\n' + MAPPING)

    assert [] == errors
    assert ["t-1", "t-2"] == [record.key for record in records]
    assert [("sender", "Ann", ()), ("addressee", "Bo", ()), ("addressee", "Ed", ())] == agents(
        records[0]
    )
    assert [2, 1, 1] == [len(agent.words) for agent in of(records[0], StatedAgent)]


def test_a_row_without_an_id_may_go_on_with_the_one_above(tmp_path: Path) -> None:
    """As records are exported in rows."""
    table = "No,From,From id,To,Date\n1,Ann,,Bo,1951\n,,,Ed,\n2,Cy,,Di,1952\n"
    records, _ = read(tmp_path, table, '[table]\nrows = "records"\n' + MAPPING)

    assert [["Ann", "Bo", "Ed"], ["Cy", "Di"]] == [
        [name for _, name, _ in agents(record)] for record in records
    ]


def test_an_id_given_twice_is_told_and_neither_letter_lost(tmp_path: Path) -> None:
    """A row that only repeats another is left out."""
    table = (
        "No,From,From id,To,Date\n1,Ann,,Bo,1951\n1,Cy,,Di,1952\n1,Cy,,Di,1952\n"
        ",Ed,,Flo,1953\n,Ed,,Flo,1953\n"
    )
    records, errors = read(tmp_path, table)

    assert ["Ann", "Cy", "Ed"] == [agents(record)[0][1] for record in records]
    assert 3 == len({record.key for record in records})
    told = tell(errors, tmp_path)
    assert ["t.csv:3:1", "t.csv:4:1", "t.csv:6:1"] == [line.partition(": ")[0] for line in told]
    assert "row 3 has the id '1' of row 2" in told[0]
    assert "row 4 repeats row 3 and is left out" in told[1]
    assert "row 6 repeats row 5 and is left out" in told[2]


def test_keys_that_come_out_alike_are_told_apart(tmp_path: Path) -> None:
    """Ids that differ in signs alone are not the same id."""
    table = "No,From,From id,To,Date\n1/2,Ann,,Bo,1951\n1-2,Cy,,Di,1952\n"
    records, errors = read(tmp_path, table)

    assert [] == errors
    assert 2 == len({record.key for record in records})


def test_ragged_rows_are_told_and_read(tmp_path: Path) -> None:
    """Delimiters too many at the end of a row are nothing to tell."""
    table = "No,From,From id,To,Date\n1,Ann,,Bo\n2,Cy,,Di,1952,,\n3,Ed,,Flo,1953,over\n"
    records, errors = read(tmp_path, table)

    assert 3 == len(records)
    assert [
        "t.csv:2:1: TableError: row 2 has 4 cells, the table 5 columns; "
        "see whether a quotation mark or a delimiter is amiss",
        "t.csv:4:16: TableError: row 4 has 6 cells, the table 5 columns; "
        "see whether a quotation mark or a delimiter is amiss",
    ] == tell(errors, tmp_path)


def test_a_row_that_states_nothing_is_told(tmp_path: Path) -> None:
    """A line of totals is no letter, and nothing is lost silently."""
    mapping = '[columns]\nsender = "a"\n'
    records, errors = read(tmp_path, "a,b\nAnn,1\n,sum 1\n", mapping)

    assert 1 == len(records)
    assert ["t.csv:3:1: TableError: row 3 states nothing; take it out, or see whether the "
            "mapping names the right columns"] == tell(errors, tmp_path)  # fmt: skip


def test_the_text_of_a_letter_may_stand_in_a_cell(tmp_path: Path) -> None:
    """It is a layer of its own, in the language that the row says."""
    mapping = '[columns]\nsender = "a"\ntext = "t"\nlanguage = "l"\n'
    table = 'a,t,l\nAnn,"Dear ""B"",\n\ncome.",German\n'
    (record,), _ = read(tmp_path, table, mapping)
    layer = record.layer("transcript")

    assert layer is not None
    assert ('Dear "B",\n\ncome.', "de") == (layer.text, layer.language)
    evidence = layer.evidence(0, 8)
    assert 'Dear ""B"' == evidence.quote == table[evidence.start : evidence.end]
    assert "Ann\nGerman" == record.layers[0].text


def test_a_table_that_nobody_knows_is_told_how_to_be_known(tmp_path: Path) -> None:
    """A text file is left to other readers."""
    with pytest.raises(TableError, match="init --from"):
        read(tmp_path, "a,b\n1,2\n", mapping="")
    assert read_table(SourceFile(tmp_path / "a.txt", b"a,b")) is None


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "key,sender,senderID,senderDate,addressee,edition",
            "4,Ann,118584138,1541~,Bo,Vol. 1",
            ("t-vol-1-4", [("sender", "Ann", ("https://d-nb.info/gnd/118584138",)),
                           ("addressee", "Bo", ())]),
        ),
        (
            "URL,Draft Date,Document Number,Film Number,From,Subject,TAGS,To",
            'http://x.org/1,02/03/1974,1974X1,D7,BONN,VISIT,"PFOR, US",STATE',
            ("t-1974x1", [("sender", "BONN", ()), ("addressee", "STATE", ())]),
        ),
        (
            "o:id,dcterms:title,dcterms:creator,bibo:recipient,dcterms:date",
            "12,A letter,Ann,Bo|Cy,1951-02",
            ("t-12", [("sender", "Ann", ()), ("addressee", "Bo", ()), ("addressee", "Cy", ())]),
        ),
        (
            "Item Id,Dublin Core:Title,Dublin Core:Creator,Item Type Metadata:From,"
            "Item Type Metadata:To,Dublin Core:Date",
            "9,A letter,Editor,Ann,Bo,1951",
            ("t-9", [("sender", "Ann", ()), ("addressee", "Bo", ())]),
        ),
        (
            "id,sender,sender qid,recipient,date",
            "1,Ann,Q42,Bo,1951\n,,,Cy,",
            ("t-1", [("sender", "Ann", ("http://www.wikidata.org/entity/Q42",)),
                     ("addressee", "Bo", ()), ("addressee", "Cy", ())]),
        ),
        (
            "doc_nbr,date,from_field,to_field,subject,body",
            "1974X1,1974-02-03T00:00:00,BONN,STATE,VISIT,1. COME.",
            ("t-1974x1", [("sender", "BONN", ()), ("addressee", "STATE", ())]),
        ),
    ],
)  # fmt: skip
def test_known_exports_need_no_mapping(
    tmp_path: Path, header: str, row: str, expected: tuple[str, object]
) -> None:
    """The headings tell which export it is, and each has a date that is read."""
    (record,), errors = read(tmp_path, f"{header}\n{row}\n", mapping="")

    assert [] == errors
    assert expected == (record.key, agents(record))
    assert all(isinstance(d, StatedDate) and d.edtf for d in of(record, StatedDate))
    assert 1 == len(of(record, StatedDate))


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    """Evidence points into its rows as lines; dates are those that its formats show."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ["No", "From", "To", "Date", "Text"],
        [7, "=UPPER(A1)", "Bo", 0, "Dear Bo,\ncome."],
    ):
        book.active.append(row)
    book.active["D2"], book.active["D2"].number_format = datetime(1951, 7, 3), "mmm yyyy"
    book.save(content)
    mapping = (
        '[columns]\nid = "No"\nsender = "From"\naddressee = "To"\nsent = "Date"\ntext = "Text"'
    )
    (tmp_path / "t.toml").write_text(mapping, encoding="utf-8")
    documents = list(read_table(SourceFile(tmp_path / "t.xlsx", content.getvalue())) or ())
    told, (record,) = (
        tell((one for one in documents if isinstance(one, CablegraphError)), tmp_path),
        [one for one in documents if isinstance(one, Record)],
    )

    assert ["t.xlsx:2:3: TableError: a formula, read as its own words; "
            "copy the column and paste it as values"] == told  # fmt: skip
    assert ["=UPPER(A1)", "Bo"] == [name for _, name, _ in agents(record)]
    assert ["1951-07"] == [d.edtf for d in of(record, StatedDate) if isinstance(d, StatedDate)]
    transcript = record.layer("transcript")
    assert transcript is not None
    assert "Dear Bo,\ncome." == transcript.text
    evidence = record.evidence(record.stated[-1].words[0])
    assert ("1951-07", 2, 17) == (evidence.quote, evidence.line, evidence.column)
