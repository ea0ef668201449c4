"""Say who takes a stance: the grammatical subject of its cue, whom "by" names, or the voice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cablegraph.extraction.stances.content import find_by
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.parties import Party, is_oblique, may_be_party
from cablegraph.extraction.stances.presence import MET, pronouns
from cablegraph.extraction.stances.speakers import Agents, Voices

_TO_OTHERS = frozenset({"recommend", "require", "command"})  # said by the voice to somebody
_TITLE = 40  # characters before a name in which a post or body stands
_BESIDE = 12  # characters between a pronoun and the verb that goes with it
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|as well as|и)\s+(?:[Cc]omrades?\s+)?")
# Words between a country and its verb: no other clause, and not many.
_ENDS_NEAR = re.compile(r".{40}|[,;:]|\band\b", re.DOTALL)
_BY_OF = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
Subject = tuple[int, int, Agents | None]
_Asked = tuple[int, int, tuple[int, int]]


@dataclass(slots=True)
class Subjects:
    """The subjects of the cues of one unit."""

    voices: Voices
    _last: tuple[_Asked | None, Agents | None] = (None, None)  # the cue last asked of

    def holder(self, sentence: int, clause: int, cue: tuple[int, int], taken: Taken) -> Agents:
        """Return who takes a stance: the voice, or the grammatical subject before the cue."""
        unit = self.voices.unit
        if taken.force == "command":
            return unit.speakers  # an imperative is said by whoever writes
        if taken.holder == "subject":
            subject = self.subject(sentence, clause, cue)
            to_addressee = subject == unit.advised and taken.force in _TO_OTHERS
            if subject is not None and not to_addressee:
                return subject
        elif taken.modal is None and taken.force not in _TO_OTHERS:
            # A whole cue whose row does not say: "Controls he could not accept".
            subject = self._beside(sentence, clause, cue)
            if subject is not None:
                return subject
        return self.voices.voice(sentence, cue)

    def _beside(self, sentence: int, clause: int, cue: tuple[int, int]) -> Agents | None:
        """Return whom a name or "he" means that stands at a cue or within its words."""
        voices = self.voices
        if MET.search(voices.text, cue[0], cue[1]):
            return None  # "we suggest" is said by whoever speaks
        low = max(clause, cue[0] - _BESIDE)
        inside = [who for a, b, who in voices.present.named if low <= a and b <= cue[0]]
        if inside:
            return (inside[-1],)
        they = voices.find_subject("they", low, cue[1])
        return voices.they_at(sentence, clause, they.group()) or None if they else None

    def subject(self, sentence: int, clause: int, cue: tuple[int, int]) -> Agents | None:
        """Return whom the last name or pronoun before a cue means, else the first within it.

        Shape: None is whoever speaks: "we", or nobody who is named. A name that a preposition
            governs is no subject, but for "the envoy of Roa", where nothing else is one.
        """
        asked = sentence, clause, cue
        if self._last[0] != asked:
            self._last = asked, self._find(*asked)
        return self._last[1]

    def _find(self, sentence: int, clause: int, cue: tuple[int, int]) -> Agents | None:
        text, language = self.voices.text, self.voices.layer.language
        before = self._places(sentence, clause, cue[0])
        upright = [one for one in before if not is_oblique(text, one[0], language)]
        by_of = [] if upright else [one for one in before if self._stands_for(clause, one[0])]
        if upright or by_of:
            return self._together(upright, max(upright or by_of, key=lambda one: one[1]))
        inside = self._places(sentence, cue[0], cue[1])
        return min(inside, key=lambda one: one[1])[2] or None if inside else None

    def _stands_for(self, clause: int, start: int) -> bool:
        """Tell whether a name stands in "the envoy of Roa", which may be a subject."""
        text, language = self.voices.text, self.voices.layer.language
        link = _BY_OF.search(text, max(clause, start - 8), start)
        low = max(clause, start - _TITLE)
        return link is not None and may_be_party(text, low, link.start(), language)

    def doer(self, cue: tuple[int, int], end: int) -> Agents | None:
        """Return who "by" says to act right after a passive: "is opposed by Roa".

        Shape: none where "by" names nobody that is known, and None where there is no "by".
        """
        by = find_by(self.voices.text, cue[1], end, self.voices.layer.language)
        if by is None:
            return None
        present = self.voices.present
        named = sorted([*present.named, *((x.start, x.end, x.entity) for x in present.unlisted)])
        return tuple(who for a, _, who in named if by <= a <= by + _BESIDE)[:1]

    def _together(self, places: list[Subject], last: Subject) -> Agents | None:
        """Return the last subject with those that "and" joins to it: "Roa and he"."""
        agents = last[2]
        for start, end, others in places:
            if not (agents and others and start < last[0] and end < last[0]):
                continue
            if _JOINED.fullmatch(self.voices.text, end, last[0]):
                agents = tuple(dict.fromkeys((*others, *agents)))
        return agents or None

    def _places(self, sentence: int, start: int, end: int) -> list[Subject]:
        """Return the names and pronouns of a stretch, with whom each means."""
        voices, present = self.voices, self.voices.present
        text, language = voices.text, voices.layer.language
        places: list[Subject] = [
            (a, b, (who,)) for a, b, who in present.named if start <= a and b <= end
        ]
        for one in present.unlisted:
            if start <= one.start and one.end <= end and not _ENDS_NEAR.search(text[one.end : end]):
                places.append((one.start, one.end, self._spoken_for(sentence, one)))
        for match in pronouns(language, "subject_it").begun_within(text, start, end):
            it = voices.they_at(sentence, match.start(), match.group())
            places.append((match.start(), match.end(), it))
        for match in pronouns(language, "subject_we").finditer(text, start, end):
            places.append((match.start(), match.end(), None))
        for match in pronouns(language, "subject_they").finditer(text, start, end):
            they = voices.they_at(sentence, match.start(), match[0])
            places.append((match.start(), match.end(), they))
        for match in pronouns(language, "subject_you").finditer(text, start, end):
            places.append((match.start(), match.end(), voices.unit.advised))
        return places

    def _spoken_for(self, sentence: int, party: Party) -> Agents:
        """Return who takes a country's stance: who is reported to state it, else the country."""
        if party.entity.startswith("person/"):
            return (party.entity,)
        said = self.voices.said(sentence, party.start) or self.voices.reported
        return said or (party.entity,)
