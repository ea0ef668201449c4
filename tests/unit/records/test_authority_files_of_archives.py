"""Authority files of archives in EAC-CPF, both versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import CablegraphError, SourceError
from cablegraph.records.eac import read_eac
from cablegraph.records.model import Record
from cablegraph.records.stated import StatedEntity
from cablegraph.sources.files import SourceFile

FIRST = """<eac-cpf xmlns="urn:isbn:1-931666-33-4" xmlns:xlink="http://www.w3.org/1999/xlink">
<control><recordId>X1</recordId><otherRecordId>https://viaf.org/viaf/77</otherRecordId></control>
<cpfDescription><identity><entityType>person</entityType>
<nameEntryParallel xml:lang="rus"><nameEntry><part>Иванов</part><part>Иван</part></nameEntry>
</nameEntryParallel>
<nameEntry xml:lang="eng"><part>Ivanov, Ivan</part><authorizedForm>rda</authorizedForm></nameEntry>
</identity><description><existDates><dateRange>
<fromDate standardDate="1900-01-02">2 Jan. 1900</fromDate><toDate standardDate="1950">1950</toDate>
</dateRange></existDates>
<place><placeRole>birth</placeRole><placeEntry>Omsk</placeEntry></place>
<biogHist><head>Life</head><p>A diplomat.</p></biogHist></description>
<relations><cpfRelation cpfRelationType="hierarchical-parent" xlink:href="https://viaf.org/viaf/78">
<relationEntry>Ministry of Posts</relationEntry></cpfRelation>
<resourceRelation><relationEntry>A book</relationEntry></resourceRelation></relations>
</cpfDescription></eac-cpf>"""
SECOND = """<eac xmlns="https://archivists.org/ns/eac/v2"><control><recordId>Y</recordId></control>
<cpfDescription><identity><entityType value="corporateBody"/>
<identityId>https://isni.org/isni/0000000121032683</identityId>
<nameEntry><part>Posts</part></nameEntry>
<nameEntry status="authorized" languageOfElement="fr"><part>Ministère des Postes</part></nameEntry>
</identity><description><existDates><dateSet><date standardDate="1801">1801</date>
<dateRange><fromDate>1811</fromDate></dateRange></dateSet></existDates></description>
<relations><relation><targetEntity targetType="person" valueURI="https://viaf.org/viaf/9">
<part>Roe</part><part>Jane</part></targetEntity>
<relationType>has successor</relationType></relation>
<relation><targetEntity targetType="resource"><part>A book</part></targetEntity></relation>
</relations></cpfDescription></eac>"""


def read(text: str) -> list[Record | CablegraphError]:
    """Return what is read of an authority file."""
    found = read_eac(SourceFile(Path("in/Agent.xml"), text.encode()))
    assert found is not None
    return list(found)


def read_entity(text: str) -> StatedEntity:
    """Return the only entity that a file describes."""
    (record,) = read(text)
    assert isinstance(record, Record)
    assert "agent-file" == record.kind
    (entity,) = record.stated
    assert isinstance(entity, StatedEntity)
    return entity


def test_a_person_of_the_first_version() -> None:
    """Names have languages, the authorised one first; relations to books are none to agents."""
    person = read_entity(FIRST)

    assert ("person", ("https://viaf.org/viaf/77",)) == (person.kind, person.refs)
    assert (("Ivanov, Ivan", "en"), ("Иванов, Иван", "ru")) == person.names
    assert (("existence", "2 Jan. 1900–1950", "1900-01-02/1950"),) == person.dates
    assert (("birth", "Omsk"),) == person.places
    assert "A diplomat." == person.note
    relation = ("hierarchical-parent", "Ministry of Posts", "https://viaf.org/viaf/78")
    assert (relation,) == person.related


def test_a_body_of_the_second_version() -> None:
    """Values in attributes are read as those in words."""
    body = read_entity(SECOND)

    assert ("org", ("https://isni.org/isni/0000000121032683",)) == (body.kind, body.refs)
    assert (("Ministère des Postes", "fr"), "Posts") == (body.names[0], body.names[1][0])
    assert (("existence", "1801", "1801"), ("existence", "1811", "1811/")) == body.dates
    assert (("has successor", "Roe, Jane", "https://viaf.org/viaf/9"),) == body.related


def test_every_word_of_an_entity_is_in_the_file() -> None:
    """Evidence is cut from the file; nothing of the record is left out of its text."""
    for text in (FIRST, SECOND):
        (record,) = read(text)
        assert isinstance(record, Record)
        for words in record.stated[0].words:
            found = record.evidence(words)
            assert record.source.text[found.start : found.end] == found.quote
            assert "=" not in found.quote


def test_a_record_without_a_name_is_named() -> None:
    """Nothing is built of an entity without a name or of no known kind."""
    for text in (FIRST.replace("part>", "x>"), FIRST.replace(">person<", ">ship<")):
        (fault,) = read(text)

        assert "Agent.xml:1:1: LayoutError: an authority record without a name" in str(fault)


def test_a_malformed_authority_file_is_named() -> None:
    """Broken XML gives one line; other files are left to other readers."""
    with pytest.raises(SourceError, match=r"Agent\.xml:\d+:\d+"):
        read(FIRST.replace("</relations>", ""))
    assert read_eac(SourceFile(Path("a.xml"), b"<TEI/>")) is None
    assert read_eac(SourceFile(Path("a.txt"), b"see <eac>")) is None


def test_several_records_of_one_file_have_keys_of_their_own() -> None:
    """A file may gather records; each is a document."""
    second = FIRST.replace("X1", "X2")
    keys = [one.key for one in read(f"<all>{FIRST}{second}</all>") if isinstance(one, Record)]

    assert ["agent-x1", "agent-x2"] == keys
