"""Claims become statements: typed nodes, asserted edges with their claim, nothing twice."""

from __future__ import annotations

import random
import re

import msgspec
import pytest

from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import Claim, Date, Evidence, Link, Name, Reading, Reference, Version
from cablegraph.terms import parse_line

BASE = "https://example.org/"
TEXT = "To Mao, 3 July"
IRIS = Iris(BASE)


def words(start: int, end: int) -> Evidence:
    quote = TEXT[start:end]
    return Evidence(
        layer="translation", start=100 + start, end=100 + end, line=9, column=1, quote=quote
    )


def a_reading(*claims: Claim) -> Reading:
    version = Claim(
        key="telegram/t-1/text/translation",
        about="telegram/t-1",
        value=Version("translation", "translation", "en", 100, 100 + len(TEXT), 9),
        evidence=(words(0, 6),),
        rule="text-version",
    )
    return Reading(
        key="t-1",
        source="a.txt",
        sha256="ab" * 32,
        claims=(version, *claims),
        texts={"translation": TEXT},
    )


def addressee(**changes: object) -> Claim:
    claim = Claim(
        key="telegram/t-1/claim/addressee-mao",
        about="telegram/t-1",
        value=Link("rico:hasAddressee", "person/mao"),
        evidence=(words(0, 6),),
        rule="routing-addressee",
    )
    return msgspec.structs.replace(claim, **changes)


def objects(lines: list[str], subject: str, predicate: str) -> list[str]:
    node = f"<{BASE}id/{subject}>"
    return [
        quad.object
        for quad in map(parse_line, lines)
        if (quad.subject, quad.predicate) == (node, f"<{expand(predicate)}>")
    ]


def test_an_edge_is_asserted_and_its_claim_shows_the_words() -> None:
    """The statement stands by itself; a claim names it, with evidence counted in the text."""
    lines = to_lines(a_reading(addressee()), IRIS)
    span = "telegram/t-1/text/translation/span/0-6"

    assert objects(lines, "telegram/t-1", "rico:hasAddressee") == [f"<{BASE}id/person/mao>"]
    claim = "telegram/t-1/claim/addressee-mao"
    assert objects(lines, claim, "rdf:predicate") == [f"<{expand('rico:hasAddressee')}>"]
    assert objects(lines, claim, CBL.evidence) == [f"<{BASE}id/{span}>"]
    assert objects(lines, f"{span}#quote", "oa:exact") == ['"To Mao"']
    assert objects(lines, f"{span}#position", "oa:end")[0].startswith('"6"')


@pytest.mark.parametrize("status", ["hypothetical", "rejected"])
def test_what_is_hypothetical_or_rejected_is_only_named(status: str) -> None:
    """A reader who ignores claims sees nothing that nobody vouches for."""
    lines = to_lines(a_reading(addressee(status=status, reason="why")), IRIS)

    assert objects(lines, "telegram/t-1", "rico:hasAddressee") == []
    assert objects(lines, "telegram/t-1/claim/addressee-mao", CBL.statusReason) == ['"why"']


def test_a_text_version_says_where_it_stands_in_its_file() -> None:
    """File, line and column of any span follow from the graph alone."""
    lines = to_lines(a_reading(), IRIS)
    text = "telegram/t-1/text/translation"

    assert objects(lines, text, "oa:hasSource") == [IRIS.source("ab" * 32)]
    assert objects(lines, f"{text}#place", "oa:start")[0].startswith('"100"')
    assert objects(lines, text, CBL.startLine)[0].startswith('"9"')
    assert objects(lines, text, CBL.text) == [f'"{TEXT}"@en']


def test_shelf_marks_become_a_tree_of_record_sets() -> None:
    """Fond, opis and delo each lie in the one above; the copy and the message in the file."""
    reference = Claim(
        key="holding/aprf/45/1/339/11/reference",
        about="holding/aprf/45/1/339/11",
        value=Reference(
            "archive/aprf", "APRF, f. 45, op. 1, d. 339, l. 11", "45", "1", "339", None, 11, 11
        ),
        evidence=(words(0, 6),),
        rule="citation-grammar",
    )
    lines = to_lines(a_reading(reference), IRIS)

    assert objects(lines, "unit/aprf/45/1/339", "rico:isOrWasIncludedIn") == [
        f"<{BASE}id/unit/aprf/45/1>"
    ]
    assert objects(lines, "unit/aprf/45", "rico:isOrWasIncludedIn") == []
    assert objects(lines, "telegram/t-1", "rico:isOrWasIncludedIn") == [
        f"<{BASE}id/unit/aprf/45/1/339>"
    ]
    assert objects(lines, "holding/aprf/45/1/339/11/reference", CBL.papka) == []


