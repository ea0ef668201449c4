"""Claims of what markup states: what the editors say of the source, names of one reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.records.claims import Claim, Link, Name, Party, Reading, Reference, Text
from cablegraph.records.model import Record
from cablegraph.records.readers import read_documents
from cablegraph.sources.files import read_file
from cablegraph.workshop import Source, open_workshop, read_claims

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Ann Orme to Bo Pell</title></titleStmt><sourceDesc><msDesc><msIdentifier>
<repository>Staatsarchiv Alba</repository><collection>Corvana</collection>
<idno>Kt. 12, fol. 3r-5v</idno></msIdentifier></msDesc></sourceDesc></fileDesc>
<profileDesc><correspDesc><correspAction type="sent">
<persName ref="https://d-nb.info/gnd/11">Ann Orme</persName>
<persName ref="https://d-nb.info/gnd/11">Lady of Alba</persName></correspAction>
<correspAction type="received"><persName>Bo Pell</persName></correspAction></correspDesc>
</profileDesc></teiHeader><text><body><p>Wait for the boats.</p></body></text></TEI>
"""
DIVISION = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<div type="document" xml:id="d1"><note type="source">[Telegram.—Paraphrase.]</note>
<head>Mr. <persName type="from">Orme</persName> to Mr. <persName type="to">Pell</persName></head>
<p>Wait for the boats.</p></div></body></text></TEI>
"""


def _read(folder: Path, text: str) -> Reading:
    path = folder / "letter.xml"
    path.write_text(text, encoding="utf-8")
    (record,) = read_documents(read_file(path))
    assert isinstance(record, Record)
    return read_claims(record, Source(path, path.name), open_workshop(None))


def _notes(reading: Reading) -> list[Claim]:
    return [one for one in reading.claims
            if isinstance(one.value, Text) and one.value.property == "skos:note"]  # fmt: skip


def test_a_note_on_the_source_is_kept_as_it_stands(tmp_path: Path) -> None:
    """Its words, on the words of the file; what is read from it stands beside."""
    (note,) = _notes(_read(tmp_path, DIVISION))

    assert isinstance(note.value, Text)
    assert ("[Telegram.—Paraphrase.]", "encoded-text") == (note.value.text, note.rule)
    assert DIVISION[note.evidence[0].start : note.evidence[0].end] == note.evidence[0].quote


def test_a_reference_that_has_all_words_of_the_source_leaves_no_note(tmp_path: Path) -> None:
    """The shelf mark is a reference, its units without the leaves."""
    reading = _read(tmp_path, LETTER)
    (held,) = [one.value for one in reading.claims if isinstance(one.value, Reference)]

    assert [] == _notes(reading)
    assert ("Corvana", "Kt. 12", 3, 5) == (
        held.fond, held.opis, held.first_leaf, held.last_leaf
    )  # fmt: skip


@pytest.mark.parametrize("address", ["https://example.org/scan/1", "http://example.org/a"])
def test_an_address_is_no_note_on_the_source(tmp_path: Path, address: str) -> None:
    """What leads elsewhere says nothing in words."""
    assert [] == _notes(_read(tmp_path, DIVISION.replace("[Telegram.—Paraphrase.]", address)))


def test_two_names_of_one_reference_are_one_sender(tmp_path: Path) -> None:
    """The sender has both names."""
    reading = _read(tmp_path, LETTER)
    senders = {one.value.agent for one in reading.claims
               if isinstance(one.value, Party) and one.value.role == "sender"}  # fmt: skip
    names = {one.value.form for one in reading.claims
             if isinstance(one.value, Name) and one.about in senders}  # fmt: skip

    assert (1, {"Ann Orme", "Lady of Alba"}) == (len(senders), names)


@pytest.mark.parametrize(
    ("written", "place"),
    [("Peking, China", "place/beijing"), ("Peking, Ostland", "place/peking-ostland")],
)
def test_a_place_within_a_listed_one_is_the_listed_place(
    tmp_path: Path, written: str, place: str
) -> None:
    """Both parts of the name have to be listed."""
    head = f"</head><dateline><placeName>{written}</placeName></dateline>"
    reading = _read(tmp_path, DIVISION.replace("</head>", head))

    assert [place] == [one.value.target for one in reading.claims
                       if isinstance(one.value, Link) and one.value.role == "origin"]  # fmt: skip
