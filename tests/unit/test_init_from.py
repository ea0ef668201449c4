"""Beginning a collection from a table of letters."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from cablegraph.cli import main
from cablegraph.records.model import Record
from cablegraph.records.stated import StatedAgent, StatedDate, StatedPlace
from cablegraph.records.tabular.propose import propose
from cablegraph.records.tabular.read import read_table
from cablegraph.sources.files import SourceFile, read_file

GERMAN = (
    "Nr.;Absender;Absender GND;Empfänger;Datum;Ort;Wetter\n"
    "1;Ann|Bo;http://d-nb.info/gnd/1|http://d-nb.info/gnd/2;Cy;13/02/1951;Ulm;heiter\n"
    "2;Di;;Ed;3/02/1951;Bonn;trüb\n"
)


def proposed(table: str, name: str = "t.csv") -> dict[str, dict[str, object]]:
    """Return the mapping that is proposed for a table."""
    return tomllib.loads(propose(SourceFile(Path(name), table.encode())).text)


def test_a_table_becomes_a_collection_that_can_be_read_at_once(tmp_path: Path) -> None:
    """The table is copied, the mapping lies beside it, and what was recognised is printed."""
    table = tmp_path / "briefe.csv"
    table.write_text(GERMAN, encoding="utf-8")
    result = CliRunner().invoke(main, ["init", "--from", str(table), str(tmp_path / "new")])
    documents = list(read_table(read_file(tmp_path / "new" / "briefe.csv")) or ())

    assert 0 == result.exit_code
    assert "Absender: sender (by its name)\n" in result.output
    assert "Wetter: not recognised\n" in result.output
    assert '\n# note = "Wetter"\n' in (tmp_path / "new" / "briefe.toml").read_text("utf-8")
    records = [one for one in documents if isinstance(one, Record)]
    assert len(documents) == len(records) == 2
    facts = records[0].stated
    assert [("Ann", 1), ("Bo", 1), ("Cy", 0)] == [
        (one.name, len(one.refs)) for one in facts if isinstance(one, StatedAgent)
    ]
    assert ["1951-02-13"] == [one.edtf for one in facts if isinstance(one, StatedDate)]
    assert ["Ulm"] == [one.name for one in facts if isinstance(one, StatedPlace)]


def test_a_table_that_lies_in_the_folder_is_not_copied(tmp_path: Path) -> None:
    """Without a folder the collection begins where the table lies; its bytes stay."""
    table = tmp_path / "t.csv"
    table.write_bytes(b"\xef\xbb\xbffrom,to\r\nAnn,Bo\r\n")
    result = CliRunner().invoke(main, ["init", "--from", str(table)])

    assert 0 == result.exit_code
    assert (tmp_path / "t.toml").is_file()
    assert b"\xef\xbb\xbffrom,to\r\nAnn,Bo\r\n" == table.read_bytes()


def test_a_mapping_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """Then nothing is written."""
    (tmp_path / "t.csv").write_text("from,to\nAnn,Bo\n", encoding="utf-8")
    (tmp_path / "t.toml").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(main, ["init", "--from", str(tmp_path / "t.csv")])

    assert 1 == result.exit_code
    assert "t.toml:1:1: OutputError: the file exists" in result.output
    assert ["t.csv", "t.toml"] == sorted(path.name for path in tmp_path.iterdir())


def test_without_folder_and_table_the_usage_is_told() -> None:
    """One of the two is needed."""
    assert 2 == CliRunner().invoke(main, ["init"]).exit_code


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Sender,Recipient,Date sent,Sent from", ["sender", "addressee", "sent", "sender-place"]),
        ("Absender;Empfänger;Briefdatum;Absendeort",
         ["sender", "addressee", "sent", "sender-place"]),
        ("Expéditeur;Destinataire;Date d'envoi;Lieu d'expédition",
         ["sender", "addressee", "sent", "sender-place"]),
        ("Отправитель;Адресат;Дата;Место отправления",
         ["sender", "addressee", "sent", "sender-place"]),
        ("sender,sender_GND,To,recipient viaf", ["sender", "sender-id", "addressee",
                                                 "addressee-id"]),
    ],
)  # fmt: skip
def test_columns_are_known_by_name_in_four_languages(header: str, expected: list[str]) -> None:
    """With the ids that stand beside them."""
    row = re.sub(r"[^,;]+", "x", header)
    assert expected == list(proposed(f"{header}\n{row}\n")["columns"])


def test_columns_are_known_by_what_they_hold() -> None:
    """Dates by their form, places by the ids beside them; bare numbers are neither."""
    table = (
        "a,b,c,d,e\nAnn,1951-02-03,Ulm,http://www.geonames.org/1,7\n"
        "Bo,1951-02,Bonn,http://www.geonames.org/2,8\n"
    )

    assert {"sent": "b", "sender-place": "c", "sender-place-id": "d"} == proposed(table)["columns"]


def test_a_table_without_headings_is_seen_to_be_one() -> None:
    """Its columns are named by number."""
    mapping = proposed("1951-02-03;Ann\n1951-02-04;Bo\n")

    assert ({"header": 0}, {"sent": 1}) == (mapping["table"], mapping["columns"])


def test_ids_that_repeat_are_made_whole_by_another_column() -> None:
    """Where none does that, the rows of an id are one letter."""
    widened = proposed("kind,volume,no\nx,I,1\ny,I,2\nx,II,1\ny,II,2\nx,III,1\n")
    several = proposed("no,from,to\n1,Ann,Bo\n1,Ann,Bo\n")

    assert ["volume", "no"] == widened["columns"]["id"]
    assert "several" == several["table"]["rows"]


def test_a_workbook_is_proposed_for_like_a_text() -> None:
    """By the first sheet that is shown."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (["From", "To"], ["Ann", "Bo"]):
        book.active.append(row)
    book.save(content)

    proposal = propose(SourceFile(Path("t.xlsx"), content.getvalue()))
    assert [("From", "sender"), ("To", "addressee")] == [(c, f) for c, f, _ in proposal.columns]


def test_headings_that_are_alike_are_named_by_number() -> None:
    """The second one can't be named otherwise."""
    assert {"sender": 1} == proposed("from,From\nAnn,Bo\n")["columns"]
