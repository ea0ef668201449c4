"""Telegrams as an edition prints them: post and name, file number, place and time, the number."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.pipeline import read
from cablegraph.records.claims import Date, Link, Number, Party, Reading, Reference

SEEDS = Path(__file__).parents[3] / "seeds" / "cablegraph.toml"
PRINTED = """The Ambassador in Norway (Halvard) to the Secretary of State
757.00/3–1752: Telegram
secret   priority
Oslo, March 17, 1952—4 p.m.
[Received March 17—12:20 p.m.]

613. Reference Deptel 402, March 15. The minister told me that the note will be answered soon.

Halvard
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The printed wire as it is read."""
    path = tmp_path_factory.mktemp("printed") / "613.txt"
    path.write_text(PRINTED, encoding="utf-8")
    return read(path, config=SEEDS)


def test_the_parties_are_the_ambassador_and_the_secretary_of_that_day(reading: Reading) -> None:
    """A post without a name is told by who held it, and only probably."""
    parties = {
        (one.value.role, one.value.agent, one.certainty)
        for one in reading.claims
        if isinstance(one.value, Party)
    }
    assert ("addressee", "person/acheson", "probable") in parties
    assert ("sender", "person/halvard", "certain") in parties


def test_the_place_is_the_town_and_not_the_country(reading: Reading) -> None:
    """The place line gives the town of the post."""
    links = [one.value for one in reading.claims if isinstance(one.value, Link)]
    assert ["place/oslo"] == [one.target for one in links if one.role == "origin"]


def test_number_file_and_form(reading: Reading) -> None:
    """The paragraph begins with the number; the file number has its archive and the form."""
    values = [one.value for one in reading.claims]
    assert ["613"] == [one.written for one in values if isinstance(one, Number)]
    assert ["archive/nara"] == [one.archive for one in values if isinstance(one, Reference)]
    assert any(isinstance(one, Link) and one.target.endswith("form/telegram") for one in values)


def test_the_day_of_receipt_is_no_day_of_the_wire(reading: Reading) -> None:
    """The line in brackets says when it was received."""
    days = {one.value.kind: one.value.edtf for one in reading.claims if isinstance(one.value, Date)}
    assert "1952-03-17T12:20:00" == days["received"]
    assert "1952-03-17T16:00:00" == days["dated-in-text"]
