"""Each field of a truth against what an invented reading says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation_papers import DOCUMENT, HOLDING, a_claim, a_reading, outcomes

from cablegraph.evaluation.evaluate import FIELDS
from cablegraph.evaluation.scores import Outcome
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import (
    Claim,
    Date,
    Entity,
    Link,
    Mark,
    Message,
    Number,
    Party,
    Reference,
    Stance,
    Text,
    Value,
)

TEXT = "No. 7\nWolf to Drozd.\n\nWe agree to the plan. We shall\nask for more time! Boats go north."
DRAFT = f"{DOCUMENT}/draft/1"


def counts(outcome: Outcome) -> tuple[float, int, int]:
    """Return what was right, found and wanted."""
    return outcome.correct, outcome.found, outcome.wanted


def a_stance(words: str, kind: str, *holders: str, conditions: tuple[str, ...] = ()) -> Claim:
    """Return a stance that rests on words of the text."""
    return a_claim(Stance("proposal/x", kind, holders=holders, conditions=conditions), words, TEXT)


def a_proposal(quote: str, stance: str, *by: str, **more: str) -> dict[str, Any]:
    """Return a proposal of a truth."""
    return {"what": "x", "stance": stance, "stance_by": list(by), "quote": quote, **more}


def test_nothing_is_judged_in_every_field(tmp_path: Path) -> None:
    """An empty truth and an empty reading give every field but the fine stance, without a value."""
    found = outcomes(tmp_path, a_reading())

    assert list(FIELDS[:-1]) == list(found)
    assert {(0, 0, 0)} == {counts(one) for one in found.values()}


@pytest.mark.parametrize(
    ("field", "value", "about", "truth"),
    [
        ("date", Date("catalogue-date", (), "1960-05-04"), DOCUMENT, {"date": "1960-05-04"}),
        ("date", Date("dated-in-text", (), "1960-05-04T10:30:00?"), DOCUMENT,
         {"date": "1960-05-04"}),
        ("number", Number("outgoing-number", "12/Ш"), DOCUMENT,
         {"numbers": [{"value": "No. 12 /sh"}]}),
        ("number", Number("incoming-number", "9.8"), HOLDING, {"numbers": [{"value": "№9.8"}]}),
        ("sender", Party("sender", "person/marek"), DOCUMENT, {"senders": [{"name": "Wolf"}]}),
        ("addressee", Party("addressee", "person/marek"), DOCUMENT,
         {"recipients": [{"name": "Marek, Ivan"}]}),
        ("intermediary", Party("intermediary", "person/marek"), DOCUMENT,
         {"intermediaries": [{"name": "The chief", "as_written": "Wolf"}]}),
        ("copies", Party("copy-recipient", "person/marek"), HOLDING, {"copies_to": ["Ivan Marek"]}),
        ("sent-from", Link("rico:isAssociatedWithPlace", "place/usa", "origin"), DOCUMENT,
         {"sent_from": "US"}),
        ("received-at", Link("rico:isAssociatedWithPlace", "place/usa", "destination"), DOCUMENT,
         {"received_at": "United States"}),
        ("people", Link("schema:mentions", "person/marek"), DOCUMENT,
         {"people_mentioned": ["Wolf"]}),
        ("places", Link("schema:mentions", "place/usa"), DOCUMENT, {"places_mentioned": ["US"]}),
        ("organizations", Link("schema:mentions", "org/blue"), DOCUMENT,
         {"organizations_mentioned": ["The Blue Office"]}),
        ("language", Text("dcterms:language", "pl"), DOCUMENT, {"original_language": "Polish"}),
        ("classification", Mark("handling", "Classification: SECRET", "en"), HOLDING,
         {"classification": "Secret"}),
        ("is-telegram",
         Link("rico:hasDocumentaryFormType", f"{SCHEME}form/ciphered-telegram"), DOCUMENT,
         {"is_telegram": True}),
    ],
)  # fmt: skip
def test_a_claim_is_a_value_of_its_field(
    field: str, value: Value, about: str, truth: dict[str, Any], tmp_path: Path
) -> None:
    """What a claim says is right where the truth says it, and a false alarm where it does not."""
    blue = a_claim(Entity("rico:CorporateBody", {"en": "Blue Office"}), about="org/blue")
    reading = a_reading(blue, a_claim(value, "Wolf", TEXT, about))
    silent = outcomes(tmp_path, reading, TEXT)

    assert (1, 1, 1) == counts(outcomes(tmp_path, reading, TEXT, **truth)[field])
    assert (0, 0, 1) == counts(outcomes(tmp_path, a_reading(), TEXT, **truth)[field])
    assert (0, 1, 0) == counts(silent[field])
    assert [2] == [one.line for one in silent[field].alarms]
    assert [field] == [name for name, one in silent.items() if one.found]


@pytest.mark.parametrize("status", ["rejected", "alternative", "hypothetical"])
def test_what_is_not_held_to_be_so_is_not_said(status: str, tmp_path: Path) -> None:
    """A rejected, alternative or hypothetical claim is no value of its field."""
    claim = a_claim(Party("sender", "person/marek"), status=status)

    assert (0, 0, 0) == counts(outcomes(tmp_path, a_reading(claim))["sender"])


def test_rival_numbers_both_count(tmp_path: Path) -> None:
    """Of numbers the alternative counts, the rejected one and the publisher's own do not."""
    numbers = (
        ("cipher-telegram-number", "1", "preferred"),
        ("cipher-telegram-number", "2", "alternative"),
        ("outgoing-number", "3", "rejected"),
        ("repository-record-id", "4", None),
        ("copy-number", "5", None),
    )
    claims = [a_claim(Number(kind, text), status=status) for kind, text, status in numbers]
    truth = [{"value": one} for one in ("1", "2", "6")]

    assert (2, 2, 3) == counts(outcomes(tmp_path, a_reading(*claims), numbers=truth)["number"])


