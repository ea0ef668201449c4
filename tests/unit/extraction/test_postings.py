"""Who held a post that is named without its holder, and where an ambassador writes from."""

from __future__ import annotations

import pytest
from extraction_papers import a_reading, find_parties, names

from cablegraph.extraction.lexicon import table
from cablegraph.extraction.postings import _capitals
from cablegraph.records.claims import Party

BODY = "The talks go on.\n\nGROMYKO"


@pytest.mark.parametrize(
    ("day", "head", "expected"),
    [
        ("July 3, 1951", "BEIJING - SOVIET AMBASSADOR\nFor Comrade ZHOU ENLAI", "roshchin"),
        ("May 14, 1950", "Destination: PEKING  To Whom: SovAmbassador\nFor Zhou Enlai", "roshchin"),
        ("July 3, 1950", "Pyongyang. Soviet Ambassador.\nFor Kim Il Sung", "shtykov"),
        ("March 3, 1951", "Pyongyang. Soviet Ambassador.\nFor Kim Il Sung", "razuvaev"),
        ("March 3, 1958", "To the Soviet Ambassador in Pyongyang\nFor Kim Il Sung", "puzanov"),
    ],
)  # fmt: skip
def test_the_holder_of_a_post_is_told_by_seat_and_day(day: str, head: str, expected: str) -> None:
    """A post without a name is that of its holder on the day, and only probably."""
    found = a_reading("Ciphered Telegram No. 9", date=day, translation=f"{head}\n\n{BODY}")

    assert {expected} == find_parties(found)["intermediary"]
    assert ["probable"] == [
        claim.certainty
        for claim in found.claims
        if isinstance(claim.value, Party) and claim.value.role == "intermediary"
    ]


@pytest.mark.parametrize(
    ("day", "head"),
    [
        ("July 3, 1951", "STOCKHOLM - SOVIET AMBASSADOR"),
        ("July 3, 1931", "BEIJING - SOVIET AMBASSADOR"),
        ("1951", "BEIJING - SOVIET AMBASSADOR"),
        ("July 3, 1951", "To the Polish Ambassador in Beijing"),
        ("July 3, 1951", "To the Soviet Ambassador"),
    ],
)
def test_nobody_is_told_without_seat_day_and_table(day: str, head: str) -> None:
    """Where the table says nothing of seat or day, the post stays without a holder."""
    found = a_reading("Ciphered Telegram No. 9", date=day, translation=f"{head}\n\n{BODY}")

    assert {"sender", "destination"} >= set(find_parties(found))


@pytest.mark.parametrize(
    ("title", "origin"),
    [
        ("Telegram from Soviet Ambassador to the USA Dobrynin to Moscow", "washington"),
        ("Telegram from Polish Ambassador to Czechoslovakia Nowak to Warsaw", "prague"),
        ("Telegram from Nowak to Soviet Ambassador to Cuba Alekseev", None),
        ("Telegram from Soviet Ambassador in Hanoi Petrenko to Moscow", "hanoi"),
    ],
)  # fmt: skip
def test_an_ambassador_writes_from_the_capital(title: str, origin: str | None) -> None:
    """Who is accredited to a country writes from its capital, unless a place is named."""
    found = find_parties(a_reading(title, translation="The talks go on.", date="July 3, 1963"))

    assert ({origin} if origin else set()) == found.get("origin", set())


@pytest.mark.parametrize(
    "title", ["Stalin to Soviet Ambassador (Beijing)", "Stalin to Soviet Ambassador to China"]
)
def test_a_title_may_name_the_post_alone(title: str) -> None:
    """The seat stands in brackets, or is the capital of the country."""
    found = a_reading(f"Telegram, {title}", date="July 3, 1951", translation="The talks go on.")

    assert {"roshchin"} == find_parties(found)["addressee"]


def test_every_place_of_the_tables_is_known() -> None:
    """No row of the tables is dead: the authority file has its places, and its days ascend."""
    known = names()
    seats = {row["seat"] for row in table("postings")}
    towns = {row["capital"] for row in table("capitals")} | seats

    assert [] == sorted(town for town in towns if not known.is_place(town))
    assert [] == [row["person"] for row in table("postings") if row["since"] >= row["until"]]


def test_capitals_told_at_once_are_those_of_each_country() -> None:
    """The names of countries that leave no doubt are looked up once for all documents."""
    ours = names()
    expected: dict[str, str] = {}
    for row in table("capitals"):
        if place := ours.place(row["country"], "en"):
            expected.setdefault(place.entity, row["capital"])

    assert expected
    assert list(expected.items()) == list(_capitals(ours).items())
