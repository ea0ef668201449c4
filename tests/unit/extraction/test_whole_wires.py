"""tests/lines/wires.txt: invented wires of several chanceries, and all that their heads give."""

from __future__ import annotations

from pathlib import Path

import pytest
from extraction_papers import a_reading, find_parties

from cablegraph.records.claims import Number, Reading

LINES = Path(__file__).parents[2] / "lines" / "wires.txt"


def _cases() -> list[tuple[str, str, str, str, str]]:
    blocks = LINES.read_text(encoding="utf-8").split("====\n")[1:]
    cases = []
    for block in blocks:
        head, _, body = block.partition("\n\n")
        title, date, citation, expected = head.split("\n")
        cases.append((title, date, citation, expected, body))
    return cases


CASES = _cases()


def _numbers(reading: Reading) -> set[str]:
    """Return the numbers of the wire and its copies, without that of the repository."""
    return {
        claim.value.written
        for claim in reading.claims
        if isinstance(claim.value, Number)
        and claim.value.kind != "repository-record-id"
        and claim.about.startswith((f"telegram/{reading.key}", "holding/"))
    }


@pytest.mark.parametrize(
    ("title", "date", "citation", "expected", "body"), CASES, ids=[case[0][:40] for case in CASES]
)
def test_a_wire_gives_parties_places_copies_and_numbers(
    title: str, date: str, citation: str, expected: str, body: str
) -> None:
    """Title, head and foot together say who wrote to whom, from where, and under which numbers."""
    found = a_reading(title, date=date, citation=citation, translation=body)

    given = {
        **find_parties(found),
        "copies": find_parties(found, copy=True).get("copy-recipient", set()),
        "numbers": _numbers(found),
    }
    assert expected == "; ".join(
        f"{name}={','.join(sorted(values))}" for name, values in sorted(given.items()) if values
    )


def test_there_are_wires() -> None:
    """The file of cases is read to its end."""
    assert 10 < len(CASES)
