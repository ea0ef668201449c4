"""Copies in archives: which archive, which key, and which may be one object."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Entity, Link, Reference, Statement

WHOLE = "APRF, f. 45, op. 1, d. 339, ll. 95-96"


def _copies(folder: Path, citation: str, **words: int) -> dict[str, Reference]:
    found = claims_of(read_telegram(folder, citation=citation, **words), "holding/")
    return {
        claim.about.removeprefix("holding/"): claim.value
        for claim in found.values()
        if isinstance(claim.value, Reference)
    }


@pytest.mark.parametrize(
    ("citation", "key"),
    [
        (WHOLE, "aprf/45/1/339/95-96"),
        ("АПРФ, ф. 45, оп. 1, д. 339, лл. 95-96", "aprf/45/1/339/95-96"),
        ("RGASPI, f. 558, op. 11, d. 339, l. 0007ob", "rgaspi/558/11/339/7ob"),
        ("RGASPI, f. 558, op. 11, d. 339, ll. 1, 3-4", "rgaspi/558/11/339/1-3-4"),
        ("AVPRF, f. 0102, op. 11, por. 12, pap. 65, l. 20", "avprf/0102/11/12/20"),
        ("APRF, f. 45, op. 1, d. 339, p. 11", "aprf/45/1/339/11"),
        ("AVP RF, f. 059a, op. 5a, d. 4, p. 11", "avprf/059a/5a/4/wcda-119999"),
        ("APRF, f. 45, op. 1, d. 339", "aprf/45/1/339/wcda-119999"),
        ("APRF, Listy 146-147, Fond and Opis not given", "aprf/none/none/none/146-147/wcda-119999"),
        ("AVP RF, copy courtesy of a library", "avprf/wcda-119999"),
        ("PRC FMA 106-00581-02", "prc-fma/106-00581-02/wcda-119999"),
        ("Year 1962, 6/77, Polish Foreign Ministry Archive (AMSZ), Warsaw",
         "amsz/year-1962-6-77-polish-foreign-ministry-archive-amsz-warsaw/wcda-119999"),
    ],
)  # fmt: skip
def test_a_copy_is_named_by_archive_and_shelf_mark(tmp_path: Path, citation: str, key: str) -> None:
    """Only a reference down to the leaves is one thing in every document that gives it."""
    assert [key] == list(_copies(tmp_path, citation))


def test_copies_with_missing_parts_do_not_collide(tmp_path: Path) -> None:
    """Two references that stop at the same level are two copies, in one document and in two."""
    twice = "APRF, f. 45, op. 1; APRF, f. 45, op. 1, d.; RGASPI, l. 5; RGANI, l. 5"
    one = _copies(tmp_path, twice)
    other = _copies(tmp_path, twice, number=119998)

    assert len(one) == len({value.written for value in one.values()})
    assert set(one).isdisjoint(other)


def test_a_citation_without_an_archive_gives_no_copy(tmp_path: Path) -> None:
    """Neither a story nor a printed work nor bare shelf marks name where a copy lies."""
    for citation in (
        "Papers handed over by a president in 1994.",
        "A Book, vol. 1 (Beijing: A Press, 2005), 30-37",
        "f. 45, op. 1, d. 339, l. 11",
        "; , .",
    ):
        assert {} == _copies(tmp_path, citation)


def test_an_unlisted_archive_is_an_entity(tmp_path: Path) -> None:
    """What the authority file does not hold is named by its own words, in its own language."""
    reading = read_telegram(tmp_path, citation="НАРБ, ф. 4, оп. 1, д. 2, л. 3")
    (claim,) = claims_of(reading, "archive/").values()

    assert "archive/narb" == claim.key
    assert isinstance(claim.value, Entity)
    assert {"en": "NARB", "ru": "НАРБ"} == claim.value.labels
    assert ["НАРБ"] == [words.quote for words in claim.evidence]


def test_one_file_in_two_archives_is_suspected_to_be_one_object(tmp_path: Path) -> None:
    """The same file and leaves under two archives are recorded as a hypothesis."""
    reading = read_telegram(
        tmp_path, citation=f"{WHOLE}; RGASPI, f. 558, op. 11, d. 339, ll. 0095-0096"
    )
    (claim,) = claims_of(reading, "telegram/wcda-119999/claim/same-carrier").values()

    assert isinstance(claim.value, Statement)
    assert ("hypothetical", "probable") == (claim.status, claim.certainty)


@pytest.mark.parametrize("date", ["July 3, 1951", "1951", "Undated", "not later than July 3, 1951"])
def test_the_publisher_stands_between_date_and_shelf_marks(tmp_path: Path, date: str) -> None:
    """Whatever date a citation has, the edition is its publisher and no part of a reference."""
    reading = read_telegram(tmp_path, citation=WHOLE, date=date)
    publisher = claims_of(reading, "telegram/wcda-119999/claim/publisher")

    assert [Link("dcterms:publisher", "org/wcda")] == [c.value for c in publisher.values()]
    assert [WHOLE] == [c.evidence[0].quote if c.evidence[0].quote == WHOLE else c.evidence[1].quote
                       for c in claims_of(reading, "holding/").values()]  # fmt: skip
