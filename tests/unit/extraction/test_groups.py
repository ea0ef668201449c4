"""Parties without a name: representatives, the writer's "we", ships."""

from __future__ import annotations

from pathlib import Path

from telegram_builder import claims_of, read_telegram

DRAFTS = """Send Kim Il Sung this answer:

“To Comrade KIM IL SUNG. We agree.

MAO ZEDONG”

Send Ridgway this answer:

“To General RIDGWAY. Our representatives will meet your representatives.

PENG DEHUAI”"""


def test_representatives_are_those_of_the_one_spoken_to(tmp_path: Path) -> None:
    """In a draft "your" is its addressee's and "our" that draft's signatories'."""
    found = claims_of(read_telegram(tmp_path, english=DRAFTS), "group/")

    assert {
        "group/ridgway-representatives",
        "group/wcda-119999-draft-2-representatives",
    } == {key for key in found if key.endswith("representatives")}


def test_representatives_outside_a_draft(tmp_path: Path) -> None:
    """In the message itself they are those of its sender and its addressee."""
    text = "Our representatives wait. Your representatives may come."
    found = claims_of(read_telegram(tmp_path, english=text), "group/")

    assert {"group/stalin-representatives", "group/mao-representatives"} <= set(found)


def test_a_ship_is_a_place(tmp_path: Path) -> None:
    """A ship named by country and kind is a place that both languages mean."""
    reading = read_telegram(
        tmp_path,
        russian="Отказаться от датского госпитального судна.",
        english="Refuse the Danish hospital ship.",
    )
    found = claims_of(reading, "place/danish-hospital-ship")

    layers = {e.layer for e in found["place/danish-hospital-ship"].evidence}
    assert {"transcript", "translation"} == layers
