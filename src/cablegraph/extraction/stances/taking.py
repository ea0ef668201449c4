"""Make stances of the cues of a clause: who takes each, on what, of which kind and why."""

from __future__ import annotations

from dataclasses import dataclass

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.assemble import Draft
from cablegraph.extraction.stances.clauses import Clause, Sentence
from cablegraph.extraction.stances.content import Place
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.idle import Spot, is_idle
from cablegraph.extraction.stances.lexicon import coarse_kind
from cablegraph.extraction.stances.mentioned import goes_with_noun, is_passive
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.provisos import Condition, find_evaluation
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.extraction.stances.subjects import Subjects
from cablegraph.extraction.stances.targets import Targets
from cablegraph.extraction.stances.told import Told
from cablegraph.extraction.stances.units import Unit
from cablegraph.records.model import Layer

_REFUSING = frozenset({"reject", "decline", "withhold"})
_RESERVED = "accept-with-reservation"
_AGAINST = "advise-against"
_ACCEPTED = frozenset({"accept", "conditional-accept"})  # coarse
_READY = frozenset({"accept", "comply", "express-readiness"})
_OWN = frozenset({"propose", "counter-propose"})
# Kinds that speak of a proposal as such: troops may be withdrawn, but that drops no proposal.
_OF_PROPOSALS = frozenset({"may-drop"})


@dataclass(slots=True)
class Taker:
    """What takes up the cues of one message, and puts the stances to those told before."""

    scene: Scene
    layer: Layer
    unit: Unit
    register: Register
    voices: Voices
    subjects: Subjects
    targets: Targets
    told: Told

    def take(
        self,
        sentence: Sentence,
        place: Place,
        index: int,
        taken: Taken,
        contrasts: bool,
        before: tuple[Naming, ...],
    ) -> tuple[Naming, ...]:
        """Note what one cue of a clause takes; return what it is about."""
        clause = place.clause
        cue = place.chars(taken.first, taken.last)
        ordered = is_passive(place.words, taken, self.register.language, present=True)
        if is_idle(self.voices, self.subjects, Spot(sentence, clause, taken, cue, ordered)):
            self.targets.note(clause.start, clause.end, place.sentence)
            return before
        if taken.kind == _RESERVED and taken.cue.side == "any" and self._reserve():
            return before
        holder = self._holder(sentence, place, taken, cue)
        if holder is None:
            return before
        proposers = self._proposers(taken, holder, cue)
        found = self.targets.find(place, index, before, _doer(taken), proposers)
        if taken.cue.kind in _OF_PROPOSALS or taken.kind in _OF_PROPOSALS:
            found = tuple(naming for naming in found if not naming.is_content)
        kind, answered = self._kind(taken, clause), self._answered(taken, contrasts, sentence)
        if answered is not None and kind in _OWN:
            kind = "counter-propose"
        for naming in found:
            self.told.drafts.append(
                Draft(
                    start=_start(self.layer, clause),
                    end=clause.end,
                    sentence=sentence.start,
                    kind=self._on_whose(kind, naming),
                    force=taken.force,
                    naming=naming,
                    cue=taken.cue.id,
                    unit=self.unit,
                    speakers=holder,
                    pieces=clause.provisos,
                    grounds=self._grounds(clause, taken, cue),
                    answers=answered if kind == "counter-propose" else None,
                    told=cue[1],
                )
            )
        return found

    def _holder(
        self, sentence: Sentence, place: Place, taken: Taken, cue: tuple[int, int]
    ) -> tuple[str, ...] | None:
        """Return who takes a stance; None where a passive only tells of it, or names nobody."""
        language = self.register.language
        if taken.holder == "subject" and is_passive(place.words, taken, language):
            doer = self.subjects.doer(cue, place.clause.end)
            if doer is not None:
                aside = goes_with_noun(place.words, taken, language)
                return None if aside or not doer else doer
        return self.subjects.holder(sentence.start, place.clause.start, cue, taken)

    def _reserve(self) -> bool:
        """Make the acceptance before conditional: "One reservation was made: …"."""
        for draft in reversed(self.told.near):
            if coarse_kind(draft.kind) in _ACCEPTED:
                draft.kind = _RESERVED
                return True
        return False

    def _kind(self, taken: Taken, clause: Clause) -> str:
        """Return the kind: "if they refuse, we are ready to wait" accepts nothing of theirs."""
        kinds = [self.told.conditions[p].kind for p in clause.provisos if p in self.told.conditions]
        opposed = "if-opponent-refuses" in kinds and taken.force == "commit"
        return "inform-intent" if opposed and taken.kind in _READY else taken.kind

    def _on_whose(self, kind: str, naming: Naming) -> str:
        """Return what advice against a thing is: a refusal of what others put, else a restraint."""
        if kind != _AGAINST or naming.is_content:
            return kind
        return "withhold" if set(naming.proposers) & set(self.unit.speakers) else "reject"

    def _proposers(
        self, taken: Taken, holder: tuple[str, ...], cue: tuple[int, int]
    ) -> tuple[str, ...]:
        """Return who put what a stance states by its content: a draft's words are its author's."""
        if taken.kind in ("accept", "no-objection"):
            named = self.voices.named(*cue)
            own = taken.force == "commit" and holder == self.unit.speakers
            return tuple(named[:1]) or (self.unit.advised if own else ())
        if taken.cue.side in ("own", "task") and taken.kind not in (*_REFUSING, "may-drop"):
            return self.scene.agents("sender") if self.unit.is_drafted else holder
        return ()

    def _answered(self, taken: Taken, contrasts: bool, sentence: Sentence) -> Naming | None:
        """Return the refused proposal in whose place this one is put."""
        if not contrasts or taken.kind not in _OWN:
            return None
        near = self.told.near
        for draft in reversed(near):
            here = draft.sentence == sentence.start or draft is near[-1]
            if draft.kind in _REFUSING and here:
                return draft.naming
        return None

    def _grounds(
        self, clause: Clause, taken: Taken, cue: tuple[int, int]
    ) -> list[tuple[int, int, tuple[Condition, ...]]]:
        found: list[tuple[int, int, tuple[Condition, ...]]] = []
        found += [(piece.start, piece.end, ()) for piece in clause.reasons]
        text, language = self.layer.text, self.layer.language
        if not taken.cue.is_action and taken.kind in _REFUSING:
            judged = find_evaluation(text, cue[0], clause.end, language)
            if judged:
                found.append((*judged, ()))
        return found


def _doer(taken: Taken) -> str:
    if taken.cue.side != "task":
        return ""
    return {"decline": "we", "offer-limited": "we"}.get(taken.kind, "you")


def _start(layer: Layer, clause: Clause) -> int:
    """Return where the words of a stance begin: with its condition, if that stands beside it."""
    for piece in reversed(clause.provisos):
        between = layer.text[piece.end : clause.start]
        if piece.end <= clause.start and not between.strip(" ,\n"):
            return piece.start
    return clause.start
