"""Recognise names of persons in running text by what stands with them, without any list of people.

A capitalised word is believed to be somebody's name where a title, a rank or a trade stands before
it, a post after it, a given name or initials within it, where a bracket completes it, or where its
syllables are those of a name that begins with an East Asian family name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cablegraph.authorities.romanise import is_cyrillic, strip_marks
from cablegraph.extraction.people_beside import (
    NEAR,
    completes,
    find_completed,
    find_given_behind,
    is_after_title,
    is_before_cue,
)
from cablegraph.extraction.people_names import Sighting, bare_name, is_common, is_full, is_never
from cablegraph.extraction.people_words import Word, Words, lower_words, titles, words_in

# What may part two words of one name: white space, or the stop of an initial.
_SPACE = re.compile(r"\.?[ \t\u00a0]*\n?[ \t\u00a0]*")
_ITEM = re.compile(r"\s*,\s*(?:and\s+|и\s+)?|\s+(?:and|и)\s+")
_MOST_WORDS = 5  # of a name with its particles, as in Roberto de Oliveira Campos Neto
_WRAPPED = 45  # characters of a line that may have been broken within a name
_SHORTEST = 3  # letters of a single word that only a verb or a post shows to be a name

Span = tuple[int, int]


def find_people(text: str, taken: Sequence[Span], person: Callable[[str], bool]) -> list[Sighting]:
    """Return the names of persons in *text*, in order.

    Shape: *taken* are the places of names of places, bodies and groups, in order, which are no
        part of a person's name; *person* knows the names of persons by themselves.
    """
    words = Words(text)
    found: list[Sighting] = []
    for run in _runs(text, words, taken):
        sighting = _sight(text, words, run, person) or _item(text, words, run, found)
        if sighting is not None:
            found.append(sighting)
    return found


def _runs(text: str, words: Words, taken: Sequence[Span]) -> Iterator[range]:
    """Yield the stretches of capitalised words that can be names, by place in *words*."""
    end, covered = 0, _Covered(taken)
    for start, written in words.capitals():
        if start < end or is_never(written):
            continue
        if is_common(words[start]) or covered.holds(words[start]):
            continue
        end = start + 1
        while end < len(words) and _goes_on(text, words, end) and not covered.holds(words[end]):
            end += 1
        while words[end - 1].plain in words_in("between", "particles") and end > start + 1:
            end -= 1
        yield range(start, end)


class _Covered:
    """Tell which words stand in the places of names already known; asked in order."""

    def __init__(self, taken: Sequence[Span]) -> None:
        self._taken = sorted(taken)
        self._at = 0

    def holds(self, word: Word) -> bool:
        """Tell whether *word* is part of such a name."""
        while self._at < len(self._taken) and self._taken[self._at][1] <= word.start:
            self._at += 1
        return self._at < len(self._taken) and self._taken[self._at][0] < word.end


def may_be_surname(word: str, text: str) -> bool:
    """Tell whether a lone word before a verb may be somebody's name, and is no common word.

    Shape: what *text* has in small letters too only begins a sentence.

    >>> may_be_surname("Department", ""), may_be_surname("Measures", "the measures")
    (False, False)
    """
    found = Words(word)
    common = not found or is_common(found[0])
    return not common and strip_marks(word) not in lower_words(text)


def _goes_on(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether the word at *at* goes on with the name of the word before it."""
    before, word = words[at - 1], words[at]
    gap = text[before.end : word.start]
    if not _SPACE.fullmatch(gap) or (gap[:1] == "." and not before.initial):
        return False
    if word.plain in words_in("between", "particles") and not word.text.isupper():
        return True
    wraps = "\n" not in gap or before.end - text.rfind("\n", 0, before.end) > _WRAPPED
    return word.capital and not is_common(word) and wraps


def _sight(
    text: str, words: Sequence[Word], run: range, person: Callable[[str], bool]
) -> Sighting | None:
    run = range(run.start, min(run.stop, run.start + _MOST_WORDS))
    one = [words[place] for place in run]
    start, end = one[0].start, one[-1].end
    written = text[start:end]
    if given := find_given_behind(text, one, written):
        return given
    if completed := find_completed(text, one, words, run.start):
        return completed
    if completes(text, end, one):
        return None
    if is_full(one) or person(written):
        return bare_name(text, one)
    if _names_more(text, words, run.stop):
        return None
    if is_after_title(text, words, run.start):
        return bare_name(text, one)
    if len(written) >= _SHORTEST and not is_cyrillic(written) and is_before_cue(text, words, run):
        return bare_name(text, one)
    return None


def _names_more(text: str, words: Sequence[Word], stop: int) -> bool:
    """Tell whether a capitalised common word goes on: "General Claims Convention" is nobody."""
    if stop >= len(words) or not words[stop].capital:
        return False
    gap = text[words[stop - 1].end : words[stop].start]
    return gap in (" ", "' ", "’ ", "\u00a0") and words[stop].plain not in titles()


def _item(
    text: str, words: Sequence[Word], run: range, found: Sequence[Sighting]
) -> Sighting | None:
    """Return a name that goes on a list: "Comrades A, B and C"."""
    if not found or not _ITEM.fullmatch(text[found[-1].end : words[run.start].start]):
        return None
    first = _head_of(text, found)
    near = words[max(0, run.start - NEAR) : run.start]
    head = next((word for word in reversed(near) if word.end <= first), None)
    if head is None or head.plain.rstrip(".") not in words_in("titles", "plural"):
        return None
    return bare_name(text, [words[place] for place in run])


def _head_of(text: str, found: Sequence[Sighting]) -> int:
    """Return where the list begins that the last name found belongs to."""
    first = len(found) - 1
    while first and _ITEM.fullmatch(text[found[first - 1].end : found[first].start]):
        first -= 1
    return found[first].start