def test_values_of_other_things_are_not_the_message_s(tmp_path: Path) -> None:
    """Number, date and sender of a message referred to or inside are not those of the message."""
    claims = [
        a_claim(value, about=about)
        for about in ("message/other", DRAFT)
        for value in (Number("outgoing-number", "1"), Date("catalogue-date", (), "1960"),
                      Party("sender", "person/marek"))
    ]  # fmt: skip
    found = outcomes(tmp_path, a_reading(*claims))

    assert {(0, 0, 0)} == {counts(found[one]) for one in ("number", "date", "sender")}


def test_the_message_s_own_parties_are_no_false_alarm(tmp_path: Path) -> None:
    """A party that the truth does not list among the people is neither right nor wrong."""
    claims = [
        a_claim(Party("sender", "person/marek")),
        a_claim(Link("schema:mentions", "person/marek"), "Wolf", TEXT),
        a_claim(Link("schema:mentions", "person/anna-drozd"), "Drozd", TEXT),
        a_claim(Link("rico:isAssociatedWithPlace", "place/usa", "origin")),
    ]
    listed = {"people_mentioned": ["Ivan Marek", "Anna Drozd"], "places_mentioned": ["US"]}
    reading = a_reading(*claims)

    assert (0, 1, 0) == counts(outcomes(tmp_path, reading)["people"])
    assert (0, 0, 0) == counts(outcomes(tmp_path, reading)["places"])
    assert (2, 2, 2) == counts(outcomes(tmp_path, reading, **listed)["people"])
    assert (1, 1, 1) == counts(outcomes(tmp_path, reading, **listed)["places"])


def test_a_marking_is_compared_part_by_part(tmp_path: Path) -> None:
    """Parts of one marking and of several marks count alike, each once."""
    marks = [
        a_claim(Mark("handling", text, "en"), about=HOLDING)
        for text in ("SECRET", "Urgent", "secret")
    ]
    truth = {"classification": "Secret; URGENT—Eyes only"}

    assert (2, 2, 3) == counts(outcomes(tmp_path, a_reading(*marks), **truth)["classification"])


