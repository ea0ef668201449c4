"""Lists of letters in the Correspondence Metadata Interchange Format."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import CablegraphError, SourceError
from cablegraph.records.cmif.dates import write_edtf
from cablegraph.records.cmif.read import read_cmif
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedNumber,
    StatedPlace,
    StatedText,
)
from cablegraph.sources.files import SourceFile

LETTER = """<correspDesc key="7" ref="https://letters.example/edition/L7" source="#e1">
 <correspAction type="sent">
  <persName ref="https://d-nb.info/gnd/123 #p1">Doe,
     Jane</persName>
  <orgName cert="medium">Board &amp; Co</orgName>
  <placeName ref="https://sws.geonames.org/1/" evidence="conjecture">Ulm</placeName>
  <date when="1801-02-03" cert="low"/>
 </correspAction>
 <correspAction type="received">
  <persName>N.N.</persName>
  <date notBefore="1801-02-05" notAfter="1801-02-09"/>
 </correspAction>
</correspDesc>"""


def a_list(*entries: str, body: str = "<p/>") -> SourceFile:
    """Return a file that lists letters."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Letters</title><editor>Ann Ode <email>a@example.org</email></editor></titleStmt>
<publicationStmt><publisher>House</publisher><idno type="url">https://letters.example/c.xml</idno>
<date when="2020"/><availability><licence target="https://example.org/by/">Free</licence>
</availability></publicationStmt>
<sourceDesc><bibl type="print" xml:id="e1">Ode: Letters. <ref target="https://books.example/1">See</ref></bibl>
<bibl type="online" xml:id="e2">Other</bibl></sourceDesc></fileDesc>
<profileDesc>{"".join(entries)}</profileDesc></teiHeader><text><body>{body}</body></text></TEI>"""
    return SourceFile(Path("in/List.xml"), text.encode())


def read(file: SourceFile) -> list[Record | CablegraphError]:
    """Return what is read from a list."""
    found = read_cmif(file)
    assert found is not None
    return list(found)


def read_one(*entries: str) -> Record:
    """Return the first letter of a list."""
    record = read(a_list(*entries))[0]
    assert isinstance(record, Record)
    return record


def test_a_letter_states_who_wrote_to_whom() -> None:
    """Agents have role, kind, every reference and the sureness; a local one names its file."""
    jane, board, nobody = (one for one in read_one(LETTER).stated if isinstance(one, StatedAgent))

    assert ("sender", "person", "Doe, Jane") == (jane.role, jane.kind, jane.name)
    assert ("https://d-nb.info/gnd/123", "List.xml#p1") == jane.refs
    assert ("org", "Board & Co", "probable") == (board.kind, board.name, board.certainty)
    assert ("addressee", "", ()) == (nobody.role, nobody.name, nobody.refs)


def test_a_letter_states_when_and_where() -> None:
    """Dates are EDTF with their doubt; a conjectured place is probable."""
    record = read_one(LETTER)
    sent, received = (one for one in record.stated if isinstance(one, StatedDate))
    (place,) = (one for one in record.stated if isinstance(one, StatedPlace))

    assert ("sent", "1801-02-03", "1801-02-03?") == (sent.kind, sent.written, sent.edtf)
    assert ("received", "[1801-02-05..1801-02-09]") == (received.kind, received.edtf)
    assert ("origin", "Ulm", "probable") == (place.role, place.name, place.certainty)


def test_a_letter_states_number_page_edition_and_licence() -> None:
    """What the head says of the edition that the entry names is said of the letter."""
    stated = read_one(LETTER).stated
    texts = {one.property: one.text for one in stated if isinstance(one, StatedText)}
    links = {one.property: one.target for one in stated if isinstance(one, StatedLink)}

    assert {
        "dcterms:contributor": "Ann Ode",
        "dcterms:publisher": "House",
        "dcterms:bibliographicCitation": "Ode: Letters. See",
    } == texts
    assert {
        "schema:url": "https://letters.example/edition/L7",
        "dcterms:license": "https://example.org/by/",
        "dcterms:source": "https://books.example/1",
    } == links
    assert ["7"] == [one.written for one in stated if isinstance(one, StatedNumber)]
    assert "Free" == read_one(LETTER).first("rights").text  # type: ignore[union-attr]


def test_every_stated_word_is_in_the_file() -> None:
    """Evidence is cut from the file as it stands, attributes too, and lies within its layer."""
    record = read_one(LETTER)

    for fact in record.stated:
        assert fact.words
        for words in fact.words:
            found = record.evidence(words)
            assert record.source.text[found.start : found.end] == found.quote
            start, end = found.within or (0, 0)
            assert record.source.clean[words.start : words.end] == record.layers[0].text[start:end]
    quotes = [record.evidence(words).quote for fact in record.stated for words in fact.words]
    assert "Board &amp; Co" in quotes
    assert "1801-02-03" in quotes


def test_letters_have_keys_of_their_own() -> None:
    """Two letters of one number, and two entries that say the same, stay apart."""
    bare = (
        '<correspDesc><correspAction type="sent"><date when="1801"/></correspAction></correspDesc>'
    )
    other = LETTER.replace("Ulm", "Bern")
    keys = [one.key for one in read(a_list(LETTER, other, bare, bare)) if isinstance(one, Record)]

    assert 4 == len(set(keys))
    assert all(key.startswith("list-7-") for key in keys[:2])
    assert f"{keys[2]}-2" == keys[3]
    assert ["list-7"] == [one.key for one in read(a_list(LETTER)) if isinstance(one, Record)]


def test_a_malformed_entry_loses_only_itself() -> None:
    """An entry without actions is named with its place; the letters around it are read."""
    found = read(a_list(LETTER, "\n<correspDesc><note>x</note></correspDesc>", LETTER))

    assert [True, False, True] == [isinstance(one, Record) for one in found]
    assert str(found[1]).startswith("in/List.xml:22:1: LayoutError: a correspDesc without")


def test_an_unknown_action_is_named_and_the_letter_kept() -> None:
    """Nothing is guessed from a type of action that the format does not have."""
    record, fault = read(a_list(LETTER.replace('"received"', '"eaten"')))

    assert isinstance(record, Record)
    assert "a correspAction of type 'eaten'" in str(fault)
    assert {"sender"} == {one.role for one in record.stated if isinstance(one, StatedAgent)}


def test_malformed_xml_is_named_with_its_place() -> None:
    """A list that is no XML gives one error."""
    with pytest.raises(SourceError, match=r"List\.xml:\d+:\d+: SourceError"):
        read(a_list(LETTER.replace("</correspDesc>", "")))


@pytest.mark.parametrize(
    "name", ["N.N.", "[unknown]", "Unbekannt", "inconnue", "?", "неизвестный", "n. n."]
)
def test_a_name_for_nobody_is_none(name: str) -> None:
    """Words that say that nobody knows the name are not taken for one."""
    record = read_one(LETTER.replace("N.N.", name))

    assert ["Doe, Jane", "Board & Co", ""] == [
        one.name for one in record.stated if isinstance(one, StatedAgent)
    ]


def test_a_reference_can_say_that_nobody_is_known() -> None:
    """The reference for unknown persons leaves the agent without name, whatever its words."""
    entry = LETTER.replace("<persName>N.N.", '<persName ref="http://correspSearch.net/unknown">Xy')

    assert "" == [one.name for one in read_one(entry).stated if isinstance(one, StatedAgent)][-1]


def test_names_that_begin_like_unknown_are_names() -> None:
    """Only whole words for nobody count."""
    record = read_one(LETTER.replace("N.N.", "Anonymous Society"))

    assert "Anonymous Society" in {o.name for o in record.stated if isinstance(o, StatedAgent)}


def test_the_second_version_tells_who_is_mentioned() -> None:
    """References of a note are mentions, languages and files."""
    note = """<note><ref type="cmif:mentionsPerson" target="https://d-nb.info/gnd/9">Roe</ref>
    <ref type="https://terms.example/cmif#mentionsPlace" target="https://sws.geonames.org/2/">Bonn</ref>
    <ref type="cmif:isAvailableAsTEIfile" target="https://letters.example/L7.xml"/>
    <ref type="cmif:hasLanguage" target="de"/></note></correspDesc>"""
    stated = read_one(LETTER.replace("</correspDesc>", note)).stated

    assert ["Roe"] == [
        o.name for o in stated if isinstance(o, StatedAgent) and o.role == "mentioned"
    ]
    assert ["Bonn"] == [
        o.name for o in stated if isinstance(o, StatedPlace) and o.role == "mentioned"
    ]
    assert "https://letters.example/L7.xml" in {
        o.target for o in stated if isinstance(o, StatedLink)
    }
    assert "de" in {o.text for o in stated if isinstance(o, StatedText)}


def test_a_letter_with_text_is_not_a_list() -> None:
    """Only a file whose letters have no text is read as a list; a preface is no letter."""
    words = "<p>" + "word " * 200 + "</p>"

    assert read_cmif(a_list(LETTER, body="<p>Dear Sir</p>")) is None
    assert read_cmif(a_list(LETTER, LETTER, body=words)) is None
    assert read_cmif(a_list(LETTER, LETTER, body="<p>A list without text</p>")) is not None
    assert read_cmif(SourceFile(Path("a.txt"), b"<correspDesc>")) is None


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("1801", {"when": "1801"}),
        ("1801-02-03T04:05:00", {"when": "1801-02-03T04:05"}),
        ("1801-02-03", {"when": "1801-02-03+01:00"}),
        ("1801/1803-05", {"from": "1801", "to": "1803-05"}),
        ("1801/", {"from": "1801"}),
        ("/1803", {"to": "1803"}),
        ("[1801..1803]", {"notBefore": "1801", "notAfter": "1803"}),
        ("1801/..", {"notBefore": "1801"}),
        ("../1803", {"notAfter": "1803"}),
        (None, {"when": "1801-13"}),
        (None, {"when": "1801-02-30"}),
        (None, {"when": "spring 1801"}),
        (None, {"from": "1801", "to": "soon"}),
        (None, {}),
    ],
)
def test_dating_attributes_as_edtf(expected: str | None, values: dict[str, str]) -> None:
    """A stretch, a bound and an open end are told apart; what is no date gives none."""
    assert expected == write_edtf(values)


def test_long_lines_are_read_in_linear_time() -> None:
    """No pattern goes back over a long name or a long tag again and again."""
    read(a_list(LETTER.replace("N.N.", "? " * 50_000).replace("Ulm", "n" * 100_000)))
    assert read_cmif(a_list("<correspDesc " * 20_000, body="<text " * 20_000)) is not None
