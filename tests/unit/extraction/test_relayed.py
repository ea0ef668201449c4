"""Messages that a wire carries: who wrote which to whom, inside whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.pipeline import read
from cablegraph.records.claims import Date, Link, Message, Party, Reading

SEEDS = Path(__file__).parents[3] / "seeds" / "cablegraph.toml"
Edge = tuple[str, str, str]

LETTER = """From PYONGYANG

To VYSHINSKY

I transmit the text of a letter received from Kim Il Sung.

“To Comrade STALIN I. V.

Your telegram of 26 August gave us strength.

Respectfully,

KIM IL SUNG

28 August 1950”

SHTYKOV

No. 900/sh"""
OWN = """Comrade FILIPPOV.

Here is the telegram which I sent today to Comrades Gao Gang and Kim Il Sung:

“Comrades GAO GANG and KIM IL SUNG, copy to Comrade PENG DEHUAI.

We consider it better to hold the front.

MAO ZEDONG

13 June.”

MAO ZEDONG."""
NESTED = """Comrade KUZNETSOV

Mao Zedong has asked me to send the following.

"Comrade Filippov,

Kim Il Sung has written to us:

‘Comrade Mao Zedong! We ask for rice.

Kim Il Sung’

We have agreed.

Mao Zedong"

TEREBIN"""
ORDERED = """BEIJING--TO KRASOVSKY

Pass the answer below to MAO ZEDONG.

“Comrade MAO ZEDONG.

Your telegram has reached us.

FILIPPOV [Stalin].”

Confirm receipt."""
SIGNED_BY_ANOTHER = """BEIJING, TO ROSHCHIN

For Mao Zedong.

“Comrade Mao Zedong!

The question has been settled.

Filippov [Stalin].”

GROMYKO"""
NEWSPAPER = """To VYSHINSKY

The newspaper printed:

“We shall resist to the last man.

There will be no retreat.”

The city is calm.

SHTYKOV"""
BROKEN_OFF = """Comrade FILIPPOV.

I pass on to you the telegram of Comrade Peng Dehuai.

“Comrade Mao Zedong.

The enemy is moving his reserves and will soon att"""
RUSSIAN = """Из ПХЕНЬЯНА

Тов. СТАЛИНУ.

Передаю телеграмму Ким Ир Сена.

«Товарищу Сталину.

Просим ускорить поставки.

Ким Ир Сен

31 мая 1951 г.»

РАЗУВАЕВ.

