"""Say whose words a passage is: the sender's, the signatories', or somebody's whom it reports."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.content import find_by
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.frames import find_frames, may_frame
from cablegraph.extraction.stances.houses import find_houses
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.parties import (
    Parties,
    Party,
    is_oblique,
    may_be_party,
    without_peoples,
)
from cablegraph.extraction.stances.units import Unit
from cablegraph.records.model import Layer

_AGENTS = ("person/", "group/", "org/")
_TO_OTHERS = frozenset({"recommend", "require", "command"})  # said by the voice to somebody
_SINGULAR = frozenset({"he", "she", "him", "his", "her", "он", "она", "его", "ее", "её", "ему"})
_WITHIN = re.compile(r"[^.!?;:]{0,12}")  # what stands right behind a cue in its sentence
# "I called on Roa"
_MET = Opening(r"(?<!\w)(?:I|[Ww]e|[ЯяМм]ы?)(?!\w)", ("i", "we", "я*", "м*"), flags=0)
_TITLE = 40  # characters before a name in which a post or body stands
_BESIDE = 12  # characters between a pronoun and the verb that goes with it
_OF = re.compile(r"\s+(?:(?:of|by|from)\s+)?(?:the\s+)?")
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|as well as|и)\s+(?:[Cc]omrades?\s+)?")
# Words between a country and its verb: no other clause, and not many.
_ENDS_NEAR = re.compile(r".{40}|[,;:]|\band\b", re.DOTALL)
_BY_OF = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
Subject = tuple[int, int, tuple[str, ...] | None]


@cache
def _pronouns(language: str, who: str) -> Opening:
    return opening(GRAMMAR["parties"][language][who])


def _subjects(language: str, who: str) -> Opening:
    """Return the forms of a pronoun that may be a subject, or go with one: "our delegates"."""
    return _pronouns(language, f"subject_{who}")


def _first_person(named: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return the first person of whoever is named, and no group or body."""
    return next(((who,) for _, who in named if who.startswith("person/")), ())


