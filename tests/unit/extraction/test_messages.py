"""References to other messages: whose, which, answered or only named."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Claim, Date, Link, Message, Number, Reading

TELEGRAM = "telegram/wcda-119999"
MAO, STALIN = "message/mao-stalin", "message/stalin-mao"


def _relations(reading: Reading) -> dict[str, str]:
    """Return the messages that the telegram answers or refers to."""
    return {
        claim.value.target: claim.value.property.partition(":")[2]
        for claim in claims_of(reading, f"{TELEGRAM}/claim/").values()
        if isinstance(claim.value, Link) and claim.rule == "message-referred-to"
    }


def _read(folder: Path, text: str) -> Reading:
    language = "english" if text.isascii() else "russian"
    return read_telegram(folder, **{language: text})


@pytest.mark.parametrize(
    ("text", "path", "relation"),
    [
        ("We received your telegram of 2 July.", f"{MAO}-1951-07-02", "isReplyTo"),
        ("Вашу телеграмму от 2 июля получили.", f"{MAO}-1951-07-02", "isReplyTo"),
        ("Ваша телеграмма от 2 июля получена.", f"{MAO}-1951-07-02", "isReplyTo"),
        ("Отвечаем на Вашу телеграмму от 2 июля.", f"{MAO}-1951-07-02", "isReplyTo"),
        ("Your July 2 cable is clear.", f"{MAO}-1951-07-02", "references"),
        ("Your telegram of the 2nd is clear.", f"{MAO}-1951-07-02", "references"),
        ("Your telegram of yesterday is clear.", f"{MAO}-1951-07-02", "references"),
        ("Your telegram of 31 December is clear.", f"{MAO}-1950-12-31", "references"),
        ("We received your telegram No. 345/sh.", f"{MAO}-no-345-sh", "isReplyTo"),
        ("Вашу телеграмму № 345/ш получили.", f"{MAO}-no-345-sh", "isReplyTo"),
        ("Вашу № 345/ш от 2 июля получили.", f"{MAO}-1951-07-02-no-345-sh", "isReplyTo"),
        ("To No. 345/sh.\n\nWe agree.", f"{MAO}-no-345-sh", "references"),
        ("На № 345/ш.\n\nМы согласны.", f"{MAO}-no-345-sh", "isReplyTo"),
        ("In addition to my No. 15 we report.", f"{STALIN}-no-15", "references"),
        ("In my telegram No. 15 of 1 July I wrote.", f"{STALIN}-1951-07-01-no-15", "references"),
        ("В нашей телеграмме от 1 июля сказано.", f"{STALIN}-1951-07-01", "references"),
        ("Roshchin's telegram of 1 July has come.", "message/roshchin-1951-07-01", "references"),
        ("Телеграмма тов. Рощина от 1 июля получена.", "message/roshchin-1951-07-01", "references"),
        ("The statement by Ridgway of 30 June.", "message/ridgway-1951-06-30", "references"),
        ("In your telegram you propose much.", f"{MAO}-before-1951-07-03-1", "references"),
        ("Your telegrams of July 1 and 2 have reached us.",
         "recordset/mao-stalin-1951-07-01-1951-07-02", "isReplyTo"),
        ("Ваши телеграммы о перемирии получены.",
         "recordset/mao-stalin-armistice-before-1951-07-03", "isReplyTo"),
    ],
)  # fmt: skip
def test_a_reference_names_a_message(tmp_path: Path, text: str, path: str, relation: str) -> None:
    """A reference by date, number or owner gives one message and how this one relates to it."""
    assert {path: relation} == _relations(_read(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "Your telegram No. 12 will be received tomorrow.",
        "We have not yet received your telegram No. 12.",
        "When your telegram No. 12 is received, we shall reply.",
        "Ваша телеграмма № 12 будет получена завтра.",
        "Вашу телеграмму № 12 мы ещё не получили.",
        "Когда Ваша телеграмма № 12 будет получена, ответим.",
        "Your telegram No. 12 was sent on; his answer, however, has been received.",
    ],
)
def test_what_has_not_come_is_not_answered(tmp_path: Path, text: str) -> None:
    """A cue of receipt counts in the clause of the message, and not where it is denied."""
    assert {f"{MAO}-no-12": "references"} == _relations(_read(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "The telegram was late. Letters are slow. No. 5 is the best.",
        "His telegram of 2 July came.",
        "Телеграмма отправлена. Письма идут долго.",
        "Our opinion and your proposal agree.",
    ],
)
def test_what_is_nobodys_is_no_reference(tmp_path: Path, text: str) -> None:
    """Without an owner who can be told there is no message."""
    assert {} == _relations(_read(tmp_path, text))


def test_two_versions_name_one_message(tmp_path: Path) -> None:
    """Number endings differ by script; date and number join in any order."""
    reading = read_telegram(
        tmp_path,
        russian="Вашу телеграмму № 345/ш от 2 июля получили.",
        english="We received your telegram of 2 July, No. 345/sh.",
    )
    path = f"{MAO}-1951-07-02-no-345-sh"
    found = claims_of(reading, path)

    assert {path: "isReplyTo"} == _relations(reading)
    assert (
        {"345/ш", "345/sh"}
        >= {c.value.written for c in found.values() if isinstance(c.value, Number)}
        != set()
    )
    assert {"transcript", "translation"} == {words.layer for words in found[path].evidence}


def test_a_number_is_a_claim_about_the_message(tmp_path: Path) -> None:
    """The number is read, evidenced by its digits, and stands in the label."""
    reading = read_telegram(tmp_path, english="We received your telegram No. 345 of 2 July.")
    found = claims_of(reading, MAO)
    (number,) = (c for c in found.values() if isinstance(c.value, Number))
    label = found[f"{MAO}-1951-07-02-no-345"].value

    assert (f"{MAO}-1951-07-02-no-345", "number-of-message-referred-to") == (
        number.about, number.rule)  # fmt: skip
    assert ["345"] == [words.quote for words in number.evidence]
    assert isinstance(label, Message)
    assert "Mao Zedong to Stalin, telegram No. 345 of 2 July 1951" == label.label


def test_several_numbers_are_several_messages(tmp_path: Path) -> None:
    """Numbers in a list name a message each."""
    reading = read_telegram(tmp_path, english="Your telegrams Nos. 345 and 346 have been received.")

    assert {f"{MAO}-no-345": "isReplyTo", f"{MAO}-no-346": "isReplyTo"} == _relations(reading)


def test_a_number_alone_finds_its_date(tmp_path: Path) -> None:
    """A message named by date and number once is the same when named by either alone."""
    text = "We received your telegram No. 345 of 2 July. Your No. 345 is clear. "
    text += "Your telegram of 2 July is long."
    reading = read_telegram(tmp_path, english=text)

    assert {f"{MAO}-1951-07-02-no-345"} == set(_relations(reading))


def test_your_telegram_is_the_only_one_named(tmp_path: Path) -> None:
    """Where one telegram has been named, "your telegram" is probably that one."""
    text = "We received your telegram of 2 July. In your telegram you propose much."
    found = claims_of(read_telegram(tmp_path, english=text), f"{TELEGRAM}/claim/")
    links = {c.value.property: c for c in found.values()
             if isinstance(c.value, Link) and c.value.target.startswith("message/")}  # fmt: skip

    assert {f"{MAO}-1951-07-02"} == {c.value.target for c in links.values()}  # type: ignore[union-attr]
    assert "probable" == links["dcterms:references"].certainty


def test_telegram_and_letter_of_a_day_are_two(tmp_path: Path) -> None:
    """Two kinds of message of one sender and day do not share a key; a plain word adds none."""
    text = (
        "Your telegram of 2 July came. Your letter of 2 July came. Your message of 2 July is clear."
    )
    reading = read_telegram(tmp_path, english=text)

    assert {f"{MAO}-1951-07-02", f"{MAO}-1951-07-02-letter"} == set(_relations(reading))


def test_dates_without_a_year_stay_apart(tmp_path: Path) -> None:
    """Where nothing tells the year, day and month still tell two messages apart."""
    text = "Your telegram of 2 July came. Your telegram of 30 June came."
    reading = read_telegram(tmp_path, date="Undated", english=text)
    dates = [c.value.edtf for c in reading.claims
             if isinstance(c.value, Date) and c.value.kind == "sent"]  # fmt: skip

    assert {f"{MAO}-xxxx-07-02", f"{MAO}-xxxx-06-30"} == set(_relations(reading))
    assert [None, None] == dates


def test_a_quoted_message_speaks_to_another(tmp_path: Path) -> None:
    """In a message repeated to somebody else, "your" is that one's, and nothing is answered."""
    text = "I wired:\n“Comrade Li Kenong. Your telegram of 2 July has come.\n\nWait.”\n\nWe agree."
    reading = read_telegram(tmp_path, english=text)
    targets = [c.value.target for c in reading.claims
               if isinstance(c.value, Link) and "li-kenong" in c.value.target
               and c.value.property == "rico:isReplyTo" and c.about == TELEGRAM]  # fmt: skip

    assert [] == targets
    assert any(claim.key.startswith("message/li-kenong") for claim in reading.claims)


def test_every_message_spoken_of_exists(tmp_path: Path) -> None:
    """A claim about a message or a draft, or a link to one, has its node."""
    text = (
        "Send Ridgway this answer:\n\n“To General Ridgway. Your statement of 30 June has come.\n\n"
    )
    text += "PENG DEHUAI”\n\nWe received your telegram."
    reading = read_telegram(tmp_path, english=text)
    keys = {claim.key for claim in reading.claims}

    assert set() == {path for path in _paths(reading.claims) if path not in keys}


def _paths(claims: tuple[Claim, ...]) -> set[str]:
    targets = {c.value.target for c in claims if isinstance(c.value, Link)}
    paths = {claim.about for claim in claims} | targets
    return {p for p in paths if p.startswith(("message/", "recordset/")) or "/draft/" in p}
