"""Who speaks in an enclosed letter, whose house "the Department" is, and what nobody can tell."""

from __future__ import annotations

from pathlib import Path

from extraction_papers import a_reading, findings_of, names

from cablegraph.extraction.extract import extract
from cablegraph.records.claims import Claim, Reading, Stance
from cablegraph.records.model import Record
from cablegraph.records.tei.read import read_tei
from cablegraph.sources.files import SourceFile

TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
_ENCLOSURE = (
    '<frus:attachment><note rend="inline">[Enclosure]</note><head>{heading}</head>'
    "<p>I request a loan of ships.</p></frus:attachment>"
)
_TO_VANE = 'The <gloss type="from">Governor</gloss> to <persName type="to">Vane</persName>'
_HEAD = (
    '<head>The Consul at Port Alba (<persName type="from">Orme</persName>) to the '
    '<gloss type="to">Secretary of State</gloss></head>'
)


def read_letter(body: str, enclosure: str = "", head: str = _HEAD) -> Reading:
    """Read one letter of a volume in TEI, with what is enclosed in it."""
    inside = _ENCLOSURE.format(heading=enclosure) if enclosure else ""
    document = f'<div type="document" xml:id="d1" n="1">{head}<p>{body}</p>{inside}</div>'
    spaces = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
    text = f"<TEI {spaces}><text><body>{document}</body></text></TEI>"
    documents = read_tei(SourceFile(Path("papers.xml"), text.encode()))
    assert documents is not None
    (record,) = documents
    assert isinstance(record, Record)
    return extract(record, names())


def stances(reading: Reading) -> list[tuple[Claim, Stance]]:
    """Return the stances of a reading with their claims."""
    return [(claim, claim.value) for claim in reading.claims if isinstance(claim.value, Stance)]


def test_an_enclosed_letter_speaks_for_its_own_sender() -> None:
    """ "I" is the governor in his letter and the consul in the one around it."""
    reading = read_letter("I propose a truce of a week.", _TO_VANE)
    found = {str(claim.about).rpartition("/")[2]: one for claim, one in stances(reading)}

    assert ["1", "papers-d1"] == sorted(found)
    assert ("person/orme",) == found["papers-d1"].holders
    assert ("position/governor",) == found["1"].holders
    assert ("person/vane",) == found["1"].advises


def test_nobody_speaks_in_an_enclosure_without_a_sender() -> None:
    """A memorandum that names no author takes no stance, least of all the sender's."""
    reading = read_letter("I propose a truce of a week.", "Memorandum on Shipping")

    assert ["propose"] == [one.kind for _, one in stances(reading)]


def test_a_document_without_a_sender_takes_no_stance_of_nobody() -> None:
    """What a named party says in it is told for all that."""
    head = "<head>Memorandum on the Harbour</head>"
    reading = read_letter("It is necessary to close it. Mr. Vane proposed a truce.", head=head)

    assert [("person/vane",)] == [one.holders for _, one in stances(reading)]


def test_a_house_is_that_of_the_side_to_which_it_belongs() -> None:
    """The Legation is the consul's colleague, but the Department and this Government are sides."""
    reading = read_letter("The Department has proposed a truce. This Consulate accepts the truce.")
    held = {one.kind: one.holders for _, one in stances(reading)}

    assert {"propose": ("position/secretary-of-state",), "accept": ("person/orme",)} == held


def test_for_and_against_one_thing_stay_open_as_rivals() -> None:
    """Both stand as possible, each names the other, and a warning asks for a reader."""
    text = "The first point can be accepted. The first point should be rejected."
    reading = a_reading(TITLE, translation=text)
    one, other = (claim for claim, _ in stances(reading))

    assert ((other.key,), (one.key,)) == (one.rivals, other.rivals)
    assert ["unresolved"] * 2 == [one.status, other.status]
    assert ["possible"] * 2 == [one.certainty, other.certainty]
    warned = [f for f in findings_of(reading) if f.code == "stances-opposed"]
    assert ["warning"] == [f.severity for f in warned]


def test_for_and_against_by_two_parties_or_conditions_is_no_conflict() -> None:
    """Two holders may differ, and one holder may make it depend on what happens."""
    texts = (
        "The first point can be accepted. Kim Il Sung rejected the first point.",
        "The first point can be accepted. If they attack, the first point should be rejected.",
    )

    assert not [
        c for text in texts for c, _ in stances(a_reading(TITLE, translation=text)) if c.rivals
    ]
