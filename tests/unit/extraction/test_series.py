"""A number that no document settles is settled by the series of its sender, or left open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cablegraph.extraction.series import settle_by_series
from cablegraph.pipeline import build
from cablegraph.records.claims import Claim, Date, Number, Party, Reading

ROOT = Path(__file__).parents[3]


def a_reading(key: str, day: str, *numbers: str, to: str = "person/b") -> Reading:
    about = f"telegram/{key}"
    keys = [f"{about}/number/{number}" for number in numbers]
    values = [
        ("date", Date("catalogue-date", (day,), day)),
        ("sender", Party("sender", "person/a")),
        ("to", Party("intermediary", to)),
    ]
    claims = [
        Claim(key=f"{about}/{name}", about=about, value=value, evidence=(), rule="x")
        for name, value in values
    ]
    for number, own in zip(numbers, keys, strict=True):
        rivals = tuple(other for other in keys if other != own)
        claims.append(
            Claim(
                key=own,
                about=about,
                value=Number("cipher-telegram-number", number),
                evidence=(),
                rule="x",
                status="unresolved" if rivals else None,
                rivals=rivals,
            )
        )
    return Reading(key=key, source=key, sha256="0", claims=tuple(claims), texts={})


def statuses(*readings: Reading) -> dict[str, str | None]:
    return {
        claim.value.written: claim.status
        for reading in settle_by_series(readings)
        for claim in reading.claims
        if isinstance(claim.value, Number)
    }


BEFORE = a_reading("t-1", "1951-06-30", "3917")
AFTER = a_reading("t-3", "1951-07-09", "4020")


def test_the_one_number_that_fits_is_preferred() -> None:
    """It is higher than what went before and lower than what came after."""
    found = statuses(BEFORE, a_reading("t-2", "1951-07-03", "2950", "3950"), AFTER)

    assert found == {"2950": "alternative", "3950": "preferred"}


@pytest.mark.parametrize(
    "others",
    [
        (),
        (a_reading("t-1", "1950-06-30", "3917"),),
        (a_reading("t-1", "1951-06-30", "3917", to="person/c"),),
        (a_reading("t-1", "1951-06-30", "2000"),),
        (a_reading("t-1", "1951-06-30", "5000"),),
    ],
    ids=["no series", "another year", "another way", "both fit", "none fits"],
)
def test_where_the_series_does_not_decide_all_stays_open(others: tuple[Reading, ...]) -> None:
    """Nothing is settled by a number of another year or way, nor when none or both fit."""
    assert statuses(*others, a_reading("t-2", "1951-07-03", "2950", "3950")) == {}


def test_a_number_that_somebody_settled_is_left_alone() -> None:
    """The series only looks at what is still open."""
    assert statuses(BEFORE, AFTER) == {}


def test_a_collection_settles_what_a_document_leaves_open(tmp_path: Path) -> None:
    """With its neighbour in the collection the telegram's number is told, with the reason."""
    folder = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds", folder)
    path = min(folder.glob("*.txt"))
    text = path.read_text(encoding="utf-8").replace("ШИФРТЕЛЕГРАММА № 39 ", "ШИФРТЕЛЕГРАММА ")
    path.write_text(text, encoding="utf-8")
    built = build([folder], tmp_path / "out")
    graph = (tmp_path / "out" / "graph" / "cablegraph.ttl").read_text(encoding="utf-8")

    assert "only this one fits the rising series" in graph
    assert not [finding for finding in built.findings if finding.severity != "info"]
