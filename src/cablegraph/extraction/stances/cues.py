"""Read which stance the words of a clause take: action, modal, negation, mood, whole cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.lexicon import Cue, Hit, Lexicon
from cablegraph.extraction.stances.patterns import BREAK, Words

_UNFAVOURABLE = frozenset({"reject", "decline", "withhold", "may-drop"})
_OPENING = frozenset({"inform-intent", "express-readiness"})
_FURTHEST = 9  # words from a modal to its action: "it is necessary, in our opinion, immediately to"
_LONGEST = 300  # words of a clause; the longest of the samples has 90
_AFTER = 3  # words from an action to a modal behind it: «принять его можно»
_SUBORDINATE = frozenset({"that", "who", "which", "what", "whether", "что", "чтобы", "который"})
# What begins an order not to do a thing, and what before it makes a statement of it.
_FORBIDDING = frozenset({"do", "don't", "never"})
_SUBJECTS = frozenset({"i", "we", "you", "he", "she", "they", "who", "which", "that", "people"})
_JOINING = frozenset({"and", "or", "but", "и", "или", "а", "но"})
_ADVERBIAL = re.compile(r"\w+ly|also|therefore|hereby|do|have|had|now|then|still|too|fully|all")
_BEFORE_IMPERATIVE = frozenset(
    {"please", "and", "then", "but", "therefore", "so", "и", "а", "но", "пожалуйста", "немедленно"}
)
_IMPERATIVE_RU = re.compile(r"\w+(?:ите|йте|ьте)(?:сь)?")
_FIRST_PERSON_RU = re.compile(r"\w+(?:[еёи]м|[ую])(?:ся|сь)?")
_INFINITIVE_RU = re.compile(r"\w+(?:ть|ти|чь)(?:ся|сь)?")


class Taken(NamedTuple):
    """A stance that the words of a clause take; *first* to *last* are words of the clause."""

    cue: Cue
    kind: str
    force: str
    first: int
    last: int
    action: int  # word at which the action, or the whole cue, begins
    holder: str  # voice or subject
    modal: Cue | None = None
    negated: bool = False


class Taking(NamedTuple):
    """What a clause takes, and what it hands to a clause joined to it."""

    taken: tuple[Taken, ...]
    modal: Hit | None = None
    negated: bool = False
    contrasts: bool = False


def read_taking(
    words: Words, language: str, lexicon: Lexicon, before: Taking | None = None
) -> Taking:
    """Return the stances that the words of one clause take, in order.

    Shape: *before* is the clause before it in the sentence, from which a clause that begins
        with "and" or "but" and has no modal of its own takes one over. A clause of hundreds of
        words is a table or a list of names, and takes none.
    """
    if len(words.tokens) > _LONGEST:
        return Taking(())
    stances = list(lexicon.find_stances(words, language))
    if not stances:
        return Taking(())
    hits = list(lexicon.find_grammar(words, language))
    grammar = _Grammar(words, language, [*stances, *hits], before)
    candidates = [taken for hit in stances for taken in grammar.find_taken(hit)]
    hidden = [hit for hit in hits if hit.cue.kind == "none"]
    taken = _resolve([one for one in candidates if not _hides(hidden, one)])
    contrasts = any(hit.cue.kind == "contrast" and hit.first <= 1 for hit in hits)
    return Taking(tuple(taken), grammar.governing, grammar.negates, contrasts)


def _hides(hidden: Iterable[Hit], taken: Taken) -> bool:
    return any(
        hit.first <= taken.action < hit.last and hit.last - hit.first >= taken.last - taken.action
        for hit in hidden
    )


def _resolve(candidates: list[Taken]) -> list[Taken]:
    """Keep, of candidates that share a word, the one that wins."""
    kept: list[Taken] = []
    for one in sorted(candidates, key=_rank):
        if any(_leads_to(one, two) for two in candidates):
            continue
        rivals = [two for two in candidates if _covers(two, one) or _carries_on(one, two)]
        if rivals and one.modal is None:
            continue
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda taken: taken.action)


def _covers(one: Taken, other: Taken) -> bool:
    """Tell whether an action with its modal takes the place of a whole cue.

    Shape: it does where they share words, unless the whole cue has all of them and more, so
        that "cannot but accept" stays whole and "must be accepted" is an acceptance.
    """
    if one.modal is None or other.modal is not None:
        return False
    shares = other.first < one.last and one.first < other.last
    wholly = other.first <= one.first and one.last <= other.last
    longer = other.last - other.first > one.last - one.first
    return shares and not (wholly and longer)


def _carries_on(one: Taken, other: Taken) -> bool:
    """Tell whether an action with its modal carries on a whole cue: "should be | possible to"."""
    return one.modal is None and other.modal is not None and one.last == other.first


def _leads_to(one: Taken, other: Taken) -> bool:
    """Tell whether an intention is only to take the stance after it: "decided to | reject"."""
    opens = one.kind in _OPENING and other.kind not in _OPENING
    return opens and 0 <= other.first - one.last <= 1 and other.modal is None


def _rank(taken: Taken) -> tuple[int, bool, int]:
    """Put the longer first, then an action with its modal, then the row that stands higher."""
    return (taken.first - taken.last, taken.modal is None, taken.cue.order)


class _Grammar:
    """The modals and negations of a clause, and what they make of an action."""

    def __init__(self, words: Words, language: str, hits: list[Hit], before: Taking | None) -> None:
        self.words, self.language, self.before = words, language, before
        modals = [hit for hit in hits if hit.cue.kind.startswith("modal")]
        self.modals = [
            hit
            for hit in modals
            if not any(
                other.first <= hit.first and hit.last <= other.last and other != hit
                and (other.last - other.first > hit.last - hit.first)
                for other in modals
            )
        ]  # fmt: skip
        self.negations = [hit for hit in hits if hit.cue.kind == "negation"]
        self.actions = [hit for hit in hits if hit.cue.is_action]
        self.governing: Hit | None = None
        self.commanded = False  # an imperative stands before: "accept it and send"
        self.negates = False

    def find_taken(self, hit: Hit) -> Iterator[Taken]:
        """Yield what the cue at a place takes: nothing where no force or no kind is given it."""
        if not hit.cue.is_action:
            yield from self._whole(hit)
            return
        modal = self._modal_of(hit)
        if hit.cue.holder == "voice":
            if modal is None and self._is_imperative(hit.first):
                yield from self._in_mood(hit)
            return
        if modal is not None:
            yield from self._governed(hit, modal)
            return
        inherited = self._inherited(hit)
        if inherited is not None:
            yield from self._made(hit, inherited[0].cue, inherited[1], hit.first, hit.last)
            return
        yield from self._in_mood(hit)

    def _whole(self, hit: Hit) -> Iterator[Taken]:
        negated = self._negated(hit.first)
        kind = hit.cue.negated_kind if negated else hit.cue.kind
        force = hit.cue.negated_force or hit.cue.force if negated else hit.cue.force
        if force == "refuse" and self._forbids(hit, negated):
            force = "command"
        if kind and not self._is_told(hit):
            holder = hit.cue.holder or "voice"
            yield Taken(hit.cue, kind, force, hit.first, hit.last, hit.first, holder, None, negated)

    def _is_told(self, hit: Hit) -> bool:
        """Tell whether "do not" is no order: "we do not wait", "those who never answer"."""
        if hit.cue.force != "command" or self.words.tokens[hit.first] not in _FORBIDDING:
            return False
        return hit.first > 0 and self.words.tokens[hit.first - 1] in _SUBJECTS

    def _forbids(self, hit: Hit, negated: bool) -> bool:
        """Tell whether a refusal is told to somebody: "Do not agree", «Не соглашайтесь»."""
        tokens = self.words.tokens
        if self.language == "ru":
            return negated and bool(_IMPERATIVE_RU.fullmatch(tokens[hit.first]))
        lead = tokens[: hit.first]
        while lead and lead[0] in _BEFORE_IMPERATIVE:
            lead = lead[1:]
        return not lead and tokens[hit.first] in ("do", "don't", "never")

    def _governed(self, hit: Hit, modal: Hit) -> Iterator[Taken]:
        between = range(min(modal.last, hit.last), max(modal.first, hit.first))
        inner = any(neg.first in between for neg in self.negations)
        negated = self._negated(modal.first) or inner
        self.governing, self.negates = modal, negated
        first, last = min(modal.first, hit.first), max(modal.last, hit.last)
        first = min([first, *(neg.first for neg in self._negating(modal.first))])
        inner_ends = [
            one.last for one in self.actions if first <= one.first < one.last <= hit.first
        ]
        first = max(
            [first, *inner_ends]
        )  # "should be proposed and insisted on": each has its words
        yield from self._made(hit, modal.cue, negated, first, last)

    def _made(self, hit: Hit, modal: Cue, negated: bool, first: int, last: int) -> Iterator[Taken]:
        negated = negated != (modal.kind == "modal-not")
        kind = hit.cue.negated_kind if negated else hit.cue.kind
        force = (hit.cue.negated_force if negated else "") or modal.force
        if force == "commit" and kind in _UNFAVOURABLE:
            force = "refuse"
        if force == "refuse" and kind and kind not in _UNFAVOURABLE:
            force = "commit"
        holder = modal.holder or hit.cue.holder or "voice"
        if kind:
            yield Taken(hit.cue, kind, force, first, last, hit.first, holder, modal, negated)

    def _in_mood(self, hit: Hit) -> Iterator[Taken]:
        """Yield what an action takes by the imperative or the first person."""
        negated = self._negated(hit.first)
        kind = hit.cue.negated_kind if negated else hit.cue.kind
        if kind and self._is_first_person(hit.first):
            force = "refuse" if kind in _UNFAVOURABLE else "commit"
            yield Taken(
                hit.cue, kind, force, hit.first, hit.last, hit.first, "voice", None, negated
            )
        elif kind and self._is_imperative(hit.first):
            self.commanded = True
            yield Taken(
                hit.cue, kind, "command", hit.first, hit.last, hit.first, "voice", None, negated
            )

    def _modal_of(self, hit: Hit) -> Hit | None:
        """Return the nearest modal before the action in the clause, else close behind it."""
        before = [
            modal
            for modal in self.modals
            if modal.last <= hit.first
            and hit.first - modal.last <= _FURTHEST
            and not self._is_parted(modal, hit)
        ]
        if before:
            return max(before, key=lambda modal: (modal.last, -modal.first))
        if self.language != "ru":
            return None
        after = [m for m in self.modals if 0 <= m.first - hit.last <= _AFTER]
        return min(after, key=lambda modal: modal.first, default=None)

    def _is_parted(self, modal: Hit, hit: Hit) -> bool:
        between = self.words.tokens[modal.last : hit.first]
        return any(token in _SUBORDINATE or token == BREAK for token in between)

    def _inherited(self, hit: Hit) -> tuple[Hit, bool] | None:
        """Return the modal of the action to which this one is joined by "and" or "but"."""
        tokens = self.words.tokens
        near = tokens[max(0, hit.first - 3) : hit.first]
        joined = any(token in _JOINING for token in near)
        if not joined or not self._may_depend(tokens[hit.first : hit.last]):
            return None
        if self.governing is not None and self.governing.first < hit.first:
            return self.governing, self.negates
        if self.before is not None and self.before.modal is not None and hit.first <= 3:
            contrasted = self.before.negated and tokens[0] in ("but", "а", "но")
            return self.before.modal, self.before.negated and not contrasted
        return None

    def _may_depend(self, tokens: Sequence[str]) -> bool:
        if self.language == "ru":  # «и твёрдо на нём стоять»
            return any(_INFINITIVE_RU.fullmatch(token) for token in tokens)
        return not tokens[0].endswith(("ing", "s"))

    def _negated(self, first: int) -> bool:
        return bool(self._negating(first))

    def _negating(self, first: int) -> list[Hit]:
        """Return the negations before a word; one may stand between: "do not also accept"."""
        return [hit for hit in self.negations if hit.last <= first <= hit.last + 1]

    def _is_first_person(self, first: int) -> bool:
        tokens = self.words.tokens
        if self.language == "ru":
            return bool(_FIRST_PERSON_RU.fullmatch(tokens[first]))
        for token in reversed(tokens[max(0, first - 4) : first]):
            if token in ("i", "we"):
                return not tokens[first].endswith("ing")
            if not _ADVERBIAL.fullmatch(token) and token not in ("not", "never", "no", "longer"):
                return False
        return False

    def _is_imperative(self, first: int) -> bool:
        tokens = self.words.tokens
        if self.language == "ru":
            own = GRAMMAR["parties"]["ru"]["you"].split("|")
            return bool(_IMPERATIVE_RU.fullmatch(tokens[first])) and not set(own[:1]) & set(
                tokens[max(0, first - 3) : first]
            )
        lead = [t for t in tokens[:first] if not _ADVERBIAL.fullmatch(t)]
        while lead and lead[0] in _BEFORE_IMPERATIVE:
            lead = lead[1:]
        is_bare = not tokens[first].endswith(("ed", "ing", "s"))
        if self.commanded and is_bare and tokens[first - 1] in ("and", "or", "then"):
            return True
        return is_bare and lead in ([], ["not"], ["don't"], ["never"])
