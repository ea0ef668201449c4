"""Volumes of many documents: who, where, when, from what file, and what is enclosed."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedMessage,
    StatedNumber,
    StatedPlace,
    StatedReference,
    StatedText,
)
from cablegraph.records.tei.read import read_tei
from cablegraph.sources.files import SourceFile

Fact = TypeVar("Fact")

SPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
PEOPLE = (
    '<div type="persons"><list><item><persName xml:id="p_OA">Orme, Amos B.</persName>, Consul'
    '</item><item><persName xml:id="p_VJ">Vane, John</persName></item></list></div>'
)
HEAD = (
    '<head><hi rend="italic">The Consul at Port Alba</hi> (<persName type="from" corresp="#p_OA">'
    '<hi>Orme</hi></persName>) <hi>to the\n      <gloss type="to">Secretary of State</gloss></hi>'
    '<note n="4" xml:id="d1fn4">Copy sent to the Legation.</note></head>'
)
LINE = (
    "<dateline><placeName><hi>Consulate of the Union</hi>,<lb/><hi>Port Alba</hi></placeName>, "
    '<date when="1921-12-30T17:00:00">December 30, 1921—5 p.m.</date><lb/>'
    "[Received January 2—9:15 a.m.]</dateline>"
)
SOURCE = '<note rend="inline" type="source">811.4061/17½: Telegram</note>'
ENCLOSED = (
    '<frus:attachment><note rend="inline" type="source">[Enclosure 1—Translation]</note>'
    '<head>The <gloss type="from">Governor</gloss> to Mr. '
    '<persName type="to">Orme</persName></head>'
    '<dateline><placeName>Alba</placeName>, <date when="1921-12-28">December 28, 1921</date>'
    "</dateline><p>I regret the delay.</p><closer><signed>T. Lacke</signed></closer>"
    "</frus:attachment>"
)
TELEGRAM = (
    f'<div type="document" xml:id="d1" n="1">{SOURCE}{HEAD}{LINE}<p>61. Your 12. '
    '<persName corresp="#p_VJ">Vane</persName> has\n   left.<note n="5">Not printed.</note></p>'
    f"<closer><signed><hi>Orme</hi>,<lb/><hi>Consul</hi></signed></closer>{ENCLOSED}</div>"
)


def read(body: str, name: str = "papers.xml") -> list[Record | CablegraphError]:
    """Read a volume with a list of persons before *body*."""
    text = (
        f"<TEI {SPACES}><teiHeader><fileDesc><titleStmt><title>Papers of the Union and its "
        f"Consuls</title></titleStmt></fileDesc></teiHeader>\n<text><front>{PEOPLE}</front>"
        f'<body><div type="chapter"><head>Alba</head>{body}</div></body></text></TEI>'
    )
    documents = read_tei(SourceFile(Path(name), text.encode()))
    assert documents is not None
    return list(documents)


def one(body: str = TELEGRAM) -> Record:
    """Read the only document of a volume."""
    [record] = read(body)
    assert isinstance(record, Record)
    return record


def stated(record: Record, kind: type[Fact], about: str = "") -> list[Fact]:
    """Return the facts of one kind about a message."""
    facts = (fact for fact in record.stated if fact.about == about)
    return [fact for fact in facts if isinstance(fact, kind)]


def agents(record: Record, role: str, about: str = "") -> list[tuple[str, str | None, str | None]]:
    """Return name, kind and office of those in a role."""
    found = stated(record, StatedAgent, about)
    return [(f.name, f.kind, f.office) for f in found if f.role == role]


def test_a_person_and_the_post_are_told_apart_in_a_typed_head() -> None:
    """The name in brackets is the person's, the words before it the office; a gloss is a post."""
    record = one()

    assert [("Orme", "person", "Consul at Port Alba")] == agents(record, "sender")
    assert [("Secretary of State", "position", None)] == agents(record, "addressee")


def test_a_person_of_the_list_has_the_full_name_and_a_reference() -> None:
    """A reference within the file is FILE#ID, with the name that the list gives."""
    sender = next(f for f in stated(one(), StatedAgent))

    assert (("papers#p_OA",), "Orme, Amos B.") == (sender.refs, sender.full_name)


def test_place_and_dates_are_read_from_the_dateline() -> None:
    """The office above the town is left out; the receipt takes the year after the sending."""
    record = one()
    dates = [(f.kind, f.edtf) for f in stated(record, StatedDate)]

    assert ["Port Alba"] == [f.name for f in stated(record, StatedPlace)]
    assert [
        ("sent", "1921-12-30T17:00:00"),
        ("received", "1922-01-02T09:15:00"),
    ] == dates