№ 1405"""


def _read(folder: Path, body: str, title: str) -> Reading:
    heading = "ШИФРТЕЛЕГРАММА" if body is RUSSIAN else "CIPHERED TELEGRAM"
    contents = "Transcript - Russian" if body is RUSSIAN else "Translation - English"
    path = folder / "119998.txt"
    path.write_text(
        f'June 14, 1951\n**{title}**\n\nCitation:\n\n"{title}", June 14, 1951, Wilson Center '
        "Digital Archive, APRF, f. 45, op. 1, d. 339, l. 11.\n"
        "<https://digitalarchive.wilsoncenter.org/document/119998>\n\nSummary:\n\nA summary.\n\n"
        f"Contents:\n\n{contents}\n\n[...]\n\n{heading} No. 51\n\n{body}\n\n[...]\n",
        encoding="utf-8",
    )
    return read(path, config=SEEDS)


def _edges(reading: Reading) -> set[Edge]:
    """Return path of the message, edge and agent, of all messages inside the telegram."""
    names = {"rico:hasSender": "from", "rico:hasAddressee": "to"}
    found = {
        (claim.about.rpartition("/")[2], names[claim.value.property], claim.value.target)
        for claim in reading.claims
        if isinstance(claim.value, Link)
        and claim.value.property in names
        and claim.about.startswith("telegram/")
    }
    copies = {
        (claim.about.rpartition("/")[2], "copy", claim.value.agent)
        for claim in reading.claims
        if isinstance(claim.value, Party) and claim.rule == "embedded-copy"
    }
    return found | copies


def _inner(reading: Reading) -> dict[str, str]:
    return {
        claim.key.partition("wcda-119998/")[2]: claim.value.label
        for claim in reading.claims
        if isinstance(claim.value, Message) and claim.value.type == "cbl:EmbeddedMessage"
    }


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "Ciphered Telegram No. 51, Shtykov to Vyshinsky",
            LETTER,
            {("1", "from", "person/kim"), ("1", "to", "person/stalin")},
        ),
        (
            "Ciphered Telegram No. 51, Mao Zedong to Filippov [Stalin]",
            OWN,
            {
                ("1", "from", "person/mao"),
                ("1", "to", "person/gao-gang"),
                ("1", "to", "person/kim"),
                ("1", "copy", "person/peng"),
            },
        ),
        (
            "Ciphered Telegram No. 51, Terebin to Kuznetsov",
            NESTED,
            {
                ("1", "from", "person/mao"),
                ("1", "to", "person/stalin"),
                ("1-1", "from", "person/kim"),
                ("1-1", "to", "person/mao"),
            },
        ),
        (
            "Ciphered Telegram No. 51, Filippov [Stalin] to Krasovsky, for Mao Zedong",
            ORDERED,
            {("1", "from", "person/stalin"), ("1", "to", "person/mao")},
        ),
        (
            "Ciphered Telegram No. 51, Gromyko to Roshchin",
            SIGNED_BY_ANOTHER,
            {("1", "from", "person/stalin"), ("1", "to", "person/mao")},
        ),
        (
            "Ciphered Telegram No. 51, Mao Zedong to Filippov [Stalin]",
            BROKEN_OFF,
            {("1", "from", "person/peng"), ("1", "to", "person/mao")},
        ),
        (
            "Ciphered Telegram No. 51, Razuvaev to Stalin",
            RUSSIAN,
            {("1", "from", "person/kim"), ("1", "to", "person/stalin")},
        ),
        ("Ciphered Telegram No. 51, Shtykov to Vyshinsky", NEWSPAPER, set()),
    ],
)
def test_a_carried_message_has_its_own_correspondents(
    tmp_path: Path, title: str, body: str, expected: set[Edge]
) -> None:
    """Sender, addressees and copies of each inner message; a newspaper is only quoted."""
    assert expected == _edges(_read(tmp_path, body, title))


def test_a_title_alone_tells_of_the_message_that_the_wire_carries(tmp_path: Path) -> None:
    """Without quotation marks in the text, the title says who wrote to whom."""
    title = (
        "Ciphered Telegram No. 51, Roshchin to Vyshinsky, relaying a Message from Zhou Enlai "
        "to Filippov [Stalin]"
    )
    reading = _read(tmp_path, "Comrade VYSHINSKY\n\nHe expects an answer.\n\nROSHCHIN", title)

    assert {
        ("1", "from", "person/zhou-enlai"),
        ("1", "to", "person/stalin"),
    } == _edges(reading)
    assert {"enclosed/1": "Embedded message to Joseph Stalin"} == _inner(reading)


def test_the_title_is_a_witness_of_the_message_in_the_text(tmp_path: Path) -> None:
    """Title and text speak of one message, not of two."""
    title = (
        "Ciphered Telegram No. 51, Shtykov to Vyshinsky, transmitting a Letter from Kim Il Sung "
        "to Stalin"
    )
    reading = _read(tmp_path, LETTER, title)

    assert {"draft/1": "Embedded letter to Joseph Stalin"} == _inner(reading)
    sender = next(c for c in reading.claims if c.key.endswith("draft/1/claim/sender-person-kim"))
    assert {"catalogue", "translation"} == {words.layer for words in sender.evidence}


def test_a_carried_message_keeps_its_own_day(tmp_path: Path) -> None:
    """The day below the signature is the message's, not the wire's."""
    reading = _read(tmp_path, LETTER, "Ciphered Telegram No. 51, Shtykov to Vyshinsky")
    sent = [c.value for c in reading.claims if c.key.endswith("draft/1/date/sent")]

    assert [Date("sent", ("28 August 1950",), "1950-08-28")] == sent
