"""Why a telegram reads otherwise, from what two invented builds say of their input."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from .comparison_builds import (
    LABEL,
    RIGHTS,
    VERSIONS,
    a_claim,
    a_line,
    a_record,
    an_entry,
    compared,
    kinds,
    words,
    write_build,
)

UNLISTED = a_line(
    "person/x",
    "<https://w3id.org/cablegraph/def#status>",
    "<https://w3id.org/cablegraph/scheme/status/unlisted>",
    "authorities",
)
NUMBER = "telegram/t-1/number/register-7"
DECISION = {
    "document": "t-1", "claim": NUMBER, "action": "correct", "field": "written", "value": "8",
    "by": "A. Editor", "date": "2020-01-02", "reason": "misread", "line": 4, "decides": NUMBER,
}  # fmt: skip


def another(claim: dict[str, Any], **value: Any) -> dict[str, Any]:
    """Return a claim with another value."""
    return claim | {"value": claim["value"] | value}


@pytest.fixture
def record() -> dict[str, Any]:
    return a_record("t-1", a_claim(NUMBER))


def changed(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a record whose number is another."""
    title, number = record["claims"]
    return record | {"claims": [title, another(number, written="8")]} | more


def both(tmp_path: Path, old: Any, new: Any, **more: Any) -> tuple[Path, Path]:
    """Write two builds of one document each."""
    return write_build(tmp_path / "old", old, **more), write_build(tmp_path / "new", new, **more)


def test_another_file_is_the_source(tmp_path: Path, record: dict[str, Any]) -> None:
    """Another SHA-256 of the document is the cause of whatever it says."""
    group = compared(*both(tmp_path, record, changed(record, sha256="ffff1111222")))["telegram/t-1"]

    assert [("source", "t-1.txt: SHA-256 t-1-0000 → ffff1111")] == [
        (cause.kind, cause.detail) for cause in group.why
    ]
    assert [("source",)] == [told.why for told in group.claims]


def test_a_row_of_the_ledger_is_the_decision(tmp_path: Path, record: dict[str, Any]) -> None:
    """A decision that only one build applied is the cause, and is told with its author and day."""
    new = changed(record, decisions=[DECISION])
    group = compared(*both(tmp_path, record, new))["telegram/t-1"]

    assert ["decision"] == kinds(group)
    assert f"put in: correct written of {NUMBER} (A. Editor, 2020-01-02: misread)" == (
        group.why[0].detail
    )
    assert [("decision",)] == [told.why for told in group.claims]


def test_another_line_of_the_ledger_is_no_decision(tmp_path: Path, record: dict[str, Any]) -> None:
    """A row that only moved in the ledger is no cause; what it says decides."""
    old = record | {"decisions": [DECISION]}
    new = changed(record, decisions=[DECISION | {"line": 9}])
    group = compared(*both(tmp_path, old, new))["telegram/t-1"]

    assert ["rule"] == kinds(group)


def test_each_claim_has_its_own_causes(tmp_path: Path, record: dict[str, Any]) -> None:
    """Where source and decision both changed, a claim that nobody decided has only the source."""
    other = a_claim("telegram/t-1/number/other", rule="other")
    old = record | {"claims": [*record["claims"], other]}
    new = changed(record, sha256="ffff", decisions=[DECISION])
    new["claims"].append(another(other, written="12"))
    group = compared(*both(tmp_path, old, new))["telegram/t-1"]

    assert ["source", "decision"] == kinds(group)
    found = {told.new.key: told.why for told in group.claims if told.new}
    assert {NUMBER: ("source", "decision"), other["key"]: ("source",)} == found


def sent_by(record: dict[str, Any], person: str, **more: Any) -> dict[str, Any]:
    """Return a record with a sender."""
    value = {"is": "party", "role": "sender", "agent": person, "under": None}
    claim = a_claim("telegram/t-1/claim/sender", value=value, rule="sender")
    return record | {"claims": [*record["claims"], claim | more]}


def test_another_entry_of_the_authority_file(tmp_path: Path, record: dict[str, Any]) -> None:
    """A claim that names an entry which differs, in builds whose authority file does, is its."""
    entries = an_entry("person/x", "Mr X"), an_entry("person/y", "Mr Y")
    old = write_build(tmp_path / "old", sent_by(record, "person/x"), lines=entries)
    new = write_build(
        tmp_path / "new",
        sent_by(record, "person/x", certainty="probable"),
        lines=(an_entry("person/x", "Sir X"), entries[1]),
        versions=VERSIONS | {"authorities": "bbbb"},
    )
    found = compared(old, new)

    assert [("authority", "entries person/x")] == [
        (cause.kind, cause.detail) for cause in found["telegram/t-1"].why
    ]
    assert "authority" in kinds(found["authorities person/x"])


