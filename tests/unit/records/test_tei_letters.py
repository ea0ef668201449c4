"""Letters, one a file: what the header describes, and the text in its languages."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from cablegraph.errors import CablegraphError
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedNumber,
    StatedPlace,
    StatedReference,
    StatedText,
)
from cablegraph.records.tei.read import read_tei
from cablegraph.sources.files import SourceFile

Fact = TypeVar("Fact")

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
HEADER = """<teiHeader><fileDesc>
<titleStmt><title xml:lang="de">Anna Tarn an Kord Lund</title>
<title xml:lang="en">Anna Tarn to Kord Lund</title></titleStmt>
<publicationStmt><availability><licence target="https://example.org/by/4.0">CC BY</licence>
</availability><idno type="PID">o:letters.17</idno></publicationStmt>
<sourceDesc><msDesc><msIdentifier><settlement>Alba</settlement><repository
 ref="https://example.org/archive/1">Staatsarchiv Alba</repository>
<collection>Corvana I</collection>
<idno>Kt. 12, fol. 3r-5v</idno></msIdentifier></msDesc></sourceDesc>
</fileDesc>
<profileDesc><correspDesc>
<correspAction type="sent"><persName ref="https://example.org/p/1 https://example.org/q/2">Tarn,
 Anna</persName><placeName ref="https://example.org/place/3" cert="low">Alba</placeName>
<date notBefore="1719-01-09" notAfter="1719-01-18" calendar="#hijri">Receb 21–30</date>
</correspAction>
<correspAction type="forwarded"><orgName>Kanzlei</orgName></correspAction>
<correspAction type="received"><persName>Lund</persName><persName evidence="conjecture">Orme
</persName><persName/><placeName>Corva</placeName><date when="1719-02-01"/></correspAction>
<correspContext><ref type="prev" target="https://example.org/l/16">Letter 16</ref></correspContext>
</correspDesc><abstract><p>She asks for time.</p></abstract>
<textClass><keywords><term>peace</term></keywords></textClass>
<langUsage><language ident="ota">Ottoman</language>
<language ident="de">German</language></langUsage>
</profileDesc></teiHeader>"""
TEXT = """<text><body><div><div type="transcription" xml:lang="ota"><head>Der&#233;</head>
<p>Sulḥ ve <choice><abbr>m.</abbr><expan>müsāʿade</expan></choice> <del>yok</del><lb/>is<lb
 break="no"/>ter</p></div><div type="translation" xml:lang="en"><p>She wants peace.</p></div></div>
