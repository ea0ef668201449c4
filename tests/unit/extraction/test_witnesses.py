"""Text versions: how they derive, and what they leave out."""

from __future__ import annotations

from pathlib import Path

from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Version

TEXT = "telegram/wcda-119999/text/"


def test_versions_derive_from_one_another(tmp_path: Path) -> None:
    """A transcript derives from the scan, a translation from the nearest original."""
    reading = read_telegram(tmp_path, scan="Ждите.", russian="Ждите.", english="Wait.")
    values = [claim.value for claim in claims_of(reading, TEXT).values()]
    versions = {v.layer: v.derived_from for v in values if isinstance(v, Version)}

    assert {
        "catalogue": (),
        "scan": (),
        "transcript": ("scan",),
        "translation": ("transcript",),
    } == versions


def test_a_version_shows_its_first_and_last_words(tmp_path: Path) -> None:
    """Evidence is the line of the contents list, the first line and the last."""
    reading = read_telegram(tmp_path, english="Wait.")
    (claim,) = claims_of(reading, f"{TEXT}translation").values()

    quotes = [words.quote for words in claim.evidence]
    assert ["Translation - English", "CIPHERED TELEGRAM No. 12", "FILIPPOV [Stalin]"] == quotes


def test_a_part_that_others_have_is_left_out(tmp_path: Path) -> None:
    """A version without number and date below the signature says so, if another has them."""
    reading = read_telegram(
        tmp_path, scan="Ждите ответа.", foot="№ 72/ш\n3 июля", russian="Ждите ответа."
    )
    again = read_telegram(tmp_path, scan="Ждите ответа.", russian="Ждите ответа.")
    omission = "telegram/wcda-119999/editorial/omission-"

    assert {} == claims_of(again, omission)
    assert [f"{omission}transcript"] == list(claims_of(reading, omission))