def test_the_source_note_gives_file_number_and_form() -> None:
    """The note stands in the catalogue entry as the source; its number and form are stated."""
    record = one()
    numbers = {f.kind: f.written for f in stated(record, StatedNumber)}
    links = [f.target.rpartition("/")[2] for f in stated(record, StatedLink)]

    assert {"file-number": "811.4061/17½", "outgoing-number": "61"} == numbers
    assert ["telegram"] == links
    assert ["811.4061/17½: Telegram"] == [field.text for field in record.fields["source"]]


def test_an_enclosure_is_a_message_of_its_own() -> None:
    """Names, place and date of what is enclosed are not those of the telegram."""
    record = one()
    dates = stated(record, StatedDate, "enclosed/1")

    assert ["enclosed/1"] == [f.path for f in stated(record, StatedMessage)]
    assert [("Governor", "position", None)] == agents(record, "sender", "enclosed/1")
    assert [("Orme", "person", None)] == agents(record, "addressee", "enclosed/1")
    assert ["1921-12-28"] == [f.edtf for f in dates]
    assert ["T. Lacke"] == [name for name, *_ in agents(record, "signatory", "enclosed/1")]


def test_a_heading_in_brackets_begins_an_enclosure() -> None:
    """Where no element holds the enclosure, the line that announces it does."""
    record = one(
        '<div type="document" xml:id="d1"><head>Mr. Orme to Mr. Vane</head><dateline><placeName>'
        'Alba</placeName>, <date when="1899-03-02">March 2, 1899</date></dateline><p>I enclose a '
        'note.</p><p rend="center">[Inclosure 1 in No. 7.]</p><p>Sir: I have it.</p><dateline>'
        '<placeName>Corva</placeName>, <date when="1899-02-27">February 27, 1899</date></dateline>'
        "</div>"
    )
    within = stated(record, StatedPlace, "enclosed/1")

    assert ["Alba"] == [f.name for f in stated(record, StatedPlace)]
    assert ["Corva"] == [f.name for f in within]


def test_every_stated_word_is_that_of_the_file() -> None:
    """The evidence of each fact re-slices from the file and from its layer."""
    record = one()

    for fact in record.stated:
        for words in fact.words:
            evidence = record.evidence(words)
            layer = record.layer(evidence.layer)
            assert layer is not None
            assert evidence.within is not None
            assert evidence.quote == record.source.text[evidence.start : evidence.end]
            assert (
                layer.text[slice(*evidence.within)] == record.source.clean[words.start : words.end]
            )


def test_the_text_has_neither_head_nor_notes_but_all_its_words() -> None:
    """Layers are the editors' entry, the text, and the notes; breaks join no words."""
    record = one()
    texts = {layer.key: " ".join(layer.text.split()) for layer in record.layers}

    assert ["catalogue", "transcript", "catalogue-2"] == list(texts)
    assert texts["transcript"].startswith("Consulate of the Union, Port Alba, December 30, 1921")
    assert "61. Your 12. Vane has left." in texts["transcript"]
    assert "Copy sent to the Legation. Not printed." == texts["catalogue-2"]
    assert 0 == record.uncovered


def test_notes_are_stated_one_by_one() -> None:
    """Each footnote is a note on the document."""
    notes = [f.text for f in stated(one(), StatedText)]

    assert ["Copy sent to the Legation.", "Not printed."] == notes


def test_who_is_mentioned_with_a_reference_is_stated() -> None:
    """A name in the text that the list of persons explains is a mention."""
    assert [("Vane", "person", None)] == agents(one(), "mentioned")


def test_a_later_volume_has_its_source_in_the_head() -> None:
    """The note on the source within the head names archive and levels, not the remarks."""
    record = one(
        '<div type="document" xml:id="d9" n="9"><head>9. Telegram From the Embassy in Corva to the '
        'Department of State<note n="1" type="source">Source: National Archives, RG 59, Central '
        "Files 1967–69, POL 27 COR S. Secret; Priority. Repeated to Alba.</note></head><opener>"
        '<dateline rendition="#right"><placeName>Corva</placeName>, <date when="1968-02-03">'
        "February 3, 1968, 1730Z</date>.</dateline></opener><p>1234. Ref: State 12.</p></div>"
    )
    [held] = stated(record, StatedReference)

    assert isinstance(held, StatedReference)
    assert "National Archives" == held.archive
    assert ("RG 59", "Central Files 1967–69", "POL 27 COR S") == held.levels
    assert [("Embassy in Corva", "org", None)] == agents(record, "sender")
    assert [("Department of State", "org", None)] == agents(record, "addressee")
    assert ["Telegram From the Embassy in Corva to the Department of State"] == [
        field.text for field in record.fields["title"]
    ]


