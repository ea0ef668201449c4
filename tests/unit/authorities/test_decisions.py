"""What an editor adds or corrects: made of the cells of a row, checked, published, undone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from cablegraph import pipeline
from cablegraph.authorities.additions import parse_pairs
from cablegraph.authorities.decisions import decide, read_decisions
from cablegraph.errors import DecisionError
from cablegraph.records.claims import (
    Claim,
    Date,
    Decision,
    Evidence,
    Link,
    Mark,
    Number,
    Offer,
    Reading,
    Stance,
    Text,
    Value,
    Version,
)

HEADER = "document,claim,action,field,value,by,date,reason"
WIDE = f"{HEADER},words"
COPY = "holding/aprf/1/2/3/4"
SCAN = "ЛИЧНО\nПередайте  тов. Иванову\r\nтелеграмму."


def a_claim(key: str, value: Value, *, quote: str = "", about: str = "telegram/t-1") -> Claim:
    evidence = (Evidence("scan", 0, len(quote), 1, 1, quote),) if quote else ()
    return Claim(key=key, about=about, value=value, evidence=evidence, rule="any")


def a_reading(*claims: Claim) -> Reading:
    version = a_claim(
        "telegram/t-1/text/scan",
        Version("scan", "scan-transcription", "ru", 100, 100 + len(SCAN), 20),
    )
    return Reading(
        key="t-1",
        source="a.txt",
        sha256="0" * 64,
        claims=(version, *claims),
        texts={"scan": SCAN},
    )


def a_row(claim: str, action: str, field: str, value: str, words: str = "") -> str:
    cells = ("t-1", claim, action, field, value, "N. N.", "2026-01-02", "seen", words)
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def rows_of(folder: Path, *rows: str, header: str = WIDE) -> tuple[Decision, ...]:
    path = folder / "decisions.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_decisions(path)


def after(folder: Path, reading: Reading, *rows: str) -> Reading:
    return decide(reading, rows_of(folder, *rows), "decisions.csv")


def added(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims if claim.rule == "editors-decision"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("rico:hasAddressee", "person/mao", Link("rico:hasAddressee", "person/mao")),
        ("rdfs:seeAlso", "https://example.org/1", Link("rdfs:seeAlso", "https://example.org/1")),
        ("dcterms:description", "and/or so", Text("dcterms:description", "and/or so")),
        ("cbl:reading", "ШТ. № 8@ru", Text("cbl:reading", "ШТ. № 8", "ru")),
    ],
)
def test_a_property_adds_a_value_or_an_edge(
    tmp_path: Path, field: str, value: str, expected: Value
) -> None:
    """A path or an IRI is an edge, all else words; ``@ru`` at the end tells their language."""
    (claim,) = added(after(tmp_path, a_reading(), a_row("telegram/t-1", "add", field, value)))

    assert expected == claim.value
    assert ("telegram/t-1", ()) == (claim.about, claim.evidence)
    assert claim.reason == "decided by N. N., 2026-01-02: seen"


@pytest.mark.parametrize(
    ("key", "field", "value", "about", "expected"),
    [
        (f"{COPY}/mark/20", "mark", 'kind=handling; text="ЛИЧНО; СРОЧНО"; language=ru', COPY,
         Mark("handling", "ЛИЧНО; СРОЧНО", "ru")),
        ("telegram/t-1/number/n-5", "number", "kind=archive-number; written=5; about=message/a",
         "message/a", Number("archive-number", "5")),
        ("proposal/x-1/point/2", "offer", "label=cease fire; proposed_by=person/a person/b",
         "proposal/x-1/point/2", Offer("cease fire", ("person/a", "person/b"))),
        ("telegram/t-1/date/sent", "date", "kind=sent; written=3 июля; 4 июля", "", None),
        ("telegram/t-1/date/sent", "date", 'kind=sent; written="3 июля; 4 июля"; edtf=1951-07-03',
         "telegram/t-1", Date("sent", ("3 июля", "4 июля"), "1951-07-03")),
    ],
)  # fmt: skip
def test_a_kind_adds_a_claim_of_its_fields(
    tmp_path: Path, key: str, field: str, value: str, about: str, expected: Value | None
) -> None:
    """The fields stand as pairs; what a claim is about follows from its key, or is said."""
    known = (a_claim(f"{COPY}/reference", Text("x", "y"), about=COPY),
             a_claim("message/a", Text("x", "y"), about="message/a"))  # fmt: skip
    if expected is None:
        with pytest.raises(DecisionError, match="value is no list of pairs"):
            after(tmp_path, a_reading(*known), a_row(key, "add", field, value))
        return
    (claim,) = added(after(tmp_path, a_reading(*known), a_row(key, "add", field, value)))

    assert (key, about, expected) == (claim.key, claim.about, claim.value)


def test_words_are_looked_up_in_the_document(tmp_path: Path) -> None:
    """White space may differ; the span is that of the source, with its line and column."""
    row = a_row("telegram/t-1", "add", "rico:hasAddressee", "person/ivanov", "«тов. Иванову\n»")
    row = row.replace("\n", " ")
    (claim,) = added(after(tmp_path, a_reading(), row))
    (words,) = claim.evidence

    start = SCAN.index("тов.")
    assert (100 + start, 100 + start + 12, 21, 12) == (
        words.start, words.end, words.line, words.column,
    )  # fmt: skip
    assert SCAN[words.start - 100 : words.end - 100] == words.quote


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (a_row("telegram/t-1", "add", "cbl:reading", "x", "not there"), "do not stand in t-1"),
        (a_row("telegram/t-1", "add", "cbl:reading", "x", "other: ЛИЧНО"), "do not stand in t-1"),
        (a_row("message/b", "add", "cbl:reading", "x"), "'message/b', which t-1 does not have"),
        (a_row("telegram/t-1/number/7", "add", "number", "kind=k; written=7"), "the rules read by"),
        (a_row("telegram/t-1/number/7", "correct", "written", "8"), "the words of the document"),
        (a_row("telegram/t-1/number/7", "correct", "size", "8"), "'size' is no field of it"),
        (a_row("telegram/t-1/number/7", "reject", "", "", "№ 8"), "no longer rests on the words"),
        (a_row("telegram/t-1/number/9", "prefer", "", ""), "which t-1 does not have"),
        (a_row("telegram/t-1/number/7", "correct", "certainty", "sure"), "certainty is 'sure'"),
    ],
)
def test_a_row_that_no_longer_fits_is_a_warning(tmp_path: Path, row: str, message: str) -> None:
    """The finding has the row's line and says why; nothing is changed."""
    reading = a_reading(a_claim("telegram/t-1/number/7", Number("k", "7"), quote="№ 7"))
    found = after(tmp_path, reading, row)
    (finding,) = found.findings

    assert (2, "warning", "stale-decision") == (finding.line, finding.severity, finding.code)
    assert message in finding.message
    assert reading.claims == found.claims
    assert () == found.decisions


