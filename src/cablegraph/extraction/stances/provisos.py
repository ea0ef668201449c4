"""Read on what a stance depends and which reason is given for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.extraction.stances.clauses import GRAMMAR, Piece
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.patterns import find_words, parse_phrase
from cablegraph.extraction.stances.phrases import Naming
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.extraction.stances.starts import Starts
from cablegraph.extraction.stances.targets import Targets

_EVENTS = {"agrees": "if-opponent-agrees", "refuses": "if-opponent-refuses"}
_OTHERWISE = "if-third-party"  # whatever else happens lies with neither side's answer


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was read; offsets count code points of the layer's text."""

    start: int
    end: int
    kind: str
    actors: tuple[str, ...]
    trigger: Naming | None


def read_condition(
    text: str, piece: Piece, language: str, voices: Voices, targets: Targets, sentence: int
) -> Condition:
    """Return what a conditional clause or phrase makes a stance depend on.

    Shape: only a proposal that might be put, accepted or refused is a trigger; nobody is the
        actor of what the own side leaves undone.
    """
    kind, verb, verb_end = _EVENTS.get(piece.event, ""), piece.end, piece.end
    if not kind:
        kind, verb, verb_end = _kind(text, piece, language)
    actors = voices.mentioned(piece.start, verb) or voices.mentioned(piece.start, piece.end)[:1]
    trigger: tuple[Naming, ...] = ()
    if kind == "if-opponent-proposes":
        trigger = targets.note_condition(piece.start, piece.end, verb_end, actors, sentence)
    elif kind in ("if-opponent-refuses", "if-opponent-agrees"):
        targets.note(piece.start, piece.end, sentence)
    if kind == "if-own-omission":
        actors = ()
    return Condition(piece.start, piece.end, kind, actors, trigger[0] if trigger else None)


def _kind(text: str, piece: Piece, language: str) -> tuple[str, int, int]:
    """Return the kind, and where the verb that tells it begins and ends."""
    words = find_words(text, piece.start, piece.end)
    for kind, phrases in _phrases(language):
        found = [(index, last) for index, _, last in phrases.find(words)]
        if found:
            first, last = max(found, key=lambda one: (-one[0], one[1]))
            return kind, words.spans[first][0], words.spans[last - 1][1]
    return _OTHERWISE, piece.end, piece.end


@lru_cache
def _phrases(language: str) -> tuple[tuple[str, Starts], ...]:
    return tuple(
        (kind, Starts(parse_phrase(phrase) for phrase in phrases))
        for kind, phrases in GRAMMAR["conditions"][language].items()
    )


def find_evaluation(text: str, start: int, end: int, language: str) -> tuple[int, int] | None:
    """Return the words that judge a proposal, from the first to the last: "neither wise nor …".

    >>> text = "This is inconceivable and not necessary."
    >>> text[slice(*find_evaluation(text, 0, len(text), "en"))]
    'inconceivable and not necessary'
    """
    found = list(_evaluation(language).finditer(text, start, end))
    return (found[0].start(), found[-1].end()) if found else None


@lru_cache
def _evaluation(language: str) -> Opening:
    words = sorted(GRAMMAR["content"][language]["evaluation"], key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return opening(joined)
