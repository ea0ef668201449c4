"""How much of what the seeds say of proposals the rules read without the editors' ledger."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cablegraph.config import find_config
from cablegraph.extraction.extract import extract
from cablegraph.extraction.names import Names
from cablegraph.records.claims import Claim, Evidence, Reading
from cablegraph.records.read import read_document
from cablegraph.workshop import open_workshop

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
GROUPS = ("proposal", "stance", "condition", "reason", "draft")
# Part of the facts that must hold with no editor at hand; labels are an editor's words.
LEAST = 0.85
FACTS = {
    fact["id"]: fact
    for fact in json.loads((HERE / "seed-inventory.json").read_text(encoding="utf-8"))["facts"]
    if fact["group"] in GROUPS and fact["acceptance"] in ("MUST", "FLAG")
}
with (HERE / "inventory-claims.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = {row["fact"]: row for row in csv.DictReader(lines) if row["fact"] in FACTS}


@pytest.fixture(scope="module")
def unaided() -> dict[str, Reading]:
    """The seeds as the rules read them, by the number that their file name begins with."""
    shop = open_workshop(find_config([SEEDS]))
    found = {}
    for path in sorted(SEEDS.glob("*.txt")):
        names = Names(shop.authorities, shop.matcher)
        found[path.name[:3]] = extract(read_document(path), names)
    return found


def find_faults(fact: str, reading: Reading, *, labels: bool) -> list[str]:
    """Return what a fact demands and the claims do not have."""
    claims = {claim.key: claim for claim in reading.claims}
    row = ROWS[fact]
    missing = [key for key in row["claims"].split() if key not in claims]
    if missing:
        return [f"no {key}" for key in missing]
    named = [claims[key] for key in row["claims"].split()]
    pairs = [pair.partition("=") for pair in row["values"].split(";") if pair]
    faults = [
        f"{name} of {claim.key}"
        for name, _, expected in pairs
        for claim in named
        if (labels or name != "label") and _value(claim, name) != expected
    ]
    evidence = [one for claim in named for one in claim.evidence]
    quotes = [(q["start"], q["end"], q["text"]) for q in FACTS[fact]["quotes"]]
    return faults + [f"words {text!r}" for a, b, text in quotes if not _has(evidence, a, b)]


def _value(claim: Claim, name: str) -> str:
    whole = claim if name in ("status", "certainty") else claim.value
    found = getattr(whole, name)
    return " ".join(found) if isinstance(found, tuple) else str(found)


def _has(evidence: list[Evidence], start: int, end: int) -> bool:
    return any(
        one.start <= start < end <= one.end or start <= one.start < one.end <= end
        for one in evidence
    )


def test_the_rules_alone_read_what_is_said_of_proposals(unaided: dict[str, Reading]) -> None:
    """Points, stances, conditions and reasons with their words, in every version."""
    faults = {fact: find_faults(fact, unaided[fact[:3]], labels=False) for fact in sorted(ROWS)}
    wrong = {fact: what for fact, what in faults.items() if what}
    worded = [f for f in ROWS if not find_faults(f, unaided[f[:3]], labels=True)]
    share = 1 - len(wrong) / len(ROWS)
    print(f"rules alone: {len(ROWS) - len(wrong)} of {len(ROWS)} facts ({share:.0%}), "
          f"{len(worded)} with the expert's wording of labels too; {wrong}")  # fmt: skip

    assert set(FACTS) == set(ROWS)
    assert share >= LEAST, wrong


def test_a_fact_that_is_not_read_is_counted(unaided: dict[str, Reading]) -> None:
    """Without its claims a fact fails, and so it does with the claims of another document."""
    assert find_faults("000-S05", unaided["001"], labels=False)
    assert not find_faults("000-S05", unaided["000"], labels=False)
