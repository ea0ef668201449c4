"""Say whether two names are those of one mission: sent by one state, seated in one town."""

from __future__ import annotations

import re

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities
from cablegraph.extraction.names import Names
from cablegraph.extraction.postings import capital_of

_KIND = r"(?P<kind>embassy|legation|consulate(?:[\s-]general)?|mission)"
_SEAT = r"\s+(?:in|at|to)\s+(?:the\s+)?(?P<seat>.+)"
_FORMS = (
    re.compile(rf"(?:the\s+)?{_KIND}\s+of\s+(?:the\s+)?(?P<state>.+?){_SEAT}", re.IGNORECASE),
    re.compile(rf"(?:the\s+)?(?P<state>.+?)\s+{_KIND}{_SEAT}", re.IGNORECASE),
)
Mission = tuple[str, str, str]  # kind, state that sends it, town of its seat


class Missions:
    """Takes the names of missions apart with the authority file."""

    def __init__(self, authorities: Authorities, matcher: Matcher) -> None:
        self._names = Names(authorities, matcher)
        self._matcher = matcher

    def are_same(self, one: str, other: str) -> bool:
        """Say whether both name one mission: "Embassy of A in B", "A-ish Embassy in B's capital".

        Shape: False where the authority file lacks the state or the seat.
        """
        first = self._read(one)
        return first is not None and first == self._read(other)

    def _read(self, name: str) -> Mission | None:
        match = next((found for form in _FORMS if (found := form.fullmatch(name.strip()))), None)
        if match is None:
            return None
        states = {
            form.entity
            for form in self._matcher.resolve(match["state"], "en")
            if form.entity.startswith("place/")
        }
        town = self._names.place(capital_of(match["seat"], self._names) or match["seat"], "en")
        if len(states) != 1 or town is None:
            return None
        return match["kind"].lower(), states.pop(), town.entity
