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
from cablegraph.extraction.stances.content import Place
from cablegraph.extraction.stances.cues import Taking, read_taking
from cablegraph.extraction.stances.gates import may_tell
from cablegraph.extraction.stances.idle import drop_asked, drop_nested, is_of_fact
from cablegraph.extraction.stances.lexicon import Lexicon, load_lexicon
from cablegraph.extraction.stances.listed import Listed
from cablegraph.extraction.stances.mentioned import (
    find_commas,
    is_mentioned,
)
from cablegraph.extraction.stances.model import Utterance
from cablegraph.extraction.stances.parties import Parties
from cablegraph.extraction.stances.patterns import find_words
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.points import find_points
from cablegraph.extraction.stances.provisos import Condition, read_condition
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.extraction.stances.subjects import Subjects
from cablegraph.extraction.stances.taking import Taker
from cablegraph.extraction.stances.targets import Targets
from cablegraph.extraction.stances.told import Told
from cablegraph.extraction.stances.units import Unit, find_units

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
        drafts += reading.told.drafts
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
    told: Told = field(init=False)
    voices: Voices = field(init=False)
    targets: Targets = field(init=False)
    taker: Taker = field(init=False)
    listed: Listed = field(init=False)
    _sentence: int = 0

    def __post_init__(self) -> None:
        layer = self.parts.layer
        self.voices = Voices(self.scene, layer, self.unit, self.parties)
        self.targets = Targets(layer.text, layer.language, self.register, self.voices)
        self.told = Told(layer, self.register)
        self.taker = Taker(
            self.scene, layer, self.unit, self.register,
            self.voices, Subjects(self.voices), self.targets, self.told,
        )  # fmt: skip
        self.listed = Listed(layer.text, layer.language, self.register)

    def read(self) -> None:
        """Read every sentence, in order."""
        for start, end in self.unit.stretches:
            self.voices.enter(start, end)
            items = self.listed.go_on(self.told.drafts, start, end)
            self.told.begin_paragraph(len(items))
            self.targets.take_up(items, self._sentence)
            for first, last in find_sentences(self.parts.layer.text[start:end]):
                self._sentence += 1
                if not self.listed.covers(start + first):
                    self._read_place((start + first, start + last), end)
                self.voices.pass_by(start + first, start + last)
            self.told.ask_once()

    def _read_place(self, place: tuple[int, int], end: int) -> None:
        """Read one sentence, with the list to which it may lead in its paragraph."""
        text, language = self.parts.layer.text, self.parts.layer.language
        first = len(self.told.drafts)
        if may_tell(text, *place, language, self.lexicon):
            self._read_sentence(cut_sentence(text, *place, language))
        items = self.listed.follow(self.told.drafts, first, place, end)
        self.targets.take_up(items, self._sentence)

    def _read_sentence(self, sentence: Sentence) -> None:
        if sentence.ground is not None:
            self.told.give_ground(sentence.ground, sentence.end, ())
            return
        self.targets.begin_sentence()
        first = len(self.told.drafts)
        before: Taking | None = None
        parts: list[Clause | Piece] = sorted(
            [*sentence.clauses, *sentence.pieces], key=lambda part: part.start
        )
        for part in parts:
            if isinstance(part, Clause):
                before = self._read_clause(sentence, part, before)
            elif part.kind != "reason":
                self.told.conditions[part] = self._condition(part)
        if len(self.told.drafts) == first and sentence.clauses:
            self.told.read_consequence(sentence)
        self.told.settle(first, self._sentence)

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
            is_first = not any(draft.sentence == sentence.start for draft in self.told.drafts)
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
            found = self.taker.take(sentence, place, index, taken, taking.contrasts, found)
        return taking
