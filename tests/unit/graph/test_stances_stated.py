"""Stances and proposals as statements: what two documents share is said once."""

from __future__ import annotations

from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.records.claims import (
    Claim,
    Evidence,
    Offer,
    Reading,
    Reason,
    Stance,
    Status,
    Version,
)
from cablegraph.terms import Quad, parse_line

BASE = "https://example.org/"
TEXT = "The first point can be accepted."
IRIS = Iris(BASE)
MAO = "proposal/mao-1951-07-03/1"


def an_offer(key: str, *, status: Status | None = None, **value: object) -> Claim:
    words = Evidence("translation", 0, 15, 1, 1, TEXT[:15])
    offer = Offer(**{"label": "point 1", "proposed_by": ("person/mao",), **value})  # type: ignore[arg-type]
    return Claim(key=key, about=key, value=offer, evidence=(words,), rule="point-discussed",
                 status=status)  # fmt: skip


def lines_of(name: str, *claims: Claim) -> list[Quad]:
    version = Claim(
        key=f"telegram/{name}/text/translation", about=f"telegram/{name}", rule="text-version",
        value=Version("translation", "translation", "en", 0, len(TEXT), 1),
        evidence=(Evidence("translation", 0, 3, 1, 1, "The"),),
    )  # fmt: skip
    reading = Reading(key=name, source=f"{name}.txt", sha256=name * 8, claims=(version, *claims),
                      texts={"translation": TEXT})  # fmt: skip
    return [parse_line(line) for line in to_lines(reading, IRIS)]


def about(quads: list[Quad], key: str, name: str = "") -> list[Quad]:
    return [
        q for q in quads if q.subject == f"<{BASE}id/{key}>" and q.predicate.endswith(f"{name}>")
    ]


def test_no_statement_of_a_shared_proposal_stands_in_two_graphs() -> None:
    """Two documents on one point say the same triples in one graph; the evidence is each one's."""
    quads = {*lines_of("t-1", an_offer(MAO)), *lines_of("t-2", an_offer(MAO))}
    triples = [quad[:3] for quad in quads if "/proposal/" in quad.subject]

    assert len(triples) == len(set(triples))
    assert {f"<{BASE}graph/authorities>"} == {
        quad.graph for quad in about(list(quads), MAO) if not quad.predicate.endswith("evidence>")
    }
    assert 2 == len(about(list(quads), MAO, "evidence"))


def test_what_only_one_document_can_mean_stays_in_its_graph() -> None:
    """The path has the key of the document, and so no other speaks of it."""
    key = "proposal/1951-07-03-t-1/wait"
    graphs = {quad.graph for quad in about(lines_of("t-1", an_offer(key)), key)}

    assert {f"<{BASE}graph/telegram/t-1>"} == graphs


def test_a_hypothesis_of_nobody_has_both_statuses() -> None:
    """It might be put, and nobody says by whom."""
    found = about(
        lines_of("t-1", an_offer(MAO, status="hypothetical", proposed_by=())), MAO, "status"
    )

    assert ["hypothetical>", "proposer-unstated>"] == sorted(
        quad.object.rpartition("/")[2] for quad in found
    )


def test_a_label_has_the_language_of_its_words() -> None:
    """A Russian phrase is no English label."""
    words = Evidence("translation", 0, 15, 1, 1, TEXT[:15])
    reason = Claim(key="telegram/t-1/reason/1", about="telegram/t-1", rule="reason-of-stance",
                   value=Reason("это ловушка", language="ru"), evidence=(words,))  # fmt: skip
    quads = lines_of("t-1", an_offer(MAO, label="перемирие", language="ru"), reason)

    assert ['"перемирие"@ru'] == [q.object for q in about(quads, MAO, "prefLabel")]
    assert ['"это ловушка"@ru'] == [
        q.object for q in about(quads, "telegram/t-1/reason/1", "prefLabel")
    ]


def test_a_stance_names_all_that_it_rests_on() -> None:
    """Holders, advised, conditions, reasons and what it answers are edges of the stance."""
    words = Evidence("translation", 0, 32, 1, 1, TEXT)
    key = "telegram/t-1/stance/01"
    value = Stance(MAO, "counter-propose", "recommend", ("person/a", "person/b"), ("person/mao",),
                   ("telegram/t-1/condition/1",), ("telegram/t-1/reason/1",), MAO)  # fmt: skip
    stance = Claim(key=key, about="telegram/t-1", value=value, evidence=(words,), rule="stance-cue")
    quads = lines_of("t-1", stance)

    assert [
        ("advises", 1), ("answers", 1), ("condition", 1), ("holder", 2), ("reason", 1),
    ] == [(name, len(about(quads, key, f"#{name}"))) for name in
          ("advises", "answers", "condition", "holder", "reason")]  # fmt: skip
