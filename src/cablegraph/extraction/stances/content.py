"""Say what the words of a clause beside its cue name: "to demand *that the meeting …*"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cablegraph.extraction.stances.clauses import GRAMMAR, Clause
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.patterns import Words, find_words, fold

_BY_AT_END = re.compile(r"\bby$", re.IGNORECASE)
_EDGE = " ,;:—–-\"“”«»'\n"
_NEAR_END = 60  # characters at the end of a stretch in which the verb of a passive stands
_TAKEN_AS = ("accept", "reject", "withhold", "may-drop", "defer")
_OWN = ("propose", "insist")  # kinds whose content may stand on both sides of the cue


class Place(NamedTuple):
    """A clause with its words and what they take."""

    clause: Clause
    words: Words
    taken: tuple[Taken, ...]
    sentence: int  # ordinal of the sentence in the unit

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of words *first* to *last* (excluded)."""
        return self.words.spans[first][0], self.words.spans[last - 1][1]

    def region(self, index: int) -> tuple[int, int]:
        """Return the stretch of the clause that belongs to one of its stances."""
        start, end = self.clause.start, self.clause.end
        if index:
            start = self.words.spans[self.taken[index - 1].last - 1][1]
        if index + 1 < len(self.taken):
            end = self.words.spans[self.taken[index + 1].first][0]
        return start, max(end, self.words.spans[self.taken[index].last - 1][1])


def find_content(text: str, place: Place, index: int, language: str) -> tuple[int, int] | None:
    """Return the words after a cue, else those before it, else the clause.

    Shape: the clause, with its full stop, where a task is given or refused and where an own
        proposal stands on both sides of its cue.
    """
    taken = place.taken[index]
    start, end = place.region(index)
    first, last = place.chars(taken.first, taken.last)
    last = _head(place, taken, last, language)
    after, ahead = has_words(text, last, end, language), has_words(text, start, first, language)
    theirs = taken.holder == "subject" and not taken.cue.is_action  # "our delegates are ready to"
    whole = taken.cue.side == "task" or not (after or ahead)
    whole = whole or (taken.kind in _OWN and (ahead or theirs))
    by_somebody = find_by(text, last, end, language) is not None
    after = after and not (ahead and (by_somebody or _is_passive(place, taken)))
    if whole:
        found = _trimmed(text, start, end, _EDGE)
    elif after:
        found = _trimmed(text, last, end, _EDGE + ".?!")
    else:
        first = _without_verb(text, start, first, language) if by_somebody else first
        found = _trimmed(text, start, first, _EDGE + ".?!")
    return found if found[0] < found[1] else None


def find_by(text: str, at: int, end: int, language: str) -> int | None:
    """Return where the words that "by" brings begin, behind a cue that may end with "by" itself."""
    at -= 2 if _BY_AT_END.search(text[max(0, at - 3) : at]) else 0
    found = _by_whom(language).match(text, at, end)
    return found.end() if found else None


@cache
def _by_whom(language: str) -> re.Pattern[str]:
    """Return "by" and what begins to name whoever does it, right behind a passive."""
    return re.compile(rf"(?:{GRAMMAR['parties'][language]['by_whom']})", re.IGNORECASE)


def _without_verb(text: str, start: int, end: int, language: str) -> int:
    """Return where a stretch ends without the "is" or "has been" of a passive at its end."""
    low = max(start, end - _NEAR_END)
    ending = re.search(GRAMMAR["content"][language]["ending"], text[low:end])
    return low + ending.start() if ending else end


def _is_passive(place: Place, taken: Taken) -> bool:
    """Tell whether a proposal is the subject: "the ship is to be refused as a place"."""
    tokens = place.words.tokens
    alone = taken.modal is not None and taken.last == taken.action + 1
    return alone and taken.kind in _TAKEN_AS and "be" in tokens[taken.first : taken.action]


def is_rich(text: str, place: Place, taken: Taken, at: int, language: str) -> bool:
    """Tell whether the words after the cue say by themselves what it is about."""
    start = max(at, place.chars(taken.first, taken.last)[1])
    rest = _judging(language).sub(" ", fold(text[start : place.clause.end]))
    words, stop = find_words(rest, 0, len(rest)).tokens, _stop(language)
    return sum(len(word) > 1 and word not in stop for word in words) >= 2


@cache
def _judging(language: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, GRAMMAR["content"][language]["evaluation"])))


def has_words(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a stretch has a word that carries meaning."""
    stop = _stop(language)
    words = find_words(text, start, end).tokens
    return any(len(word) > 1 and word not in stop for word in words)


@cache
def _stop(language: str) -> frozenset[str]:
    """Return the words that carry no meaning."""
    return frozenset(GRAMMAR["content"][language]["stop"])


def _head(place: Place, taken: Taken, last: int, language: str) -> int:
    """Return where the content begins: "with agreement to meet" begins with agreement."""
    heads = GRAMMAR["content"][language]["heads"]
    for index in range(taken.last - 1, max(taken.first, taken.last - 3), -1):
        if place.words.tokens[index] in heads:
            return place.words.spans[index][0]
    return last


def _trimmed(text: str, start: int, end: int, edge: str) -> tuple[int, int]:
    while start < end and text[start] in edge + ".":
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end