</body></text>"""


def read(
    content: str = HEADER + TEXT, name: str = "letter-17.xml"
) -> list[Record | CablegraphError]:
    """Read the letters of a file."""
    documents = read_tei(SourceFile(Path(name), f"<TEI {NAMESPACE}>{content}</TEI>".encode()))
    assert documents is not None
    return list(documents)


def one(content: str = HEADER + TEXT) -> Record:
    """Read the only letter of a file."""
    [record] = read(content)
    assert isinstance(record, Record)
    return record


def facts(record: Record, kind: type[Fact]) -> list[Fact]:
    """Return the facts of one kind."""
    return [fact for fact in record.stated if isinstance(fact, kind)]


def test_the_actions_say_who_sent_passed_on_and_received() -> None:
    """Several names, several references, certainty and evidence are kept; no name is no agent."""
    found = [(f.role, f.name, f.certainty) for f in facts(one(), StatedAgent)]

    assert [
        ("sender", "Tarn, Anna", "certain"),
        ("intermediary", "Kanzlei", "certain"),
        ("addressee", "Lund", "certain"),
        ("addressee", "Orme", "probable"),
    ] == found


def test_every_reference_of_a_name_is_kept() -> None:
    """References are separated by spaces; the attribute is part of the evidence."""
    record = one()
    sender = facts(record, StatedAgent)[0]

    assert isinstance(sender, StatedAgent)
    assert ("https://example.org/p/1", "https://example.org/q/2") == sender.refs
    assert (
        "https://example.org/p/1 https://example.org/q/2" == record.evidence(sender.words[1]).quote
    )


def test_places_and_dates_have_their_roles() -> None:
    """A day of several is a choice in EDTF; a date without words is shown by its attribute."""
    record = one()
    places = [(f.role, f.name, f.certainty) for f in facts(record, StatedPlace)]
    dates = [(f.kind, f.written, f.edtf) for f in facts(record, StatedDate)]

    assert [("origin", "Alba", "possible"), ("destination", "Corva", "certain")] == places
    assert [
        ("sent", "Receb 21–30", "[1719-01-09..1719-01-18]"),
        ("received", "1719-02-01", "1719-02-01"),
    ] == dates


def test_the_holding_is_a_reference() -> None:
    """Archive, its authority record, collection, number and leaves."""
    [held] = facts(one(), StatedReference)

    assert isinstance(held, StatedReference)
    assert ("Staatsarchiv Alba", ("https://example.org/archive/1",)) == (
        held.archive,
        held.archive_refs,
    )
    assert ("Corvana I", "Kt. 12") == held.levels
    assert (3, 5) == held.leaves


def test_the_entry_has_the_fields_of_the_header() -> None:
    """Title, summary, holding, rights and date are fields with their words."""
    record = one()
    fields = {name: [field.text for field in found] for name, found in record.fields.items()}

    assert ["Anna Tarn an Kord Lund"] == fields["title"]
    assert ["She asks for time."] == fields["summary"]
    assert ["Staatsarchiv Alba Corvana I Kt. 12, fol. 3r-5v"] == [fields["source"][0][5:]]
    assert fields["rights"][0].startswith("CC BY")
    assert "Receb 21–30" == fields["date"][0]


def test_titles_subjects_languages_and_neighbours_are_stated() -> None:
    """What has no field is a literal or a link of its own."""
    record = one()
    texts = {(f.property, f.text) for f in facts(record, StatedText)}
    links = {(f.property, f.target) for f in facts(record, StatedLink)}

    assert {
        ("dcterms:title", "Anna Tarn to Kord Lund"),
        ("schema:keywords", "peace"),
        ("dcterms:language", "ota"),
        ("dcterms:language", "de"),
    } == texts
    assert {
        ("dcterms:license", "https://example.org/by/4.0"),
        ("dcterms:relation", "https://example.org/l/16"),
    } == links
    assert ["o:letters.17"] == [f.written for f in facts(record, StatedNumber)]


def test_text_and_translation_are_layers_of_their_languages() -> None:
    """One reading of a choice is taken; what was struck out is counted, not published."""
    record = one()
    layers = {layer.key: (layer.language, layer.text) for layer in record.layers}

    assert ("ota", "Deré\nSulḥ ve müsāʿade \nister") == layers["transcript"]
    assert ("en", "She wants peace.") == layers["translation"]
    assert len("m.yok") == record.uncovered


def test_words_of_a_letter_re_slice_from_the_file() -> None:
    """Evidence stands in the file letter by letter, entities and attributes too."""
    record = one()

    for fact in record.stated:
        for words in fact.words:
            evidence = record.evidence(words)
            assert evidence.quote == record.source.text[evidence.start : evidence.end]


def test_a_letter_may_have_a_head_and_a_dateline_only() -> None:
    """Where no header describes the letter, its own first lines do."""
    record = one(
        '<text><body><div type="letter"><head>Mr. Tarn to Mr. Lund</head><opener><dateline>Alba, '
        '<date when="1871-03-02">2 March</date></dateline></opener><p>Sir,</p></div></body></text>'
    )
    agents = [(f.role, f.name) for f in facts(record, StatedAgent)]

    assert [("sender", "Tarn"), ("addressee", "Lund")] == agents
    assert ["Alba"] == [f.name for f in facts(record, StatedPlace)]


def test_a_charter_without_sender_is_read_too() -> None:
    """A text with an identity but without correspondence is a record with its title."""
    record = one(HEADER.replace("correspDesc", "creation") + TEXT)

    assert [] == facts(record, StatedAgent)
    assert ["catalogue", "transcript", "translation"] == [layer.key for layer in record.layers]


def test_a_list_without_text_is_named() -> None:
    """Neither words nor correspDesc: an error that says so."""
    [fault] = read("<teiHeader/><standOff><listPerson/></standOff>")

    assert (
        "letter-17.xml:1:1: LayoutError: a TEI document with neither words nor correspDesc; "
        "put its text or metadata into it, or drop it"
    ) == str(fault)


def test_a_list_of_the_file_tells_the_record_elsewhere() -> None:
    """A reference to a person of the file's list has what the list refers to, and the full name."""
    listed = (
        '<standOff><listPerson><person xml:id="tarn"><persName>Anna Tarn</persName>'
        "<idno>https://example.org/gnd/5</idno></person></listPerson></standOff>"
    )
    record = one(
        HEADER.replace("https://example.org/p/1 https://example.org/q/2", "#tarn #no")
        + TEXT
        + listed
    )
    sender = facts(record, StatedAgent)[0]

    assert ("https://example.org/gnd/5", "letter-17#tarn") == sender.refs
    assert "Anna Tarn" == sender.full_name


