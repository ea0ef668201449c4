"""Say who is named in a paragraph: listed agents, houses of the two sides, unlisted parties."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.houses import find_houses
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.parties import Parties, Party, is_oblique, without_peoples
from cablegraph.extraction.stances.units import Unit
from cablegraph.records.model import Layer

Place = tuple[int, int, str]  # where an agent is named, and who it is
_AGENTS = ("person/", "group/", "org/")
# "I called on Roa"
MET = Opening(r"(?<!\w)(?:I|[Ww]e|[ЯяМм]ы?)(?!\w)", ("i", "we", "я*", "м*"), flags=0)
_TITLE = 40  # characters before a name in which a post or body stands
_BESIDE = 12  # characters between a pronoun and the verb that goes with it
_OF = re.compile(r"\s+(?:(?:of|by|from)\s+)?(?:the\s+)?")


@cache
def pronouns(language: str, who: str) -> Opening:
    """Return the search for pronouns, and words that go with one, by whom they mean."""
    return opening(GRAMMAR["parties"][language][who])


@dataclass(slots=True)
class Presence:
    """Who is named in the paragraph that was taken up last; offsets are those of the layer."""

    scene: Scene
    layer: Layer
    unit: Unit
    parties: Parties
    named: list[Place] = field(default_factory=list)
    unlisted: list[Party] = field(default_factory=list)
    persons: list[Place] = field(default_factory=list)  # the named, and unlisted persons
    _everybody: list[int] = field(default_factory=list)  # where somebody is named

    def take_up(self, start: int, end: int) -> None:
        """Take up the names of a paragraph, before its sentences are read."""
        layer = self.layer
        found = self.scene.names.find(layer.text[start:end], layer.language)
        named = [
            (start + match.start, start + match.end, known.entity)
            for match, known in found
            if known.entity.startswith(_AGENTS)
        ]
        houses = list(find_houses(layer.text, start, end, self.unit, layer.language))
        if houses:
            apart = (
                one for one in named if not any(one[0] < b and a < one[1] for a, b, _ in houses)
            )
            named = sorted({*apart, *houses})
        self.unlisted = self.parties.find(layer, start, end)
        self.named = without_peoples(sorted(set(named)), self.unlisted)
        persons = (one for one in self.unlisted if one.entity.startswith("person/"))
        self.persons = sorted([*self.named, *((x.start, x.end, x.entity) for x in persons)])
        self._everybody = sorted({*(x[0] for x in self.persons), *(x.start for x in self.unlisted)})

    def names_any(self, start: int, end: int) -> bool:
        """Tell whether anybody at all is named in a stretch."""
        low = bisect_left(self._everybody, start)
        return low < len(self._everybody) and self._everybody[low] < end

    def within(self, start: int, end: int) -> list[str]:
        """Return the agents that are named in a stretch, in order, each once."""
        inside = [who for a, b, who in self.named if start <= a and b <= end]
        return list(dict.fromkeys(inside))

    def bodies(self, start: int, end: int) -> tuple[str, ...]:
        """Return the state, body or group with which a stretch begins, or none."""
        text, language = self.layer.text, self.layer.language
        near = min(end, start + _TITLE)
        rows = [(a, who) for a, b, who in self.named if start <= a and b <= near]
        rows += [(one.start, one.entity) for one in self.upright(start, near)]
        upright = [(a, who) for a, who in sorted(rows) if not is_oblique(text, a, language)]
        return tuple(who for _, who in upright if not who.startswith("person/"))[:1]

    def speakers(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the speakers who are named in a stretch: "Filippov and his friends think"."""
        text, language = self.layer.text, self.layer.language
        return [
            (a, who)
            for a, b, who in self.named
            if start <= a
            and b <= end
            and who in self.unit.speakers
            and not is_oblique(text, a, language)
        ]

    def topics(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return whom a sentence is about: not who stands in a clause or after a preposition.

        Shape: whoever "I" saw or called on is whom the next sentence speaks of.
        """
        others = self.others(start, end)
        if not others:
            return []
        text, language = self.layer.text, self.layer.language
        met = MET.search(text, start, end)
        within = pronouns(language, "within").search(text, start, end)
        last = within.start() if within else end
        return [
            one
            for one in others
            if one[0] < last
            and ((met and met.end() < one[0]) or not is_oblique(text, one[0], language))
        ]

    def others(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return who is named in a stretch beside those who speak to each other."""
        own = (*self.unit.speakers, *self.unit.advised)
        return [
            (a, who) for a, b, who in self.persons if start <= a and b <= end and who not in own
        ]

    def upright(self, start: int, end: int) -> list[Party]:
        """Return the unlisted parties of a stretch that no preposition governs."""
        text, language = self.layer.text, self.layer.language
        return [
            one
            for one in self.unlisted
            if start <= one.start and one.end <= end and not is_oblique(text, one.start, language)
        ]

    def after(self, place: int) -> tuple[str, int] | None:
        """Return who is named right after a noun, and where the name ends: "the plan of X"."""
        link = _OF.match(self.layer.text, place)
        for a, b, who in self.named:
            if link and link.start() < a <= link.end():
                return who, b
        return None

    def is_about_other(self, start: int, end: int, reported: tuple[str, ...]) -> bool:
        """Tell whether a sentence begins with somebody else than whose speech was reported."""
        first = [
            (a, b, who) for a, b, who in self.named if start <= a <= start + _BESIDE and b <= end
        ]
        if not first:
            return False
        _, b, who = first[0]
        return who not in reported and self.layer.text[b : b + 2] not in ("'s", "’s")