def test_the_same_authority_file_is_never_the_cause(tmp_path: Path, record: dict[str, Any]) -> None:
    """Other statements of a person in builds of one authority file come from elsewhere."""
    old = write_build(
        tmp_path / "old", sent_by(record, "person/x"), lines=[an_entry("person/x", "Mr X")]
    )
    new = write_build(
        tmp_path / "new",
        sent_by(record, "person/x", certainty="probable"),
        lines=[an_entry("person/x", "Sir X")],
    )

    assert ["rule"] == kinds(compared(old, new)["telegram/t-1"])


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((an_entry("person/x", "X"),), ["authority", "rule"]),
        ((an_entry("person/x", "X"), UNLISTED), ["rule"]),
        ((), ["rule"]),
    ],
)
def test_an_entry_of_one_build_may_be_the_cause(
    entries: tuple[str, ...], expected: list[str], tmp_path: Path, record: dict[str, Any]
) -> None:
    """With another program and another authority file, an entry that came bears on the claim.

    One that documents alone speak of does not, nor does a file of which nothing is named.
    """
    old = write_build(tmp_path / "old", record)
    new = write_build(
        tmp_path / "new",
        sent_by(record, "person/x"),
        lines=entries,
        versions=VERSIONS | {"authorities": "bbbb", "tool": "1.1"},
    )

    assert expected == kinds(compared(old, new)["telegram/t-1"])


def test_a_person_of_no_entry_is_not_the_authority(tmp_path: Path, record: dict[str, Any]) -> None:
    """What rules say of an unlisted person is theirs, whatever else the authority file says."""
    old = write_build(
        tmp_path / "old",
        sent_by(record, "person/x"),
        lines=[an_entry("person/x", "X"), UNLISTED],
    )
    new = write_build(
        tmp_path / "new",
        sent_by(record, "person/x", certainty="probable"),
        lines=[an_entry("person/x", "Y"), UNLISTED],
        versions=VERSIONS | {"authorities": "bbbb", "tool": "1.1"},
    )

    assert ["rule"] == kinds(compared(old, new)["telegram/t-1"])


def test_every_shared_graph_knows_the_documents(tmp_path: Path, record: dict[str, Any]) -> None:
    """What is said of a newly named person, in whichever graph, has the cause of the document."""
    old = write_build(tmp_path / "old", record)
    new = write_build(
        tmp_path / "new",
        sent_by(sent_by(record, "person/b"), "person/a", key="telegram/t-1/claim/copied-to")
        | {"sha256": "ffff"},
        lines=[
            *(an_entry(f"person/{letter}", letter) for letter in "ab"),
            a_line("person/a", "<e:p>", '"1"', "external"),
            a_line("person/z", "<e:p>", '"1"', "external"),
        ],
    )
    found = {name: kinds(group) for name, group in compared(old, new).items()}

    assert {
        "telegram/t-1": ["source"],
        "authorities person/a": ["source"],
        "authorities person/b": ["source"],
        "external person/a": ["source"],
        "external person/z": ["link"],
    } == found


def test_what_nothing_explains_is_a_rule(tmp_path: Path, record: dict[str, Any]) -> None:
    """The rules of the claims are named, with the versions of the program."""
    old = write_build(tmp_path / "old", record)
    new = write_build(tmp_path / "new", changed(record), versions=VERSIONS | {"tool": "1.1"})
    (cause,) = compared(old, new)["telegram/t-1"].why

    assert ("rule", "number; cablegraph 1.0 → 1.1") == (cause.kind, cause.detail)


def test_a_document_of_one_build(tmp_path: Path, record: dict[str, Any]) -> None:
    """A document that only one build has was added or removed, with all its claims."""
    other = a_record("t-2")
    old = write_build(tmp_path / "old", record, other)
    new = write_build(tmp_path / "new", record)

    assert ["document-removed"] == kinds(compared(old, new)["telegram/t-2"])
    assert ["document-added"] == kinds(compared(new, old)["telegram/t-2"])
    assert {"added"} == {told.change for told in compared(new, old)["telegram/t-2"].claims}


def test_a_file_whose_document_has_another_key(tmp_path: Path, record: dict[str, Any]) -> None:
    """A document known by the digest of its file is another one when the file changes."""
    one = a_record("sha-1", source="note.txt", sha256="11111111")
    two = a_record("sha-2", source="note.txt", sha256="22222222")
    old = write_build(tmp_path / "old", record, one)
    new = write_build(tmp_path / "new", record, two)
    groups = compared(old, new)
    told = {key: [(why.kind, why.detail) for why in group.why] for key, group in groups.items()}

    turn = "SHA-256 11111111 → 22222222"
    assert {
        "telegram/sha-1": [
            ("document-removed", f"note.txt is telegram/sha-2 in the new build: {turn}")
        ],
        "telegram/sha-2": [
            ("document-added", f"note.txt is telegram/sha-1 in the old build: {turn}")
        ],
    } == told


