"""Keep the stances read so far of one message, and bring together those of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from cablegraph.extraction.stances.assemble import Draft
from cablegraph.extraction.stances.clauses import Piece, Sentence
from cablegraph.extraction.stances.content import has_words
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.provisos import Condition
from cablegraph.extraction.stances.settle import contradicts, repeats
from cablegraph.records.model import Layer


@dataclass(slots=True)
class Told:
    """The stances of one message while it is being read, in order of place."""

    layer: Layer
    register: Register
    drafts: list[Draft] = field(default_factory=list)
    conditions: dict[Piece, Condition] = field(default_factory=dict)
    _paragraph: int = 0  # index in drafts of the first one of the paragraph

    @property
    def near(self) -> list[Draft]:
        """The stances of the paragraph that is being read."""
        return self.drafts[self._paragraph :]

    def begin_paragraph(self, items: int) -> None:
        """Note that a paragraph begins, with some items of a list that are read already."""
        self._paragraph = len(self.drafts) - items

    def ask_once(self) -> None:
        """Drop the questions of a paragraph that asks for an opinion besides in so many words."""
        near = self.near
        asked = [d for d in near if d.kind == "consult" and d.unit.advised]
        text = self.layer.text
        questions = [
            d for d in asked if text[d.end : d.end + 1] == "?" or "?" in text[d.start : d.end]
        ]
        if len(questions) < len(asked):
            self.drafts[self._paragraph :] = [d for d in near if d not in questions]

    def read_consequence(self, sentence: Sentence) -> None:
        """Take "if it is not signed, they will ignore it" as the reason for what stands before."""
        last = sentence.clauses[-1]
        if last.provisos and self.near:
            conditions = tuple(self.conditions[piece] for piece in last.provisos)
            if any(one.kind == "if-own-omission" for one in conditions):
                self.give_ground(last.start, last.end, conditions)

    def give_ground(self, start: int, end: int, conditions: tuple[Condition, ...]) -> None:
        """Add a reason to the stance before, and to those that the same words take."""
        near = self.near
        for draft in near:
            if draft.start == near[-1].start and draft.kind == near[-1].kind:
                draft.grounds.append((start, end, conditions))

    def _set_apart(self, draft: Draft, sentence: int) -> None:
        """Let a stance be on its own clause: what it seemed to be on, its holder judges otherwise.

        A pronoun meant something else, or two phrases share their words by chance.
        """
        text, language = self.layer.text, self.layer.language
        start = draft.told if has_words(text, draft.told, draft.end, language) else draft.start
        start += len(text[start : draft.end]) - len(text[start : draft.end].lstrip(" ,\n"))
        key = f"{draft.naming.key}-{sentence}-{draft.kind}"
        phrase = " ".join(text[start : draft.end].split())
        naming = Naming(start, draft.end, key, phrase=phrase, is_content=True)
        draft.naming = self.register.keyed(text, naming)

    def settle(self, first: int, sentence: int) -> None:
        """Join "propose" and "insist" on one thing; hand over the conditions as read."""
        kept: list[Draft] = self.drafts[:first]
        for draft in self.drafts[first:]:
            draft.conditions = [self.conditions[piece] for piece in draft.pieces]
            if any(contradicts(draft, one) for one in kept):
                self._set_apart(draft, sentence)
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
