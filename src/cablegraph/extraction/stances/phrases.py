"""Tell which namings of a proposal are namings of the same one, by the words they share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.names import Names
from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.patterns import BREAK, find_words, fold

_STEM = 5  # letters of a word that are compared; endings in Russian begin about there
_SHORTEST = 4  # a word this long may be the beginning of another: meet, meeting
_ENOUGH = 0.75  # share of the words of the shorter naming that the longer must have
_KEY_WORDS = 6
_NUMBER = re.compile(r"\d+")
_STOP = {language: frozenset(words["stop"]) for language, words in GRAMMAR["content"].items()}


class Naming(NamedTuple):
    """A place where a proposal is named, by point or by what it is.

    Units: offsets count code points of the layer's text.
    """

    start: int
    end: int
    key: str = ""
    phrase: str = ""
    point: str | None = None
    part: str | None = None
    proposers: tuple[str, ...] = ()
    put_in: str | None = None
    is_hypothetical: bool = False
    is_anaphor: bool = False  # "this proposal", "it": names nothing by itself
    is_content: bool = False  # named only by what the stance says of it
    doer: str = ""  # who is to act: you or we, where a task is given or refused
    stems: frozenset[str] = frozenset()


def find_stems(
    text: str, start: int, end: int, language: str, names: Names, without: Iterable[int] = ()
) -> tuple[str, ...]:
    """Return the beginnings of the words that carry meaning; a listed name is one word.

    Shape: *without* are offsets at which words begin that do not count.
    """
    found: dict[int, str] = {}
    covered: list[tuple[int, int]] = []
    for match, known in names.find(text[start:end], language):
        covered.append((start + match.start, start + match.end))
        found[start + match.start] = known.entity
    words = find_words(text, start, end)
    skip = frozenset(without)
    for token, (first, _) in zip(words.tokens, words.spans, strict=True):
        if token == BREAK or first in skip or any(a <= first < b for a, b in covered):
            continue
        number = _NUMBER.match(token)
        if number or (token not in _STOP[language] and len(token) > 1):
            found[first] = number.group() if number else token[:_STEM]
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


@dataclass(slots=True)
class Register:
    """The proposals of one text version, each with a key that all its namings share."""

    names: Names
    language: str
    namings: list[Naming] = field(default_factory=list)
    _keys: list[tuple[str, frozenset[str], str]] = field(default_factory=list)

    def keyed(self, text: str, naming: Naming, without: Iterable[int] = ()) -> Naming:
        """Return *naming* with its key, and keep it."""
        if naming.point:
            naming = naming._replace(key=f"point-{naming.point}{naming.part or ''}")
        elif not naming.key:
            stems = find_stems(text, naming.start, naming.end, self.language, self.names, without)
            naming = naming._replace(key=self._key(stems, naming), stems=frozenset(stems))
        self.namings.append(naming)
        return naming

    def _key(self, stems: tuple[str, ...], naming: Naming) -> str:
        own = frozenset(stems)
        heads = _heads(own)
        for key, known, doer in self._keys:
            parted = naming.doer and doer and naming.doer != doer
            if not parted and not heads.isdisjoint(_heads(known)) and is_same(own, known):
                return key
        words = [stem.rpartition("/")[2] for stem in stems[:_KEY_WORDS]]
        named = " ".join(words) or fold(naming.phrase)
        base = slug(named) if re.search(r"[^\W_]", named) else "unnamed"
        taken = {key for key, _, _ in self._keys}
        key, count = base, 2
        while key in taken:
            key, count = f"{base}-{count}", count + 1
        self._keys.append((key, own, naming.doer))
        return key


def is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two namings share enough words to name one thing.

    >>> is_same(frozenset({"meet", "repre", "armis"}), frozenset({"meeti", "repre", "armis", "x"}))
    True
    """
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    numbers = _numbers(few), _numbers(many)
    if not few or (numbers[0] and numbers[1] and not numbers[0] & numbers[1]):
        return False
    heads = _heads(many)
    shared = 0
    for stem in few:
        near = stem in many or stem[:_SHORTEST] in heads
        shared += near and (stem in many or any(_is_like(stem, with_) for with_ in many))
    if len(few) == 1:
        return len(many) == 1 and shared == 1
    return shared >= 2 and shared / len(few) >= _ENOUGH


@lru_cache(maxsize=1 << 10)
def _numbers(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if stem.isdigit())


@lru_cache(maxsize=1 << 10)
def _heads(stems: frozenset[str]) -> frozenset[str]:
    """Return the beginnings that a stem shares with every other that is like it."""
    return frozenset(stem[:_SHORTEST] for stem in stems)


def _is_like(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and not short.isdigit() and long.startswith(short)