def test_a_division_carries_the_date_that_its_text_lacks() -> None:
    """Bounds in attributes are a probable date, shown by the attributes themselves."""
    record = one(
        '<div type="document" xml:id="d2" frus:doc-dateTime-min="1971-03-04T00:00:00-05:00" '
        'frus:doc-dateTime-max="1971-03-06T23:59:59-05:00"><head>Memorandum From John Vane to '
        "President Orme</head><opener><dateline><placeName>Alba</placeName>, <date>undated</date>"
        "</dateline></opener><p>We met.</p></div>"
    )
    [day] = stated(record, StatedDate)

    assert isinstance(day, StatedDate)
    assert ("[1971-03-04..1971-03-06]", "probable") == (day.edtf, day.certainty)
    assert "1971-03-04T00:00:00-05:00" == record.evidence(day.words[0]).quote


def test_a_note_by_the_editors_has_no_sides() -> None:
    """An editorial note or a record of a talk is read, and nobody is made its sender."""
    record = one('<div type="document" xml:id="d3"><head>3. Editorial Note</head><p>So.</p></div>')

    assert [] == stated(record, StatedAgent)


def test_a_document_without_words_is_named_and_the_others_are_read() -> None:
    """What can't be read is an error with its place; a second identifier too."""
    found = read(f'<div type="document" xml:id="d0"/>{TELEGRAM}{TELEGRAM}')

    assert [LayoutError, Record, LayoutError] == [type(item) for item in found]
    assert str(found[0]).startswith("papers.xml:2:")
    assert "a second document 'd1'" in str(found[2])


def test_a_formula_is_no_signature() -> None:
    """Only a name by its shape, or a marked one, is taken from the signature."""
    signatures = {
        "A. B. Orme": ["A. B. Orme"],
        "Your most humble servant Orme": [],
        "Your servant <persName>Orme</persName>": ["Orme"],
        "[File copy not signed]": [],
    }
    for marked, names in signatures.items():
        closer = f"<closer><signed>{marked}</signed></closer>"
        record = one(f'<div type="document" xml:id="d1"><head>Note</head><p>So.</p>{closer}</div>')

        assert names == [name for name, *_ in agents(record, "signatory")]


def test_only_an_office_is_left_out_of_a_place() -> None:
    """The town and its land are both the place; an office before them is not."""
    places = {
        "<hi>Department of State,</hi><hi> Alba</hi>": "Alba",
        "Consulate of the Union,<lb/>Port Alba,<lb/>The Isles": "Port Alba, The Isles",
        "Port Alba,<lb/>The Isles": "Port Alba, The Isles",
        "On Board the Gull": "On Board the Gull",
    }
    for marked, name in places.items():
        line = f"<dateline><placeName>{marked}</placeName>, undated</dateline>"
        record = one(f'<div type="document" xml:id="d1"><head>Note</head>{line}<p>So.</p></div>')

        assert [name] == [f.name for f in stated(record, StatedPlace)]


def test_several_senders_stand_side_by_side() -> None:
    """Names in one bracket are of one side and one office, marked with a type or not."""
    record = one(
        '<div type="document" xml:id="d1"><head>The Advisers (<persName type="from">Orme</persName>'
        ", <persName>Vane</persName>, and <persName>Lacke</persName>) to the Ambassador in Corva "
        '(<persName type="to">Tarn</persName>)</head><p>Text.</p></div>'
    )

    assert [(name, "person", "Advisers") for name in ("Orme", "Vane", "Lacke")] == agents(
        record, "sender"
    )
    assert [("Tarn", "person", "Ambassador in Corva")] == agents(record, "addressee")


def test_another_kind_of_file_is_left_to_other_readers() -> None:
    """Only TEI is taken, by its root."""
    assert read_tei(SourceFile(Path("a.xml"), b"<ead><text>TEI</text></ead>")) is None
    assert read_tei(SourceFile(Path("a.txt"), b"TEI is a format")) is None