def an_embedded(day: str = "1960-05-04") -> list[Claim]:
    """Return the claims of a message inside the message, from Marek to Anna Drozd."""
    return [
        a_claim(Message("cbl:EmbeddedMessage", "x", "extant"), "Wolf to Drozd", TEXT, DRAFT),
        a_claim(Link("cbl:signatory", "person/marek"), about=DRAFT),
        a_claim(Link("rico:hasAddressee", "person/anna-drozd"), about=DRAFT),
        a_claim(Date("placeholder", (), "1999-01-01"), about=DRAFT),
        a_claim(Date("sent", (), day), about=DRAFT),
    ]


@pytest.mark.parametrize(
    ("senders", "addressees", "date", "pairs", "days"),
    [
        (["Wolf"], ["Anna Drozd"], "1960-05-04", (1, 1, 1), (1, 1, 1)),
        (["Wolf"], ["Anna Drozd"], None, (1, 1, 1), (0, 1, 0)),
        (["Wolf"], ["Anna Drozd"], "1960-05-05", (1, 1, 1), (0, 1, 1)),
        (["Wolf"], ["Boris Drozd"], "1960-05-04", (0, 1, 1), (1, 1, 1)),
        (["Anna Drozd"], ["Wolf"], "1960-05-04", (0, 1, 1), (0, 1, 1)),
        (["Wolf", "Boris Drozd"], ["Anna Drozd"], "1960-05-04", (1, 1, 2), (1, 1, 1)),
        ([], ["Anna Drozd"], "1960-05-04", (0, 1, 1), (1, 1, 1)),
    ],
)  # fmt: skip
def test_a_message_inside_needs_its_sender_and_addressee(
    senders: list[str],
    addressees: list[str],
    date: str | None,
    pairs: tuple[float, int, int],
    days: tuple[float, int, int],
    tmp_path: Path,
) -> None:
    """A pair is right if both are; a day if one of the two is right with it."""
    truth = [{"from": senders, "to": addressees, "date": date}]
    found = outcomes(tmp_path, a_reading(*an_embedded()), TEXT, embedded_messages=truth)

    assert pairs == counts(found["embedded"])
    assert days == counts(found["embedded-date"])


def a_copy(archive: str, **parts: Any) -> Claim:
    """Return the claim of a copy in an archive."""
    return a_claim(Reference(archive, "as written", **parts), about=f"holding/{archive}/{parts}")


def test_copies_are_paired_by_archive(tmp_path: Path) -> None:
    """A part that differs is missed and a false alarm; a copy of no archive is wrong in all."""
    reading = a_reading(
        a_copy("archive/avprf", fond="059A", opis="5", papka="11", first_leaf=80),
        a_copy("archive/aprf", fond="45", delo="3", first_leaf=104, last_leaf=105),
    )
    truth = [
        {"archive": "APRF", "fond": "45", "opis": "1", "delo": "4", "pages": "0104-0105"},
        {"archive": "AVPRF", "fond": "059a", "opis": "5", "papka": "11", "pages": "80"},
        {"archive": "RGASPI", "fond": "558"},
    ]
    found = {
        name: counts(one) for name, one in outcomes(tmp_path, reading, citations=truth).items()
    }

    assert (2, 2, 3) == found["citation-archive"]
    assert (2, 2, 3) == found["citation-fond"]
    assert (1, 1, 2) == found["citation-opis"]
    assert (0, 1, 1) == found["citation-delo"]
    assert (1, 1, 1) == found["citation-papka"]
    assert (2, 2, 2) == found["citation-pages"]
    assert (8, 9, 12) == found["citation"]


@pytest.mark.parametrize("order", [("1", "2"), ("2", "1")])
def test_of_two_copies_in_one_archive_the_likest_belong_together(
    order: tuple[str, str], tmp_path: Path
) -> None:
    """The order in which copies stand does not matter."""
    reading = a_reading(*(a_copy("archive/aprf", delo=one) for one in order))
    truth = [{"archive": "APRF", "delo": one} for one in ("1", "2")]

    assert (4, 4, 4) == counts(outcomes(tmp_path, reading, citations=truth)["citation"])


def test_a_copy_that_no_truth_has_is_wrong_in_all_its_parts(tmp_path: Path) -> None:
    """Archive and parts of it are false alarms, each of its own field."""
    found = outcomes(tmp_path, a_reading(a_copy("archive/aprf", fond="45", papka="2")))

    assert (0, 3, 0) == counts(found["citation"])
    assert ["citation-archive", "citation-fond", "citation-papka"] == [
        name for name, one in found.items() if one.alarms
    ]


