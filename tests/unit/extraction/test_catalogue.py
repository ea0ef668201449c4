"""What the labelled fields say: dates, act, subjects."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import claims_of, read_telegram, seeds_reading

from cablegraph.records.claims import Date, Link

TELEGRAM = "telegram/wcda-119999"


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("July 3, 1951", "1951-07-03"),
        ("03 July 1951", "1951-07-03"),
        ("3 июля 1951 г.", "1951-07-03"),
        ("June 1951", "1951-06"),
        ("June-July 1951", "1951-06/1951-07"),
        ("June 28 - July 3, 1951", "1951-06-28/1951-07-03"),
        ("ca. June 1951", "1951-06~"),
        ("1951", "1951"),
        ("Undated", None),
    ],
)
def test_the_date_of_the_citation_is_read(tmp_path: Path, date: str, edtf: str | None) -> None:
    """Between title and edition any date may stand, as exact as the cataloguer knew it."""
    found = claims_of(read_telegram(tmp_path, date=date), f"{TELEGRAM}/date/citation")

    values = [claim.value.edtf for claim in found.values() if isinstance(claim.value, Date)]
    assert [edtf] * bool(edtf) == values


def test_a_date_range_of_a_file_is_not_that_of_the_citation(tmp_path: Path) -> None:
    """A date within the shelf marks belongs to the file."""
    citation = "AMAE, Folder 784/1978, Issue 220: Reports, January - March 1978"
    found = claims_of(read_telegram(tmp_path, citation=citation), f"{TELEGRAM}/date/")

    assert {"1951-07-03"} == {c.value.edtf for c in found.values() if isinstance(c.value, Date)}


@pytest.mark.parametrize(
    ("summary", "act"),
    [
        ("Stalin advises Mao to wait.", "advice"),
        ("Stalin requests that Mao send troops.", "request"),
        ("Stalin declines to meet.", "refusal"),
        ("Stalin transmits a letter of Kim.", "transmission"),
        ("A summary.", None),
    ],
)
def test_the_act_is_the_first_that_the_summary_names(
    tmp_path: Path, summary: str, act: str | None
) -> None:
    """What a message does is said in the cataloguer's words, or not at all."""
    found = claims_of(read_telegram(tmp_path, summary=summary), f"{TELEGRAM}/claim/act-")

    assert ([f"{TELEGRAM}/claim/act-{act}"] if act else []) == list(found)


def test_subjects_are_those_the_words_name(tmp_path: Path) -> None:
    """A subject is evidenced by its words in each language; others are not there."""
    reading = read_telegram(
        tmp_path,
        russian="О перемирии и военнопленных.",
        english="On the armistice and prisoners of war.",
    )
    found = claims_of(reading, f"{TELEGRAM}/claim/subject-")

    subjects = {claim.key.rpartition("subject-")[2] for claim in found.values()}
    assert {"armistice", "prisoners-of-war"} == subjects
    assert {"transcript", "translation"} == {e.layer for c in found.values() for e in c.evidence}


def test_the_author_is_the_sender_named_first() -> None:
    """The summary of a seed names its sender as the one who wrote."""
    found = claims_of(seeds_reading("000"), "telegram/wcda-112147/claim/author")

    assert [Link("rico:hasAuthor", "person/stalin")] == [claim.value for claim in found.values()]
