"""Tell whose house a passage speaks of: the Department at home, the Legation at its post.

A ministry and its missions speak of themselves and each other by the bare name of the house. Whose
it is follows from the heading: who writes from a post, who from home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.units import Unit

_SIDES = ("home", "post")


@dataclass(frozen=True, slots=True)
class _Rules:
    parted: re.Pattern[str]  # what stands between who writes and to whom
    houses: dict[str, Opening]
    holders: dict[str, re.Pattern[str]]
    own: Opening


def find_houses(
    text: str, start: int, end: int, unit: Unit, language: str
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and agent for each bare name of a house of the two sides of a message.

    Shape: nothing where the heading does not part the sides; "this Government" and the like are
        always whoever writes.
    """
    rules = _rules(language)
    if rules is None:
        return
    for match in rules.own.finditer(text, start, end) if unit.speakers else ():
        yield match.start(), match.end(), unit.speakers[0]
    for side, agents in _sides(unit, rules):
        for match in rules.houses[side].finditer(text, start, end) if agents else ():
            yield match.start(), match.end(), agents[0]


def _sides(unit: Unit, rules: _Rules) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each side of which the heading tells whether the sender or the addressee is it."""
    heading = rules.parted.split(unit.heading, maxsplit=1)
    if len(heading) != 2:
        return
    for side in _SIDES:
        sends, gets = (bool(rules.holders[side].search(words)) for words in heading)
        if sends != gets:
            yield side, unit.speakers if sends else unit.advised


@cache
def _rules(language: str) -> _Rules | None:
    words = GRAMMAR["houses"].get(language)
    if words is None:
        return None
    free = r"(?:(?<=[Tt]he\s)|(?<![\w'’.]\s)(?<!\w))"
    return _Rules(
        parted=re.compile(words["parted"]),
        houses={
            side: opening(
                words[side],
                before=free,
                after=rf"(?![\w'’-])(?!\s+(?:{words['not']}))",
                flags=0,
            )
            for side in _SIDES
        },
        holders={side: re.compile(words[f"{side}_holder"]) for side in _SIDES},
        own=opening(words["own"], after=r"(?![\w'’-])", flags=0),
    )
