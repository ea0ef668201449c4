"""A list of letters, read into a graph and written as a list again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from cablegraph.cli import main
from cablegraph.errors import DataError
from cablegraph.exchange.cmif import UNKNOWN, Head, to_cmif
from cablegraph.exchange.edtf import to_attributes
from cablegraph.exchange.letters import Collection, Letter, Named
from cablegraph.records.cmif.dates import write_edtf

HERE = Path(__file__).parent
T = "{http://www.tei-c.org/ns/1.0}"
SETTINGS = """base = "https://letters.example/"
title = "Letters of nobody"
publisher = "House of Letters"
creator = "Ann Ode"
licence = "https://creativecommons.org/licenses/by/4.0/"
issued = "2020-02-03"
"""
LIST = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Letters</title><editor>Ann Ode</editor></titleStmt>
<publicationStmt><publisher>House</publisher><idno type="url">https://old.example/c.xml</idno>
<date when="2020"/><availability><licence target="https://creativecommons.org/licenses/by/4.0/"/>
</availability></publicationStmt>
<sourceDesc><bibl type="print" xml:id="e1">Ode: Letters. 1900.</bibl></sourceDesc></fileDesc>
<profileDesc>
<correspDesc key="1" ref="https://old.example/1" source="#e1"><correspAction type="sent">
<persName ref="https://d-nb.info/gnd/1011 https://viaf.org/viaf/1012">Zrinski, Katalin</persName>
<placeName ref="https://sws.geonames.org/900001/">Unterzell</placeName>
<date when="1801-02-03"/></correspAction>
<correspAction type="received"><orgName ref="https://d-nb.info/gnd/2022">Society of Bakers</orgName>
<placeName ref="https://sws.geonames.org/900002/">Oberzell</placeName>
<date notBefore="1801-02-05" notAfter="1801-02-09"/></correspAction></correspDesc>
<correspDesc key="2" ref="https://old.example/2" source="#e1"><correspAction type="sent">
<orgName ref="https://d-nb.info/gnd/2022">Society of Bakers</orgName>
<persName ref="https://d-nb.info/gnd/3033" cert="medium">Quirin Ohm</persName>
<placeName ref="https://sws.geonames.org/900002/" cert="low">Oberzell</placeName>
<date from="1802-03" to="1802-04"/></correspAction>
<correspAction type="received">
<persName ref="https://d-nb.info/gnd/1011 https://viaf.org/viaf/1012">Zrinski, Katalin</persName>
</correspAction></correspDesc>
<correspDesc key="3" ref="https://old.example/3" source="#e1"><correspAction type="sent">
<persName ref="http://correspSearch.net/unknown">N.N.</persName>
<date when="1803" cert="low"/></correspAction>
<correspAction type="received"><persName ref="https://d-nb.info/gnd/3033">Quirin Ohm</persName>
<date notAfter="1804"/></correspAction></correspDesc>
</profileDesc></teiHeader><text><body><p/></body></text></TEI>"""

Told = dict[str, list[tuple[str, ...]]]


def tell(data: bytes) -> dict[str, Told]:
    """Return by page what each entry says of sending and receipt, names left aside."""
    found: dict[str, Told] = {}
    for entry in etree.fromstring(data).iter(f"{T}correspDesc"):
        told: Told = {}
        for action in entry.iter(f"{T}correspAction"):
            rows = []
            for node in action.iterchildren("*"):
                refs = " ".join(sorted((node.get("ref") or "").split()))
                values = {key: str(value) for key, value in node.attrib.items() if key != "ref"}
                row = [f"{key}={values[key]}" for key in sorted(values)]
                rows.append((str(node.tag).removeprefix(T), refs, *row))
            told[str(action.get("type"))] = sorted(rows)
        found[str(entry.get("ref"))] = told
    return found


def schema() -> etree.RelaxNG:
    """Return the rules of the format."""
    return etree.RelaxNG(etree.parse(str(HERE / "cmif.rng")))


