"""Finding aids in EAD, old and new."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import CablegraphError, SourceError
from cablegraph.records.ead.codes import NONE, read_code
from cablegraph.records.ead.read import read_ead
from cablegraph.records.model import Record
from cablegraph.records.stated import StatedText, StatedUnit
from cablegraph.sources.files import SourceFile

DTD = '<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd//EN" "http://nowhere.invalid/ead.dtd">'
AID = """<ead{space}><eadheader><eadid countrycode="XY" mainagencycode="XY-CA">xy-45</eadid>
<filedesc><titlestmt><titleproper>Guide to fonds 45</titleproper></titlestmt></filedesc></eadheader>
<archdesc level="fonds"><did><unitid>XY/CA/45</unitid>
<unittitle>Papers of the Secretary</unittitle><unitdate normal="1920/1953">1920s–1953</unitdate>
<repository><corpname authfilenumber="https://viaf.org/viaf/12">Central Archive</corpname>
<address><addressline>1 Main Street</addressline></address></repository></did>
<scopecontent><head>Contents</head><p>Wires &amp; letters.</p></scopecontent>
<dsc><c01 level="series"><did><unitid>XY/CA/45/1</unitid><unittitle>Letters</unittitle></did>
<c02 level="otherlevel" otherlevel="section"><did><unittitle>With the South</unittitle></did>
<c03 level="file"><did><unitid>339</unitid><unitid type="barcode">99</unitid>
<unittitle>Wires <unitdate>1951</unitdate></unittitle>
<container type="Box">3</container><physloc>Shelf 7</physloc></did></c03>
<c03 level="file"><did/></c03>
<c03 level="file"><did><unitid>340</unitid><unittitle>More wires</unittitle></did></c03>
</c02></c01></dsc></archdesc></ead>"""


def an_aid(text: str = AID, space: str = ' xmlns="urn:isbn:1-931666-22-9"') -> SourceFile:
    """Return a file with a finding aid."""
    return SourceFile(Path("in/Aid.xml"), text.replace("{space}", space).encode())


def read(file: SourceFile) -> list[Record | CablegraphError]:
    """Return what is read of a finding aid."""
    found = read_ead(file)
    assert found is not None
    return list(found)


def units(file: SourceFile) -> list[StatedUnit]:
    """Return the units of a finding aid."""
    record = read(file)[0]
    assert isinstance(record, Record)
    assert "finding-aid" == record.kind
    return [one for one in record.stated if isinstance(one, StatedUnit)]


def test_units_have_the_reference_that_citations_give() -> None:
    """Levels are bare codes; a section without a reference is none of the levels below it."""
    found = units(an_aid())

    assert [
        ("45",),
        ("45", "1"),
        ("45", "1", "part-with-the-south"),
        ("45", "1", "339"),
        ("45", "1", "340"),
    ] == [one.levels for one in found]
    assert [True, True, False, True, True] == [one.coded for one in found]
    assert ("45", "1", "part-with-the-south") == found[3].parent == found[4].parent
    assert ["fonds", "series", "section", "file", "file"] == [one.kind for one in found]
    assert [1, 1, 1, 1, 3] == [one.order for one in found]


def test_a_unit_says_when_where_and_what() -> None:
    """Dates are EDTF, containers have their kind, contents come without their heading."""
    fonds, *_, file, _last = units(an_aid())

    assert (("1920s–1953", "1920/1953"),) == fonds.dates
    assert "Wires & letters." == fonds.note
    assert ("Central Archive", ("https://viaf.org/viaf/12",)) == (fonds.archive, fonds.archive_refs)
    assert (("1951", "1951"),) == file.dates
    assert (("box", "3"), ("location", "Shelf 7")) == file.containers
    assert "Wires 1951" == file.title


@pytest.mark.parametrize("space", ["", ' xmlns="http://ead3.archivists.org/schema/"'])
def test_name_spaces_make_no_difference(space: str) -> None:
    """A file without a name space, with a document type that is never fetched, reads alike."""
    assert units(an_aid()) == units(an_aid(DTD + AID, space))


def test_the_third_edition_has_structured_dates_and_parts() -> None:
    """Dates with standard attributes and names in parts are read."""
    text = """<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>r</recordid>
    <filedesc><titlestmt><titleproper>Guide</titleproper></titlestmt></filedesc></control>
    <archdesc level="collection"><did><unitid>A 7</unitid><unittitle>Notes</unittitle>
    <unitdatestructured><daterange><fromdate standarddate="1950-02">February 1950</fromdate>
    <todate standarddate="1951">1951</todate></daterange></unitdatestructured>
    <repository><corpname identifier="https://viaf.org/viaf/5"><part>City Archive</part></corpname>
    </repository></did></archdesc></ead>"""
    (unit,) = units(an_aid(text))

    assert (("A 7",), "City Archive") == (unit.levels, unit.archive)
    assert ("https://viaf.org/viaf/5",) == unit.archive_refs
    assert ["1950-02/1951"] == [edtf for _, edtf in unit.dates]


def test_a_component_without_identity_loses_only_itself() -> None:
    """It is named with its place; its siblings are read."""
    record, fault = read(an_aid())

    assert isinstance(record, Record)
    assert "Aid.xml:13:1: LayoutError: a <c03> without title" in str(fault)


def test_every_word_of_a_unit_is_in_the_file() -> None:
    """Evidence is cut from the file as it stands; nothing of the finding aid is left out."""
    record = read(an_aid())[0]
    assert isinstance(record, Record)

    quotes = []
    for fact in record.stated:
        assert fact.words
        for words in fact.words:
            found = record.evidence(words)
            assert record.source.text[found.start : found.end] == found.quote
            quotes.append(found.quote)
    assert {"1920/1953", "XY/CA/45/1", "Shelf 7", "1951", "Central Archive"} <= set(quotes)
    assert "1 Main Street" in record.layers[0].text
    texts = {o.property: o.text for o in record.stated if isinstance(o, StatedText)}
    assert {"dcterms:title": "Guide to fonds 45", "dcterms:identifier": "xy-45"} == texts


def test_references_that_begin_anew_in_each_part_stay_apart() -> None:
    """File 1 of one part is not file 1 of the next one."""
    part = """<c level="class"><did><unittitle>{0}</unittitle></did><c level="file"><did>
    <unitid>1</unitid><unittitle>First of {0}</unittitle></did></c></c>"""
    head = AID[: AID.index("<dsc>")]
    text = f"{head}<dsc>{part.format('A')}{part.format('B')}</dsc></archdesc></ead>"

    assert [("45",), ("45", "part-a"), ("45", "1"), ("45", "part-b"), ("45", "part-b", "1")] == [
        one.levels for one in units(an_aid(text))
    ]


@pytest.mark.parametrize(
    ("expected", "written", "above", "whole"),
    [
        (("45",), "Fond 45", (), True),
        (("45",), "Ф. 45", (), True),
        (("P-9401",), "P-9401", (), True),
        (("B 136",), "B 136", (), True),
        (("784/1978",), "784/1978", (), True),
        (("45", "1", "339"), "Ф. 45. Оп. 1. Д. 339", (), True),
        (("45", "1", "339"), "Fond 45, Opis 1, Delo 339", ("45", "1"), False),
        (("45", "1", "339"), "д. 339", ("45", "1"), False),
        (("45", "1", "339a"), "339a", ("45", "1"), False),
        (("45", "1", "339"), "45/1/339", ("45",), False),
        (("45", "1", "339"), "45-1-339", ("45", "1"), False),
        (("B 136", "59748"), "B 136/59748", ("B 136",), False),
        (("45", "1"), "Series 1", ("45",), False),
        (("45", "12/1"), "12/1", ("45",), False),
        (("45", "450"), "450", ("45",), False),
    ],
)
def test_references_level_by_level(
    expected: tuple[str, ...], written: str, above: tuple[str, ...], whole: bool
) -> None:
    """A reference is read with its labels, in full, or as what it adds to the one above."""
    code = NONE
    for level in above:
        code = read_code(level, code, (), whole=not code.levels)

    assert expected == read_code(written, code, (), whole=whole).levels


@pytest.mark.parametrize("written", ["DE-1811/B 136", "DE 1811 B 136", "de/1811, B 136"])
def test_the_code_of_the_repository_is_no_level(written: str) -> None:
    """Country and repository before a reference are left off, however they are joined."""
    assert ("B 136",) == read_code(written, NONE, ("DE", "DE-1811"), whole=True).levels


def test_a_finding_aid_without_archive_is_named() -> None:
    """Units of nobody's archive could not be told apart from those of another one."""
    text = AID.replace("Central Archive", "").replace("1 Main Street", "")
    text = text.replace(' countrycode="XY" mainagencycode="XY-CA"', "")
    (fault,) = read(an_aid(text))

    assert "names no archive" in str(fault)
    assert fault.__class__.__name__ == "LayoutError"


def test_malformed_finding_aids_are_named() -> None:
    """Broken XML, entities and a missing description each give one line."""
    with pytest.raises(SourceError, match=r"Aid\.xml:\d+:\d+"):
        read(an_aid(AID.replace("</dsc>", "")))
    with pytest.raises(SourceError, match="declared"):
        read(an_aid('<!DOCTYPE ead [<!ENTITY a "b">]>' + AID))
    assert "without archdesc/did" in str(read(an_aid("<ead><eadheader/></ead>"))[0])


def test_other_files_are_not_finding_aids() -> None:
    """Only XML with the element is one."""
    assert read_ead(SourceFile(Path("a.txt"), b"a lead <ead> pencil")) is None
    assert read_ead(SourceFile(Path("a.xml"), b"<TEI><eader/></TEI>")) is None


def test_long_references_are_read_in_linear_time() -> None:
    """No pattern goes back over a long reference again and again."""
    for sign in ("f. ", "1/", "№ ", "a-", "series "):
        read_code(sign * 30_000, NONE, ("XY",), whole=False)
