"""Read every stance that one text version takes on a proposal, in the order of the text.

The steps are clauses → cues → targets → provisos → speakers, each in a module of its own. How
the text versions are brought together is not said here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import find_sentences
from cablegraph.extraction.stances.assemble import Draft, assemble
from cablegraph.extraction.stances.clauses import (
    GRAMMAR,
    Clause,
    Piece,
    Sentence,
    cut_sentence,
)
from cablegraph.extraction.stances.content import Place, has_words
from cablegraph.extraction.stances.cues import Taken, Taking, read_taking
from cablegraph.extraction.stances.gates import may_tell
from cablegraph.extraction.stances.idle import Spot, drop_asked, drop_nested, is_idle, is_of_fact
from cablegraph.extraction.stances.lexicon import Lexicon, coarse_kind, load_lexicon
from cablegraph.extraction.stances.listed import Listed
from cablegraph.extraction.stances.mentioned import (
    find_commas,
    goes_with_noun,
    is_mentioned,
    is_passive,
)
from cablegraph.extraction.stances.model import Utterance
from cablegraph.extraction.stances.parties import Parties
from cablegraph.extraction.stances.patterns import find_words
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.points import find_points
from cablegraph.extraction.stances.provisos import Condition, find_evaluation, read_condition
from cablegraph.extraction.stances.settle import contradicts, repeats
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.extraction.stances.subjects import Subjects
from cablegraph.extraction.stances.targets import Targets
from cablegraph.extraction.stances.units import Unit, find_units

_REFUSING = frozenset({"reject", "decline", "withhold"})
_RESERVED = "accept-with-reservation"
_AGAINST = "advise-against"
_ACCEPTED = frozenset({"accept", "conditional-accept"})  # coarse
_READY = frozenset({"accept", "comply", "express-readiness"})
_OWN = frozenset({"propose", "counter-propose"})
# Kinds that speak of a proposal as such: troops may be withdrawn, but that drops no proposal.
_OF_PROPOSALS = frozenset({"may-drop"})
# What may be asked in a question: "Could you send him a reply?" asks for it.
_IN_QUESTIONS = frozenset({"request", "consult", "instruct", "advise", "delegate"})


def read_utterances(
    scene: Scene,
    parts: Parts,
    lexicon: Lexicon | None = None,
    *,
    parties: Parties | None = None,
) -> list[Utterance]:
    """Return the stances of one text version, in order of place.

    Shape: a stance whose object the text does not name, not even by a pronoun for what was
        named before, is none, and neither is one whose holder nobody can tell; *lexicon* is
        the one of the package unless given; *parties* are those of the document.
    """
    if parts.layer.language not in GRAMMAR["clauses"]:
        return []  # the lexicon has no wordings of that language
    register = Register(scene.names, parts.layer.language)
    own = lexicon or load_lexicon(parts.layer.language)
    drafts: list[Draft] = []
    for unit in find_units(scene, parts):
        reading = _Reading(scene, parts, unit, register, own, parties or Parties(scene))
        reading.read()
        drafts += reading.drafts
    known = bool(scene.agents("sender"))
    drafts = [one for one in drafts if one.speakers or (known and not one.unit.is_enclosed)]
    drafts.sort(key=lambda draft: draft.start)
    return assemble(parts.layer, register, drafts)


@dataclass(slots=True)
class _Reading:
    """What is being read of one message: one pass over its sentences."""

    scene: Scene
    parts: Parts
    unit: Unit
    register: Register
    lexicon: Lexicon
    parties: Parties
    drafts: list[Draft] = field(default_factory=list)
    voices: Voices = field(init=False)
    subjects: Subjects = field(init=False)
    targets: Targets = field(init=False)
    listed: Listed = field(init=False)
    _sentence: int = 0
    _paragraph: int = 0  # index in drafts of the first one of the paragraph
    _conditions: dict[Piece, Condition] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layer = self.parts.layer
        self.voices = Voices(self.scene, layer, self.unit, self.parties)
        self.subjects = Subjects(self.voices)
        self.targets = Targets(layer.text, layer.language, self.register, self.voices)
        self.listed = Listed(layer.text, layer.language, self.register)

    def read(self) -> None:
        """Read every sentence, in order."""
        for start, end in self.unit.stretches:
            self.voices.enter(start, end)
            items = self.listed.go_on(self.drafts, start, end)
            self._paragraph = len(self.drafts) - len(items)
            self.targets.take_up(items, self._sentence)
            for first, last in find_sentences(self.parts.layer.text[start:end]):
                self._sentence += 1
                if not self.listed.covers(start + first):
                    self._read_place((start + first, start + last), end)
                self.voices.pass_by(start + first, start + last)
            self._ask_once()

    def _read_place(self, place: tuple[int, int], end: int) -> None:
        """Read one sentence, with the list to which it may lead in its paragraph."""
        text, language = self.parts.layer.text, self.parts.layer.language
        first = len(self.drafts)
        if may_tell(text, *place, language, self.lexicon):
            self._read_sentence(cut_sentence(text, *place, language))
        items = self.listed.follow(self.drafts, first, place, end)
        self.targets.take_up(items, self._sentence)

    def _ask_once(self) -> None:
        """Drop the questions of a paragraph that asks for an opinion besides in so many words."""
        near = self.drafts[self._paragraph :]
        asked = [d for d in near if d.kind == "consult" and d.unit.advised]
        text = self.parts.layer.text
        questions = [
            d for d in asked if text[d.end : d.end + 1] == "?" or "?" in text[d.start : d.end]
        ]
        if len(questions) < len(asked):
            self.drafts[self._paragraph :] = [d for d in near if d not in questions]

    def _read_sentence(self, sentence: Sentence) -> None:
        if sentence.ground is not None:
            self._give_ground(sentence.ground, sentence.end, ())
            return
        self.targets.begin_sentence()
        first = len(self.drafts)
        before: Taking | None = None
        parts: list[Clause | Piece] = sorted(
            [*sentence.clauses, *sentence.pieces], key=lambda part: part.start
        )
        for part in parts:
            if isinstance(part, Clause):
                before = self._read_clause(sentence, part, before)
            elif part.kind != "reason":
                self._conditions[part] = self._condition(part)
        if len(self.drafts) == first and sentence.clauses:
            self._read_consequence(sentence)
        self._settle(first)

    def _condition(self, piece: Piece) -> Condition:
        return read_condition(
            self.parts.layer.text,
            piece,
            self.parts.layer.language,
            self.voices,
            self.targets,
            self._sentence,
        )

    def _read_clause(self, sentence: Sentence, clause: Clause, before: Taking | None) -> Taking:
        layer = self.parts.layer
        words = find_words(layer.text, clause.start, clause.end)
        taking = read_taking(words, layer.language, self.lexicon, before)
        if sentence.is_question:
            asked = tuple(one for one in taking.taken if one.kind in _IN_QUESTIONS)
            if is_of_fact(layer.text, sentence.start, sentence.end, layer.language):
                asked = ()
            is_first = not any(draft.sentence == sentence.start for draft in self.drafts)
            taking = taking._replace(taken=asked[:1] if is_first else ())
        if not taking.taken:
            self.targets.note(clause.start, clause.end, self._sentence)
            return taking
        points = find_points(layer.text, clause.start, clause.end, layer.language)
        named = {start for one in points for start in range(one.start, one.end)}
        outside = [one for one in taking.taken if words.spans[one.first][0] not in named]
        # "your second point" seconds nothing
        if outside and not sentence.is_question:
            commas = find_commas(layer.text, words)
            outside = [x for x in outside if not is_mentioned(words, x, commas, layer.language)]
        taking = taking._replace(taken=drop_nested(words, drop_asked(words, outside)))
        if not taking.taken:
            self.targets.note(clause.start, clause.end, self._sentence)
            return taking
        place = Place(clause, words, taking.taken, self._sentence)
        found: tuple[Naming, ...] = ()
        for index, taken in enumerate(taking.taken):
            found = self._take(sentence, place, index, taken, taking.contrasts, found)
        return taking

    def _take(
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
            self.targets.note(clause.start, clause.end, self._sentence)
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
            self.drafts.append(
                Draft(
                    start=_start(self.parts, clause),
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
        for draft in reversed(self.drafts[self._paragraph :]):
            if coarse_kind(draft.kind) in _ACCEPTED:
                draft.kind = _RESERVED
                return True
        return False

    def _kind(self, taken: Taken, clause: Clause) -> str:
        """Return the kind: "if they refuse, we are ready to wait" accepts nothing of theirs."""
        kinds = [self._conditions[p].kind for p in clause.provisos if p in self._conditions]
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
        near = self.drafts[self._paragraph :]
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
        text, language = self.parts.layer.text, self.parts.layer.language
        if not taken.cue.is_action and taken.kind in _REFUSING:
            judged = find_evaluation(text, cue[0], clause.end, language)
            if judged:
                found.append((*judged, ()))
        return found

    def _read_consequence(self, sentence: Sentence) -> None:
        """Take "if it is not signed, they will ignore it" as the reason for what stands before."""
        last = sentence.clauses[-1]
        if last.provisos and self.drafts[self._paragraph :]:
            conditions = tuple(self._conditions[piece] for piece in last.provisos)
            if any(one.kind == "if-own-omission" for one in conditions):
                self._give_ground(last.start, last.end, conditions)

    def _give_ground(self, start: int, end: int, conditions: tuple[Condition, ...]) -> None:
        """Add a reason to the stance before, and to those that the same words take."""
        near = self.drafts[self._paragraph :]
        for draft in near:
            if draft.start == near[-1].start and draft.kind == near[-1].kind:
                draft.grounds.append((start, end, conditions))

    def _set_apart(self, draft: Draft) -> None:
        """Let a stance be on its own clause: what it seemed to be on, its holder judges otherwise.

        A pronoun meant something else, or two phrases share their words by chance.
        """
        text, language = self.parts.layer.text, self.parts.layer.language
        start = draft.told if has_words(text, draft.told, draft.end, language) else draft.start
        start += len(text[start : draft.end]) - len(text[start : draft.end].lstrip(" ,\n"))
        key = f"{draft.naming.key}-{self._sentence}-{draft.kind}"
        phrase = " ".join(text[start : draft.end].split())
        naming = Naming(start, draft.end, key, phrase=phrase, is_content=True)
        draft.naming = self.register.keyed(text, naming)

    def _settle(self, first: int) -> None:
        """Join "propose" and "insist" on one thing; hand over the conditions as read."""
        kept: list[Draft] = self.drafts[:first]
        for draft in self.drafts[first:]:
            draft.conditions = [self._conditions[piece] for piece in draft.pieces]
            if any(contradicts(draft, one) for one in kept):
                self._set_apart(draft)
            same = [
                one
                for one in kept[first:]
                if one.kind == "propose" and one.naming.key == draft.naming.key
            ]
            if draft.kind == "insist" and same:
                same[0].kind = "propose-and-insist"
                same[0].end = max(same[0].end, draft.end)
            elif not any(repeats(draft, one) for one in kept[first:]):
                kept.append(draft)
        self.drafts = kept


def _doer(taken: Taken) -> str:
    if taken.cue.side != "task":
        return ""
    return {"decline": "we", "offer-limited": "we"}.get(taken.kind, "you")


def _start(parts: Parts, clause: Clause) -> int:
    """Return where the words of a stance begin: with its condition, if that stands beside it."""
    for piece in reversed(clause.provisos):
        between = parts.layer.text[piece.end : clause.start]
        if piece.end <= clause.start and not between.strip(" ,\n"):
            return piece.start
    return clause.start
