"""Find what a stance is about: numbered points, a proposal, a pronoun for one, or its content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.extraction.stances.content import Place, find_content, has_words, is_rich
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.patterns import find_words
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.points import Points, find_points
from cablegraph.extraction.stances.proposals import (
    clean,
    find_proposals,
    find_put_forward,
    lead_of,
    rules_of,
)
from cablegraph.extraction.stances.speakers import Voices

_FAR_BACK = 3  # sentences after which "this proposal" means nothing that was named before
_NEAR = 4  # words between a pronoun and the cue that it goes with
_OWNER = 12  # characters before a naming in which its possessive stands
_EXPLETIVE = re.compile(r"it(?:['’]s| is| was| would be| will be| seems)", re.IGNORECASE)


@dataclass(slots=True)
class Targets:
    """The proposals of a message, and which of them was spoken of last."""

    text: str
    language: str
    register: Register
    voices: Voices
    _last: list[tuple[int, tuple[Naming, ...]]] = field(default_factory=list)
    _aside: tuple[Naming, ...] = ()  # of the conditional clause of this sentence

    def begin_sentence(self) -> None:
        """Forget the conditional clause of the sentence before."""
        self._aside = ()

    def note(self, start: int, end: int, sentence: int) -> None:
        """Take up the proposals that a clause without a stance names."""
        found = self._in_points(start, end) or self._in_proposals(start, end)
        if not found:
            put = find_put_forward(self.text, start, end, self.voices)
            if put is not None:
                lead = lead_of(self.text, put, self.language)
                found = (self.register.keyed(self.text, put, lead),)
        self._remember(found, sentence)

    def note_condition(
        self, start: int, end: int, verb_end: int, actors: tuple[str, ...], sentence: int
    ) -> tuple[Naming, ...]:
        """Take up the proposal that might be put; "such a proposal" is the one named before."""
        found = self._in_points(start, end)
        if not found:
            for naming in find_proposals(self.text, start, end, self.voices):
                whose = naming.proposers or actors
                anew = naming._replace(proposers=whose, is_hypothetical=True)
                found = (self.register.keyed(self.text, anew),)
                break
        found = found or self._anaphor(start, end, sentence)
        if not found and has_words(self.text, verb_end, end, self.language):
            first = verb_end + len(self.text[verb_end:end]) - len(self.text[verb_end:end].lstrip())
            phrase = clean(self.text[first:end])
            anew = Naming(first, end, phrase=phrase, proposers=actors, is_hypothetical=True)
            found = (self.register.keyed(self.text, anew),)
        self._remember(found, sentence)
        self._aside = found
        return found

    def find(
        self,
        place: Place,
        index: int,
        before: tuple[Naming, ...],
        doer: str,
        proposers: tuple[str, ...],
    ) -> tuple[Naming, ...]:
        """Return what the stance at *index* of a clause is about.

        Shape: *before* is what the stance before it in the clause is about, which a joined one
            shares when its own words name nothing.
        """
        start, end = place.region(index)
        taken = place.taken[index]
        cue = place.chars(taken.first, taken.last)
        action = place.words.spans[taken.action]
        found = (
            self._in_points(start, end)
            or self._beside(place, taken, start, end)
            or self._in_proposals(start, end, cue if taken.cue.side == "task" else action)
            or (before or self._supposed(taken) if self._names_nothing(cue, start, end) else ())
        )
        if not found and (content := find_content(self.text, place, index, self.language)):
            phrase = clean(self.text[slice(*content)])
            naming = Naming(
                *content, phrase=phrase, doer=doer, proposers=proposers, is_content=True
            )
            skip = [span[0] for span in place.words.spans[taken.first : taken.last]]
            found = (self.register.keyed(self.text, naming, skip),)
        if not any(naming.is_anaphor for naming in found):
            self._remember(found, place.sentence)
        return found

    def take_up(self, found: tuple[Naming, ...], sentence: int) -> None:
        """Take up the items of a list, so that "they" may mean them all."""
        self._remember(found, sentence)

    def _supposed(self, taken: Taken) -> tuple[Naming, ...]:
        """Return what the conditional clause names: "if they propose a committee, refuse"."""
        return () if taken.cue.side == "task" else _as_anaphors(self._aside)

    def _remember(self, found: tuple[Naming, ...], sentence: int) -> None:
        if found:
            self._last.append((sentence, found))

    def _in_points(self, start: int, end: int) -> tuple[Naming, ...]:
        found: list[Naming] = []
        for points in find_points(self.text, start, end, self.language):
            found += self._of_points(points)
        return tuple(found)

    def _of_points(self, points: Points) -> Iterator[Naming]:
        near = (max(0, points.start - _OWNER), points.end)
        after = (points.end, points.end + _OWNER)  # «пунктов Вашего плана»
        whose = self.voices.owner(points.start, points.end) or self.voices.owner(*near)
        whose = whose or self.voices.owner(*after)
        for point in points.points:
            naming = Naming(
                point.start,
                point.end,
                phrase=point.phrase,
                point=point.number,
                part=point.part,
                proposers=whose,
            )
            yield self.register.keyed(self.text, naming)

    def _in_proposals(
        self, start: int, end: int, cue: tuple[int, int] = (0, 0)
    ) -> tuple[Naming, ...]:
        for naming in find_proposals(self.text, start, end, self.voices, cue):
            return (self.register.keyed(self.text, naming),)
        return ()

    def _beside(self, place: Place, taken: Taken, start: int, end: int) -> tuple[Naming, ...]:
        """Return what a pronoun or "this proposal" beside the cue means."""
        rules = rules_of(self.language)
        many = rules.many.search(self.text, start, end)
        if many and not is_rich(self.text, place, taken, many.end(), self.language):
            for group in self._recent(place.sentence):
                if len(group) > 1:
                    return _as_anaphors(group)
        found = rules.demonstrative.search(self.text, start, end)
        if taken.cue.side != "task" or taken.negated or taken.force == "refuse":
            found = found or self._pronoun(place, taken, start, end)
        if found is None:
            return ()
        several = self._last[-1][1] if self._last and rules.several.fullmatch(found.group()) else ()
        return _as_anaphors(several) if len(several) > 1 else self._antecedent(place.sentence)

    def _pronoun(self, place: Place, taken: Taken, start: int, end: int) -> re.Match[str] | None:
        spans = place.words.spans
        near = spans[max(0, taken.first - _NEAR - 1)][0]
        far = spans[min(len(spans), taken.last + _NEAR) - 1][1]
        rules = rules_of(self.language)
        for match in rules.pronoun.finditer(self.text, max(start, near), min(end, far)):
            before = self.text[max(start, match.start() - _OWNER) : match.start()]
            if rules.replaced.search(before):
                continue  # "instead of it" names what is answered
            if self._is_object(match, place, taken):
                return match
        return None

    def _is_object(self, match: re.Match[str], place: Place, taken: Taken) -> bool:
        """Tell whether a pronoun stands for what the cue is about, and not as mere subject."""
        first, last = place.chars(taken.first, taken.last)
        if _EXPLETIVE.match(self.text, match.start()) and taken.modal is not None:
            return False
        rich = is_rich(self.text, place, taken, match.end(), self.language)
        if self._is_subject(match, place, taken):
            return False
        if match.end() <= first:
            between = find_words(self.text, match.end(), first).tokens
            most = _NEAR if match.start() == place.clause.start else 2
            return len(between) <= most and not rich
        if match.end() <= last:
            return True
        between = find_words(self.text, last, match.start()).tokens
        ends = self.text[match.end() : match.end() + 1] in ".,;:!?"
        return len(between) <= 1 and (ends or not rich)

    def _is_subject(self, match: re.Match[str], place: Place, taken: Taken) -> bool:
        """Tell whether a pronoun only says who acts: "it wants a conference"."""
        first, last = place.chars(taken.first, taken.last)
        acts = taken.holder == "subject" and taken.modal is None and self.language == "en"
        beside = not self.text[match.end() : first].strip() and match.end() <= first
        return acts and beside and has_words(self.text, last, place.clause.end, self.language)

    def _recent(self, sentence: int) -> list[tuple[Naming, ...]]:
        """Return what was named in the last sentences, the latest first."""
        return [group for at, group in reversed(self._last) if sentence - at <= _FAR_BACK]

    def _antecedent(self, sentence: int) -> tuple[Naming, ...]:
        if self._aside:
            return _as_anaphors(self._aside)
        recent = self._recent(sentence)
        return _as_anaphors(recent[0][-1:]) if recent else ()

    def _anaphor(self, start: int, end: int, sentence: int) -> tuple[Naming, ...]:
        rules = rules_of(self.language)
        found = rules.demonstrative.search(self.text, start, end)
        found = found or rules.pronoun.search(self.text, start, end)
        return self._antecedent(sentence) if found else ()

    def _names_nothing(self, cue: tuple[int, int], start: int, end: int) -> bool:
        stretches = ((start, cue[0]), (cue[1], end))
        return not any(has_words(self.text, a, b, self.language) for a, b in stretches)


def _as_anaphors(group: tuple[Naming, ...]) -> tuple[Naming, ...]:
    return tuple(naming._replace(is_anaphor=True) for naming in group)
