"""Claims from finding aids and from authority files of archives."""

from __future__ import annotations

from pathlib import Path

from extraction_papers import CITATION, a_reading, names

from cablegraph.extraction.described import find_described
from cablegraph.extraction.extract import gather
from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.namespaces import expand
from cablegraph.records.claims import Claim, Date, Entity, Link, Name, Text
from cablegraph.records.eac import read_eac
from cablegraph.records.ead.read import read_ead
from cablegraph.records.model import Record
from cablegraph.sources.files import SourceFile

AID = """<ead><eadheader><eadid>x</eadid></eadheader><archdesc level="fonds"><did>
<unitid>Фонд 45</unitid><unittitle>Papers</unittitle><unitdate normal="1920/1953">1920s</unitdate>
<repository>Archive of the President (APRF)</repository></did>
<dsc><c level="series"><did><unitid>оп. 1</unitid><unittitle>Wires</unittitle></did>
<c level="file"><did><unitid>338</unitid><unittitle>Wires of May</unittitle></did></c>
<c level="file"><did><unitid>339</unitid><unittitle>Wires of July</unittitle>
<container type="box">3</container></did><scopecontent><p>Drafts.</p></scopecontent></c>
</c></dsc></archdesc></ead>"""
AGENT = """<eac-cpf xmlns:xlink="http://www.w3.org/1999/xlink"><control><recordId>1</recordId>
<otherRecordId>https://viaf.org/viaf/7</otherRecordId></control><cpfDescription><identity>
<entityType>person</entityType><nameEntry xml:lang="eng"><part>Ohm, Quirin</part></nameEntry>
<nameEntry xml:lang="rus"><part>Ом, Квирин</part></nameEntry></identity><description>
<existDates><date standardDate="1901">born 1901</date></existDates>
<place><placeEntry>Unterzell</placeEntry></place>
<biogHist><p>A clerk.</p></biogHist></description><relations>
<cpfRelation cpfRelationType="temporal-earlier"><relationEntry>Jane Roe</relationEntry>
</cpfRelation>
</relations></cpfDescription></eac-cpf>"""


def describe(text: str) -> list[Claim]:
    """Return the claims of a file, by key."""
    file = SourceFile(Path("in/described.xml"), text.encode())
    documents = read_ead(file) or read_eac(file)
    assert documents is not None
    (record,) = documents
    assert isinstance(record, Record)
    claims = gather(find_described(record, names()))
    for claim in claims:
        for words in claim.evidence:
            assert record.source.text[words.start : words.end] == words.quote
    return claims


def said(claims: list[Claim], about: str) -> set[tuple[str, str]]:
    """Return properties and values of what is said of one thing."""
    found = [claim.value for claim in claims if claim.about == about]
    texts = {(value.property, value.text) for value in found if isinstance(value, Text)}
    return texts | {(value.property, value.target) for value in found if isinstance(value, Link)}


def test_a_unit_is_the_one_that_telegrams_cite() -> None:
    """A citation of the same archive and reference leads to the unit of the finding aid."""
    file = "unit/aprf/45/1/339"
    assert "f. 45, op. 1, d. 339" in CITATION
    lines = to_lines(a_reading("Cable, A to B"), Iris("https://x.example/"))

    assert any(line.startswith(f"<https://x.example/id/{file}>") for line in lines)
    assert {
        ("rdf:type", expand("rico:RecordSet")),
        ("rico:hasRecordSetType", expand("rst:File")),
        ("rico:title", "Wires of July"),
        ("dcterms:title", "Wires of July"),
        ("rico:identifier", "339"),
        ("rico:scopeAndContent", "Drafts."),
        ("schema:itemLocation", "box 3"),
        ("rico:isOrWasIncludedIn", "unit/aprf/45/1"),
        ("rico:directlyFollowsInSequence", "unit/aprf/45/1/338"),
    } == said(describe(AID), file)


def test_a_fonds_says_its_archive_and_its_dates() -> None:
    """The archive is the one of the authority file; only the topmost unit names it."""
    claims = describe(AID)
    (date,) = (claim for claim in claims if isinstance(claim.value, Date))

    assert ("rico:hasOrHadHolder", "archive/aprf") in said(claims, "unit/aprf/45")
    assert Date("covered", ("1920s",), "1920/1953") == date.value
    assert "unit/aprf/45" == date.about
    assert not any(isinstance(claim.value, Entity) for claim in claims)


def test_an_archive_that_nobody_knows_is_made_once() -> None:
    """It gets a label and the words that name it."""
    claims = describe(AID.replace("Archive of the President (APRF)", "Archive of Unterzell"))
    (archive,) = (claim for claim in claims if isinstance(claim.value, Entity))

    assert "archive/archive-of-unterzell" == archive.key
    assert ["Archive of Unterzell"] == [words.quote for words in archive.evidence]


def test_an_agent_is_told_with_names_history_and_relations() -> None:
    """The agent has the path of its record elsewhere, whoever describes it."""
    claims = describe(AGENT)
    person = "person/viaf-7"

    assert {
        ("skos:exactMatch", "https://viaf.org/viaf/7"),
        ("rico:history", "A clerk."),
        ("rico:isAssociatedWithPlace", "place/unterzell"),
        ("rico:isSuccessorOf", "person/jane-roe"),
    } == said(claims, person)
    forms = {c.value.form for c in claims if isinstance(c.value, Name) and c.about == person}
    assert {"Ohm, Quirin", "Ом, Квирин"} == forms
    assert [Date("existence", ("born 1901",), "1901")] == [
        claim.value for claim in claims if isinstance(claim.value, Date)
    ]


def test_claims_rest_on_the_words_that_say_them() -> None:
    """A history is shown by its paragraph, a reference by the identifier, a box by its number."""
    shown = {claim.key: [e.quote for e in claim.evidence] for claim in describe(AID)}
    told = {claim.key: [e.quote for e in claim.evidence] for claim in describe(AGENT)}
    unit = "description/described/claim/unit/aprf/45/1"

    assert ["оп. 1"] == shown[f"{unit}/identifier"]
    assert ["3"] == shown[f"{unit}/339/place-box-3"]
    assert ["A clerk."] == told["description/described/claim/person-viaf-7-history"]
