"""Numbers of title, heading and closing lines."""

from __future__ import annotations

import pytest
from extraction_papers import ENGLISH, a_reading, find_days, find_numbers

CIPHER, OUTGOING = "cipher-telegram-number", "outgoing-number"


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("CIPHERED TELEGRAM No. 3950", "3950"),
        ("Ciphered Telegram # 600428/sh", "600428/sh"),
        ("CABLE Nº 25025", "25025"),
        ("TELEGRAM 066.621", "066.621"),
        ("Ciphered Telegram No. 34691/sh.", "34691/sh"),
        ("ШИФРТЕЛЕГРАММА № 39 ПЕРСОНАЛЬНО", "39"),
    ],
)
def test_a_heading_gives_the_number_of_the_cipher_office(heading: str, number: str) -> None:
    """Whatever the sign, and without one, the number after the form is found."""
    found = a_reading("Ciphered Telegram, A to B", translation=f"{heading}\n\n{ENGLISH}")

    assert {number: None} == find_numbers(found, CIPHER)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("No. 635177", "635177"),
        ("Nº 4711", "4711"),
        ("№ 340/ш", "340/ш"),
        ("No. 1476/sh", "1476/sh"),
        ("# 12", "12"),
        ("N. 340/sh", "340/sh"),
        ("Number: 1234", "1234"),
        ("No. 18 - GROMYKO - 14 January", "18"),
    ],
)
def test_a_line_below_the_signature_gives_the_outgoing_number(line: str, number: str) -> None:
    """The number stands alone, or with signature and date on one line."""
    end = line if "GROMYKO" in line else f"GROMYKO\n\n{line}"
    found = a_reading(
        "Telegram, Gromyko to Roshchin", translation=f"TELEGRAM\n\n{ENGLISH}\n\n{end}"
    )

    assert {number: None} == find_numbers(found, OUTGOING)


def test_a_letter_and_its_transliteration_are_one_number() -> None:
    """№ 77/ш and No. 77/sh are witnesses of the same value."""
    found = a_reading(
        "Telegram, Gromyko to Roshchin",
        transcript="Мы с вами согласны.\n\nГРОМЫКО\n\n№ 77/ш",
        translation=f"{ENGLISH}\n\nGROMYKO\n\nNo. 77/sh",
    )

    assert {"77/ш": None} == find_numbers(found, OUTGOING)


def test_a_letter_has_no_cipher_number() -> None:
    """The number of a form that no cipher office counts is not taken for one of its."""
    found = a_reading("Letter No. 5, Gromyko to Roshchin", translation=ENGLISH)

    assert {} == find_numbers(found, CIPHER)


def test_a_date_above_the_message_is_the_date_of_the_text() -> None:
    """A line of its own that holds a date dates the text, when it was received does not."""
    found = a_reading(
        "Telegram, Gromyko to Roshchin",
        translation=f"TELEGRAM\n\nDate: 3 July 1951\n\nReceived 5.7.51\n\n{ENGLISH}\n\nGROMYKO",
    )

    assert ("1951-07-03", None) == find_days(found)["dated-in-translation"]


def test_numbers_in_the_message_are_not_its_own() -> None:
    """A number that a sentence mentions belongs to another message."""
    found = a_reading(
        "Telegram, Gromyko to Roshchin",
        translation=f"In addition to my No. 345 I say this.\n\n{ENGLISH}\n\nGROMYKO",
    )

    assert ({}, {}) == (find_numbers(found, CIPHER), find_numbers(found, OUTGOING))


def test_a_date_above_the_signature_is_that_of_the_text() -> None:
    """Number and date may stand between the last words and who signs."""
    found = a_reading(
        "Telegram, Gromyko to Roshchin",
        translation=f"TELEGRAM\n\n{ENGLISH}\n\n3.VII.51\nA. GROMYKO",
    )

    assert "1951-07-03" == find_days(found)["dated-in-translation"][0]