def test_what_documents_share_is_said_in_a_common_graph() -> None:
    """A name form is in the graph of authorities; its evidence stays with the document."""
    name = Claim(
        key="person/mao/name/mao-latn",
        about="person/mao",
        value=Name("mao-latn", "Mao", "en", "short-form"),
        evidence=(words(3, 6),),
        rule="name-form",
    )
    quads = [parse_line(line) for line in to_lines(a_reading(name), IRIS)]
    node = f"<{BASE}id/person/mao/name/mao-latn>"
    graphs = {
        (quad.predicate == f"<{CBL.evidence}>", quad.graph)
        for quad in quads
        if quad.subject == node
    }

    assert graphs == {
        (False, f"<{BASE}graph/authorities>"),
        (True, f"<{BASE}graph/telegram/t-1>"),
    }


def test_the_order_of_claims_does_not_matter() -> None:
    """Same claims, same lines."""
    date = Claim(
        key="telegram/t-1/date/catalogue",
        about="telegram/t-1",
        value=Date("catalogue-date", ("3 July",), "1951-07-03"),
        evidence=(words(8, 14),),
        rule="catalogue-date",
    )
    reading = a_reading(addressee(), date)
    shuffled = list(reading.claims)
    random.Random(3).shuffle(shuffled)

    assert to_lines(reading, IRIS) == to_lines(
        msgspec.structs.replace(reading, claims=tuple(shuffled)), IRIS
    )


def test_a_path_that_is_no_slug_is_refused() -> None:
    """An IRI is lower-case ASCII, and can't climb out of its folder."""
    for path in ("Person/Mao", "person/мао", "../x", "person mao"):
        with pytest.raises(ValueError, match="not a path"):
            IRIS.node(path)


def test_paths_are_taken_or_refused_as_the_pattern_tells() -> None:
    """The quick look at a path lets nothing through that its pattern refuses, and the reverse."""
    form = re.compile(r"[a-z0-9][a-z0-9/_.-]*(?:#[a-z]+)?")
    chance = random.Random(5)
    for _ in range(3000):
        path = "".join(
            chance.choices("ab9/_.-#Aé٣ \n", (9, 9, 9, 5, 3, 3, 3, 1, 1, 1, 1, 1, 1), k=4)
        )
        if form.fullmatch(path):
            assert IRIS.node(path) == f"<{BASE}id/{path}>"
        else:
            with pytest.raises(ValueError, match="not a path"):
                IRIS.node(path)


def test_record_sets_end_at_the_first_level_that_is_not_given() -> None:
    """A fond is said to lie in nothing, an opis in its fond; a delo without an opis in neither."""
    for opis, delo, expected in (
        (None, "7", ["3"]), ("2", None, ["3", "3/2"]), ("2", "7", ["3", "3/2", "3/2/7"]),
    ):  # fmt: skip
        value = Reference(
            archive="archive/south", written="f. 3", fond="3", opis=opis, delo=delo
        )  # fmt: skip
        claim = Claim(
            key="telegram/t-1/reference", about="telegram/t-1/copy", value=value,
            evidence=(words(0, 6),), rule="citation-grammar",
        )  # fmt: skip
        quads = [parse_line(line) for line in to_lines(a_reading(claim), IRIS)]
        units = [f"<{BASE}id/unit/south/{one}>" for one in expected]
        within = expand("rico:isOrWasIncludedIn")

        assert set(units) == {q.subject for q in quads if "/id/unit/" in q.subject}
        assert set(zip(units[1:], units, strict=False)) == {
            (q.subject, q.object) for q in quads
            if q.predicate == f"<{within}>" and "/id/unit/" in q.subject
        }  # fmt: skip