def test_a_corpus_has_a_record_for_each_letter() -> None:
    """Each TEI of a corpus is a document, with the lists of the whole file."""
    tei = f'<TEI xml:id="{{}}">{HEADER}{TEXT}</TEI>'
    data = f"<teiCorpus {NAMESPACE}>{tei.format('a')}{tei.format('b')}</teiCorpus>"
    documents = read_tei(SourceFile(Path("corpus.xml"), data.encode()))

    assert documents is not None
    assert ["corpus-a", "corpus-b"] == [r.key for r in documents if isinstance(r, Record)]


def test_descriptions_of_several_letters_go_to_their_divisions() -> None:
    """A correspDesc that refers to a division is that one's, in whatever order they stand."""
    described = "".join(
        f'<correspDesc corresp="#{key}"><correspAction type="sent"><persName>{name}</persName>'
        "</correspAction></correspDesc>"
        for key, name in (("b", "Lund"), ("a", "Tarn"))
    )
    divisions = "".join(
        f'<div type="letter" xml:id="{key}"><p>I am {key}.</p></div>' for key in "abc"
    )
    found = read(
        f"<teiHeader><profileDesc>{described}</profileDesc></teiHeader>"
        f"<text><body>{divisions}</body></text>"
    )
    names = [[f.name for f in facts(r, StatedAgent)] for r in found if isinstance(r, Record)]

    assert [["Tarn"], ["Lund"], []] == names


def test_the_signatures_of_a_translation_are_those_of_the_text() -> None:
    """A name is signed once, whatever its form in the translation; alone it stands."""
    text = """<text><body><div><div type="transcription" xml:lang="ota"><p>Sulh.</p>
<closer><signed>Lund Bey</signed></closer></div><div type="translation" xml:lang="en">
<p>Peace.</p><closer><signed>Cord Lund</signed></closer></div></div></body></text>"""
    both = one(HEADER + text)
    alone = one(HEADER + text.replace("<closer><signed>Lund Bey</signed></closer>", ""))

    assert [["Lund Bey"], ["Cord Lund"]] == [
        [fact.name for fact in facts(record, StatedAgent) if fact.role == "signatory"]
        for record in (both, alone)
    ]


def test_a_place_is_read_without_what_leads_to_its_date() -> None:
    """A stroke or a preposition before the date is no part of the name."""
    record = one(
        """<text><body><div><opener><dateline>Ostby / vom <date when="1719-09-05">5.</date>
</dateline></opener><p>Sulh.</p></div></body></text>"""
    )

    assert ["Ostby"] == [fact.name for fact in facts(record, StatedPlace)]