def run(*arguments: str) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert 0 == result.exit_code, result.output
    return result.output


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the list that is written of the graph built of a list."""
    folder = tmp_path_factory.mktemp("letters")
    (folder / "in").mkdir()
    (folder / "in" / "list.xml").write_text(LIST, encoding="utf-8")
    (folder / "in" / "cablegraph.toml").write_text(SETTINGS, encoding="utf-8")
    run("build", str(folder / "in"), "-o", str(folder / "out"))
    for name in ("a.xml", "b.xml"):
        run("export", str(folder / "out"), "--to", "cmif", "-o", str(folder / name))
    assert (folder / "a.xml").read_bytes() == (folder / "b.xml").read_bytes()
    return (folder / "a.xml").read_bytes()


def test_a_list_comes_back_as_it_went_in(written: bytes) -> None:
    """Who, when, where and every reference are the same after the way through the graph."""
    assert tell(LIST.encode()) == tell(written)


def test_names_come_back(written: bytes) -> None:
    """A name is told as a person or a body; nobody is told as unknown."""
    names = [
        (str(node.tag).removeprefix(T), node.text)
        for node in etree.fromstring(written).iter(f"{T}persName", f"{T}orgName")
    ]

    assert ("orgName", "Society of Bakers") in names
    assert ("persName", "Quirin Ohm") in names
    assert ("persName", "Unknown") in names
    assert not any("N.N." in str(name) for name in names)


def test_the_written_list_keeps_the_rules_of_the_format(written: bytes) -> None:
    """It is valid, and the head tells what the data set says of itself."""
    tree = etree.fromstring(written)
    rules = schema()

    assert rules.validate(tree), rules.error_log
    assert "Letters of nobody" == tree.findtext(f".//{T}title")
    assert ["2020-02-03"] == [
        n.get("when") for n in tree.iterfind(f".//{T}publicationStmt/{T}date")
    ]


def test_the_rules_can_be_broken(written: bytes) -> None:
    """A list without a licence, or with a bare date, is not valid."""
    for old, new in ((b"target=", b"n="), (b'notAfter="1804"', b""), (b'type="sent"', b'type="x"')):
        assert old in written
        assert not schema().validate(etree.fromstring(written.replace(old, new)))


def a_collection(licence: str = "https://example.org/by/") -> Collection:
    """Return a collection that says all that the format asks for."""
    return Collection("https://x.example/dataset", "T", ("P",), ("E",), licence, "2020")


def test_those_who_pass_a_message_on_stand_in_a_note() -> None:
    """The format has no action for them, and letters without any agent are from Unknown."""
    letter = Letter("https://x.example/id/telegram/a")
    letter.agents["intermediary"] = [Named("person", "Jane Doe\x01")]
    data = to_cmif([letter], a_collection(), Head("https://x.example/c.xml", "2020"))
    tree = etree.fromstring(data)

    assert schema().validate(tree)
    assert "Passed on by: Jane Doe" == tree.findtext(f".//{T}note")
    assert [UNKNOWN] * 2 == [node.get("ref") for node in tree.iter(f"{T}persName")]
    assert "https://x.example/id/telegram/a" == next(tree.iter(f"{T}correspDesc")).get("ref")


def test_a_collection_has_to_say_what_the_format_asks_for() -> None:
    """What is missing is named, with what to do."""
    with pytest.raises(DataError, match=r"does not say its licence, issued; state it"):
        to_cmif([], a_collection(licence=""), Head("https://x.example/c.xml", ""))


@pytest.mark.parametrize(
    "edtf",
    ["1801", "1801-02", "1801-02-03", "1801/1802-03", "[1801..1802]", "1801/..", "../1802", "1801/",
     "/1802"],
)  # fmt: skip
def test_dates_come_back(edtf: str) -> None:
    """Attributes and EDTF say the same, certain or doubtful."""
    (values,) = to_attributes(edtf)

    assert edtf == write_edtf(values)
    assert "low" == to_attributes(f"{edtf}?")[0]["cert"]


@pytest.mark.parametrize(
    ("expected", "edtf"),
    [
        (({"when": "1951-07-03"},), "1951-07-03T23:10:00"),
        (({"when": "1951-07-03"}, {"when": "1951-07-05"}), "{1951-07-03,1951-07-05}"),
        (({"notBefore": "1951-07-03", "notAfter": "1951-07-05"},), "[1951-07-03,1951-07-05]"),
        (({"when": "1951"},), "1951-21"),
        (({"notBefore": "1900", "notAfter": "1999"},), "19XX"),
        ((), "XXXX-07"),
    ],
)
def test_dates_the_format_can_hold(expected: tuple[dict[str, str], ...], edtf: str) -> None:
    """Hours are left off, sets are several dates, what has no year is left out."""
    assert expected == to_attributes(edtf)
