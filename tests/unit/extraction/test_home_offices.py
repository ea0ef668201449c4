"""Whose foreign ministry a wire home is for."""

from __future__ import annotations

import pytest
from extraction_papers import a_reading, find_parties, names

from cablegraph.extraction.home_offices import country_of, ministry_of, names_ministry

TEXT = "The harbour strike is over and the ships are unloaded again."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("To the Ministry of Foreign Affairs", "greek-foreign-ministry"),
        ("MINISTRY OF FOREIGN AFFAIRS", "greek-foreign-ministry"),
        ("To the Ministry", "greek-foreign-ministry"),
        ("SECRETARIAT OF STATE FOR EXTERNAL RELATIONS", "greek-foreign-ministry"),
        ("To the Ministry of Trade", "ministry-of-trade"),
    ],
)
def test_a_ministry_without_nation_is_that_of_the_mission(head: str, expected: str) -> None:
    """The title names the mission; the heading of its wire names the ministry at home."""
    found = a_reading(
        "Telegram from the Greek Embassy in Ankara (Dimas)",
        translation=f"{head}\n\n{TEXT}\n\nDIMAS",
    )

    assert {expected} == find_parties(found)["addressee"]


def test_a_letterhead_of_a_ministry_is_no_addressee_without_a_mission() -> None:
    """A ministry that stands above a wire between two persons is its letterhead."""
    found = a_reading(
        "Telegram, Anna Falk to Per Lund",
        translation=f"MINISTRY OF FOREIGN AFFAIRS\n\nTELEGRAM No. 5\n\n{TEXT}\n\nAnna Falk",
    )

    assert {"per-lund"} == find_parties(found)["addressee"]


def test_two_towns_tell_mission_and_ministry() -> None:
    """A title of two towns without a signature below tells both parties by the capital."""
    found = a_reading(
        "Telegram from Ankara to Athens, No. 12.405", translation=f"TELEGRAM\n\n{TEXT}"
    )

    parties = find_parties(found)
    assert {"greek-embassy-in-ankara"} == parties["sender"]
    assert {"greek-foreign-ministry"} == parties["addressee"]
    assert ({"ankara"}, {"athens"}) == (parties["origin"], parties["destination"])


def test_the_body_and_its_head_are_both_addressees() -> None:
    """Who heads the ministry does not make it pass the message on."""
    head = "To the Ministry of Foreign Affairs\nComrade Olav Brandt"
    found = a_reading(
        "Telegram from the Greek Embassy in Ankara", translation=f"{head}\n\n{TEXT}\n\nDimas"
    )

    assert {"greek-foreign-ministry", "olav-brandt"} == find_parties(found)["addressee"]
    assert "intermediary" not in find_parties(found)


def test_names_of_countries_and_ministries() -> None:
    """An adjective or a name gives the country; of listed names of a ministry one is taken."""
    assert not names_ministry("Ministry of Foreign Trade")
    assert "place/hungary" == country_of("the Hungarian", names())
    assert country_of("Brass", names()) is None
    listed = ministry_of("place/hungary", names())
    assert listed is not None
    assert names().is_listed(listed, "en")