def test_a_number_settled_by_its_series(tmp_path: Path, record: dict[str, Any]) -> None:
    """A status that changes with another document, and nothing else, is put down to that."""
    settled = copy.deepcopy(record)
    settled["claims"][1] |= {"status": "preferred", "reason": "fits the series"}
    old = write_build(tmp_path / "old", record)
    new = write_build(tmp_path / "new", settled, a_record("t-2"))

    assert ["documents"] == kinds(compared(old, new)["telegram/t-1"])
    again = copy.deepcopy(settled)
    again["claims"][0]["certainty"] = "probable"
    title = write_build(tmp_path / "title", again, a_record("t-2"))
    assert ["rule", "documents"] == sorted(
        kinds(compared(old, title)["telegram/t-1"]), reverse=True
    )
    alone = write_build(tmp_path / "alone", settled)
    assert ["rule"] == kinds(compared(old, alone)["telegram/t-1"])


def test_shared_statements_follow_their_documents(tmp_path: Path, record: dict[str, Any]) -> None:
    """What documents say of a person together has the causes of those documents."""
    name = a_claim("person/x/name/mr-x", "person/x",
                   value={"is": "name", "form": "Mr X", "kind": "common"})  # fmt: skip
    old = write_build(tmp_path / "old", record)
    new = write_build(
        tmp_path / "new", record | {"claims": [*record["claims"], name], "sha256": "ffff"}
    )
    group = compared(old, new)["authorities person/x"]

    assert [("source", "of t-1")] == [(cause.kind, cause.detail) for cause in group.why]


@pytest.mark.parametrize(
    ("line", "place", "cause"),
    [
        (a_line("person/x", "<e:p>", '"1"', "external"), "external person/x", "link"),
        (a_line("https://example.org/d", RIGHTS, '"r"', "dataset"),
         "dataset https://example.org/d", "settings"),
        (a_line("https://example.org/#T", LABEL, '"T"@en', "vocabulary"),
         "vocabulary https://example.org/#T", "vocabulary"),
        (a_line("person/x", "<e:p>", '"1"', "authorities"), "authorities person/x", "rule"),
    ],
)  # fmt: skip
def test_shared_graphs_have_causes_of_their_own(
    line: str, place: str, cause: str, tmp_path: Path, record: dict[str, Any]
) -> None:
    """Links, settings and vocabulary belong to no document."""
    old = write_build(tmp_path / "old", record)
    new = write_build(tmp_path / "new", record, lines=[line])

    assert {place: [cause]} == {key: kinds(group) for key, group in compared(old, new).items()}


def test_rights_of_the_collection_reach_its_documents(
    tmp_path: Path, record: dict[str, Any]
) -> None:
    """Statements of a document without a changed claim follow the settings, if these differ."""

    def build(name: str, rights: str) -> Path:
        return write_build(
            tmp_path / name,
            record,
            lines=[
                a_line("https://example.org/d", RIGHTS, rights, "dataset"),
                a_line("telegram/t-1/text", RIGHTS, rights, "telegram/t-1"),
            ],
        )

    assert ["settings"] == kinds(compared(build("old", '"a"'), build("new", '"b"'))["telegram/t-1"])


def test_a_document_in_the_list_of_the_dataset(tmp_path: Path, record: dict[str, Any]) -> None:
    """That the dataset has one part more is because of the new document."""
    part = "<http://purl.org/dc/terms/hasPart>"
    lines = [
        a_line("https://example.org/d", part, f"<https://example.org/id/telegram/{key}>", "dataset")
        for key in ("t-1", "t-2")
    ]
    old = write_build(tmp_path / "old", record, lines=lines[:1])
    new = write_build(tmp_path / "new", record, a_record("t-2"), lines=lines)

    assert ["document-added"] == kinds(compared(old, new)["dataset https://example.org/d"])


def test_the_same_words_elsewhere_are_counted_only(tmp_path: Path, record: dict[str, Any]) -> None:
    """A claim whose words only moved is no change to read about."""
    new = copy.deepcopy(record) | {"sha256": "ffff"}
    new["claims"][1]["evidence"] = [words("No 7", line=4, column=1)]
    group = compared(*both(tmp_path, record, new))["telegram/t-1"]

    assert ((NUMBER,), ()) == (group.moved, group.claims)


def test_equal_builds_have_no_groups(tmp_path: Path, record: dict[str, Any]) -> None:
    """Where nothing differs nothing is told."""
    assert {} == compared(*both(tmp_path, record, record))
