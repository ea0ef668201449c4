"""Reading a sheet of a workbook as text, and refusing workbooks that are made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cablegraph.errors import SourceError
from cablegraph.sources import workbook
from cablegraph.sources.files import SourceFile
from cablegraph.sources.workbook import is_workbook, read_sheet

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_SHARED = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def a_workbook(*rows: list[Any], formats: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, shown in (formats or {}).items():
        book.active[place].number_format = shown
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def forged(parts: Mapping[str, str]) -> SourceFile:
    """Return a workbook some of whose parts are others than they should be."""
    made, content = zipfile.ZipFile(io.BytesIO(a_workbook(["a"]))), io.BytesIO()
    types = made.read("[Content_Types].xml").decode()
    if _STRINGS in parts and "sharedStrings" not in types:
        types = types.replace("</Types>", _SHARED)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            if name not in parts and name != "[Content_Types].xml":
                archive.writestr(name, made.read(name))
        archive.writestr("[Content_Types].xml", types)
        for name, text in parts.items():
            archive.writestr(name, text)
    return SourceFile(Path("in/t.xlsx"), content.getvalue())


def file_of(content: bytes) -> SourceFile:
    """Return a workbook as if it had been read."""
    return SourceFile(Path("in/t.xlsx"), content)


def test_a_sheet_is_written_as_lines_of_cells() -> None:
    """Row 3 is line 3 though row 2 is empty, and each cell re-slices from the text."""
    sheet = read_sheet(file_of(a_workbook(["No", "Name"], [], [2, "Zoë"])))

    assert "No\tName\n\n2\tZoë" == sheet.text
    assert [1, 3] == [row.number for row in sheet.rows]
    for row in sheet.rows:
        assert [c.text for c in row.cells] == [sheet.text[c.start : c.end] for c in row.cells]
    assert "in/t.xlsx:3:3" == sheet.where(sheet.rows[1].cells[1].start)


def test_values_are_written_without_reckoning() -> None:
    """A formula is its words and is told; a whole number has no point; a line end is no row."""
    sheet = read_sheet(file_of(a_workbook([True, 3.0, 2.5, '=CONCAT("a","b")', "x\ny\tz", None])))

    assert 'TRUE\t3\t2.5\t=CONCAT("a","b")\tx\u2028y z' == sheet.text
    assert ["a formula, read as its own words"] == [flaw.found for flaw in sheet.flaws]
    assert sheet.text.index("=") == sheet.flaws[0].at


@pytest.mark.parametrize(
    ("expected", "shown"),
    [
        ("1951-07-03", "dd.mm.yyyy"),
        ("1951-07", "mmmm yyyy"),
        ("1951", "yyyy"),
        ("1951-07-03", '"den" d. mmmm yyyy'),
    ],
)
def test_a_date_is_as_exact_as_its_format(expected: str, shown: str) -> None:
    """The sheet holds a day in any case; what its format hides was not meant."""
    content = a_workbook([datetime(1951, 7, 3)], formats={"A1": shown})

    assert expected == read_sheet(file_of(content)).text


def test_the_sheet_asked_for_is_read_and_a_hidden_one_is_not() -> None:
    """Without a name the first one that is shown; a name that is none is told with the names."""
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "Lists", "hidden"
    for name in ("Letters", "More"):
        book.create_sheet(name).append([name])
    content = io.BytesIO()
    book.active = 1
    book.save(content)
    file = file_of(content.getvalue())

    assert "Letters" == read_sheet(file).text
    assert "More" == read_sheet(file, "More").text
    with pytest.raises(SourceError, match="no sheet 'Lists'; name one of: Letters, More"):
        read_sheet(file, "Lists")


def test_only_a_workbook_is_one() -> None:
    """Neither a text nor another archive."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert [True, False, False] == [
        is_workbook(file_of(content)) for content in (a_workbook(["a"]), b"a,b", other.getvalue())
    ]


def _row(number: int, cell: str, value: str = "<v>1</v>", kind: str = "n") -> str:
    return f'<row r="{number}"><c r="{cell}" t="{kind}">{value}</c></row>'


def _sheet(rows: str) -> str:
    return f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"


_LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))


@pytest.mark.parametrize(
    ("problem", "parts"),
    [
        ("unpacks to", {_SHEET: _sheet('<row r="1"/>' * 200_000)}),
        ("strings, more than", {_STRINGS: f"<sst {_MAIN}>" + "<si/>" * 1_100 + "</sst>"}),
        ("columns, more than", {_SHEET: _sheet(_row(1, "XFD1"))}),
        ("more rows", {_SHEET: _sheet(_row(99999999999, "A99999999999"))}),
        (
            "letters",
            {
                _STRINGS: f"<sst {_MAIN}><si><t>{'x' * 100_000}</t></si></sst>",
                _SHEET: _sheet("".join(_row(n, f"A{n}", "<v>0</v>", "s") for n in range(1, 40))),
            },
        ),
        (
            "ParseError",
            {
                _STRINGS: f'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">{_LAUGHS}]>'
                f"<sst {_MAIN}><si><t>&j;</t></si></sst>"
            },
        ),
        (
            "ParseError",
            {
                _STRINGS: '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
                f"<sst {_MAIN}><si><t>&a;</t></si></sst>"
            },
        ),
        ("ParseError", {_SHEET: "<worksheet><oops"}),
        ("no sheet", {"xl/workbook.xml": f"<workbook {_MAIN}/>"}),
    ],
)
def test_a_forged_workbook_is_refused_with_a_reason(
    problem: str, parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bombs, far cells, entities and broken parts cost one line, not the machine."""
    monkeypatch.setattr(workbook, "LARGEST", 2_000_000)
    monkeypatch.setattr(workbook, "_MOST_STRINGS", 1_000)
    monkeypatch.setattr(workbook, "_MOST_ROWS", 10_000)
    with pytest.raises(SourceError, match=rf"^in/t\.xlsx:1:1: SourceError: .*{problem}"):
        read_sheet(forged(parts))


def test_an_archive_cut_short_is_refused() -> None:
    """Half a download is a broken archive."""
    with pytest.raises(SourceError, match="broken archive"):
        read_sheet(file_of(a_workbook(["a"])[:-200]))


def test_a_long_cell_costs_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other rows are read."""
    monkeypatch.setattr(workbook, "LARGEST_CELL", 3)
    sheet = read_sheet(file_of(a_workbook(["a"], ["xxxx"], ["b"])))

    assert ["a", "b"] == [row.cells[0].text for row in sheet.rows]
    assert [2] == [flaw.at for flaw in sheet.flaws]
