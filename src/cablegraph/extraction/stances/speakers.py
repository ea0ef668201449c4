"""Say whose words a passage is: the sender's, the signatories', or somebody's whom it reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.frames import find_frames, may_frame
from cablegraph.extraction.stances.parties import Parties
from cablegraph.extraction.stances.presence import Presence, pronouns
from cablegraph.extraction.stances.units import Unit
from cablegraph.records.model import Layer

_SINGULAR = frozenset({"he", "she", "him", "his", "her", "он", "она", "его", "ее", "её", "ему"})
_WITHIN = re.compile(r"[^.!?;:]{0,12}")  # what stands right behind a cue in its sentence
Agents = tuple[str, ...]


@dataclass(slots=True)
class Voices:
    """Who is meant by the names and pronouns of a unit, read from its beginning on.

    Shape: what is passed is read when something is asked for which it matters.
    """

    scene: Scene
    layer: Layer
    unit: Unit
    parties: Parties
    text: str = field(init=False)
    _they: Agents = ()  # whom "they" means at present: whoever was named last
    _he: Agents = ()  # whom "he" means: the last person
    _it: Agents = ()  # which state, body or group "it" means: the last one
    _reported: Agents = ()  # whose speech goes on, without a verb of saying
    _present: Presence = field(init=False)
    _behind: list[tuple[Callable[[int, int], None], int, int]] = field(default_factory=list)
    _heard: tuple[int, int, list[Agents]] = (0, 0, [])  # the stretch last asked of, its frames

    def __post_init__(self) -> None:
        self.text = self.layer.text
        self._present = Presence(self.scene, self.layer, self.unit, self.parties)

    def enter(self, start: int, end: int) -> None:
        """Note that a paragraph begins."""
        self._behind.append((self._take_up, start, end))

    def pass_by(self, start: int, end: int) -> None:
        """Note that a sentence has been passed."""
        self._behind.append((self._take_in, start, end))

    @property
    def present(self) -> Presence:
        """Who is named in the paragraph that is being read."""
        if self._behind:
            behind, self._behind = self._behind, []
            for read, start, end in behind:
                read(start, end)
        return self._present

    @property
    def reported(self) -> Agents:
        """Whose speech goes on from the sentence before, without a verb of saying."""
        return self._reported if self.present else ()

    def _take_up(self, start: int, end: int) -> None:
        self._present.take_up(start, end)
        self._reported = ()

    def _take_in(self, start: int, end: int) -> None:
        """Take whoever a sentence is about for whom a later pronoun means."""
        present = self._present
        if present.names_any(start, end):
            named = present.topics(start, end) or ([] if self._they else present.others(start, end))
            pronoun = self.find_subject("they", start, end) if named and self._they else None
            if named and not (pronoun and pronoun.start() < named[0][0]):
                self._they = (named[0][1],)
                self._he = _first_person(named) or self._he
            self._it = present.bodies(start, end) or self._it
        self._carry_on(start, end)

    def _carry_on(self, start: int, end: int) -> None:
        """Note whose speech may go on in the next sentence, which need not say so again."""
        frames = self.find_frames(start, end)
        if frames:
            self._reported = frames[-1] if frames[-1] != self.unit.speakers else ()
        elif not self._reported:
            return
        elif self.has("we", start, end) or self._present.is_about_other(start, end, self._reported):
            self._reported = ()

    def they_at(self, sentence: int, place: int, word: str = "") -> Agents:
        """Return whom "he" or "they" means at a place: who is named first in the sentence."""
        present = self.present
        if word.lower() == "it":
            told = self.said(sentence, place) or self._reported
            return told or present.bodies(sentence, place) or self._it or self._they
        own = present.speakers(sentence, place)
        named = present.topics(sentence, place)
        named = named or own or ([] if self._he else present.others(sentence, place))
        if word.lower() in _SINGULAR:
            return _first_person(named) or self._he
        return (named[0][1],) if named else self._they

    def named(self, start: int, end: int) -> list[str]:
        """Return the agents that are named in a stretch, in order, each once."""
        return self.present.within(start, end)

    def mentioned(self, start: int, end: int) -> Agents:
        """Return the agents that a stretch names or means by "you" and "we"."""
        found = self.named(start, end)
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if not found and self.has(who, start, end):
                found = list(agents)
        if not found:
            found = [one.entity for one in self.present.upright(start, end)][:1]
        if not found and self.has("they", start, end):
            found = list(self._they)
        return tuple(found)

    def agent_after(self, place: int) -> tuple[str, int] | None:
        """Return who is named right after a noun, and where the name ends: "the plan of X"."""
        return self.present.after(place)

    def owner(self, start: int, end: int) -> Agents:
        """Return whose a proposal is by the possessive or the name before it."""
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if self.has(who, start, end):
                return agents
        named = self.named(start, end)
        if named:
            return tuple(named[:1])
        return self._they if self.has("they", start, end) else ()

    def voice(self, sentence: int, cue: tuple[int, int]) -> Agents:
        """Return whose words stand at *cue*: whoever is said to say them in the sentence."""
        frames = self.find_frames(sentence, cue[0])
        if frames:
            return frames[-1]
        if self.reported:
            beside = _WITHIN.match(self.text, cue[1])
            end = beside.end() if beside else cue[1]
            if not any(self.has(who, sentence, end) for who in ("we", "you")):
                return self.reported
        return self.unit.speakers

    def said(self, sentence: int, place: int) -> Agents:
        """Return who is said in a sentence to say what stands at a place, or nobody."""
        frames = self.find_frames(sentence, place)
        return frames[-1] if frames else ()

    def find_frames(self, start: int, end: int) -> list[Agents]:
        """Return who is said to speak, for each verb of saying in a stretch."""
        if not may_frame(self.text, self.layer.language, start, end):
            return []
        present = self.present
        if self._heard[:2] != (start, end):
            found = find_frames(
                self.text,
                self.layer.language,
                start,
                end,
                named=present.persons,
                they_at=lambda place, word: self.they_at(start, place, word),
                speakers=self.unit.speakers,
            )
            self._heard = start, end, list(found)
        return self._heard[2]

    def is_you(self, start: int, end: int) -> bool:
        """Tell whether the addressee is the subject in a stretch: "you"."""
        return self.find_subject("you", start, end) is not None

    def has_first_person(self, start: int, end: int) -> bool:
        """Tell whether "I" or "we" stands in a stretch."""
        return self.has("we", start, end)

    def find_subject(self, who: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first pronoun of a stretch that may be a subject, or goes with one."""
        return pronouns(self.layer.language, f"subject_{who}").search(self.text, start, end)

    def has(self, who: str, start: int, end: int) -> bool:
        """Tell whether a stretch has a pronoun: you, we or they."""
        return pronouns(self.layer.language, who).search(self.text, start, end) is not None


def _first_person(named: list[tuple[int, str]]) -> Agents:
    """Return the first person of whoever is named, and no group or body."""
    return next(((who,) for _, who in named if who.startswith("person/")), ())