@dataclass(slots=True)
class Voices:
    """Who is meant by the names and pronouns of a unit, read from its beginning on."""

    scene: Scene
    layer: Layer
    unit: Unit
    parties: Parties
    they: tuple[str, ...] = ()  # whom "they" means at present: whoever was named last
    he: tuple[str, ...] = ()  # whom "he" means: the last person
    it: tuple[str, ...] = ()  # which state, body or group "it" means: the last one
    reported: tuple[str, ...] = ()  # whose speech goes on, without a verb of saying
    text: str = field(init=False)
    _named: list[tuple[int, int, str]] = field(default_factory=list)
    _unlisted: list[Party] = field(default_factory=list)
    _persons: list[tuple[int, int, str]] = field(default_factory=list)  # and unlisted persons
    _everybody: list[int] = field(default_factory=list)  # where somebody is named
    _behind: list[tuple[Callable[[int, int], None], int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.layer.text

    def enter(self, start: int, end: int) -> None:
        """Note that a paragraph begins."""
        self._behind.append((self._take_up, start, end))

    def pass_by(self, start: int, end: int) -> None:
        """Note that a sentence has been passed."""
        self._behind.append((self._take_in, start, end))

    def catch_up(self) -> None:
        """Read all that was passed: to be done before a sentence is asked of."""
        for read, start, end in self._behind:
            read(start, end)
        self._behind.clear()

    def _take_up(self, start: int, end: int) -> None:
        """Take up the names of a paragraph, before its sentences are read."""
        found = self.scene.names.find(self.text[start:end], self.layer.language)
        self._named = [
            (start + match.start, start + match.end, known.entity)
            for match, known in found
            if known.entity.startswith(_AGENTS)
        ]
        houses = list(find_houses(self.text, start, end, self.unit, self.layer.language))
        apart = (
            one for one in self._named if not any(one[0] < b and a < one[1] for a, b, _ in houses)
        )
        self._named = sorted({*apart, *houses})
        self._unlisted = self.parties.find(self.layer, start, end)
        self._named = without_peoples(self._named, self._unlisted)
        persons = (one for one in self._unlisted if one.entity.startswith("person/"))
        self._persons = sorted([*self._named, *((x.start, x.end, x.entity) for x in persons)])
        self._everybody = sorted(
            {*(x[0] for x in self._persons), *(x.start for x in self._unlisted)}
        )
        self.reported = ()

    def _take_in(self, start: int, end: int) -> None:
        """Take whoever a sentence is about for whom a later pronoun means."""
        text, language = self.text, self.layer.language
        if not self._names_any(start, end):
            self._carry_on(start, end)
            return
        named = self._topics(start, end) or ([] if self.they else self._others(start, end))
        pronoun = _subjects(language, "they").search(text, start, end)
        if named and not (pronoun and self.they and pronoun.start() < named[0][0]):
            self.they = (named[0][1],)
            self.he = _first_person(named) or self.he
        self.it = self._bodies(start, end) or self.it
        self._carry_on(start, end)

    def _names_any(self, start: int, end: int) -> bool:
        """Tell whether anybody at all is named in a stretch."""
        low = bisect_left(self._everybody, start)
        return low < len(self._everybody) and self._everybody[low] < end

    def _bodies(self, start: int, end: int) -> tuple[str, ...]:
        """Return the state, body or group with which a stretch begins, or none."""
        text, language = self.text, self.layer.language
        near = min(end, start + _TITLE)
        rows = [(a, who) for a, b, who in self._named if start <= a and b <= near]
        rows += [(one.start, one.entity) for one in self._upright(start, near)]
        upright = [(a, who) for a, who in sorted(rows) if not is_oblique(text, a, language)]
        return tuple(who for _, who in upright if not who.startswith("person/"))[:1]

    def _speakers_named(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the speakers who are named in a stretch: "Filippov and his friends think"."""
        text, language = self.text, self.layer.language
        return [
            (a, who)
            for a, b, who in self._named
            if start <= a
            and b <= end
            and who in self.unit.speakers
            and not is_oblique(text, a, language)
        ]

    def _topics(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return whom a sentence is about: not who stands in a clause or after a preposition.

        Shape: whoever "I" saw or called on is whom the next sentence speaks of.
        """
        text, language = self.text, self.layer.language
        others = self._others(start, end)
        met = _MET.search(text, start, end)
        within = _pronouns(language, "within").search(text, start, end)
        last = within.start() if within else end
        return [
            one
            for one in others
            if one[0] < last
            and ((met and met.end() < one[0]) or not is_oblique(text, one[0], language))
        ]

    def _carry_on(self, start: int, end: int) -> None:
        """Note whose speech may go on in the next sentence, which need not say so again."""
        frames = self._frames(start, end)
        if frames:
            self.reported = frames[-1] if frames[-1] != self.unit.speakers else ()
        elif not self.reported:
            return
        elif self._has("we", start, end) or self._is_about_other(start, end):
            self.reported = ()

    def _is_about_other(self, start: int, end: int) -> bool:
        """Tell whether a sentence begins with somebody else than whose speech was reported."""
        first = [
            (a, b, who) for a, b, who in self._named if start <= a <= start + _BESIDE and b <= end
        ]
        if not first:
            return False
        _, b, who = first[0]
        return who not in self.reported and self.text[b : b + 2] not in ("'s", "’s")

    def _others(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return who is named in a stretch beside those who speak to each other."""
        own = {*self.unit.speakers, *self.unit.advised}
        return [
            (a, who) for a, b, who in self._persons if start <= a and b <= end and who not in own
        ]

    def _they_at(self, sentence: int, place: int, word: str = "") -> tuple[str, ...]:
        """Return whom "he" or "they" means at a place: who is named first in the sentence."""
        if word.lower() == "it":
            told = self.said(sentence, place) or self.reported
            return told or self._bodies(sentence, place) or self.it or self.they
        own = self._speakers_named(sentence, place)
        named = self._topics(sentence, place)
        named = named or own or ([] if self.he else self._others(sentence, place))
        if word.lower() in _SINGULAR:
            return _first_person(named) or self.he
        return (named[0][1],) if named else self.they

    def named(self, start: int, end: int) -> list[str]:
        """Return the agents that are named in a stretch, in order, each once."""
        inside = [who for a, b, who in self._named if start <= a and b <= end]
        return list(dict.fromkeys(inside))

    def mentioned(self, start: int, end: int) -> tuple[str, ...]:
        """Return the agents that a stretch names or means by "you" and "we"."""
        found = self.named(start, end)
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if not found and self._has(who, start, end):
                found = list(agents)
        if not found:
            found = [one.entity for one in self._upright(start, end)][:1]
        if not found and self._has("they", start, end):
            found = list(self.they)
        return tuple(found)

    def _upright(self, start: int, end: int) -> list[Party]:
        """Return the unlisted parties of a stretch that no preposition governs."""
        text, language = self.text, self.layer.language
        return [
            one
            for one in self._unlisted
            if start <= one.start and one.end <= end and not is_oblique(text, one.start, language)
        ]

    def agent_after(self, place: int) -> tuple[str, int] | None:
        """Return who is named right after a noun, and where the name ends: "the plan of X"."""
        link = _OF.match(self.text, place)
        for a, b, who in self._named:
            if link and link.start() < a <= link.end():
                return who, b
        return None

    def owner(self, start: int, end: int) -> tuple[str, ...]:
        """Return whose a proposal is by the possessive or the name before it."""
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if self._has(who, start, end):
                return agents
        named = self.named(start, end)
        if named:
            return tuple(named[:1])
        return self.they if self._has("they", start, end) else ()

    def voice(self, sentence: int, cue: tuple[int, int]) -> tuple[str, ...]:
        """Return whose words stand at *cue*: whoever is said to say them in the sentence."""
        frames = self._frames(sentence, cue[0])
        if frames:
            return frames[-1]
        beside = _WITHIN.match(self.text, cue[1])
        end = beside.end() if beside else cue[1]
        own = any(self._has(who, sentence, end) for who in ("we", "you"))
        if self.reported and not own:
            return self.reported
        return self.unit.speakers

    def holder(
        self, sentence: int, clause: int, cue: tuple[int, int], taken: Taken
    ) -> tuple[str, ...]:
        """Return who takes a stance: the voice, or the grammatical subject before the cue."""
        if taken.force == "command":
            return self.unit.speakers  # an imperative is said by whoever writes
        if taken.holder == "subject":
            subject = self.subject(sentence, clause, cue)
            to_addressee = subject == self.unit.advised and taken.force in _TO_OTHERS
            if subject is not None and not to_addressee:
                return subject
        elif taken.modal is None and taken.force not in _TO_OTHERS:
            # A whole cue whose row does not say: "Controls he could not accept".
            subject = self._beside(sentence, clause, cue)
            if subject is not None:
                return subject
        return self.voice(sentence, cue)

    def _beside(self, sentence: int, clause: int, cue: tuple[int, int]) -> tuple[str, ...] | None:
        """Return whom a name or "he" means that stands at a cue or within its words."""
        if _MET.search(self.text, cue[0], cue[1]):
            return None  # "we suggest" is said by whoever speaks
        low = max(clause, cue[0] - _BESIDE)
        inside = [who for a, b, who in self._named if low <= a and b <= cue[0]]
        if inside:
            return (inside[-1],)
        they = _subjects(self.layer.language, "they").search(self.text, low, cue[1])
        return self._they_at(sentence, clause, they.group()) or None if they else None

    def subject(self, sentence: int, clause: int, cue: tuple[int, int]) -> tuple[str, ...] | None:
        """Return whom the last name or pronoun before a cue means, else the first within it.

        Shape: None is whoever speaks: "we", or nobody who is named. A name that a preposition
            governs is no subject, but for "the envoy of Roa", where nothing else is one.
        """
        text, language = self.text, self.layer.language
        before = self._subjects_in(sentence, clause, clause, cue[0])
        upright = [one for one in before if not is_oblique(text, one[0], language)]
        by_of = [one for one in before if self._stands_for(clause, one[0])]
        if upright or by_of:
            return self._together(upright, max(upright or by_of, key=lambda one: one[1]))
        inside = self._subjects_in(sentence, clause, cue[0], cue[1])
        return min(inside, key=lambda one: one[1])[2] or None if inside else None

    def _stands_for(self, clause: int, start: int) -> bool:
        """Tell whether a name stands in "the envoy of Roa", which may be a subject."""
        text, language = self.text, self.layer.language
        link = _BY_OF.search(text, max(clause, start - 8), start)
        low = max(clause, start - _TITLE)
        return link is not None and may_be_party(text, low, link.start(), language)

    def doer(self, cue: tuple[int, int], end: int) -> tuple[str, ...] | None:
        """Return who "by" says to act right after a passive: "is opposed by Roa".

        Shape: none where "by" names nobody that is known, and None where there is no "by".
        """
        by = find_by(self.text, cue[1], end, self.layer.language)
        if by is None:
            return None
        named = sorted([*self._named, *((x.start, x.end, x.entity) for x in self._unlisted)])
        return tuple(who for a, _, who in named if by <= a <= by + _BESIDE)[:1]

    def said(self, sentence: int, place: int) -> tuple[str, ...]:
        """Return who is said in a sentence to say what stands at a place, or nobody."""
        frames = self._frames(sentence, place)
        return frames[-1] if frames else ()

    def is_you(self, start: int, end: int) -> bool:
        """Tell whether the addressee is the subject in a stretch: "you"."""
        return bool(_subjects(self.layer.language, "you").search(self.text, start, end))

    def has_first_person(self, start: int, end: int) -> bool:
        """Tell whether "I" or "we" stands in a stretch."""
        return self._has("we", start, end)

    def _together(self, places: list[Subject], last: Subject) -> tuple[str, ...] | None:
        """Return the last subject with those that "and" joins to it: "Roa and he"."""
        agents = last[2]
        for start, end, others in places:
            joins = _JOINED.fullmatch(self.text, end, last[0]) if end < last[0] else None
            if joins and agents and others and start < last[0]:
                agents = tuple(dict.fromkeys((*others, *agents)))
        return agents or None

    def _subjects_in(self, sentence: int, clause: int, start: int, end: int) -> list[Subject]:
        places: list[Subject] = [
            (a, b, (who,)) for a, b, who in self._named if start <= a and b <= end
        ]
        for one in self._unlisted:
            near = self.text[one.end : end]
            if start <= one.start and one.end <= end and not _ENDS_NEAR.search(near):
                places.append((one.start, one.end, self._spoken_for(sentence, one)))
        for match in _subjects(self.layer.language, "it").finditer(
            self.text, start, len(self.text)
        ):
            if match.start() >= end:
                break
            it = self._they_at(sentence, match.start(), match.group())
            places.append((match.start(), match.end(), it))
        for who, agents in (("we", None), ("they", ()), ("you", self.unit.advised)):
            pattern = _subjects(self.layer.language, who)
            for match in pattern.finditer(self.text, start, end):
                they = self._they_at(sentence, match.start(), match[0]) if who == "they" else ()
                theirs = they if who == "they" else agents
                places.append((match.start(), match.end(), theirs))
        return places

    def _spoken_for(self, sentence: int, party: Party) -> tuple[str, ...]:
        """Return who takes a country's stance: who is reported to state it, else the country."""
        if party.entity.startswith("person/"):
            return (party.entity,)
        frames = self._frames(sentence, party.start)
        said = frames[-1] if frames else self.reported
        return said or (party.entity,)

    def _frames(self, start: int, end: int) -> list[tuple[str, ...]]:
        """Return who is said to speak, for each verb of saying before the cue."""
        if not may_frame(self.text, self.layer.language, start, end):
            return []
        return list(
            find_frames(
                self.text,
                self.layer.language,
                start,
                end,
                named=self._persons,
                they_at=lambda place, word: self._they_at(start, place, word),
                speakers=self.unit.speakers,
            )
        )

    def _has(self, who: str, start: int, end: int) -> bool:
        return bool(_pronouns(self.layer.language, who).search(self.text, start, end))
