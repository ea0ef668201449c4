"""Messages inside the message: drafts to be sent, messages repeated, and mere quotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Date, Link, Message, Party, Reading, Statement

DRAFT = "telegram/wcda-119999/draft/"
RU = """Пошлите Ким Ир Сену сегодня же такой ответ:

«Товарищу Ким Ир Сену. Ваше письмо от 1 июля получено.

Мао Цзэдун».

Направьте Риджуэю по радио следующее заявление:

«Генералу Риджуэю. Ваше заявление от 30 июня получено.

Пэн Дэхуай

Дата»."""
EN = """Send Kim Il Sung today an answer roughly like this:

“To Comrade KIM IL SUNG. Your letter of 1 July has been received.

MAO ZEDONG.”

Send Ridgway by radio the following statement:

“To General RIDGWAY. Your statement of 30 June has been received.

PENG DEHUAI

Date.”"""


def _labels(reading: Reading) -> dict[str, str]:
    return {
        key.removeprefix(DRAFT): claim.value.label
        for key, claim in claims_of(reading, DRAFT).items()
        if isinstance(claim.value, Message)
    }


def _links(reading: Reading, draft: int) -> set[tuple[str, str]]:
    return {
        (claim.value.property, claim.value.target)
        for claim in claims_of(reading, f"{DRAFT}{draft}/").values()
        if isinstance(claim.value, Link)
    }


@pytest.mark.parametrize(
    "texts", [{"russian": RU}, {"english": EN}, {"russian": RU, "english": EN}]
)
def test_two_drafts_are_told_apart(tmp_path: Path, texts: dict[str, str]) -> None:
    """Each draft has its addressee, signatory, creator, and the message that it answers."""
    reading = read_telegram(tmp_path, **texts)

    assert {"1": "Draft reply to Kim Il Sung", "2": "Draft statement to Ridgway"} == _labels(
        reading
    )
    assert {
        ("rico:hasAddressee", "person/kim"),
        ("cbl:signatory", "person/mao"),
        ("rico:hasCreator", "person/stalin"),
        ("rico:isReplyTo", "message/kim-1951-07-01"),
    } == _links(reading, 1)
    assert ("rico:isReplyTo", "message/ridgway-1951-06-30") in _links(reading, 2)


def test_a_draft_has_no_sender_but_a_term(tmp_path: Path) -> None:
    """What is only to be sent has a dispatcher, a term and an open place for its date."""
    reading = read_telegram(tmp_path, russian=RU)
    found = claims_of(reading, DRAFT)
    dates = {c.value.kind: c.value.edtf for c in found.values() if isinstance(c.value, Date)}

    assert {"send-deadline": "1951-07-03", "placeholder": None} == dates
    assert {Party("dispatcher", "person/mao")} == {
        c.value for c in found.values() if isinstance(c.value, Party)
    }
    assert not any(prop == "rico:hasSender" for prop, _ in _links(reading, 1))


def test_the_medium_belongs_to_the_draft_that_follows(tmp_path: Path) -> None:
    """Words about the radio speak of the next message, and assert nothing."""
    found = claims_of(read_telegram(tmp_path, russian=RU), DRAFT)
    mediums = {c.about: c.status for c in found.values() if isinstance(c.value, Statement)}

    assert {f"{DRAFT}2": "hypothetical"} == mediums


def test_a_version_that_lacks_a_draft_keeps_the_others_numbers(tmp_path: Path) -> None:
    """Drafts of two versions are the same where their addressees are."""
    second = EN.partition("Send Ridgway")
    reading = read_telegram(tmp_path, russian=RU, english=second[1] + second[2])

    assert {"1", "2"} == set(_labels(reading))
    layers = {e.layer for e in claims_of(reading, DRAFT)[f"{DRAFT}2"].evidence}
    assert {"transcript", "translation"} == layers


def test_a_message_repeated_has_sender_and_date(tmp_path: Path) -> None:
    """What somebody else sent, and the text repeats, is no draft."""
    text = "Comrade Kim Il Sung telegraphs the following:\n\n“Comrade Mao Zedong!\n\n"
    text += "We are waiting.\n\n29.6.51”\n\nWe agree."
    reading = read_telegram(tmp_path, english=text)
    found = claims_of(reading, DRAFT)

    assert {"1": "Embedded message to Mao Zedong"} == _labels(reading)
    assert ("rico:hasSender", "person/kim") in _links(reading, 1)
    assert ["1951-06-29"] == [c.value.edtf for c in found.values() if isinstance(c.value, Date)]


@pytest.mark.parametrize(
    "text",
    [
        "The newspaper Pravda writes thus:\n\n“The Americans want peace.”\n\nWe agree.",
        "Газета «Правда» пишет так:\n\n«Американцы хотят мира».\n\nМы согласны.",
        "He said: “We agree.” We wait.",
        "The main points are:\n\nfirst, to wait;\n\nsecond, to see.",
    ],
)
def test_a_quotation_is_no_message(tmp_path: Path, text: str) -> None:
    """Words in quotation marks that nobody sends to anybody are the author's."""
    reading = read_telegram(
        tmp_path, **{"english" if text.isascii() or "“" in text else "russian": text}
    )

    assert {} == claims_of(reading, DRAFT)