def test_a_row_that_gives_the_words_of_its_claim_applies(tmp_path: Path) -> None:
    """Words in a row on a claim are the ones that it must still have."""
    reading = a_reading(a_claim("telegram/t-1/number/7", Number("k", "7"), quote="№ 7"))
    found = after(tmp_path, reading, a_row("telegram/t-1/number/7", "reject", "", "", "“№  7”"))

    assert "rejected" == found.claims[1].status


@pytest.mark.parametrize(
    ("value", "field", "text", "expected"),
    [
        (Offer("old"), "proposed_by", "person/a; person/b", Offer("old", ("person/a", "person/b"))),
        (Offer("old", ("person/a",)), "proposed_by", "-", Offer("old")),
        (Offer("old"), "label", "all; of it", Offer("all; of it")),
        (Stance("proposal/x", "accept"), "kind", "reject", Stance("proposal/x", "reject")),
        (Stance("proposal/x", "accept", "require"), "force", "-", Stance("proposal/x", "accept")),
        (Mark("return-stamp", "ПОДА", "ru"), "reading", "ПОДЛ", Mark("return-stamp", "ПОДА", "ru",
         "ПОДЛ")),
    ],
)  # fmt: skip
def test_a_field_is_corrected(
    tmp_path: Path, value: Value, field: str, text: str, expected: Value
) -> None:
    """One field has a new value; a list is parted by semicolons or spaces, a hyphen empties it."""
    reading = a_reading(a_claim("proposal/x", value))
    found = after(tmp_path, reading, a_row("proposal/x", "correct", field, text))

    assert expected == found.claims[1].value
    assert () == found.findings


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (a_row("telegram/t-1", "add", "rico", "x"), "field is 'rico'; write a property"),
        (a_row("telegram/t-1", "add", "xyz:a", "x"), "field is 'xyz:a'"),
        (a_row("telegram/t-1", "add", "cbl:nothing", "x"), "field is 'cbl:nothing'"),
        (a_row("the telegram", "add", "cbl:reading", "x"), "claim is no path"),
        (a_row("telegram/t-1/mark/1", "add", "mark", "ЛИЧНО"), "value is no list of pairs"),
        (a_row("telegram/t-1/mark/1", "add", "mark", "kind=handling"), "required field"),
        (a_row("telegram/t-1/mark/1", "add", "mark", "colour=red"), "'colour' is no field"),
        (a_row("telegram/t-1", "add", "cbl:reading", ""), "an addition without field or value"),
        (a_row("x", "reject", "", "").replace("2026-01-02", "2026-13-02"), "date is '2026-13-02'"),
    ],
)
def test_a_row_that_is_not_well_formed_is_refused(tmp_path: Path, row: str, words: str) -> None:
    """One line, with the place of the cell and what to write."""
    with pytest.raises(DecisionError) as caught:
        rows_of(tmp_path, row)

    assert str(caught.value).startswith(f"{tmp_path / 'decisions.csv'}:2:")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("telegram/t-1/number/7", "reject", "", ""), ("telegram/t-1/number/7", "prefer", "", "")),
        (("proposal/x", "correct", "label", "a"), ("proposal/x", "correct", "label", "b")),
        (("telegram/t-1", "add", "cbl:reading", "a"), ("telegram/t-1", "add", "cbl:reading", "a")),
    ],
)
def test_two_rows_on_one_thing_are_refused(
    tmp_path: Path, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    """Which of two rows holds must not hang on their order."""
    with pytest.raises(DecisionError, match="line 2 decides on"):
        rows_of(tmp_path, a_row(*one), a_row(*other))


def test_a_ledger_without_the_last_column_is_read(tmp_path: Path) -> None:
    """The words may be left out of the whole ledger."""
    row = a_row("telegram/t-1", "add", "cbl:reading", "x").removesuffix(',""')

    assert [""] == [one.words for one in rows_of(tmp_path, row, header=HEADER)]


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    """What is added can be corrected and rejected, wherever its row stands."""
    rows = [
        a_row("proposal/y", "add", "offer", "label=first"),
        a_row("proposal/y", "correct", "label", "second"),
        a_row("proposal/y", "reject", "", ""),
        a_row("proposal/y", "add", "dcterms:description", "third"),
        a_row("message/z", "add", "message", "type=cbl:Message; label=z; attestation=-"),
        a_row("telegram/t-1/date/a", "add", "date", "kind=sent; written=3 July; about=message/z"),
    ]
    results = []
    for number, order in enumerate([*itertools.permutations(rows)][::17]):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = after(folder, a_reading(), *order)
        assert () == found.findings
        results.append(found.claims)

    assert 1 == len(set(results))
    (offer,) = [claim for claim in results[0] if isinstance(claim.value, Offer)]
    assert (Offer("second"), "rejected") == (offer.value, offer.status)


def test_pairs_with_a_name_twice_are_refused() -> None:
    """A cell says each field once."""
    with pytest.raises(ValueError, match="no list of pairs"):
        parse_pairs("a=1; a=2")


DOCUMENT = """July 3, 1951
**Telegram No. 5, Petrov to Sidorov**

Citation:

"Telegram No. 5, Petrov to Sidorov", July 3, 1951, APRF, f. 45, op. 1, d. 7, l. 3.
<https://digitalarchive.wilsoncenter.org/document/900005>

Summary:

On the harvest.

Original Language:

Russian

Contents:

Translation - English

[...]

TELEGRAM No. 5

To Comrade SIDOROV.

The harvest has been brought in.

PETROV

[...]
"""


def build(folder: Path, name: str, *rows: str) -> tuple[pipeline.Built, set[str]]:
    """Build the document with a ledger; return what was built and its statements."""
    root = Path(__file__).parents[3]
    seeds = folder / name
    seeds.mkdir()
    (seeds / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    toml = (root / "seeds" / "cablegraph.toml").read_text(encoding="utf-8")
    (seeds / "cablegraph.toml").write_text(toml, encoding="utf-8")
    (seeds / "authorities").mkdir()
    for table in (root / "seeds" / "authorities").glob("*.csv"):
        (seeds / "authorities" / table.name).write_bytes(table.read_bytes())
    if rows:
        text = "\n".join([WIDE, *rows]).replace('"t-1"', '"wcda-900005"')
        (seeds / "decisions.csv").write_text(f"{text}\n", encoding="utf-8")
    built = pipeline.build([seeds], folder / f"{name}-output")
    lines = (folder / f"{name}-output/graph/cablegraph.nq").read_text(encoding="utf-8")
    return built, set(lines.splitlines())


def test_what_the_ledger_brings_is_published_counted_and_undone(tmp_path: Path) -> None:
    """An addition conforms, without words by its decision; without the ledger the rest is there."""
    without, rules = build(tmp_path, "plain")
    copy = "holding/aprf/45/1/7/3"
    built, lines = build(
        tmp_path,
        "decided",
        a_row(f"{copy}/mark/90", "add", "mark", "kind=handling; text=SECRET; language=en"),
        a_row("telegram/wcda-900005", "add", "schema:mentions", "group/americans", "The harvest"),
    )

    assert [] == [one for one in built.findings if one.severity != "info"
                  and one not in without.findings]  # fmt: skip
    assert (0, 0) == (without.added, without.statements_decided)
    assert (2, 2) == (built.added, built.decided)
    assert built.statements - built.statements_decided == without.statements
    assert set() == rules - lines
    decided = [line for line in lines - rules if "def#decides>" in line]
    assert 2 == len(decided)
    assert any(f"/{copy}/mark/90>" in line for line in decided)
