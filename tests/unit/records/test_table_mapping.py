"""Mappings of tables: what they may say, and how a mistake in one is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cablegraph.errors import TableError
from cablegraph.records.model import Record
from cablegraph.records.tabular import read as reading
from cablegraph.records.tabular.dates import is_edtf, span_edtf, to_edtf
from cablegraph.records.tabular.mapping import find_targets, read_mapping
from cablegraph.records.tabular.plan import ready_folder
from cablegraph.resources import ontology_path
from cablegraph.sources.files import SourceFile

TABLE = b"No,Sender,Date\n1,Ann,1951\n"
GUIDE = Path(reading.__file__).with_name("README.md")


def faults_of(folder: Path, mapping: str) -> list[str]:
    """Return what is told of a mapping when its table is read, without the folder."""
    (folder / "t.toml").write_text(mapping, encoding="utf-8")
    found = reading.read_table(SourceFile(folder / "t.csv", TABLE))
    assert found is not None
    return [str(one).replace(f"{folder}/", "") for one in found if isinstance(one, TableError)]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (
            '[columns]\nsender = "Sender"\n  sendr-id = "No"\n',
            "t.toml:3:3: TableError: 'sendr-id' is nothing that a mapping knows; "
            "did you mean sender-id",
        ),
        (
            '[columns]\nid = "No"\nsender = "Sendr"\n',
            "t.toml:3:1: TableError: the table has no column 'Sendr'; did you mean Sender?",
        ),
        (
            '[columns]\nsender = "Sender"\nsent = 9\n',
            "t.toml:3:1: TableError: the table has no column 9; number one from 1 to 3",
        ),
        (
            '[table]\ndates = "european"\n[columns]\nsender = "Sender"\n',
            "t.toml:2:1: TableError: dates is 'european'; write one of day-first, month-first",
        ),
        (
            '[table]\nseperator = "|"\n[columns]\nsender = "Sender"\n',
            "t.toml:2:1: TableError: 'seperator' is nothing that a mapping knows; "
            "did you mean separator?",
        ),
        (
            '[columns]\nsender = { col = "Sender" }\n',
            "t.toml:2:1: TableError: 'col' is nothing that a mapping knows; did you mean column?",
        ),
        (
            '[columns]\nsender-id = "No"\nsent = "Date"\n',
            "t.toml:2:1: TableError: sender-id without sender; name sender too",
        ),
        (
            '[columns]\nsender = { column = "Sender", kind = "king" }\n',
            "t.toml:2:1: TableError: kind is 'king'; write one of person, org, group, position",
        ),
        (
            '[table]\nheader = -1\n[columns]\nsender = "Sender"\n',
            "t.toml:2:1: TableError: header is -1; ",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_near_word(
    tmp_path: Path, mapping: str, expected: str
) -> None:
    """One line for the mistake; the columns beside it are still read."""
    assert faults_of(tmp_path, mapping)[0].startswith(expected)


def test_what_is_no_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    """Nothing can be read of the table then."""
    path = tmp_path / "t.toml"
    path.write_text('[columns]\nsender = "a\n', encoding="utf-8")

    with pytest.raises(TableError, match=r"t\.toml:2:\d+: TableError: no TOML here: .*; mend"):
        read_mapping(path)


def test_headings_are_found_whatever_their_case_and_signs(tmp_path: Path) -> None:
    """A spreadsheet user need not copy them to the letter."""
    assert [] == faults_of(tmp_path, '[columns]\nsender = "SENDER "\nsent = "date"\nid = "no."\n')


def test_every_field_makes_something_that_the_ontology_has() -> None:
    """Roles, kinds of dates and numbers are concepts; properties are known to the context."""
    ontology = ontology_path()
    context = (ontology / "context.jsonld").read_text("utf-8")
    schemes = {"agent": "role", "date": "date", "number": "number", "id": "number"}
    for target in find_targets().values():
        if target.of:
            assert target.of in find_targets()
            assert target.part in ("id", "office", "end", "written")
        elif target.what in ("text", "link"):
            assert f'"{target.value}"' in context
        elif scheme := schemes.get(target.what):
            concepts = (ontology / "schemes" / f"{scheme}.ttl").read_text("utf-8")
            assert re.search(rf"^{scheme}:{target.value}$", concepts, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(ready_folder().glob("*.toml")), ids=lambda p: p.stem)
def test_a_ready_mapping_is_without_fault(path: Path) -> None:
    """It says how it is recognised, and names fields that exist."""
    mapping = read_mapping(path)

    assert mapping is not None
    assert () == mapping.faults
    assert tomllib.loads(path.read_text("utf-8"))["match"]["columns"]


def test_the_example_of_the_guide_reads_its_table(tmp_path: Path) -> None:
    """Table and mapping stand there as they may be copied."""
    blocks = dict(re.findall(r"```(csv|toml)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[:2])
    (tmp_path / "letters.toml").write_text(blocks["toml"], encoding="utf-8")
    file = SourceFile(tmp_path / "letters.csv", blocks["csv"].encode())
    documents = list(reading.read_table(file) or ())

    assert len(blocks["csv"].splitlines()) - 1 == len(documents)
    assert all(isinstance(one, Record) for one in documents)


def test_the_guide_names_every_field() -> None:
    """And no other."""
    named = set(re.findall(r"`([a-z-]+)`", GUIDE.read_text("utf-8").partition("## Fields")[2]))

    assert set(find_targets()) <= named


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("1951-07-03", "1951-07-03"),
        ("1951-07-03T12:30:00", "1951-07-03 12:30:00"),
        ("1951-07-03", "1951-07-03T00:00:00"),
        ("1533-01-06/", "1533-01-06/unknown"),
        ("1533-01-06/..", "1533-01-06/open"),
        ("156X", "156X"),
        ("1951-21", "1951-21"),
        ("1500-02-29", "1500-02-29"),
        (None, "1900-02-29"),
        (None, "1951-13-01"),
        ("1951-06-03", "3. Juin 1951"),
        ("1951-07-03", "3 июля 1951 г."),
        ("1951-07-03", "le 3 juillet 1951"),
        ("1951-07-03", "July 3rd, 1951"),
        ("1951-07-03", "03 JUL 1951"),
        ("1951-08", "août 1951"),
        ("1951~", "ca. 1951"),
        ("1951-07-03?", "3.7.1951?".replace("3.7.1951", "3 July 1951 ")),
        ("1951-07-25", "25/07/1951"),
        ("1951-07-25", "07/25/1951"),
        ("1951-07-13", "13/07/1951"),
        ("1951-07-13", "07/13/1951"),
        ("1951-07-07", "07/07/1951"),
        (None, "07/08/1951"),
        (None, "1951 or so"),
        (None, "31.2.1951"),
        (None, "x" * 5000),
    ],
)
def test_dates_are_read_where_they_leave_no_doubt(expected: str | None, written: str) -> None:
    """EDTF, ISO, figures and the names of months in four languages."""
    assert expected == to_edtf(written)


def test_the_order_of_figures_may_be_stated() -> None:
    """It counts only where the figures do not say it by a dot."""
    assert ("1951-08-07", "1951-07-08") == (
        to_edtf("07/08/1951", "day-first"),
        to_edtf("07/08/1951", "month-first"),
    )


def test_two_dates_make_a_stretch() -> None:
    """An end that is not known is open; the same day twice is one day."""
    assert ["1951/1952", "1951/..", "../1952", "1951", None] == [
        span_edtf(*pair)
        for pair in (("1951", "1952"), ("1951", None), (None, "1952"), ("1951", "1951"), ("", ""))
    ]


@pytest.mark.parametrize("text", ["", "/", "[]", "[1951", "1951/1952/1953", "1951-7-3", "{,}", "?"])
def test_what_is_no_edtf_is_told_apart(text: str) -> None:
    """However near it comes."""
    assert not is_edtf(text)