def test_a_stance_is_on_the_proposal_of_its_sentence(tmp_path: Path) -> None:
    """Words of the same sentence will do, over a line end too; those of the next will not."""
    truth = [a_proposal("ask for more time", "request", "Wolf")]
    beside = outcomes(tmp_path, a_reading(a_stance("We shall", "request")), TEXT, proposals=truth)
    after = outcomes(tmp_path, a_reading(a_stance("Boats", "request")), TEXT, proposals=truth)

    assert (1, 1, 1) == counts(beside["proposals"])
    assert (0, 1, 1) == counts(after["proposals"])
    assert [5] == [one.line for one in after["proposals"].alarms]


@pytest.mark.parametrize(
    ("kind", "conditions", "stance", "correct"),
    [
        ("accept", (), "accept", 1),
        ("no-objection", ("x",), "conditional-accept", 1),
        ("accept", ("x",), "accept", 0.5),
        ("advise", (), "propose", 0.5),
        ("reject", (), "accept", 0),
    ],
)
def test_a_near_miss_of_the_stance_is_half_right(
    kind: str, conditions: tuple[str, ...], stance: str, correct: float, tmp_path: Path
) -> None:
    """The coarse stance decides, with its condition."""
    reading = a_reading(a_stance("agree", kind, conditions=conditions))
    truth = [a_proposal("We agree to the plan", stance)]
    found = outcomes(tmp_path, reading, TEXT, proposals=truth)

    assert (correct, 1, 1) == counts(found["proposals-coarse"])
    assert (1, 1, 1) == counts(found["proposals"])


@pytest.mark.parametrize(
    ("holders", "by", "correct"),
    [
        (("person/marek",), ("Wolf",), 1),
        (("person/marek", "person/anna-drozd"), ("Anna Drozd", "Wolf"), 1),
        (("person/marek", "person/anna-drozd"), ("Wolf",), 0),
        (("person/marek",), ("Wolf", "Anna Drozd"), 0),
        (("person/petr-wolf",), ("Wolf",), 0),
        ((), (), 1),
    ],
)
def test_the_holders_are_all_and_only_those_of_the_truth(
    holders: tuple[str, ...], by: tuple[str, ...], correct: int, tmp_path: Path
) -> None:
    """One holder too many or too few makes it wrong."""
    reading = a_reading(a_stance("agree", "accept", *holders))
    found = outcomes(tmp_path, reading, TEXT, proposals=[a_proposal("agree", "accept", *by)])

    assert (correct, 1, 1) == counts(found["proposals-by"])


def test_the_fine_stance_is_judged_where_the_truth_has_one(tmp_path: Path) -> None:
    """Without a fine stance in the truth there is no such field; stances elsewhere do not count."""
    reading = a_reading(a_stance("agree", "no-objection"), a_stance("Boats", "accept"))
    plain = a_proposal("We agree", "accept")
    fine = {**plain, "fine": "no-objection"}

    assert "proposals-fine" not in outcomes(tmp_path, reading, TEXT, proposals=[plain])
    found = outcomes(tmp_path, reading, TEXT, proposals=[fine])
    assert (1, 1, 1) == counts(found["proposals-fine"])
    assert (1, 2, 1) == counts(found["proposals"])
    wrong = outcomes(tmp_path, reading, TEXT, proposals=[{**plain, "fine": "accept"}])
    assert (0, 1, 1) == counts(wrong["proposals-fine"])


def test_a_long_run_of_spaces_or_brackets_takes_no_time(tmp_path: Path) -> None:
    """Patterns do not go back over a line of one character again and again."""
    long = ["Secret" + one * 100_000 for one in (" ", "(", "-")]
    mark = a_claim(Mark("handling", long[0], "en"))
    truth = {"classification": long[0], "original_language": long[0], "copies_to": long}

    assert (1, 1, 1) == counts(outcomes(tmp_path, a_reading(mark), **truth)["classification"])
