"""Tell which cues take no stance where they stand: news, what a stranger does, what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cablegraph.extraction.stances.clauses import GRAMMAR, Clause, Sentence
from cablegraph.extraction.stances.content import has_words
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.parties import may_be_party
from cablegraph.extraction.stances.patterns import Words
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.extraction.stances.subjects import Subjects

_NEAR = 40  # characters before a participle in which its subject or its verb stands
_JOINING = frozenset({"and", "but", "or"})
_ASKING = frozenset({"request", "consult"})
_QUESTION_WORDS = frozenset({"whether", "if", "how", "what", "why", "which", "when"})
# Kinds by which somebody puts something: what the addressee puts is told to him as known.
_PUTTING = frozenset({"propose", "request", "demand", "insist", "advise", "consult"})
# Kinds that a modal verb alone gives.
_OF_MODALS = frozenset({"advise", "insist", "advise-against"})


class Spot(NamedTuple):
    """A cue in its clause and sentence; *cue* are offsets of the layer's text."""

    sentence: Sentence
    clause: Clause
    taken: Taken
    cue: tuple[int, int]
    is_ordered: bool = False  # a passive of the present: its subject is what it is done to


def drop_asked(words: Words, taken: Sequence[Taken]) -> tuple[Taken, ...]:
    """Return the cues of a clause without those of the question that it asks indirectly.

    Shape: "tell us whether you consider this right" asks, and holds nothing right.
    """
    for index, one in enumerate(taken):
        later = range(one.first, len(words.tokens))
        asks = [at for at in later if words.tokens[at] in _QUESTION_WORDS]
        if one.kind in _ASKING and asks:
            rest = [two for two in taken[index + 1 :] if two.first < asks[0]]
            return (*taken[: index + 1], *rest)
    return tuple(taken)


def is_of_fact(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a question asks only how things are, and for no opinion, order or consent.

    >>> [is_of_fact(text, 0, 17, "en") for text in ("When do you sail?", "When should I go?")]
    [True, False]
    """
    fact, more = _questions(language)
    return bool(fact.match(text, start, end)) and not more.search(text, start, end)


@lru_cache
def _questions(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = GRAMMAR["questions"][language]
    return re.compile(rf"\W*(?:{words['fact']})", re.I), re.compile(words["more"], re.I)


def drop_nested(words: Words, taken: Sequence[Taken]) -> tuple[Taken, ...]:
    """Return the cues of a clause without those that only say what is put.

    Shape: "he advised that they keep silent" gives advice, and leaves nothing unanswered.
    """
    kept: list[Taken] = []
    for one in taken:
        outer = next((two for two in reversed(kept) if two.kind in _PUTTING), None)
        if outer is None or not _is_within(words, outer, one):
            kept.append(one)
    return tuple(kept)


def _is_within(words: Words, outer: Taken, inner: Taken) -> bool:
    modal = inner.kind in _OF_MODALS and inner.holder == "voice"  # "asks that they should go"
    told = inner.holder == "subject" and inner.kind not in _PUTTING
    if outer.holder != "subject" or not (told or modal):
        return False
    between = words.tokens[max(outer.first, outer.last - 1) : inner.first]
    return "that" in between and not _JOINING & set(between)


def is_idle(voices: Voices, subjects: Subjects, spot: Spot) -> bool:
    """Tell whether a cue takes no stance of a party.

    Shape: that the addressee proposes is known to him; a plain future (side "any") is news unless
        whoever speaks is its subject or reports it; what an overt subject does that no name or
        pronoun ties to a party is not the sender's.
    """
    taken = spot.taken
    if taken.holder != "subject" or taken.modal is not None:
        return False
    if _is_aside(voices, spot):
        return True
    subject = subjects.subject(spot.sentence.start, spot.clause.start, spot.cue)
    known = taken.kind == "inform-intent" or (taken.kind in _PUTTING and taken.cue.side == "own")
    if known and voices.is_you(*_before(spot)):
        return True
    first_person = voices.has_first_person(spot.clause.start, spot.cue[1])
    said = voices.said(spot.sentence.start, spot.cue[0])
    if taken.kind == "inform-intent" and taken.cue.side == "any":
        return not (
            first_person or said or any(not who.startswith("org/") for who in subject or ())
        )
    if subject or first_person or said or voices.reported:
        return False
    if spot.is_ordered:
        return False  # "the decision is put off": whoever writes puts it off
    start, end = _before(spot)
    text, language = voices.layer.text, voices.layer.language
    return has_words(text, start, end, language) and not may_be_party(text, start, end, language)


def _is_aside(voices: Voices, spot: Spot) -> bool:
    """Tell whether a cue is a participle behind a noun: "the persons proposed as envoys"."""
    text, language = voices.layer.text, voices.layer.language
    rules = _asides(language)
    if rules is None or not rules[0].match(text, spot.cue[0], spot.sentence.end):
        return False
    start, end = _before(spot)
    near = text[max(start, end - _NEAR) : end].rstrip()
    near = rules[1].sub("", near)
    if not near.strip() or rules[2].search(near):
        return False
    return not may_be_party(near, 0, len(near), language)


@lru_cache
def _asides(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    """Return what begins with a participle, what may part it from its subject, and a verb."""
    words = GRAMMAR["asides"].get(language)
    if words is None:
        return None
    return (
        re.compile(words["participle"], re.I),
        re.compile(words["between"], re.I),
        re.compile(words["verb"], re.I),
    )


def _before(spot: Spot) -> tuple[int, int]:
    return spot.clause.start, spot.cue[0]
