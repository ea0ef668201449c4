"""Two names of one embassy, and of two."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import read_authorities
from cablegraph.evaluation.missions import Missions

AUTHORITIES = Path(__file__).parents[3] / "seeds" / "authorities"


@cache
def _missions() -> Missions:
    authorities = read_authorities(AUTHORITIES)
    return Missions(authorities, Matcher(authorities))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Embassy of Hungary in North Korea", "Hungarian Embassy in Pyongyang", True),
        ("the Polish Embassy in Washington", "Embassy of Poland in the USA", True),
        ("Embassy of the GDR in the DPRK", "East German Embassy in Pyongyang", True),
        ("Hungarian Embassy in Pyongyang", "Romanian Embassy in Pyongyang", False),
        ("Hungarian Embassy in Pyongyang", "Hungarian Embassy in Seoul", False),
        ("Hungarian Embassy in Pyongyang", "Hungarian Legation in Pyongyang", False),
        ("Martian Embassy in Pyongyang", "Embassy of Mars in North Korea", False),
        ("Hungarian Foreign Ministry", "Hungarian Embassy in Pyongyang", False),
    ],
)
def test_a_mission_is_known_by_state_and_seat(one: str, other: str, expected: bool) -> None:
    """Adjective or country, country or its capital; kind, state and town must agree."""
    assert expected is _missions().are_same(one, other)
